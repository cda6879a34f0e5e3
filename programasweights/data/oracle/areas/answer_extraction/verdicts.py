"""Verdicts, confidence and kinds of replies, and several answers at once."""

import re
from collections import Counter

from programasweights.data.oracle.areas.answer_extraction._banks import capital, joined
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Reasoning and answer extraction")


_TOPICS = ("the shop is open on Sundays", "the bill was paid", "the meeting takes place", "the ticket covers the bus", "the file was deleted", "the museum takes cards", "the road is closed",
           "the offer is still valid", "the parcel was sent", "the pool is heated", "dogs are allowed", "the form needs a stamp", "the update broke the login", "the warranty covers water damage")  # fmt: skip
_VERDICT = {
    "yes": ("Yes, {t}.", "After all, it seems clear to me that {t}.", "Short answer: yes.", "So I'd have to say yes.", "I can confirm that {t}.", "That's right: {t}.", "No doubt about it, {t}.", "It is, indeed, true that {t}.", "Affirmative."),
    "no": ("No, that's not the case.", "It is not true that {t}.", "Short answer: no.", "So I'd have to say no.", "I'm afraid the answer is no.", "It would be wrong to say that {t}.", "Nope.", "The claim that {t} is false.", "That is definitely not so."),
    "open": ("I really can't tell whether {t}.", "It could be either way.", "There is no way to know from this.", "I don't have enough information to say if {t}.", "Hard to say, honestly.", "Maybe, maybe not.", "We will only know next week whether {t}."),
}  # fmt: skip
_VERDICT_PADS = ("You asked me whether {t}.", "Good question, I have read the whole page for you.", "Many people ask about that.", "Some will expect a yes, some a no.", "At first I wasn't sure.",
                 "Let me go through the facts.", "The text has three paragraphs and one table.", "People online say all sorts of things.", "I looked at it twice.")  # fmt: skip
_VERDICT_ENDS = (
    "Hope that helps!",
    "Let me know if you need more.",
    "That's all I found.",
    "Anything else?",
    "I looked at both pages.",
)


@area.family(
    "verdicts",
    "reduce the reply to its verdict: {yes} if it affirms what was asked, {no} if it denies it, {open} if it [leaves it undecided|takes no side]",
    "Verdict in the wordy reply: affirmed {yes} / denied {no} / left open {open}",
    "A [chat model|support bot] answers yes-or-no questions in long replies and my script needs one token. Output {yes} when the reply says that the thing asked about is so, {no} when it says that it is not so, and {open} when it does not decide. "
    "[Polite phrases do not matter.|Ignore introductions and polite phrases.]",
    given="a reply to a yes-or-no question",
    labels=labels(
        yes=("yes", "true", "affirmed"),
        no=("no", "false", "denied"),
        open=("unclear", "unknown", "undecided"),
    ),
)
def verdict_of_a_wordy_reply(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("yes", "no", "open"))
    topic = draw.pick(_TOPICS)
    parts = [draw.pick(_VERDICT_PADS).format(t=topic) for _ in range(draw.randrange(3))]
    parts = [*dict.fromkeys(parts), draw.pick(_VERDICT[found]).format(t=topic)]
    if draw.chance(0.4):
        parts.append(draw.pick(_VERDICT_ENDS))
    return noise.casual(draw, " ".join(parts), keep=(topic, "false wrong true known whether")), p.labels[
        found
    ]


_SURE = (
    "I'm {n}% sure.",
    "Confidence: {n}%",
    "({n} percent certain)",
    "My confidence is {n} out of 100.",
    "I'd put my certainty at {n}%.",
    "Certainty {n}/100.",
    "confidence = 0.{n:02d}",
    "I say this with {n} percent confidence.",
)


@area.family(
    "verdicts",
    "look at how sure the model says it is: {high} if the stated confidence is {limit} percent or more, {low} if it is lower, {none} if it states no confidence. Other percentages do not count",
    "Stated confidence >= {limit}% -> {high}; below -> {low}; [none stated|no confidence given] -> {none}. Only the model's confidence in its answer counts",
    "We send uncertain model answers to a person. The answers may end or begin with a statement of confidence (in percent, out of 100 or as a decimal between 0 and 1). Return {high} if it is at least {limit} percent, {low} if it is below that, {none} if there is no such statement; "
    "percentages that belong to the answer itself are not confidence.",
    given="a model's answer",
    limit=number(50, 95, 5),
    labels=labels(
        high=("high", "auto", "accept"),
        low=("low", "review", "check"),
        none=("missing", "unknown", "unstated"),
    ),
)
def confidence_over_a_limit(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("high", "low", "none"))
    answer = draw.pick(("The discount is {p}%.", "It's {f}.", "About {p} percent of them came by bus.", "The answer is {f}, see section {s}.", "Interest rates rose by {p}%.", "{f} was the first to arrive.", "{p}% of the budget went to {f}.", "{f} scored {p} out of 100 in the test.")).format(
        p=draw.randint(2, 99), f=names.full_name(draw), s=draw.randint(2, 9)
    )  # fmt: skip
    parts = [answer]
    if found != "none":
        value = draw.randint(p.limit, 99) if found == "high" else draw.randint(10, p.limit - 1)
        value = p.limit if found == "high" and draw.chance(0.15) else value
        parts.insert(draw.pick((0, 1, 1)), draw.pick(_SURE).format(n=value))
    elif draw.chance(0.5):
        parts.append(
            draw.pick(
                (
                    "That is what the report says.",
                    "Source: page 4.",
                    "I hope this helps.",
                    "See the table for details.",
                )
            )
        )
    return noise.untidy(draw, draw.pick((" ", "\n")).join(parts)), p.labels[found]


