"""What the model writes is used only if it can serve; if not, the spec itself is the pseudo-program."""

import pytest

import programasweights as paw
from programasweights.compiler.base import CompileOptions
from programasweights.compiler.prompted import (
    MAX_PSEUDO_PROGRAM_TOKENS,
    PromptedCompiler,
    _contradiction,
    _fault,
    _parse,
    _with_examples,
    write_pseudo_program,
)
from programasweights.lm.decoding import Completion
from programasweights.lm.engine import Engine
from programasweights.spec import Spec, split_examples

GOOD = "Name the colour.\n\nInput: snow\nOutput: white\n\nInput: coal\nOutput: black"
ENDED = Completion((5,), "end", -1.0)


@pytest.mark.parametrize(
    ("answer", "instruction", "pairs"),
    [
        (GOOD, "Name the colour.", [("snow", "white"), ("coal", "black")]),
        ("Only words.", "Only words.", []),
        ("Input: a\nOutput: b", "", [("a", "b")]),
        ("", "", []),
        ("Do.\nInput:\n a\nb \nOutput:\n c\n\n d \n", "Do.", [("a\nb", "c\n\n d")]),
        ("Say Input: or Output: now.", "Say Input: or Output: now.", []),
        ("Do.\nInput: a", "Do.", []),
    ],
)
def test_reading_an_answer(answer: str, instruction: str, pairs: list[tuple[str, str]]) -> None:
    assert _parse(answer) == (instruction, pairs)


def test_a_good_answer_has_no_fault() -> None:
    assert _fault(GOOD, ENDED) is None


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("", "the model wrote no instruction"),
        ("Input: snow\nOutput: white", "the model wrote no instruction"),
        ("Name the colour.", "the model wrote no example pair"),
        ("Name it.\nInput: snow", "the model wrote no example pair"),
        (GOOD + "\n\nInput: snow\nOutput: grey", "the model repeated an example"),
        (GOOD + "\n\nInput:\nOutput: grey", "the model wrote an example that shows nothing"),
        (GOOD + "\n\nInput: sky\nOutput:\n", "the model wrote an example that shows nothing"),
        (GOOD + "\n\nInput: sky\nOutput: sky", "the model wrote an example that shows nothing"),
        (GOOD + "\n\nInput: Add two cups of cold milk.\nOutput: 2", "the model repeated what it was shown"),
    ],
)
def test_faults(answer: str, fault: str) -> None:
    assert _fault(answer, ENDED) == fault


@pytest.mark.parametrize("reason", ["length", "stop"])
def test_an_unfinished_answer_is_a_fault(reason: str) -> None:
    unfinished = Completion((5,), reason, -1.0)  # type: ignore[arg-type]
    assert _fault(GOOD, unfinished) == f"the model did not finish within {MAX_PSEUDO_PROGRAM_TOKENS} tokens"


def test_the_examples_of_the_spec_replace_the_invented_ones() -> None:
    own = (("grass", "green"),)
    assert split_examples(_with_examples(GOOD, Spec("Colours.", own))) == ("Name the colour.", list(own))
    invented = [("snow", "white"), ("coal", "black")]
    assert split_examples(_with_examples(GOOD, Spec("Colours."))) == ("Name the colour.", invented)


@pytest.mark.weights
class TestOnTheRealWeights:
    """The default model writes."""

    TASK = "Write the text again."
    SHOWN = (("one two", "one two"), ("a b c", "a b c"))

    def test_the_model_contradicts_only_what_it_would_not_say(self, q8_engine: Engine) -> None:
        spec = Spec(self.TASK, self.SHOWN)
        right = "Write it.\n\nInput: cat dog\nOutput: cat dog"
        wrong = right + "\n\nInput: big red\nOutput: forty-one"
        assert _contradiction(right, spec, q8_engine) is None
        assert _contradiction(wrong, spec, q8_engine) == "the model contradicts an example that it wrote"

    @pytest.mark.parametrize("seed", [0, 1, 2])
    def test_a_seed_writes_the_same_program_twice(self, q8_engine: Engine, seed: int) -> None:
        spec = Spec("Decide whether the review is positive or negative.")
        compiler, options = PromptedCompiler(), CompileOptions(seed=seed)
        first, second = (compiler.compile(spec, q8_engine, options) for _ in range(2))
        assert first.id == second.id
        assert first.behaviour.seed == seed
        assert first.prefix is None

    def test_a_contradicted_answer_falls_back_on_the_spec(self, q8_engine: Engine) -> None:
        """A task at which the model errs: what it writes at seed 0 it does not say itself."""
        spec = Spec("Count the vowels in the word and multiply by seventeen.", (("tree", "34"),))
        written = write_pseudo_program(spec, q8_engine, 0)
        assert written.source.startswith("spec: the model ")
        assert written.text == spec.as_text()

    def test_the_program_records_who_wrote_it(self, q8_engine: Engine) -> None:
        program = PromptedCompiler().compile(Spec(self.TASK, self.SHOWN), q8_engine, CompileOptions())
        recipe, model = program.behaviour.recipe, q8_engine.model.recipe
        assert (recipe["writer"], recipe["writer_digest"]) == (model.name, model.digest)
        assert program.behaviour.compiler.name == "prompted"
        assert program.behaviour.compiler.checkpoint is None

    def test_too_long_a_spec_names_the_lengths(self, q8_engine: Engine) -> None:
        with pytest.raises(paw.SpecError, match=r"the spec takes \d{4,} tokens.* reads at most 7936"):
            write_pseudo_program(Spec("Do this and that. " * 2500), q8_engine, 0)
