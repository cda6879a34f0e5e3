"""A frozen sample of held-out pictures as suites: one suite a task, one `PictureTask` a picture.

Pictures are drawn (the same seed and counts give the same sample with the same releases of the packages that draw,
which are recorded), or read from files. Beside them stand pictures of the split `train`, for systems that are shown
some; none of them is ever scored.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from programasweights.data.images import TASKS, Picture, draw_picture, read_pictures
from programasweights.errors import DataError
from programasweights.evaluation.metrics import ANSWER_METRICS
from programasweights.evaluation.pictures.chemistry import SMILES_METRICS
from programasweights.evaluation.suites import Suite, SuiteCase, SuiteTask
from programasweights.vision import Image

__all__ = ["PictureTask", "Sample", "SampleInfo", "draw_sample", "picture_task", "read_sample", "suite_of"]

_SHOWN = 200
"""Pictures of a task that systems may be shown."""


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
    shown: dict[str, int]
    """Pictures of the training split beside, by task."""
    digests: dict[str, str]
    """sha256 of the sample's pictures and questions, by task: equal ones were scored on the same."""
    versions: dict[str, str]
    """Releases that the drawn pictures' bytes depend on."""


@dataclass(frozen=True)
class Sample:
    """Suites, and what may be shown to systems."""

    suites: tuple[Suite, ...]
    shown: Mapping[str, tuple[Picture, ...]]
    """Pictures of the training split, by task."""
    info: SampleInfo


def draw_sample(
    tasks: Sequence[str] = TASKS, *, count: int, shown: int = _SHOWN, seed: int = 0, level: int | None = None
) -> Sample:
    """Draw pictures of each task.

    Args:
        tasks: some of `TASKS`.
        count: pictures of the split `test`.
        shown: pictures of the split `train`.
        seed: of the drawing.
        level: 1 easy to 3 as in documents; drawn for each picture where none is given.

    Raises:
        DataError: there is no such task or level.
        ModuleNotFoundError: the extra `pictures` is not installed.
    """
    from programasweights.data.images.drawing import versions

    def drawn(split: str, many: int) -> list[Picture]:
        return [draw_picture(t, seed, n, split=split, level=level) for t in tasks for n in range(many)]

    return _sample(
        tasks,
        drawn("test", count),
        drawn("train", shown),
        source="drawn",
        seed=seed,
        level=level,
        versions=versions(),
    )


def read_sample(path: Path, tasks: Sequence[str] = TASKS, *, count: int) -> Sample:
    """At most `count` pictures of the split `test` of each task from files (`read_pictures`), in the order of their
    ids' hashes; pictures of the split `train` are shown to systems.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: a file holds no pictures, or none of a task's split `test`.
    """
    pictures = sorted(read_pictures(path), key=lambda p: hashlib.sha256(p.id.encode()).hexdigest())
    found, shown = (
        [p for task in tasks for p in _of(pictures, task, split)[:many]]
        for split, many in (("test", count), ("train", _SHOWN))
    )
    return _sample(tasks, found, shown, source=path.name)


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
    tasks: Sequence[str],
    found: Sequence[Picture],
    shown: Sequence[Picture],
    *,
    source: str,
    seed: int | None = None,
    level: int | None = None,
    versions: dict[str, str] | None = None,
) -> Sample:
    for task in tasks:
        if task not in TASKS:
            raise DataError(f"there is no task {task!r:.80} of pictures; expected one of {', '.join(TASKS)}.")
        if not _of(found, task, "test"):
            raise DataError(
                f"{source} has no picture of the task {task} in the split test; name other tasks or files."
            )
    suites = tuple(suite_of(task, _of(found, task, "test")) for task in tasks)
    beside = {task: tuple(_of(shown, task, "train")) for task in tasks}
    info = SampleInfo(
        source=source,
        seed=seed,
        level=level,
        pictures={suite.name: len(suite.tasks) for suite in suites},
        questions={suite.name: sum(len(t.cases) for t in suite.tasks) for suite in suites},
        shown={task: len(pictures) for task, pictures in beside.items()},
        digests={suite.name: _digest(suite) for suite in suites},
        versions=versions or {},
    )
    return Sample(suites, beside, info)


def _of(pictures: Iterable[Picture], task: str, split: str) -> list[Picture]:
    return [p for p in pictures if p.task == task and p.split == split]


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
