"""A local model asked in its own chat format, without a program."""

import time
from collections.abc import Sequence
from functools import cached_property

from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome
from programasweights.lm.decoding import Request, complete
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL

__all__ = ["LocalModel", "PromptedSystem", "messages_for"]

Message = tuple[str, str]
"""Role (`user` or `assistant`) and content."""


def messages_for(task: SuiteTask, text: str, *, shown: bool) -> list[Message]:
    """A conversation that ends with the question: the spec, perhaps answered examples, then the input."""
    messages: list[Message] = []
    opening = f"{task.spec}\n\n"
    for given, wanted in task.demos if shown else ():
        messages += [("user", f"{opening}Input: {given}"), ("assistant", wanted)]
        opening = ""
    return [*messages, ("user", f"{opening}Input: {text}")]


class LocalModel:
    """A local model that answers conversations, greedily and many at once."""

    def __init__(self, model: str = DEFAULT_MODEL, *, max_new_tokens: int = 96) -> None:
        """Args: a registry name, hub id, GGUF file or folder; most tokens of an answer."""
        self.model = model
        self.max_new_tokens = max_new_tokens

    @cached_property
    def engine(self) -> Engine:
        """The model, loaded on first use."""
        return load_engine(self.model)

    def fingerprint(self) -> str:
        """The weights and the limit."""
        return f"{self.model}/{self.engine.model.recipe.digest}/{self.max_new_tokens}"

    def answer(self, conversations: Sequence[Sequence[Message]]) -> list[str]:
        """An answer to each conversation; empty where the conversation is too long for the context."""
        ids = [self._ids(messages) for messages in conversations]
        room = self.engine.config.context_length - self.max_new_tokens
        requests = [(n, Request(i, self.max_new_tokens)) for n, i in enumerate(ids) if len(i) <= room]
        answers = [""] * len(ids)
        for index, completion in complete(self.engine, [request for _, request in requests]):
            answers[requests[index][0]] = self.engine.tokenizer.decode(completion.ids).strip()
        return answers

    def _ids(self, messages: Sequence[Message]) -> list[int]:
        tokenizer, chat = self.engine.tokenizer, self.engine.chat
        ids = tokenizer.template_ids(chat.begin)
        for role, content in messages:
            if role == "user":
                ids += tokenizer.template_ids(chat.open) + tokenizer.text_ids(content)
                ids += tokenizer.template_ids(chat.close)
            else:
                ids += tokenizer.text_ids(content) + tokenizer.template_ids(chat.next_turn)
        return ids


class PromptedSystem:
    """The spec and the input in a prompt, each time."""

    together = 8

    def __init__(self, model: str = DEFAULT_MODEL, *, shown: bool = False, max_new_tokens: int = 96) -> None:
        """Args: the model; whether the task's examples come first; longest answer in tokens."""
        self.name = f"{'prompt-few' if shown else 'prompt'}:{model}"
        self._model = LocalModel(model, max_new_tokens=max_new_tokens)
        self._shown = shown

    def fingerprint(self) -> str:
        """The model and the form of the prompt."""
        return f"{self.name}/{self._model.fingerprint()}"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """Ask all inputs of all tasks."""
        asked = [messages_for(t, c.input, shown=self._shown) for t in tasks for c in t.cases]
        answers = iter(self._model.answer(asked))
        return [
            Outcome(tuple(next(answers) for _ in task.cases), program_bytes=self._size(task))
            for task in tasks
        ]

    def single(self, task: SuiteTask) -> float:
        """Seconds of one call."""
        start = time.perf_counter()
        self._model.answer([messages_for(task, task.cases[0].input, shown=self._shown)])
        return time.perf_counter() - start

    def _size(self, task: SuiteTask) -> int:
        return sum(len(text.encode()) for _, text in messages_for(task, "", shown=self._shown))
