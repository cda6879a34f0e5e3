"""Whatever a network may find, it is told or not, without an error and within bounded time."""

import random
import time

import pytest

from programasweights.compiler.default import SHIPPED_PICTURES
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.errors import CheckpointError
from programasweights.vision.marks.files import MarkWeights
from programasweights.vision.marks.finding import FoundLink, FoundMark
from programasweights.vision.marks.reader import Found
from programasweights.vision.readings.found import TOLD, check_reader


def shipped() -> list[MarkWeights]:
    checkpoint = load_picture_checkpoint(SHIPPED_PICTURES)
    assert checkpoint.pictures is not None
    return list(checkpoint.pictures.readers)


def anything(weights: MarkWeights, draw: random.Random, most: int) -> Found:
    """Marks anywhere with any labels, and links between any of them."""
    marks = [
        FoundMark(
            draw.uniform(0, 512),
            draw.choice((100.0, draw.uniform(0, 512))),
            tuple(draw.choice(names) for names in weights.config.properties),
            draw.random(),
        )
        for _ in range(draw.randint(0, most))
    ]
    links = [
        FoundLink(*draw.sample(range(len(marks)), 2), draw.choice(weights.config.links), draw.random())
        for _ in range(draw.randint(0, 2 * len(marks)) if weights.config.links and len(marks) > 1 else 0)
    ]
    return Found(tuple(marks), tuple({(k.first, k.second): k for k in links}.values()))


def test_there_is_a_way_of_telling_for_every_shipped_reader() -> None:
    tasks = [weights.config.task for weights in shipped()]
    assert {*tasks, "chemical"} == set(TOLD)
    for weights in shipped():
        check_reader(weights.config)


def test_a_reader_that_could_not_be_told_is_refused() -> None:
    configs = {weights.config.task: weights.config for weights in shipped()}
    for task, changes in (
        ("smiles", {"task": "maps"}),
        ("smiles", {"properties": configs["smiles"].properties[:1]}),
        ("smiles", {"links": ("single", "dashed")}),
        ("latex", {"properties": (*configs["latex"].properties[:2], ("small",))}),
        ("music", {"properties": (*configs["music"].properties[:2], ("high",), ("",))}),
        ("circuit", {"properties": (("part",),)}),
    ):
        with pytest.raises(
            CheckpointError, match=r"what can be told is|has labels that its drawings do not have"
        ):
            check_reader(configs[task].model_copy(update=changes))


@pytest.mark.parametrize("most", [3, 30, 400])
def test_anything_is_told_or_not(most: int) -> None:
    draw = random.Random(most)
    for weights in shipped():
        for _ in range(150 if most < 100 else 6):
            found = anything(weights, draw, most)
            started = time.perf_counter()
            texts = TOLD[weights.config.task](found)
            assert all(text and isinstance(text, str) for text in texts)
            assert time.perf_counter() - started < 20


def test_a_long_chain_is_told() -> None:
    """As deep as a molecule may be."""
    marks = tuple(FoundMark(3.0 * n, 9.0, ("C", ""), 0.9) for n in range(150))
    links = tuple(FoundLink(n, n + 1, "single", 0.9) for n in range(149))
    facts, smiles = TOLD["smiles"](Found(marks, links))
    assert smiles == "C" * 150
    assert facts.startswith("C150H302; 0 rings")
    assert TOLD["smiles"](Found((*marks, marks[0]), links)) == ()


def test_nothing_is_not_told() -> None:
    assert all(told(Found((), ())) == () for told in TOLD.values())
    assert Found((), ()).probability == 0
