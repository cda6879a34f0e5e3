"""Finds a system by its name."""

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np

from programasweights.compiler.checkpoint import Checkpoint
from programasweights.compiler.default import SHIPPED_PICTURES
from programasweights.compiler.neural import NeuralCompiler
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.errors import DataError
from programasweights.evaluation.pictures.sample import Sample, picture_task
from programasweights.evaluation.pictures.systems.majority import QuestionMajority
from programasweights.evaluation.pictures.systems.ocr import OcrSystem
from programasweights.evaluation.pictures.systems.programs import PictureSystem
from programasweights.evaluation.pictures.systems.vision_language import VisionLanguageSystem
from programasweights.evaluation.systems import System, get_system
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.spec import Spec
from programasweights.vision import Image

__all__ = ["get_picture_system"]


def get_picture_system(name: str, sample: Sample, *, interpreter: str = DEFAULT_MODEL) -> System:
    """The system of this name; the names are listed in `programasweights.evaluation.pictures.systems`.

    Args:
        name: of the system.
        sample: what it will be asked, and may be shown.
        interpreter: the model that compiled programs run on.

    Raises:
        DataError: there is no such system.
            For `paw-told` also: a picture's transcription is not known, or the checkpoint's programs hold none.
        CheckpointError: it names a picture checkpoint that cannot be used.
    """
    kind, _, what = name.partition(":")
    if kind in ("paw", "paw-blind", "paw-swapped", "paw-told"):
        file = Path(what) if what else SHIPPED_PICTURES
        return _programs(kind, file, sample, interpreter)
    if kind == "majority":
        return QuestionMajority(sample)
    if kind in ("ocr", "ocr-few"):
        return OcrSystem(kind, what or DEFAULT_MODEL, sample, shown=kind == "ocr-few")
    if kind == "vlm":
        return VisionLanguageSystem(what)
    return get_system(name)


def _programs(kind: str, file: Path, sample: Sample, interpreter: str) -> System:
    checkpoint = load_picture_checkpoint(file)
    name = f"{kind}:{file.name}"
    if kind == "paw-blind":
        return PictureSystem(name, NeuralCompiler(_blinded(checkpoint)), sample, interpreter, blind=True)
    if kind == "paw-told":
        known = json.dumps(sample.transcriptions, sort_keys=True)
        return PictureSystem(name, _told(checkpoint, sample), sample, interpreter, known=known)
    swapped = kind == "paw-swapped"
    return PictureSystem(name, NeuralCompiler(checkpoint), sample, interpreter, swapped=swapped)


def _told(checkpoint: Checkpoint, sample: Sample) -> NeuralCompiler:
    """The compiler that is given the right transcriptions."""
    if checkpoint.config.discrete != "generated":
        raise DataError("the checkpoint's programs hold no transcriptions, so none can be told.")
    tasks = [picture_task(task) for suite in sample.suites for task in suite.tasks]
    unknown = [task.name for task in tasks if not sample.transcriptions.get(task.name)]
    if unknown:
        raise DataError(
            f"what is in {len(unknown)} of {len(tasks)} pictures is not known, for instance of {unknown[0]:.80}; "
            "paw-told needs pictures with transcriptions."
        )
    known = {task.image.digest: sample.transcriptions[task.name] for task in tasks}
    return NeuralCompiler(checkpoint, tell=lambda spec: known[_image_digest(spec)])


def _image_digest(spec: Spec) -> str:
    ((_, image),) = spec.pictures
    return cast(Image, image).digest


def _blinded(checkpoint: Checkpoint) -> Checkpoint:
    """The checkpoint as it reads pictures whose features are all zero, and in which no line stands.

    Its projector normalises features first, which makes zeros of zeros, so a scale of zero says the same.
    """
    side = checkpoint.pictures
    if side is None:
        raise DataError("the checkpoint reads no pictures; name the file of a picture checkpoint.")
    scale = np.zeros_like(side.compiler.norm_scale)
    blind = replace(side, compiler=replace(side.compiler, norm_scale=scale), lines=0)
    return replace(checkpoint, pictures=blind)
