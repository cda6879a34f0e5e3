"""Discrete programs: what stage 0 learns to write, and how it is put into token files and losses."""

from pathlib import Path

import numpy as np
import pytest
import torch

from programasweights.compiler.checkpoint import load_checkpoint
from programasweights.compiler.neural import generate_pseudo_programs, spec_ids
from programasweights.data.records import Record
from programasweights.errors import DataError
from programasweights.lm.decoding import Request, complete
from programasweights.lm.loader import load_engine
from programasweights.spec import Spec, split_examples
from programasweights.training.batches import batch_of
from programasweights.training.config import TrainingConfig
from programasweights.training.discrete import (
    read_programs,
    sampled_programs,
    warm_start_targets,
    write_programs,
)
from programasweights.training.prefix_model import evaluating
from programasweights.training.setup import build_model, export_checkpoint
from programasweights.training.token_file import TokenFile, TokenLimits, tokenise, write_token_file
from tests.tiny_models import save_tiny_model

RECORDS = [
    Record(f"{verb} the first letter.", word, word[0], task=f"letters/ab12/{verb}", family="letters")
    for verb in ("Give", "Return")
    for word in ("apple", "bread", "cheese", "apricot")
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tiny") / "llama"
    save_tiny_model(folder, "llama")
    return str(folder)


def test_targets_are_another_wording_and_pairs() -> None:
    found = dict(warm_start_targets(RECORDS))
    assert found.keys() == {"Give the first letter.", "Return the first letter."}
    task, pairs = split_examples(found["Give the first letter."][0])
    assert task == "Return the first letter."
    assert len({wanted for _, wanted in pairs}) == 2
    assert all(wanted == given[0] for given, wanted in pairs)
    assert dict(warm_start_targets(RECORDS)) == found
    alone = [r for r in RECORDS if r.spec.startswith("Give")]
    ((_, [text]),) = warm_start_targets(alone)
    assert split_examples(text)[0] == "Give the first letter."


def test_files_of_programs(tmp_path: Path) -> None:
    for name in ("p.jsonl", "p.jsonl.gz"):
        assert write_programs(tmp_path / name, [("Spéc", ["one", "two"])]) == 1
        assert read_programs(tmp_path / name) == {"Spéc": ["one", "two"]}
    for line in (
        '{"spec": "s"}',
        '{"spec": "s", "programs": [1]}',
        "nonsense",
        '{"spec": "s", "programs": 3}',
    ):
        (tmp_path / "bad.jsonl").write_text(line, "utf-8")
        with pytest.raises(DataError, match=r"line 1 of .*bad\.jsonl"):
            read_programs(tmp_path / "bad.jsonl")
    with pytest.raises(DataError, match="cannot be read"):
        read_programs(tmp_path / "missing.jsonl")


def test_log_probability_of_the_program_given_the_spec(tiny: str, tmp_path: Path) -> None:
    """Against the compiler's own logits, one spec at a time."""
    engine = load_engine(tiny, precision="fp32")
    programs = {"Give the first letter.": ["Letter one.", "A longer text than the other."]}
    tasks = list(tokenise(RECORDS, engine, TokenLimits(), programs))
    digest = engine.model.recipe.digest
    path = tmp_path / "t.safetensors"
    write_token_file(path, tasks, model=tiny, digest=digest, vocabulary=engine.config.vocab_size)
    file = TokenFile(path)
    assert [len(file[n].versions) for n in range(2)] == [2, 1]
    version = file[0].versions[1]
    start = len(spec_ids(engine, Spec.make("Give the first letter."), discrete_follows=True))
    assert version.discrete_start == start
    assert engine.tokenizer.decode(version.compiler[start:-1].tolist()) == "A longer text than the other."
    assert int(version.compiler[-1]) in engine.end_ids
    assert engine.tokenizer.decode(version.program.tolist()).count("A longer text") == 1
    plain = file[1].versions[0]
    assert plain.discrete_start == len(plain.compiler)

    model = build_model(TrainingConfig(base=tiny, interpreter=tiny, slots=4, lora_rank=2, lora_alpha=4))
    expected = []
    for version in file[0].versions:
        logits = model.compiler(input_ids=torch.from_numpy(version.compiler)[None]).logits[0]
        places = np.arange(version.discrete_start, len(version.compiler))
        chosen = torch.log_softmax(logits, -1)[places - 1, version.compiler[places]]
        expected.append(-float(chosen.mean().detach()))
    with evaluating(model):
        both = batch_of([file[0], file[1]], 1)
        found = model(both, answers=False, discrete=True)
        assert found.rows is None
        # the second spec is its own program, and does not count
        assert float(found.discrete) == pytest.approx(expected[0], rel=1e-4)
        assert float(model(both, discrete=True).discrete) == pytest.approx(expected[0], rel=1e-4)
        assert float(model(batch_of([file[1]], 1), discrete=True).discrete) == 0
    drawn = {batch_of([file[0]], 1, np.random.default_rng(n)).compiler.shape[1] for n in range(12)}
    assert len(drawn) == 2


def test_the_exported_compiler_writes_the_tokens_that_torch_writes(tiny: str, tmp_path: Path) -> None:
    config = TrainingConfig(
        base=tiny, interpreter=tiny, slots=4, lora_rank=2, lora_alpha=4, form="none", answer_weight=0.0,
        discrete_weight=1.0,
    )  # fmt: skip
    model = build_model(config)
    torch.manual_seed(4)
    for name, parameter in model.named_parameters():
        if "lora_" in name:
            parameter.data.normal_(0, 0.5).copy_(parameter.data.half().float())
    weights = {n: p.detach() for n, p in model.named_parameters() if p.requires_grad}
    export_checkpoint(model, weights, config, tmp_path)
    checkpoint = load_checkpoint(tmp_path)
    engine = load_engine(tiny, precision="fp32", adapter=checkpoint.lora_digest, deltas=checkpoint.lora)
    ids = spec_ids(engine, Spec.make("Say yes."), discrete_follows=True)
    ((_, done),) = complete(engine, [Request(ids, 24)])
    with torch.no_grad():
        own = list(ids)
        while len(own) < len(ids) + len(done.ids):
            own.append(int(model.compiler(input_ids=torch.tensor([own])).logits[0, -1].argmax()))
    assert own[len(ids) :] == list(done.ids)
    assert len(set(done.ids)) > 1


def test_programs_are_sampled_and_unfinished_ones_dropped(tiny: str) -> None:
    engine = load_engine(tiny, precision="fp32")
    specs = [Spec.make("Say yes."), Spec.make("Say a good deal more than that.")]
    written = generate_pseudo_programs(engine, specs, [0, 3])
    assert written == generate_pseudo_programs(engine, specs, [0, 3])
    assert all(w.source == "generated" or w.text == s.as_text() for w, s in zip(written, specs, strict=True))
    for text, programs in sampled_programs([s.text for s in specs], engine, count=3, together=1):
        assert text in {s.text for s in specs}
        assert 1 <= len(programs) <= 3
        assert len(set(programs)) == len(programs)
