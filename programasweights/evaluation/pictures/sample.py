"""A frozen sample of held-out pictures as suites: one suite a task, one `PictureTask` a picture.

Pictures are drawn (the same seed and counts give the same sample with the same releases of the packages that draw,
which are recorded), or read from files. Beside them stand pictures and questions of the split `train`, for systems that
are shown some or count answers; none of them is ever scored.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from programasweights.data.images import TASKS, Picture, Question, draw_picture, read_pictures
from programasweights.errors import DataError
from programasweights.evaluation.metrics import ANSWER_METRICS
from programasweights.evaluation.pictures.chemistry import SMILES_METRICS
from programasweights.evaluation.suites import Suite, SuiteCase, SuiteTask
from programasweights.vision import Image

__all__ = ["PictureTask", "Sample", "SampleInfo", "draw_sample", "picture_task", "read_sample", "suite_of"]

_SHOWN = 3
"""Training pictures of a task that systems may be shown."""
_COUNTED = 200
"""Training pictures of a task whose questions and answers systems may count."""


@dataclass(frozen=True)
class PictureTask(SuiteTask):
    """A picture: its spec's words, and questions on it as inputs."""

    task: str
    """One of `TASKS`."""
    png: str
    """The picture's file, in base64."""
    kinds: tuple[str, ...]
    """The kind of each question."""

    @property
    def image(self) -> Image:
        """The picture.

        Raises:
            ImageError: it cannot be read.
        """
        return Image(base64.b64decode(self.png))


class SampleInfo(BaseModel):
    """What was measured on."""

    model_config = ConfigDict(extra="forbid")

    source: str
    """`drawn`, or the name of the file or folder."""
    seed: int | None
    """Of the drawn pictures."""
    level: int | None
    """1 easy to 3 as in documents, where one was asked for; drawn for each picture otherwise."""
    pictures: dict[str, int]
    """By task."""
    questions: dict[str, int]
    """By task."""
    trained: dict[str, int]
    """Questions of the training split beside, by task."""
    digests: dict[str, str]
    """sha256 of the sample's pictures and questions, by task: equal ones were scored on the same."""
    versions: dict[str, str]
    """Releases that the drawn pictures' bytes depend on."""


@dataclass(frozen=True)
class Sample:
    """Suites, and what may be shown to systems."""

    suites: tuple[Suite, ...]
    shown: Mapping[str, tuple[Picture, ...]]
    """A few pictures of the training split, by task."""
    trained: Mapping[str, tuple[Question, ...]]
    """Questions of the training split, by task."""
    transcriptions: Mapping[str, str]
    """What is in the suites' pictures, by picture; empty where it is not known."""
    info: SampleInfo


def draw_sample(
    tasks: Sequence[str] = TASKS,
    *,
    count: int,
    counted: int = _COUNTED,
    seed: int = 0,
    level: int | None = None,
) -> Sample:
    """Draw pictures of each task.

    Args:
        tasks: some of `TASKS`.
        count: pictures of the split `test`.
        counted: pictures of the split `train` whose questions are taken.
        seed: of the drawing.
        level: 1 easy to 3 as in documents; drawn for each picture where none is given.

    Raises:
        DataError: there is no such task or level.
        ModuleNotFoundError: the extra `pictures` is not installed.
    """
    from programasweights.data.images.drawing import sit, versions

    found = {t: [draw_picture(t, seed, n, split="test", level=level) for n in range(count)] for t in tasks}
    shown = {
        t: [draw_picture(t, seed, n, split="train", level=level) for n in range(min(_SHOWN, counted))]
        for t in tasks
    }
    trained = {
        t: [q for n in range(counted) for q in sit(t, seed, n, split="train", level=level).questions]
        for t in tasks
    }
    return _sample(found, shown, trained, source="drawn", seed=seed, level=level, versions=versions())


def read_sample(path: Path, tasks: Sequence[str] = TASKS, *, count: int) -> Sample:
    """At most `count` pictures of the split `test` of each task from files (`read_pictures`), in the order of their
    ids' hashes; pictures of the split `train` stand beside.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: a file holds no pictures, or none of a task's split `test`.
    """
    pictures = sorted(read_pictures(path), key=lambda p: hashlib.sha256(p.id.encode()).hexdigest())
    found, beside = (
        {task: [p for p in pictures if (p.task, p.split) == (task, split)][:many] for task in tasks}
        for split, many in (("test", count), ("train", _COUNTED))
    )
    for task, own in found.items():
        if not own:
            raise DataError(
                f"{path.name} has no picture of the task {task:.80} in the split test; name other tasks or files."
            )
    shown = {task: own[:_SHOWN] for task, own in beside.items()}
    trained = {task: [q for picture in own for q in picture.questions] for task, own in beside.items()}
    return _sample(found, shown, trained, source=path.name)


def suite_of(task: str, pictures: Iterable[Picture]) -> Suite:
    """Pictures of one task as a suite."""
    metrics = ANSWER_METRICS | SMILES_METRICS if task == "smiles" else ANSWER_METRICS
    return Suite(task, tuple(_as_task(picture) for picture in pictures), metrics=metrics)


def picture_task(task: SuiteTask) -> PictureTask:
    """The task as one that has a picture.

    Raises:
        DataError: it has none.
    """
    if isinstance(task, PictureTask):
        return task
    raise DataError(f"the task {task.name!r:.80} has no picture, but this system reads pictures only.")


def _sample(
    found: Mapping[str, Sequence[Picture]],
    shown: Mapping[str, Sequence[Picture]],
    trained: Mapping[str, Sequence[Question]],
    *,
    source: str,
    seed: int | None = None,
    level: int | None = None,
    versions: dict[str, str] | None = None,
) -> Sample:
    suites = tuple(suite_of(task, pictures) for task, pictures in found.items())
    info = SampleInfo(
        source=source,
        seed=seed,
        level=level,
        pictures={suite.name: len(suite.tasks) for suite in suites},
        questions={suite.name: sum(len(t.cases) for t in suite.tasks) for suite in suites},
        trained={task: len(questions) for task, questions in trained.items()},
        digests={suite.name: _digest(suite) for suite in suites},
        versions=versions or {},
    )
    fixed_shown = {task: tuple(pictures) for task, pictures in shown.items()}
    transcriptions = {p.id: p.transcription for pictures in found.values() for p in pictures}
    return Sample(
        suites, fixed_shown, {task: tuple(own) for task, own in trained.items()}, transcriptions, info
    )


def _as_task(picture: Picture) -> PictureTask:
    return PictureTask(
        name=picture.id,
        spec=picture.spec,
        demos=(),
        cases=tuple(SuiteCase(q.text, (q.answer,)) for q in picture.questions),
        cluster=picture.id,
        category=f"level {picture.level}" if picture.level else "any level",
        task=picture.task,
        png=base64.b64encode(picture.png).decode("ascii"),
        kinds=tuple(q.kind for q in picture.questions),
    )


def _digest(suite: Suite) -> str:
    text = json.dumps([asdict(task) for task in suite.tasks], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
