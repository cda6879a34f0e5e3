"""A local vision-language model in GGUF files, run by llama-cpp-python.

Never run by us: there was no such model at hand. What is tested is what is sent to llama-cpp-python, and its refusal of
files that are no models.
"""

import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from programasweights.errors import DataError, ModelError, ModelNotFoundError
from programasweights.evaluation.pictures.sample import PictureTask, picture_task
from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome
from programasweights.lm.digests import file_digest
from programasweights.settings import settings

__all__ = ["VisionLanguageSystem", "conversation"]

_CONTEXT = 4096
_MAX_NEW_TOKENS = 128


class VisionLanguageSystem:
    """The picture and the words of the spec and the question, sent each time."""

    together = 1

    def __init__(self, files: str) -> None:
        """Name a model.

        Args:
            files: `MODEL.gguf#MMPROJ.gguf`, the language model and its projector of pictures.

        Raises:
            DataError: it has another form.
            ModelNotFoundError: a file is not there.
        """
        model, mark, projector = files.partition("#")
        if not (model and mark and projector):
            raise DataError(f"the model is {files!r:.200}, but must be MODEL.gguf#MMPROJ.gguf.")
        self._files = Path(model), Path(projector)
        for file in self._files:
            if not file.is_file():
                raise ModelNotFoundError(f"there is no file {file}; name a GGUF file.")
        self.name = f"vlm:{self._files[0].name}"

    def fingerprint(self) -> str:
        """Both files' contents."""
        return f"{self.name}/{'/'.join(file_digest(file) for file in self._files)}"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """Ask all questions, one after the other."""
        return [
            Outcome(tuple(self._answer(picture_task(task), case.input) for case in task.cases))
            for task in tasks
        ]

    def single(self, task: SuiteTask) -> float:
        """Seconds of one question."""
        start = time.perf_counter()
        self._answer(picture_task(task), task.cases[0].input)
        return time.perf_counter() - start

    def _answer(self, task: PictureTask, question: str) -> str:
        found = self._model.create_chat_completion(
            conversation(task, question), temperature=0.0, max_tokens=_MAX_NEW_TOKENS
        )
        return str(found["choices"][0]["message"]["content"] or "").strip()

    @cached_property
    def _model(self) -> Any:
        try:
            from llama_cpp import Llama
            from llama_cpp.llama_chat_format import MTMDChatHandler
        except ImportError:
            raise ModuleNotFoundError(
                "a vision-language model needs llama-cpp-python from 0.3.36 on: pip install llama-cpp-python",
                name="llama_cpp",
            ) from None
        model, projector = map(str, self._files)
        threads = settings().threads
        try:
            handler = MTMDChatHandler(clip_model_path=projector, verbose=False)
            return Llama(
                model,
                chat_handler=handler,
                n_ctx=_CONTEXT,
                n_threads=threads,
                n_threads_batch=threads,
                verbose=False,
            )
        except (ValueError, OSError, RuntimeError) as error:
            raise ModelError(f"llama-cpp-python cannot load {model}: {error}.") from error


def conversation(task: PictureTask, question: str) -> list[dict[str, Any]]:
    """What is sent: the spec's words, the picture, the question."""
    content: list[dict[str, Any]] = [
        {"type": "text", "text": task.spec},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{task.png}"}},
        {"type": "text", "text": f"{question}\nReply with the answer only."},
    ]
    return [{"role": "user", "content": content}]
