"""A model behind an OpenAI-compatible endpoint, named `URL#MODEL`; the key is read from `OPENAI_API_KEY`."""

import asyncio
import time
from collections.abc import Sequence

from programasweights.data.pipeline.client import Endpoint, EndpointOptions, api_key_from
from programasweights.errors import DataError
from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome
from programasweights.evaluation.systems.prompted import Message, messages_for

__all__ = ["EndpointModel", "EndpointSystem"]

KEY_VARIABLE = "OPENAI_API_KEY"


class EndpointModel:
    """Answers conversations, greedily as far as the endpoint allows, several at once."""

    def __init__(self, where: str, *, max_new_tokens: int = 96) -> None:
        """Name an endpoint.

        Args:
            where: `URL#MODEL`, such as `http://127.0.0.1:8080/v1#smollm2-135m-instruct`.
            max_new_tokens: most tokens of an answer.

        Raises:
            DataError: `where` has another form.
        """
        url, mark, model = where.partition("#")
        if not (url and mark and model):
            raise DataError(
                f"the endpoint is {where!r}, but must be URL#MODEL, as http://127.0.0.1:8080/v1#NAME."
            )
        self._where, self._max = where, max_new_tokens
        self._options = EndpointOptions(url, model, api_key_from(KEY_VARIABLE), temperature=0.0)

    def fingerprint(self) -> str:
        """Address, model and limit: what stands behind the address cannot be known."""
        return f"{self._where}/{self._max}"

    def answer(self, conversations: Sequence[Sequence[Message]]) -> list[str]:
        """An answer to each conversation; empty where the endpoint refused it.

        Raises:
            EndpointError: the endpoint does not answer as it must.
        """
        return asyncio.run(self._answer(conversations))

    async def _answer(self, conversations: Sequence[Sequence[Message]]) -> list[str]:
        endpoint = Endpoint(self._options)
        try:
            asked = [
                endpoint.chat(
                    [{"role": role, "content": content} for role, content in messages],
                    max_tokens=self._max,
                    seed=0,
                )
                for messages in conversations
            ]
            return [reply.text.strip() for reply in await asyncio.gather(*asked)]
        finally:
            await endpoint.close()


class EndpointSystem:
    """The spec and the input in a prompt, sent to an endpoint each time."""

    together = 8

    def __init__(self, where: str, *, shown: bool = False, max_new_tokens: int = 96) -> None:
        """Args: `URL#MODEL`; whether the task's examples come first; longest answer in tokens."""
        self.name = f"{'api-few' if shown else 'api'}:{where}"
        self._model = EndpointModel(where, max_new_tokens=max_new_tokens)
        self._shown = shown

    def fingerprint(self) -> str:
        """The endpoint and the form of the prompt."""
        return f"{self.name}/{self._model.fingerprint()}"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """Ask all inputs of all tasks."""
        asked = [messages_for(t, c.input, shown=self._shown) for t in tasks for c in t.cases]
        answers = iter(self._model.answer(asked))
        return [Outcome(tuple(next(answers) for _ in task.cases)) for task in tasks]

    def single(self, task: SuiteTask) -> float:
        """Seconds of one call."""
        start = time.perf_counter()
        self._model.answer([messages_for(task, task.cases[0].input, shown=self._shown)])
        return time.perf_counter() - start