_REPLIES = {
    "answer": ("{n} was born in {y}.", "It takes about {k} hours by train.", "You need {k} eggs for that.", "The capital is {c}.", "Sure! The meeting room is on floor {k}.", "There are {y} of them.", "{c}, I think.",
               "I can't believe how often I'm asked this: it's {c}.", "No problem, the code is {y}.", "Sorry for the wait. It was {n} who won."),
    "refuse": ("I'm sorry, but I can't help with that.", "I won't give out {n}'s private address.", "I'm not allowed to answer questions about this.", "That goes against our rules, so I have to decline.", "I refuse to discuss that.",
               "As an assistant I must not give such advice.", "I will not answer that, {n}.", "This is something I'm not willing to help with."),
    "ignorant": ("I don't know.", "I have no information on {n}.", "I couldn't find anything about {c}.", "No idea, honestly.", "That's beyond what I know.", "My data does not cover the year {y}, so I can't tell.", "I looked for it but the document says nothing about it."),
    "ask": ("Which {n} do you mean?", "Could you tell me the year first?", "Do you mean the {c} office or another one?", "For how many people should it be?", "Can you send me the order number, please?", "Before I answer: which version do you use?", "What exactly do you want to know about {c}?"),
}  # fmt: skip


@area.family(
    "verdicts",
    "sort the bot's reply: {answer} if it answers the question, {refuse} if it declines to answer, {ignorant} if it says that it does not know or found nothing, {ask} if it [asks something back|only asks for details]",
    "Reply type - gives an answer: {answer}, won't answer: {refuse}, doesn't know: {ignorant}, asks the user something instead: {ask}",
    "For the [weekly report|dashboard] on our assistant, put each reply into one of four boxes. {answer}: the user got an answer. {refuse}: the assistant was unwilling or not permitted to answer. {ignorant}: it was willing, but had no knowledge. {ask}: it asked the user for something and gave no answer yet.",
    given="a bot's reply",
    labels=labels(
        answer=("answered", "answer", "ok"),
        refuse=("refused", "refusal", "declined"),
        ignorant=("unknown", "no knowledge", "dunno"),
        ask=("question", "clarify", "asks back"),
    ),
)
def kind_of_bot_reply(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("answer", "refuse", "ignorant", "ask"))
    text = draw.pick(_REPLIES[found]).format(
        n=names.full_name(draw), c=names.city(draw), y=draw.randint(1200, 2020), k=draw.randint(2, 9)
    )
    text = (
        draw.pick(
            ("", "", "Hi there! ", "Thanks for your message. ", f"Hello {names.first_name(draw)}, ", "Hmm. ")
        )
        + text
    )
    if draw.chance(0.25) and found != "ask":
        text += draw.pick((" Have a nice day!", " Take care.", " Greetings from the team!"))
    return noise.casual(draw, text, keep=("know refuse decline allowed willing answer beyond",)), p.labels[
        found
    ]


_NAMED = ("Mercury", "Venus", "Mars", "Jupiter", "Saturn", "Oslo", "Lima", "Prague", "Porto", "Ghent", "copper", "silver", "tin", "zinc", "apples", "pears", "plums", "figs", "a hammer", "a saw", "a drill")  # fmt: skip


