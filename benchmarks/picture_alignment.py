"""What a projector can learn of a picture from its cells as a whole, and from parts of them.

    python benchmarks/picture_alignment.py --task circuit --out benchmarks/results/picture_alignment.json

Pictures of each task are drawn and encoded with `both-parts`; the features of `both` are the means of its parts (a test
holds them to that). From both, projectors of the usual size are aligned with the words of transcriptions
(`training/pictures/align.py`), and what counts is the share of the deviance of word counts that they explain on
held-out pictures. A better share is no better answer yet; but what is not there cannot be read. Results are added to
those that the file has.
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from programasweights.data.images import draw_picture
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.training.pictures.align import align_projector
from programasweights.training.pictures.feature_file import TokenisedPicture
from programasweights.training.pictures.projector import PictureProjector
from programasweights.vision import Encoder, Image, load_encoder
from programasweights.vision.canvas import PLACE_FEATURES
from programasweights.vision.efficientnet import EFFICIENTNET_CHANNELS

F16 = npt.NDArray[np.float16]
INNER = 768
_ROWS = 4096


def read(
    task: str, split: str, count: int, encoder: Encoder, engine: Engine, limit: int
) -> Iterator[TokenisedPicture]:
    """Pictures of all levels with their transcriptions, cut where training cuts them."""
    for number in range(count):
        picture = draw_picture(task, 0, number, split=split)
        ids = np.array(engine.tokenizer.text_ids(" " + picture.transcription)[:limit])
        (features,) = encoder.encode([Image(picture.png)]).astype(np.float16)
        yield TokenisedPicture(features, ids[:0], ids[:0], ids, (), task)


def whole(features: F16) -> F16:
    """What `both` sees: the means of a cell's parts."""
    parts = np.split(
        features.astype(np.float32), [PLACE_FEATURES, PLACE_FEATURES + 9 * EFFICIENTNET_CHANNELS], axis=1
    )
    means = [part.reshape(len(part), n, -1).mean(axis=1) for part, n in zip(parts, (1, 9, 3), strict=True)]
    return np.concatenate(means, axis=1).astype(np.float16)


def embeddings(engine: Engine) -> torch.Tensor:
    """(vocabulary, hidden) of the base model."""
    size = engine.config.vocab_size
    rows = [engine.embed(list(range(at, min(at + _ROWS, size)))) for at in range(0, size, _ROWS)]
    return torch.from_numpy(np.concatenate(rows))


def aligned(
    train: list[TokenisedPicture], valid: list[TokenisedPicture], table: torch.Tensor, epochs: int
) -> dict[str, object]:
    """How well a fresh projector explains the words, after each pass."""
    torch.manual_seed(0)
    cells, features = train[0].features.shape
    projector = PictureProjector(table, tokens=cells, features=features, inner=INNER)
    start = time.process_time()
    passes = list(align_projector(projector, table, train, valid, epochs=epochs))
    return {
        "features": features,
        "held_out": [one.held_out for one in passes],
        "trained_on": passes[-1].explained,
        "seconds": round(time.process_time() - start, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--task", action="append", required=True)
    parser.add_argument("--pictures", type=int, default=800)
    parser.add_argument("--held-out", type=int, default=160)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--tokens", type=int, default=112, help="of a transcription, at most")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder, engine = load_encoder("both-parts"), load_engine(DEFAULT_MODEL)
    table = embeddings(engine)
    found = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    for task in options.task:
        counts = {"train": options.pictures, "valid": options.held_out}
        parts = {
            split: list(read(task, split, n, encoder, engine, options.tokens)) for split, n in counts.items()
        }
        wholes = {
            split: [
                TokenisedPicture(whole(p.features), p.spec, p.program, p.transcription, (), task)
                for p in all_
            ]
            for split, all_ in parts.items()
        }
        views = {"both": wholes, "both-parts": parts}
        found[task] = {"pictures": counts, "epochs": options.epochs} | {
            name: aligned(view["train"], view["valid"], table, options.epochs) for name, view in views.items()
        }
        options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        print(task, {name: found[task][name]["held_out"][-1] for name in views}, flush=True)


if __name__ == "__main__":
    main()
