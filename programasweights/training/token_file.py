"""Pre-tokenised training data: one safetensors file that a trainer maps into memory.

    compiler_ids     flat token ids that the compiler reads, version after version   compiler_ends  (V,) where each ends
    discrete_starts  (V,) where in them the discrete program begins; the end of the version where it is the spec itself
    program_ids      flat token ids of the pseudo-programs in the interpreter        program_ends   (V,)
    version_ends     (S,) how many versions the specs up to this one have            groups         (S,) family numbers
    input_ids        flat token ids of the inputs, up to the answer                  input_ends     (P,)
    output_ids       flat token ids of the answers, with the token that ends them    output_ends    (P,)
    pair_ends        (S,) how many pairs the specs up to this one have

S specs, V versions (a spec with one of its discrete programs; K a spec), P pairs. Token ids are uint16 where the
vocabulary allows. The file's metadata names the tokenizer's model and the families.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from programasweights.compiler.neural import compiler_ids, spec_ids
from programasweights.data.records import Record
from programasweights.errors import DataError, SpecError
from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.engine import Engine
from programasweights.spec import Spec, split_examples

__all__ = ["TokenFile", "TokenLimits", "TokenisedTask", "Version", "tokenise", "write_token_file"]

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TokenLimits:
    """What is too long to train on."""

    spec: int = 384
    """Tokens of a spec, and of a pseudo-program; longer ones are left out."""
    input: int = 256
    """Tokens of an input."""
    output: int = 96
    """Tokens of an output."""


@dataclass(frozen=True)
class Version:
    """A spec with one discrete program, as token ids."""

    compiler: Ids
    """What the compiler reads before its prefix tokens: the spec, and the discrete program if it is another text."""
    discrete_start: int
    """Where in `compiler` the discrete program begins; its length where there is none."""
    program: Ids
    """The pseudo-program as the interpreter sees it, behind the slots."""


@dataclass(frozen=True)
class TokenisedTask:
    """One spec with its pairs, as token ids."""

    versions: tuple[Version, ...]
    """The spec with each of its discrete programs, at least one."""
    pairs: tuple[tuple[Ids, Ids], ...]
    """(input up to the answer, answer and end token)."""
    group: str
    """Family."""


def tokenise(
    records: Iterable[Record],
    engine: Engine,
    limits: TokenLimits,
    discrete: Mapping[str, Sequence[str]] | None = None,
) -> Iterable[TokenisedTask]:
    """Turn records into token ids. Records of one task stand together.

    Args:
        records: specs with their pairs.
        engine: the model whose tokenizer and chat style are used.
        limits: what is too long.
        discrete: discrete programs of each spec, by the spec's text; where there are none, the spec is the program.
    """
    template = get_template(DEFAULT_TEMPLATE)
    tokenizer, chat = engine.tokenizer, engine.chat
    end = [chat.end_id(tokenizer, engine.end_ids)]
    for _, group in groupby(records, key=lambda r: r.task or r.spec):
        rows = list(group)
        try:
            spec = Spec.make(*split_examples(rows[0].spec))
        except SpecError:
            continue
        texts = (discrete or {}).get(rows[0].spec) or (spec.as_text(),)
        found = (_version(engine, spec, text) for text in texts)
        versions = tuple(v for v in found if max(len(v.compiler), len(v.program)) <= limits.spec)
        pairs = []
        for row in rows:
            given = template.input_ids(tokenizer, chat, row.input)
            wanted = tokenizer.text_ids(row.output) + end
            if len(given) <= limits.input and len(wanted) <= limits.output:
                pairs.append((np.array(given), np.array(wanted)))
        if pairs and versions:
            yield TokenisedTask(versions, tuple(pairs), rows[0].family)


def _version(engine: Engine, spec: Spec, text: str) -> Version:
    ids = compiler_ids(engine, spec, text)
    start = len(ids) if text == spec.as_text() else len(spec_ids(engine, spec, discrete_follows=True))
    program = get_template(DEFAULT_TEMPLATE).program_ids(engine.tokenizer, engine.chat, text)
    return Version(np.array(ids), start, np.array(program))


def write_token_file(
    path: Path, tasks: Iterable[TokenisedTask], *, model: str, digest: str, vocabulary: int
) -> int:
    """Write a token file; returns the number of specs.

    Args:
        path: the file.
        tasks: what to write.
        model: name of the model whose tokenizer was used.
        digest: sha256 of that model.
        vocabulary: number of tokens; decides the type of the ids.

    Raises:
        DataError: there is no task.
    """
    kept = list(tasks)
    if not kept:
        raise DataError("there is nothing to train on: every record was too long, or there was none.")
    kind = np.uint16 if vocabulary <= 2**16 else np.uint32
    pairs = [pair for task in kept for pair in task.pairs]
    versions = [version for task in kept for version in task.versions]
    names = sorted({task.group for task in kept})
    place = {name: number for number, name in enumerate(names)}
    tensors: dict[str, npt.NDArray[np.generic]] = {
        "pair_ends": np.cumsum([len(task.pairs) for task in kept], dtype=np.int64),
        "version_ends": np.cumsum([len(task.versions) for task in kept], dtype=np.int64),
        "discrete_starts": np.array([v.discrete_start for v in versions], dtype=np.int64),
        "groups": np.array([place[task.group] for task in kept], dtype=np.int32),
    }
    for name, parts in (
        ("compiler", [v.compiler for v in versions]),
        ("program", [v.program for v in versions]),
        ("input", [given for given, _ in pairs]),
        ("output", [wanted for _, wanted in pairs]),
    ):
        tensors[f"{name}_ids"] = np.concatenate(parts).astype(kind)
        tensors[f"{name}_ends"] = np.cumsum([len(p) for p in parts], dtype=np.int64)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, {"model": model, "digest": digest, "groups": json.dumps(names)})
    return len(kept)


class TokenFile:
    """A token file, read task by task."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            FileNotFoundError: there is no such file.
            DataError: it is not a token file.
        """
        try:
            with safe_open(path, "numpy") as file:
                self._arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
                metadata = file.metadata() or {}
            self.digest: str = metadata["digest"]
            self.groups: Sequence[str] = json.loads(metadata["groups"])
            self._group_of = self._arrays["groups"]
            self._starts = {
                name: np.concatenate([[0], self._arrays[f"{name}_ends"]])
                for name in ("compiler", "program", "version", "input", "output", "pair")
            }
        except (SafetensorError, KeyError, ValueError) as error:
            raise DataError(
                f"{path} is not a token file ({error}); make it with `paw train prepare`."
            ) from None
        own = np.diff(self._starts["compiler"])
        self.has_programs = bool((self._arrays["discrete_starts"] < own).any())
        with path.open("rb") as raw:
            self.content: str = hashlib.file_digest(raw, "sha256").hexdigest()

    def __len__(self) -> int:
        return len(self._group_of)

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of a spec's first version and of its longest pair, for putting specs of like lengths together."""
        first, last = self._starts["pair"][index : index + 2]
        pairs = sum(
            self._starts[name][first + 1 : last + 1] - self._starts[name][first:last]
            for name in ("input", "output")
        )
        own = self._starts["compiler"][(version := int(self._starts["version"][index])) : version + 2]
        return int(own[1] - own[0]), int(pairs.max())

    def group(self, index: int) -> str:
        """The family of a spec."""
        return self.groups[int(self._group_of[index])]

    def __getitem__(self, index: int) -> TokenisedTask:
        first, last = self._starts["version"][index : index + 2]
        versions = tuple(
            Version(
                self._part("compiler", n), int(self._arrays["discrete_starts"][n]), self._part("program", n)
            )
            for n in range(first, last)
        )
        first, last = self._starts["pair"][index : index + 2]
        pairs = tuple((self._part("input", n), self._part("output", n)) for n in range(first, last))
        return TokenisedTask(versions, pairs, self.group(index))

    def _part(self, name: str, index: int) -> Ids:
        first, last = self._starts[name][index : index + 2]
        return np.asarray(self._arrays[f"{name}_ids"][first:last], dtype=np.int64)