@area.family(
    "several answers",
    "list the answers that the reply gives, in its order, separated by {separator}; leave out [what it rules out|those it rejects]; {none} if it gives no answer",
    "Reply -> its answers only, joined by {separator}. Rejected ones [out|don't count]. No answer: {none}",
    "Our quiz questions can have several right answers and models reply in prose, bullets or numbered lists. Give me only the answers they put forward, spelt as in the reply and in its order, with {separator} in between. Skip anything the reply says is wrong. Write {none} if nothing is put forward.",
    given="a reply with several answers",
    separator=separator(),
    none=missing("no answer"),
)
def answers_as_a_list(draw: Draw, p: Values) -> Pair:
    start = draw.pick((0, 5, 10, 14, 18))
    stop = {0: 5, 5: 10, 10: 14, 14: 18, 18: 21}[start]
    items = draw.mix(_NAMED[start:stop])
    given, wrong = items[: draw.randint(1, len(items) - 1)], items[-1]
    if draw.chance(0.1):
        return draw.pick(
            (
                "I'm not sure about any of them.",
                "I don't know, sorry.",
                "Certainly not {}.",
                "None of them, I'd say.",
                "Not {}, and I can't name any other.",
            )
        ).format(wrong), p.none
    style = draw.randrange(4)
    if style == 0:
        body = draw.pick(("The answers are {}.", "I'd say {}.", "It's {}!", "That would be {}.")).format(
            joined(given)
        )
    elif style == 1:
        body = draw.pick(("Here you go:\n", "Answers:\n", "")) + "\n".join(f"- {item}" for item in given)
    elif style == 2:
        body = draw.pick(("My list:\n", "These fit:\n", "")) + "\n".join(
            f"{n}. {item}" for n, item in enumerate(given, 1)
        )
    else:
        body = f"First of all {given[0]}." + (f" Then there's also {joined(given[1:])}." if given[1:] else "")
    if draw.chance(0.5):
        body += draw.pick(("\n", " ") if style in (0, 3) else ("\n",)) + draw.pick(
            ("But not {}.", "{} is wrong.", "It can't be {}, though.", "People often say {}, which is false.")
        ).format(wrong)
        body = (
            re.sub(r"(^|\s)([a-z][\w ]* is wrong)", lambda f: f.group(1) + capital(f.group(2)), body)
            if body.endswith("is wrong.")
            else body
        )
    return body, p.separator.join(given)


_VOTES = (("12", "14", "15", "18"), ("A", "B", "C", "D"), ("yes", "no"), ("Paris", "Lyon", "Nice"), ("3.5", "4", "4.5"), ("cat", "dog", "fox"), ("7:15", "7:45", "8:15"), ("red", "blue", "green"))  # fmt: skip


@area.family(
    "several answers",
    "[give|output] the answer that most of the samples agree on; [in a tie|if several share the top count]: {tie}. Samples without an answer do not vote; {none} if all of them failed",
    "Majority vote over the samples (failed ones don't count); tie at the top: {tie}; [nothing but failures|no vote at all]: {none}",
    "I sample the same [prompt|question] several times and keep the most frequent answer. The input has one sample per line with its answer; some runs failed and have none. Output the answer that comes most often. If two or more answers share the top count: {tie}. "
    "If every run failed: {none}.",
    given="a list of sampled answers",
    tie=choice({
        "take the one that came up first": "first", "the one whose first appearance is earliest": "first", "use the one of them that appears last in the list": "last", "write 'tie'": "=tie", "write 'no majority'": "=no majority",
        "write 'TIE'": "=TIE", "write 'undecided'": "=undecided", "write a single hyphen": "=-", "give all of them in the order of first appearance, separated by a slash": "all",
    }),
    none=missing("all failed", "retry"),
)  # fmt: skip
def majority_of_samples(draw: Draw, p: Values) -> Pair:
    pool = draw.pick(_VOTES)
    size = draw.randint(3, 8)
    votes: list[str | None] = [draw.pick(pool[:2] if draw.chance(0.5) else pool) for _ in range(size)]
    failing = 1.0 if draw.chance(0.1) else 0.15
    votes = [None if draw.chance(failing) else vote for vote in votes]
    lines = []
    form = draw.pick(
        (
            "Sample {n}: {a}",
            "{n}) {a}",
            "run {n} -> {a}",
            "[{n}] The answer is {a}.",
            "{n}. Final answer: {a}",
            "model #{n} says {a}",
        )
    )
    for n, vote in enumerate(votes, 1):
        lines.append(
            form.format(n=n, a=vote)
            if vote
            else re.split(r"\{a\}", form)[0]
            .format(n=n)
            .replace("The answer is ", "")
            .replace("Final answer: ", "")
            + draw.pick(("(timeout)", "error", "(empty)"))
        )
    counts = Counter(v for v in votes if v)
    if not counts:
        return "\n".join(lines), p.none
    top = max(counts.values())
    best = [v for v in counts if counts[v] == top]
    if len(best) == 1 or p.tie == "first":
        return "\n".join(lines), best[0]
    if p.tie == "last":
        return "\n".join(lines), next(v for v in reversed(votes) if v in best and v)
    return "\n".join(lines), "/".join(best) if p.tie == "all" else p.tie[1:]
