"""A tiny random model and a token file for it."""

from pathlib import Path

from programasweights.data.records import Record
from programasweights.lm.loader import load_engine
from programasweights.training.token_file import TokenFile, TokenLimits, tokenise, write_token_file
from tests.tiny_models import save_tiny_model

__all__ = ["RECORDS", "tiny_token_file"]

RECORDS = [
    Record(f"Say {word} whatever comes.", f"{word[0]}{n}", word, task=f"t{t}", family=f"f{t % 2}")
    for t, word in enumerate(["yes", "no", "maybe", "never", "always", "often"])
    for n in range(5)
]


def tiny_token_file(folder: Path) -> tuple[str, TokenFile]:
    """The model's name, and `RECORDS` as a token file."""
    tiny = str(save_tiny_model(folder / "llama", "llama"))
    engine = load_engine(tiny, precision="fp32")
    path = folder / "t.safetensors"
    tasks = tokenise(RECORDS, engine, TokenLimits())
    write_token_file(
        path, tasks, model=tiny, digest=engine.model.recipe.digest, vocabulary=engine.config.vocab_size
    )
    return tiny, TokenFile(path)
