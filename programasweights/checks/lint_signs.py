"""Signs in a spec that it may fail, for the rules of `lint`.

Each function here sees the task without its examples and says what it found, or nothing. The signs are narrow on
purpose: a warning that is often wrong is soon not read any more. English only; other languages pass most rules unseen.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from programasweights.checks.matching import normalised, tidy
from programasweights.spec import Spec, split_examples

__all__ = [
    "TRAINED_TOKENS",
    "Task",
    "contradiction",
    "double_negation",
    "estimated_tokens",
    "no_default",
    "no_form",
    "no_labels",
    "no_notation",
    "not_in_form",
    "placeholder",
    "several_tasks",
    "too_long",
    "unknown_label",
    "vague",
]

TRAINED_TOKENS = 192
"""Longest spec, in tokens, that the compiler in the package was trained on."""

_QUOTED = re.compile(
    r"\"([^\"\n]{1,40})\"|(?<!\w)'([^'\n]{1,40})'(?!\w)|`([^`\n]{1,40})`|“([^”\n]{1,40})”|‘([^’\n]{1,40})’"
)
_SHOWN = re.compile(
    r"\n[ \t]*(?:input|example|e\.g\.|for (?:instance|example))|\b(?:e\.g\.|for (?:instance|example)):", re.I
)
_PIECE = re.compile(r"[A-Za-z]+|[0-9]|[^\sA-Za-z0-9]")


@dataclass(frozen=True)
class Task:
    """A spec taken apart."""

    text: str
    """The task without examples in its text."""
    examples: Sequence[tuple[str, str]]
    """Examples that came with it or stand in it."""
    shows: bool
    """Whether it shows an example in any form."""
    whole: str
    """Everything."""
    labels: Sequence[str] = field(default=())
    """Texts in quotation marks that may be outputs, in order."""

    @classmethod
    def of(cls, prompt: str, examples: Sequence[tuple[str, str]]) -> "Task":
        """Take a spec apart."""
        task, inside = split_examples(prompt)
        cut = _SHOWN.search(task)
        text = task[: cut.start()] if cut else task
        pairs = [*inside, *examples]
        quoted = ["".join(found) for found in _QUOTED.findall(text)]
        labels = [q for q in dict.fromkeys(quoted) if any(c.isalnum() for c in q) and len(q.split()) <= 4]
        return cls(text, pairs, bool(pairs or cut), Spec(prompt, tuple(examples)).as_text(), labels)

    def says(self, pattern: str) -> str | None:
        """The first place where a pattern stands, quotations left out."""
        found = re.search(pattern, _QUOTED.sub(" '' ", self.text), re.I)
        return None if found is None else " ".join(found[0].split())


def estimated_tokens(text: str) -> int:
    """About how many tokens a text has, without a tokenizer."""
    return sum(1 + (len(piece) - 1) // 7 for piece in _PIECE.findall(text))


_FORM = (
    r"\b(?:answer|output|return|reply|respond|write|give|say|name|print|copy|list|count|number|digits?|words?|"
    r"sentences?|characters?|json|csv|xml|html|yaml|markdown|format|lower ?case|upper ?case|capitals?|letters?|"
    r"separated|true|false|yes|no|label|one of|either|as (?:it is|written|they are)|exactly|translate|rewrite|replace|"
    r"remove|correct|sort|convert|find|fill|mark|use|pick|choose|select|generate|create|provide|produce|extract|"
    r"sorted|joined|commas?|rows?|lines?|bullets?|table|paragraphs?)\b"
    r"|\b(?:if|semicolons?|plural|marked|form|forms|fields?|missing|same|copied|normali[sz]e|n/a)\b|(?-i:\b[A-Z]{3,}\b)"
    r"|\b(?:classes|categories|groups|options)\b[^.]*:|''|->|=>|→|=|\bor\b"
)
_CLASSIFY = (
    r"\b(?:classif(?:y|ication)|categori[sz]e|detect the|sentiment|tone|(?:category|topic|mood|genre) of)\b"
)
_NAMED = r"''|\bor\b|[:=(/]|->|\d|\bif\b|whether|one of|number|score of|,.*,|\bas\b"
_OTHERWISE = (
    r"\b(?:otherwise|else|none|other|neither|no|not|nothing|without|missing|unknown|unclear|unsure|any|rest|empty|"
    r"if there|remaining|absent|default|only|both|all|n't|mixed|neutral|undecided|random|elsewhere|lacks?|"
    r"anything|everything)\b"
)
_TASK_VERBS = (
    "summari[sz]e|translate|classify|categori[sz]e|paraphrase|proofread|rewrite|rephrase|anonymi[sz]e|transcribe|"
    "rate|score|grade|rank"
)
_VAGUE = (
    r"\b(?:appropriate(?:ly)?|suitabl[ey]|reasonabl[ey]|interesting|adequate(?:ly)?|"
    r"meaningful|high.quality|as needed|if necessary|somehow|some kind of|"
    r"(?:give|write|make|suggest|generate|create|find|pick|choose|produce) (?:\w+ ){0,2}(?:good|nice|great))\b"
)
_QUANTITY = (
    r"\b(?:extract|find|give|get|convert|return|write|normali[sz]e|parse)\b[^.;:]{0,40}?"
    r"\b(?:dates?|deadlines?|birthdays?|prices?|costs?|amounts?|totals?|temperatures?|distances?|heights?|weights?|"
    r"durations?)\b"
)
_WRITTEN = (
    r"yy|dd|\biso\b|format|digits?|decimals?|figures?|as (?:it|they|written|in)|exactly|style|cop(?:y|ied)|units?|"
    r"zeros?|euros?|dollars?|pounds?|celsius|fahrenheit|\bk?m\b|kilo|met(?:er|re)s?|miles|hours|minutes|seconds|days|words|''|"
    r"round|sign|currency|number|\bor\b|->|="
)
_LANGUAGE = r"\b(?:in)?to\b|\bfor\b|\bfrom\b|[A-Z][a-z]+(?:ish|ese|an|ch)\b"
_PLACEHOLDER = (
    r"\{\{?\s*(?:input|text|sentence|message|query|question|content|document|review|email|article|user_?input|x)\s*\}?\}"
    r"|<(?:input|text|user_?input|your \w+(?: here)?|insert[^>]*)>"
    r"|\[(?:input|your \w+(?: here)?|insert[^\]]*|paste[^\]]*|(?:text|input) here)\]"
    r"|\$\{?(?:input|text|INPUT|TEXT)\b\}?"
)


def no_form(task: Task) -> str | None:
    return (
        None
        if task.shows or no_labels(task) or task.says(_FORM)
        else "no word on what the output looks like, and no example"
    )


def no_labels(task: Task) -> str | None:
    """A classification whose classes are not named."""
    verb = task.says(_CLASSIFY)
    named = task.shows or task.labels or task.says(_NAMED)
    return f"{verb!r}, but no classes" if verb and not named else None


def no_default(task: Task) -> str | None:
    labels = [label for label in task.labels if sum(c.isalpha() for c in label) > 1]
    closed = task.says(r"\b(?:classif|categori|label|route|assign)|'' *(?:=|for\b|if\b|when\b)|(?:=|->) *''")
    if len(labels) < 3 or not closed or re.search(_OTHERWISE, task.text, re.I):
        return None
    return f"{len(labels)} classes ({', '.join(labels[:4])}{', ...' if len(labels) > 4 else ''}), none for the rest"


def contradiction(task: Task) -> str | None:
    seen: dict[str, str] = {}
    for given, wanted in task.examples:
        before = seen.setdefault(tidy(given), wanted)
        if tidy(before) != tidy(wanted):
            return f"{given!r:.80} gives {before!r:.40} in one example and {wanted!r:.40} in another"
    return None


def unknown_label(task: Task) -> str | None:
    """Outputs of a classification that are not among its labels."""
    labels = {normalised(label): label for label in task.labels}
    outputs = [
        out for out in dict.fromkeys(wanted.strip() for _, wanted in task.examples) if not _joined(out, task)
    ]
    named = [output for output in outputs if output in task.labels]
    for output in outputs:
        near = labels.get(normalised(output))
        if near is not None and output not in task.labels:
            return f"an example has {output!r:.60}, the task says {near!r}"
        if near is None and len(named) >= 2 and len(named) >= len(outputs) - 1:
            return f"an example has {output!r:.60}, the task names {', '.join(task.labels)[:100]}"
    return None


def _joined(output: str, task: Task) -> bool:
    """Whether an output is made of labels only, or stands in the task without quotation marks."""
    parts = [part.strip() for part in re.split(r"[,;\n/|]", output)]
    return (len(parts) > 1 and all(part in task.labels for part in parts)) or (
        output not in task.labels and output in _QUOTED.sub("", task.text)
    )


def not_in_form(task: Task) -> str | None:
    """Outputs of examples that are not of the form that the task asks for."""
    forms: list[tuple[str, Callable[[str], bool]]] = [
        (
            r"\b(?:into|as|return|output|give|write|answer with)(?: an?| the| one)?(?: valid)? json\b",
            _is_json,
        ),
        (
            r"\b(?:answer|reply|respond|output|return)(?: only)?(?: with| in)? (?:one|a single) word\b",
            _is_word,
        ),
        (r"\b(?:as|into|to|->) yyyy-mm-dd\b", _has_date),
    ]
    for sign, fits in forms:
        said = task.says(sign)
        for _, wanted in task.examples:
            if said and wanted.strip() not in task.text and not fits(wanted):
                return f"the task says {said!r}, but an example gives {wanted!r:.60}"
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _has_date(text: str) -> bool:
    return re.search(r"\d{4}-\d\d-\d\d", text) is not None


def _is_word(text: str) -> bool:
    return len(text.split()) <= 1


def too_long(task: Task) -> str | None:
    tokens = estimated_tokens(task.whole)
    return f"about {tokens} tokens" if tokens > TRAINED_TOKENS * 1.1 else None


def double_negation(task: Task) -> str | None:
    return task.says(
        r"(?-i:\bnot|n't|\bnever) (?:(?!and |or |but |if |when |who )\w+ ){0,4}?"
        r"(?-i:not|never|cannot|without|neither|unless|un(?:like|important|necessary|usual|related|true|clear)\w*)\b"
    )


def several_tasks(task: Task) -> str | None:
    found = re.findall(
        rf"(?:^|[.;!]\s+|\n|\b(?:and|then|also|,)\s+)(?:then |also |please )?({_TASK_VERBS})\b",
        task.text,
        re.I,
    )
    verbs = list(dict.fromkeys(verb.lower() for verb in found))
    return " and ".join(verbs[:3]) if len(verbs) > 1 else None


def no_notation(task: Task) -> str | None:
    asked = task.says(_QUANTITY)
    if asked and not task.shows and not task.says(_WRITTEN):
        return repr(asked[-60:])
    translated = task.says(r"\btranslate\b[^.]*")
    if translated and not task.shows and not re.search(_LANGUAGE, translated):
        return f"{translated[:60]!r}, but not into which language"
    return None


def vague(task: Task) -> str | None:
    found = task.says(_VAGUE)
    return repr(found) if found else None


def placeholder(task: Task) -> str | None:
    found = re.search(_PLACEHOLDER, task.text, re.I)
    if found:
        return repr(found[0])
    end = re.search(r"(?:^|\n|\. )[^\n.]{0,60}:\s*$", task.text)
    return f"the text ends with {end[0].strip()[-40:]!r}" if end and not task.shows else None
