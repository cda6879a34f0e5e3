"""Puts a `PictureModel` together, and takes it apart into a picture checkpoint."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from programasweights.compiler.picture_checkpoint import (
    PictureConfig,
    load_picture_checkpoint,
    write_picture_checkpoint,
)
from programasweights.errors import DataError
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile
from programasweights.training.pictures.model import PictureModel
from programasweights.training.pictures.projector import PictureProjector
from programasweights.training.pictures.widening import widened
from programasweights.training.prefix_model import body_of
from programasweights.training.setup import (
    build_model,
    checkpoint_parts,
    load_exported,
    parameters_of,
    read_texts,
)
from programasweights.vision import LINE_VERSION

__all__ = [
    "build_picture_model",
    "export_picture_checkpoint",
    "parameter_groups",
    "same_encoder",
    "start_weights",
]

_MEASURED = 64
"""Pictures by which a projector is widened."""


def build_picture_model(
    config: PictureTraining, *, tokens: int, features: int, device: torch.device
) -> PictureModel:
    """The model at its start on a device, for pictures of P = `tokens` vectors of D = `features` numbers.

    Raises:
        ModelError: a base model cannot be used.
    """
    text = build_model(config)
    for part in (text.compiler, text.interpreter):
        # plain attention takes half the time of torch's on a CPU: sequences are short, and all have masks
        body_of(part).config._attn_implementation = "eager" if device.type == "cpu" else "sdpa"
    torch.manual_seed(config.seed + 1)
    projectors = [
        PictureProjector(
            part.get_input_embeddings().weight,  # type: ignore[operator]
            tokens=tokens,
            features=features,
            inner=config.inner,
        )
        for part in (text.compiler, text.interpreter)
    ]
    return PictureModel(text, projectors[0], projectors[1] if config.input_share else None).to(device)


def parameter_groups(model: PictureModel, config: PictureTraining) -> list[dict[str, object]]:
    """What is trained, with its highest learning rate."""
    rest = [p for name, p in model.text.named_parameters() if p.requires_grad and name != "prefix"]
    parts: list[tuple[list[nn.Parameter], float]] = [
        (_projectors(model), config.projector_lr),
        ([model.text.prefix], config.prefix_lr),
        (rest, config.lora_lr),
    ]
    return [{"params": own, "lr": rate} for own, rate in parts]


def _projectors(model: PictureModel) -> list[nn.Parameter]:
    inputs = [] if model.inputs is None else list(model.inputs.parameters())
    return [*model.projector.parameters(), *inputs]


def start_weights(path: Path, data: FeatureFile) -> Mapping[str, torch.Tensor]:
    """Trained weights by the names of a `PictureModel`'s parameters: of a text or of a picture checkpoint.

    Args:
        path: the checkpoint.
        data: features that the run is trained on; projectors for what their encoder sees in whole cells are widened.

    Raises:
        CheckpointError: it cannot be used.
        DataError: its projectors are for the features of another encoder.
    """
    if path.is_dir():
        return {f"text.{name}": value for name, value in load_exported(path).tensors.items()}
    checkpoint = load_picture_checkpoint(path)
    side = checkpoint.pictures
    assert side is not None
    found = {f"text.{name}": value for name, value in parameters_of(checkpoint).items()}
    for name, projector in (("projector", side.compiler), ("inputs", side.interpreter)):
        if projector is not None:
            if side.encoder_digest != data.encoder_digest:
                some = [data[n].features for n in range(min(len(data), _MEASURED))]
                projector = widened(projector, side.encoder, data.encoder, np.stack(some).astype(np.float32))
            found |= PictureProjector.weights(projector, name)
    return found


def export_picture_checkpoint(
    model: PictureModel, config: PictureTraining, data: FeatureFile, path: Path
) -> None:
    """Write the compiler as a picture checkpoint that `paw.compile(..., compiler=FILE)` takes.

    Raises:
        CheckpointError: it is too large.
    """
    weights = {n: p.detach().cpu() for n, p in model.named_parameters() if p.requires_grad}
    text = {n.removeprefix("text."): w for n, w in weights.items() if n.startswith("text.")}
    described, tensors = checkpoint_parts(model.text, text, config)
    tensors |= {n: w for n, w in weights.items() if n.startswith("projector.")}
    tensors |= {
        n.replace("inputs.", "inputs.projector."): w for n, w in weights.items() if n.startswith("inputs.")
    }
    reads = read_texts(config).compiler
    marks = len(reads.tokenizer.template_ids(reads.chat.close))
    about = PictureConfig(
        compiler=described.model_copy(update={"discrete": "generated" if config.transcribe else "spec"}),
        encoder=data.encoder,
        encoder_digest=data.encoder_digest,
        features=data.features,
        tokens=data.tokens,
        inner=config.inner,
        inputs=model.inputs is not None,
        transcription_tokens=max(config.transcription_tokens - marks, 1),
        lines=LINE_VERSION if data.lines else 0,
    )
    write_picture_checkpoint(path, about, {name: value.float().numpy() for name, value in tensors.items()})


def same_encoder(files: Sequence[FeatureFile]) -> FeatureFile:
    """One of the files, which must all be of one encoder and one base model.

    Raises:
        DataError: there is none, or they are not.
    """
    found = {(f.digest, f.encoder_digest, f.tokens, f.features, f.lines) for f in files}
    if len(found) != 1:
        raise DataError(
            f"{len(files)} feature files of {len(found)} kinds of encoder and base model, with or without lines, were "
            "given; make them with one."
        )
    return files[0]
