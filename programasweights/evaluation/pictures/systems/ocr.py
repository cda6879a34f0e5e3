"""The text read in a picture by rapidocr, handed to a prompted model together with each question.

rapidocr comes with the extra `ocr`. Its models lie in its wheel, so nothing is fetched.
"""

import time
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from programasweights.data.images import Picture
from programasweights.evaluation.pictures.sample import Sample, picture_task, suite_of
from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome
from programasweights.evaluation.systems.prompted import LocalModel, Message
from programasweights.settings import settings
from programasweights.vision import Image

__all__ = ["OcrSystem", "TextReader"]

_ASKED = "Text in the picture:\n{text}\n\nQuestion: {question}"
_NOTHING = "(none)"


class TextReader:
    """Reads the text in pictures, line by line."""

    def __init__(self) -> None:
        """Check that rapidocr is there.

        Raises:
            ModuleNotFoundError: it is not installed.
        """
        try:
            self.version = version("rapidocr")
        except PackageNotFoundError:
            raise ModuleNotFoundError(
                "reading text in pictures needs rapidocr: pip install 'programasweights[ocr]'",
                name="rapidocr",
            ) from None

    def read(self, image: Image) -> tuple[str, float]:
        """The lines of text, from top to bottom, empty where none is found; and the seconds that it took.

        A picture is read once in a process.
        """
        if image.digest not in _read:
            start = time.perf_counter()
            # channels as OpenCV has them: blue, green, red
            found = _engine(settings().threads)(image.pixels[:, :, ::-1].copy())
            _read[image.digest] = "\n".join(found.txts or ()), time.perf_counter() - start
        return _read[image.digest]


_read: dict[str, tuple[str, float]] = {}


@cache
def _engine(threads: int) -> Any:
    from rapidocr import RapidOCR

    chosen = {"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": threads}
    return RapidOCR(params=chosen)


class OcrSystem:
    """The words of the spec, the text of the picture and the question, in a prompt, each time."""

    together = 4

    def __init__(self, kind: str, model: str, sample: Sample, *, shown: bool) -> None:
        """Name a model.

        Args:
            kind: as reports call it, before the model's name.
            model: a registry name, hub id, GGUF file or folder.
            sample: its training pictures may be shown.
            shown: whether the first question on each of them is shown answered.

        Raises:
            ModuleNotFoundError: rapidocr is not installed.
        """
        self.name = f"{kind}:{model}"
        self._reader = TextReader()
        self._model = LocalModel(model)
        self._shown = sample.shown if shown else {}
        self._demos: dict[str, list[Message]] = {}

    def fingerprint(self) -> str:
        """Reader, model, prompt, and the pictures that are shown."""
        shown = {task: [p.id for p in pictures] for task, pictures in sorted(self._shown.items())}
        return f"{self.name}/{self._reader.version}/{self._model.fingerprint()}/{_ASKED}/{shown}"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """Read all pictures, then ask all questions."""
        read = [self._read(task) for task in tasks]
        asked = [
            self._messages(task, text, case.input)
            for task, (text, _) in zip(tasks, read, strict=True)
            for case in task.cases
        ]
        answers = iter(self._model.answer(asked))
        return [
            Outcome(tuple(next(answers) for _ in task.cases), seconds, len(text.encode()))
            for task, (text, seconds) in zip(tasks, read, strict=True)
        ]

    def single(self, task: SuiteTask) -> float:
        """Seconds of one question, the picture's text being known."""
        text, _ = self._read(task)
        start = time.perf_counter()
        self._model.answer([self._messages(task, text, task.cases[0].input)])
        return time.perf_counter() - start

    def _read(self, task: SuiteTask) -> tuple[str, float]:
        return self._reader.read(picture_task(task).image)

    def _messages(self, task: SuiteTask, text: str, question: str) -> list[Message]:
        own = picture_task(task).task
        if own not in self._demos:
            self._demos[own] = list(self._answered(own, self._shown.get(own, ())))
        shown = self._demos[own]
        asked = _ASKED.format(text=text or _NOTHING, question=question)
        opening = f"{task.spec}\n\n"
        if not shown:
            return [("user", opening + asked)]
        first = shown[0][1]
        return [("user", opening + first), *shown[1:], ("user", asked)]

    def _answered(self, task: str, pictures: Sequence[Picture]) -> Iterable[Message]:
        for shown, picture in zip(suite_of(task, pictures).tasks, pictures, strict=True):
            question = picture.questions[0]
            text, _ = self._read(shown)
            yield "user", _ASKED.format(text=text or _NOTHING, question=question.text)
            yield "assistant", question.answer
