"""Token rows of documents and executions, and which of their tokens are learnt.

An execution is asked as a program with an empty task is called, so what is trained here can be called as a program.
Of a document only the instruction's own text is learnt: the context before it is given, what stands behind it is cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from programasweights.data.pbb.records import Execution, Instruction, prompted
from programasweights.data.pbb.templates import Form, documents
from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.model_text import ModelText
from programasweights.training.pbb.config import Reply

__all__ = ["Reader", "Row", "chunks", "padded"]


@dataclass(frozen=True)
class Row:
    """Tokens, and from where on they are learnt."""

    ids: tuple[int, ...]
    """All tokens."""
    start: int
    """Place of the first token that is learnt, at least 1."""


@dataclass(frozen=True)
class Reader:
    """Turns text into rows as a base model reads it."""

    text: ModelText
    """The model's tokenizer and marks."""

    def question(self, question: str, task: str = "") -> list[int]:
        """A question up to where the reply begins; `task` is what a program would show before it."""
        template, tokenizer, chat = get_template(DEFAULT_TEMPLATE), self.text.tokenizer, self.text.chat
        return template.program_ids(tokenizer, chat, task) + template.input_ids(tokenizer, chat, question)

    def reply(self, question: str, reply: str, task: str = "") -> Row:
        """A question with its reply, which is learnt."""
        given, tokenizer = self.question(question, task), self.text.tokenizer
        end = self.text.chat.end_id(tokenizer, self.text.end_ids)
        return Row((*given, *tokenizer.text_ids(reply), end), len(given))

    def execution(self, execution: Execution, reply: Reply, task: str = "") -> Row:
        """An execution, asked for and answered in one of the ways."""
        return self.reply(*prompted(execution, steps=reply == "steps"), task)

    def passage(self, document: str, body: str) -> Row:
        """A document up to the end of `body`, which is learnt."""
        before, _, _ = document.partition(body)
        ids = self.text.tokenizer.text_ids(before + body)
        given = self.text.tokenizer.text_ids(before)
        shared = next((n for n, (a, b) in enumerate(zip(ids, given, strict=False)) if a != b), len(given))
        return Row(tuple(ids), max(1, shared))

    def documents(self, instruction: Instruction, form: Form, *, contexts: int, seed: int) -> list[Row]:
        """An instruction in contexts drawn for it."""
        body = instruction.text if form == "code" else instruction.description
        return [
            self.passage(d, body) for d in documents(instruction, contexts=contexts, form=form, seed=seed)
        ]


def chunks(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Places of items in parts of like length, each of at most `most` tokens with padding, or of one item."""
    part: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if part and lengths[place] * (len(part) + 1) > most:
            yield part
            part = []
        part.append(place)
    if part:
        yield part


def padded(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids (R, L) padded on the right, 1 for what is no padding, and 1 for what is learnt."""
    longest = max(len(row.ids) for row in rows)
    ids, mask, learnt = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    for number, row in enumerate(rows):
        length = len(row.ids)
        ids[number, :length] = torch.tensor(row.ids)
        mask[number, :length] = 1
        learnt[number, row.start : length] = 1
    return ids, mask, learnt
