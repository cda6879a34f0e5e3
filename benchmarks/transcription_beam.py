"""Transcriptions of held-out pictures by width of the beam: how many are wholly right, how alike, how long it takes.

    python benchmarks/transcription_beam.py CHECKPOINT --task latex --pictures 60 --width 1 --width 4 --out FILE.json

Pictures of the validation split, all levels. A transcription is compared with the right one up to where both are cut.
Seconds are of writing alone. Results are added to those that the file has.
"""

import argparse
import json
import time
from pathlib import Path
from statistics import fmean

import numpy as np

from programasweights.compiler.neural import NeuralCompiler
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.compiler.pictures import read_spec
from programasweights.data.images import draw_picture
from programasweights.evaluation.metrics import edit_similarity
from programasweights.lm.beam import most_probable
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.spec import Spec
from programasweights.vision import Image


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--task", required=True)
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--width", type=int, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    checkpoint = load_picture_checkpoint(asked.checkpoint)
    assert checkpoint.pictures is not None
    engine = NeuralCompiler(checkpoint).engine(checkpoint, load_engine(DEFAULT_MODEL))
    limit = checkpoint.pictures.transcription_tokens
    close = engine.embed(engine.tokenizer.template_ids(engine.chat.close))
    rows: dict[int, list[tuple[int, float, float, float, float]]] = {width: [] for width in asked.width}
    for number in range(asked.pictures):
        drawn = draw_picture(asked.task, 0, number, split="valid")
        spec = Spec.make([drawn.spec, Image(drawn.png)])
        read = np.concatenate([read_spec(checkpoint.pictures, engine, spec), close])
        right = engine.tokenizer.decode(engine.tokenizer.text_ids(drawn.transcription)[:limit]).strip()
        for width in asked.width:
            begun = time.perf_counter()
            found = most_probable(engine, read, max_new_tokens=limit, width=width)
            seconds = time.perf_counter() - begun
            text = engine.tokenizer.decode(found.ids).strip()
            row = (drawn.level, float(text == right), edit_similarity(text, right), found.logprob, seconds)
            rows[width].append(row)
    results = json.loads(asked.out.read_text("utf-8")) if asked.out.exists() else {}
    widths = " ".join(f"--width {width}" for width in asked.width)
    results[asked.task] = {
        "command": f"python benchmarks/transcription_beam.py CHECKPOINT --task {asked.task} "
        f"--pictures {asked.pictures} {widths}",
        "checkpoint": checkpoint.digest,
        "pictures": asked.pictures,
        "widths": {
            width: {
                "exact": round(fmean(exact for _, exact, *_ in found), 4),
                "exact_of_level_1": round(fmean(exact for level, exact, *_ in found if level == 1), 4),
                "edit_similarity": round(fmean(row[2] for row in found), 4),
                "logprob": round(fmean(row[3] for row in found), 3),
                "seconds": round(fmean(row[4] for row in found), 3),
            }
            for width, found in rows.items()
        },
    }
    asked.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print(json.dumps(results[asked.task], indent=1))


if __name__ == "__main__":
    main()
