"""Discrete programs as token ids: what the compiler is asked, and what compiler and interpreter read of its answer."""

from dataclasses import dataclass, replace

import numpy as np

from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.model_text import ModelText
from programasweights.training.mixture import TaskSource
from programasweights.training.token_file import Ids, TokenisedTask, Version

__all__ = ["CutPrograms", "Texts", "prompt_of", "spec_as_program", "with_program"]


@dataclass(frozen=True)
class Texts:
    """How compiler and interpreter read and mark text."""

    compiler: ModelText
    interpreter: ModelText


def prompt_of(version: Version, texts: Texts) -> Ids:
    """What the compiler reads before it writes a program for a version's spec."""
    if version.discrete_start < len(version.compiler):
        return version.compiler[: version.discrete_start]
    return np.concatenate([version.compiler, _close(texts)])


def with_program(prompt: Ids, ids: Ids, texts: Texts) -> Version:
    """A spec, asked as `prompt`, with the program that the tokens `ids` spell, whether or not they ended."""
    writes = texts.compiler
    end = writes.chat.end_id(writes.tokenizer, writes.end_ids)
    whole = np.concatenate([prompt, ids, [end]]).astype(np.int64)
    return Version(whole, len(prompt), _program(writes.tokenizer.decode(ids.tolist()).strip(), texts))


def spec_as_program(prompt: Ids, texts: Texts) -> Version:
    """The spec, asked as `prompt`, as its own program: what a compiler falls back to."""
    tokenizer, chat = texts.compiler.tokenizer, texts.compiler.chat
    ids = prompt[: len(prompt) - len(_close(texts))]
    text = tokenizer.decode(ids[len(tokenizer.template_ids(chat.begin + chat.open)) :].tolist())
    return Version(ids, len(ids), _program(text, texts))


class CutPrograms:
    """Tasks whose discrete programs have at most `limit` tokens; a spec that is its own program stays whole."""

    def __init__(self, tasks: TaskSource, limit: int, texts: Texts) -> None:
        self.content, self.has_programs = tasks.content, tasks.has_programs
        self._tasks, self._limit, self._texts = tasks, limit, texts

    def __len__(self) -> int:
        return len(self._tasks)

    def __getitem__(self, index: int) -> TokenisedTask:
        task = self._tasks[index]
        return replace(task, versions=tuple(self._cut(version) for version in task.versions))

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of the uncut spec and program, and of the longest pair."""
        return self._tasks.lengths(index)

    def _cut(self, version: Version) -> Version:
        start = version.discrete_start
        if len(version.compiler) - start - 1 <= self._limit:
            return version
        return with_program(
            version.compiler[:start], version.compiler[start : start + self._limit], self._texts
        )


def _program(text: str, texts: Texts) -> Ids:
    reads = texts.interpreter
    return np.array(get_template(DEFAULT_TEMPLATE).program_ids(reads.tokenizer, reads.chat, text))


def _close(texts: Texts) -> Ids:
    writes = texts.compiler
    return np.array(writes.tokenizer.template_ids(writes.chat.close), dtype=np.int64)
