"""Calibrated confidences: arithmetic by hand, temperatures that are known, functions with cases of their own."""

import json
import math
import pickle
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

import programasweights as paw
from programasweights.compiler.checkpoint import load_checkpoint
from programasweights.compiler.default import SHIPPED
from programasweights.functions import Function
from programasweights.program import Program
from programasweights.typed import TypedFunction
from programasweights.typed.calibration import (
    CHECKPOINT,
    FITTED,
    RAW,
    Calibration,
    calibration_of,
    fitted,
)

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "calibration.json"
LABELS = Literal["a", "b", "c"]


def test_chances_by_hand() -> None:
    scores = np.array([-1.0, -3.0, -1.0 - math.log(4)])
    assert Calibration(labels=1.0, texts=1.0).chances(scores) == pytest.approx(
        np.array([1, math.exp(-2), 0.25]) / (1.25 + math.exp(-2))
    )
    assert Calibration(labels=2.0, texts=1.0).chances(scores) == pytest.approx(
        np.array([1, math.exp(-1), 0.5]) / (1.5 + math.exp(-1))
    )
    assert Calibration(labels=1.0, texts=2.0).of_text(math.log(0.25)) == pytest.approx(0.5)
    assert Calibration(labels=3.0, texts=1.0).chances(np.array([-9000.0, -1.0])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("true", [0.7, 2.0, 9.0])
def test_a_known_temperature_is_found(true: float) -> None:
    random = np.random.default_rng(0)
    scores = list(random.normal(0, 3, (4000, 4)))
    right = [int(random.choice(4, p=Calibration(true, 1.0).chances(mine))) for mine in scores]
    assert fitted(scores, right, 3.0) == pytest.approx(true, rel=0.1)


def test_few_cases_stay_near_the_default() -> None:
    assert fitted([], [], 3.0) == pytest.approx(3.0, rel=0.02)
    one = fitted([np.array([0.0, -4.0])], [0], 3.0)
    assert 1.0 < one < 3.0
    assert fitted([np.array([0.0, -4.0])] * 50, [0] * 50, 3.0) < one


def test_the_default_is_what_the_benchmark_fitted_for_the_shipped_compiler() -> None:
    """After another checkpoint is shipped: python benchmarks/calibration.py, and its figures into the module."""
    page = json.loads(RESULTS.read_text("utf-8"))
    assert Calibration(**page["fitted"]) == FITTED
    assert page["checkpoint"] == CHECKPOINT == load_checkpoint(SHIPPED).digest


def test_only_programs_of_that_compiler_have_it(tiny: Function) -> None:
    program = tiny.program
    assert TypedFunction(tiny, LABELS).calibration == calibration_of(program) == RAW
    compiler = program.behaviour.compiler.model_copy(update={"checkpoint": CHECKPOINT})
    behaviour = program.behaviour.model_copy(update={"compiler": compiler})
    shipped = Program(behaviour, program.record, program.prefix, program.lora)
    assert TypedFunction(Function(shipped, tiny.interpreter), LABELS).calibration == FITTED != RAW


def test_confidence_is_calibrated(tiny: Function) -> None:
    for returns in (LABELS, int):
        raw: TypedFunction[Any] = TypedFunction(tiny, returns, calibration=RAW)
        warm: TypedFunction[Any] = TypedFunction(tiny, returns, calibration=Calibration(3.0, 3.0))
        for text in ("x", "Fire!"):
            one, other = raw.predict(text), warm.predict(text)
            assert one.text == other.text
            assert one.confidence == pytest.approx(
                raw._ways.candidates(raw._requests([text])[0])[0].confidence
            )
            if returns is int:
                assert other.confidence == pytest.approx(one.confidence ** (1 / 3))
            else:
                powers = [c ** (1 / 3) for c in (one.confidence, *(c for _, c in one.alternatives))]
                assert other.confidence == pytest.approx(powers[0] / sum(powers))
                assert [value for value, _ in other.alternatives] == [value for value, _ in one.alternatives]


def test_a_function_with_cases_of_its_own(tiny: Function, tmp_path: Path) -> None:
    function: TypedFunction[str] = TypedFunction(tiny, LABELS, abstain_below=0.0)
    texts = [f"item {n}" for n in range(24)]
    good = function.calibrate([(text, function(text)) for text in texts])
    others = [function.predict(text).alternatives[-1][0] for text in texts]
    bad = function.calibrate(list(zip(texts, others, strict=True)))
    assert good.calibration.labels < function.calibration.labels < bad.calibration.labels
    assert good.calibration.texts == function.calibration.texts
    assert good.map(texts) == bad.map(texts) == function.map(texts)
    assert good.predict("x").confidence > function.predict("x").confidence > bad.predict("x").confidence
    assert good.abstain_below == 0.0
    again: TypedFunction[str] = pickle.loads(pickle.dumps(good))  # noqa: S301  # our own bytes
    assert again.predict("x") == good.predict("x")
    # what a cache on disk holds of one is not the other's
    cache = tmp_path / "kept"
    sure = TypedFunction(tiny, LABELS, abstain_below=0.5, calibration=Calibration(0.01, 1.0))
    unsure = TypedFunction(tiny, LABELS, abstain_below=0.5, calibration=Calibration(1e4, 1.0))
    assert sure.map(texts, cache=cache) == function.map(texts)
    assert unsure.map(texts, cache=cache) == [None] * len(texts)


def test_cases_that_cannot_be_used(tiny: Function) -> None:
    function: TypedFunction[Any] = TypedFunction(tiny, LABELS)
    with pytest.raises(paw.DataError):
        function.calibrate([])
    with pytest.raises(paw.SpecError, match="is not one of the labels"):
        function.calibrate([("x", "d")])
    with pytest.raises(paw.SpecError, match="calibrate takes bool, Literal and Enum, but the type is int"):
        TypedFunction(tiny, int).calibrate([("x", 3)])
