"""Specs with pictures as the compiler's model reads them: embeddings of text, and of pictures in their places.

open TEXT | start PICTURE end LINE | TEXT ...    the prefix tokens follow
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from programasweights.compiler.checkpoint import Checkpoint, PictureSide
from programasweights.compiler.prompted import WrittenProgram
from programasweights.errors import CheckpointError, SpecError
from programasweights.lm.beam import most_probable
from programasweights.lm.decoding import Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.lm.likelihood import likeliest
from programasweights.program import VisionSection
from programasweights.spec import Spec
from programasweights.vision.projector_store import keep_projector

if TYPE_CHECKING:
    from programasweights.vision import Encoder, Image
    from programasweights.vision.readings.reading import Reading

__all__ = ["inputs_section", "line_ids", "pinned_encoder", "read_pictures", "read_spec"]

F32 = npt.NDArray[np.float32]

_BEAM = 4
"""Beginnings of a transcription that are kept side by side."""
_COMPARED = 4
"""Tokens of a transcription by which ways of telling it are compared."""
_OWN_WORDS = "spec and transcription"


def read_pictures(
    checkpoint: Checkpoint, engine: Engine, spec: Spec, seed: int, *, told: str | None = None
) -> tuple[F32, WrittenProgram]:
    """What the compiler reads of a spec with pictures before its prefix tokens, (S, hidden), and its discrete program.

    Args:
        checkpoint: one that reads pictures.
        engine: the compiler's model.
        spec: with pictures.
        seed: with 0 the transcription is what mark readers find, or the most probable one that a beam search finds; any
            other seed samples one.
        told: what is in the pictures, where it is known; the compiler then writes nothing itself.

    Raises:
        SpecError: as `read_spec` does, or there is no room for a transcription in the compiler's context.
        CheckpointError: as `read_spec` does.
        ModelError: as `read_spec` does.
    """
    assert checkpoint.pictures is not None
    read = read_spec(checkpoint.pictures, engine, spec)
    if checkpoint.config.discrete != "generated":
        return read, WrittenProgram(spec.as_text(), "spec: what is in the pictures is in the continuous part")
    read = np.concatenate([read, engine.embed(engine.tokenizer.template_ids(engine.chat.close))])
    limit = checkpoint.pictures.transcription_tokens
    if len(read) + limit > engine.config.context_length:
        raise SpecError(
            f"the spec takes {len(read)} positions, but the compiler reads at most "
            f"{engine.config.context_length - limit}. Shorten the spec, or give fewer examples or pictures."
        )
    if told is None:
        ids, source = _transcribed(checkpoint.pictures, engine, spec, read, seed)
    else:
        ids, source = engine.tokenizer.text_ids(told)[:limit], "spec and a transcription that was given"
    words = engine.tokenizer.decode(ids).strip()
    written = replace(spec, text=f"{spec.text}\n{words}").as_text()
    after = engine.embed([*ids, engine.chat.end_id(engine.tokenizer, engine.end_ids)])
    return np.concatenate([read, after]), WrittenProgram(written, source)


def _transcribed(
    side: PictureSide, engine: Engine, spec: Spec, read: F32, seed: int
) -> tuple[Sequence[int], str]:
    """What stands in programs for the pictures, and where it comes from.

    It is what mark readers make of a picture, in the words that the compiler finds the most probable there, or else
    what the compiler writes behind what it has read.
    """
    limit = side.transcription_tokens
    if seed == 0:
        reading = _reading(side, spec)
        if reading is not None:
            ways = [engine.tokenizer.text_ids(text)[:limit] for text in reading.texts]
            chosen = likeliest(engine, read, ways, tokens=_COMPARED)
            return ways[chosen], f"spec and marks, read as {reading.task}"
        return most_probable(engine, read, max_new_tokens=limit, width=_BEAM).ids, _OWN_WORDS
    sampling = Sampling(temperature=1.0, top_p=0.95, seed=seed)
    request = Request([0] * len(read), limit, sampling=sampling, embeddings=read)
    ((_, completion),) = complete(engine, [request])
    return completion.ids, _OWN_WORDS


def _reading(side: PictureSide, spec: Spec) -> "Reading | None":
    """What mark readers make of the picture of a spec, if there is one picture and they make sense of it."""
    from programasweights.vision.readings.reading import read_marks

    images = [cast("Image", picture) for _, picture in spec.pictures]
    return read_marks(images[0], side.readers) if len(images) == 1 else None


def read_spec(side: PictureSide, engine: Engine, spec: Spec) -> F32:
    """What the compiler reads of a spec before its prefix tokens: (S, hidden) embeddings.

    Raises:
        SpecError: what stands in the spec as a picture is none.
        CheckpointError: encoder and checkpoint do not fit together.
        ModelError: the encoder cannot be fetched or used.
    """
    from programasweights.vision import LINE_VERSION, Image, load_line_reader

    images = [picture for _, picture in spec.pictures]
    strangers = [image for image in images if not isinstance(image, Image)]
    if strangers:
        raise SpecError(f"the spec holds a {type(strangers[0]).__name__}; make a paw.Image of it.")
    encoder = pinned_encoder(side)
    if side.compiler.hidden != engine.config.hidden_size:
        raise CheckpointError(
            f"the projector gives {side.compiler.hidden} numbers an embedding, the compiler's model reads "
            f"{engine.config.hidden_size}."
        )
    if side.lines not in (0, LINE_VERSION):
        raise CheckpointError(
            f"the checkpoint was trained on lines of text as version {side.lines} of their reader gives them, but here "
            f"is version {LINE_VERSION}. Use a checkpoint that fits this release."
        )
    features = iter(encoder.encode(cast("list[Image]", images)))
    parts = [engine.embed(engine.tokenizer.template_ids(engine.chat.begin + engine.chat.open))]
    for piece in spec.pieces():
        if isinstance(piece, str):
            parts.append(engine.embed(engine.tokenizer.text_ids(piece)))
        else:
            parts.append(side.compiler(next(features)))
            if side.lines:
                parts.append(engine.embed(line_ids(engine, load_line_reader().read(cast("Image", piece)))))
    return np.concatenate(parts)


def line_ids(engine: Engine, line: str) -> list[int]:
    """What the compiler reads of a line of text behind the picture that it stands in."""
    return engine.tokenizer.text_ids(f" {line}") if line else []


def inputs_section(side: PictureSide, interpreter: Engine) -> VisionSection | None:
    """What programs of a checkpoint pin for pictures in inputs, and keep on this machine; None if they take none.

    Raises:
        CheckpointError: the projector is for another interpreter.
    """
    projector = side.interpreter
    if projector is None:
        return None
    if projector.hidden != interpreter.config.hidden_size:
        raise CheckpointError(
            f"the projector for inputs gives {projector.hidden} numbers an embedding, the interpreter reads "
            f"{interpreter.config.hidden_size}."
        )
    keep_projector(projector)
    return VisionSection(encoder=side.encoder, encoder_digest=side.encoder_digest, projector=projector.digest)


def pinned_encoder(side: PictureSide) -> "Encoder":
    """The encoder that a checkpoint was trained with.

    Raises:
        CheckpointError: the encoder of that name is another one here.
        ModelError: it cannot be fetched or used.
    """
    from programasweights.vision import load_encoder

    encoder = load_encoder(side.encoder)
    found = encoder.digest, encoder.tokens, encoder.features
    wanted = side.encoder_digest, side.compiler.tokens, side.compiler.features
    if found != wanted:
        raise CheckpointError(
            f"the checkpoint was trained with the encoder {side.encoder} {wanted[0][:12]}, which gives {wanted[1]} "
            f"vectors of {wanted[2]} numbers, but here it is {found[0][:12]} and gives {found[1]} of {found[2]}. Use "
            "the weights that it was trained with."
        )
    return encoder
