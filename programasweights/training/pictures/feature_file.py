"""Pictures ready to train on: features encoded once, texts as token ids, in one safetensors file.

    features           (N, P, D) float16
    tasks              (N,) task numbers
    spec_ids           flat token ids of the specs' words, as the compiler reads them before the picture
    program_ids        flat token ids of the same words as the interpreter reads them
    line_ids           flat token ids of the line that the recogniser reads in the picture; only in files with lines
    transcription_ids  flat token ids of what is in the picture, with what stands around it in the compiler
    {...}_ends         (N,) where each ends
    question_ids       flat token ids of the questions, up to the answer           question_ends  (Q,)
    answer_ids         flat token ids of the answers, with the token that ends them  answer_ends  (Q,)
    pair_ends          (N,) how many questions the pictures up to this one have
    kinds              (Q,) kind numbers

N pictures, Q questions. The metadata names the base model, the encoder, tasks and kinds.
"""

import hashlib
import json
import math
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from programasweights.compiler.neural import spec_ids
from programasweights.compiler.pictures import line_ids
from programasweights.errors import DataError
from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.engine import Engine
from programasweights.spec import Spec
from programasweights.training.token_file import Ids

if TYPE_CHECKING:
    from programasweights.data.images import Picture
    from programasweights.vision import Encoder

__all__ = ["PICTURE", "FeatureFile", "TokenisedPicture", "TokenisedQuestion", "write_feature_file"]

PICTURE = -1
"""Among token ids, where an embedding of a picture stands."""

_CODES = {
    np.dtype(np.int64): "I64",
    np.dtype(np.int32): "I32",
    np.dtype(np.uint16): "U16",
    np.dtype(np.uint32): "U32",
}
_TOGETHER = 32
_LISTS = ("spec", "program", "line", "transcription", "question", "answer")


@dataclass(frozen=True)
class TokenisedQuestion:
    """A question on a picture."""

    given: Ids
    """The question, up to the answer."""
    wanted: Ids
    """The answer and the token that ends it."""
    kind: str


@dataclass(frozen=True)
class TokenisedPicture:
    """A picture with its texts."""

    features: npt.NDArray[np.float16]
    """(P, D)."""
    spec: Ids
    """The spec's words, as the compiler reads them."""
    program: Ids
    """The pseudo-program: the spec's words, as the interpreter reads them behind the slots."""
    transcription: Ids
    """What the compiler would write behind the picture, with the marks around it."""
    questions: tuple[TokenisedQuestion, ...]
    task: str
    line: Ids = field(default_factory=lambda: np.zeros(0, np.int64))
    """The line that the recogniser reads in the picture, behind which the compiler reads it; empty for none."""
    compiled: bool = True
    """Whether the picture stands behind the spec's words, for the compiler to read; else it stands in the questions."""


def write_feature_file(
    path: Path,
    pictures: Iterable["Picture"],
    engine: Engine,
    encoder: "Encoder",
    *,
    name: str,
    answer_tokens: int = 80,
    lines: bool = False,
) -> int:
    """Encode pictures and write them; returns their number.

    Args:
        path: the file.
        pictures: with their questions.
        engine: the model whose tokenizer and chat style are used.
        encoder: the frozen encoder.
        name: what `load_encoder` knows it by.
        answer_tokens: questions with longer answers are left out, and pictures without any question.
        lines: whether the compiler is to read the line of text that stands in a picture, if one does.

    Raises:
        DataError: there is no picture.
        ImageError: one cannot be read.
        ModelError: the reader of lines cannot be fetched or loaded.
    """
    from programasweights.vision import Image, load_line_reader

    read = load_line_reader().read if lines else None

    source = iter(pictures)
    texts: list[TokenisedPicture] = []
    empty = np.zeros((0, 0), np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    # features of many pictures do not fit into memory
    with tempfile.TemporaryFile(dir=path.parent) as features:
        while group := list(islice(source, _TOGETHER)):
            kept = [(p, t) for p in group if (t := _texts(p, engine, empty, answer_tokens)).questions]
            if kept:
                images = [Image(picture.png) for picture, _ in kept]
                features.write(encoder.encode(images).astype("<f2").tobytes())
                texts += [
                    text if read is None else replace(text, line=np.array(line_ids(engine, read(image))))
                    for (_, text), image in zip(kept, images, strict=True)
                ]
        if not texts:
            raise DataError("there is nothing to train on: no picture, or none with a question short enough.")
        metadata = {"digest": engine.model.recipe.digest, "encoder": name, "encoder_digest": encoder.digest}
        if lines:
            metadata["lines"] = "yes"
        shape = (len(texts), encoder.tokens, encoder.features)
        _save(path, features, shape, texts, metadata, engine.config.vocab_size)
    return len(texts)


class FeatureFile:
    """A feature file, read picture by picture; features stay on disk."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            FileNotFoundError: there is no such file.
            DataError: it is not a feature file.
        """
        try:
            self._file = cast(Any, safe_open)(path, "numpy")
            names = set(self._file.keys()) - {"features"}
            self._arrays = {name: self._file.get_tensor(name) for name in names}
            self._features = self._file.get_slice("features")
            metadata = self._file.metadata() or {}
            self.digest, self.encoder = metadata["digest"], metadata["encoder"]
            self.encoder_digest: str = metadata["encoder_digest"]
            self.lines = "lines" in metadata
            if not self.lines:
                self._arrays["line_ids"] = np.zeros(0, np.uint16)
                self._arrays["line_ends"] = np.zeros(len(self._arrays["tasks"]), np.int64)
            self.tasks: Sequence[str] = json.loads(metadata["tasks"])
            self.kinds: Sequence[str] = json.loads(metadata["kinds"])
            self._starts = {n: np.concatenate([[0], self._arrays[f"{n}_ends"]]) for n in (*_LISTS, "pair")}
            _, self.tokens, self.features = self._features.get_shape()
        except (SafetensorError, KeyError, ValueError) as error:
            raise DataError(
                f"{path} is not a feature file ({error}); make it with `paw train features`."
            ) from None
        content = {n: hashlib.sha256(a.tobytes()).hexdigest() for n, a in sorted(self._arrays.items())}
        stated = json.dumps([content, metadata, self._features.get_shape()], sort_keys=True)
        self.content: str = hashlib.sha256(stated.encode()).hexdigest()

    def __len__(self) -> int:
        return len(self._arrays["tasks"])

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of spec, line and transcription, and of all questions, for putting like ones together."""
        own = sum(
            int(np.diff(self._starts[n][index : index + 2])[0]) for n in ("spec", "line", "transcription")
        )
        first, last = self._starts["pair"][index : index + 2]
        return own, sum(int(self._starts[n][last] - self._starts[n][first]) for n in ("question", "answer"))

    def task(self, index: int) -> str:
        """The task of a picture."""
        return self.tasks[int(self._arrays["tasks"][index])]

    def __getitem__(self, index: int) -> TokenisedPicture:
        first, last = self._starts["pair"][index : index + 2]
        questions = tuple(
            TokenisedQuestion(
                self._part("question", n), self._part("answer", n), self.kinds[int(self._arrays["kinds"][n])]
            )
            for n in range(first, last)
        )
        return TokenisedPicture(
            self._features[index : index + 1][0],
            self._part("spec", index),
            self._part("program", index),
            self._part("transcription", index),
            questions,
            self.task(index),
            self._part("line", index),
        )

    def _part(self, name: str, index: int) -> Ids:
        first, last = self._starts[name][index : index + 2]
        return np.asarray(self._arrays[f"{name}_ids"][first:last], dtype=np.int64)


def _texts(
    picture: "Picture", engine: Engine, features: npt.NDArray[np.float16], answer_tokens: int
) -> TokenisedPicture:
    """A picture's texts as token ids; its features are kept apart."""
    template, tokenizer, chat = get_template(DEFAULT_TEMPLATE), engine.tokenizer, engine.chat
    spec, end = Spec.make(picture.spec), [chat.end_id(tokenizer, engine.end_ids)]
    questions = []
    for question in picture.questions:
        wanted = tokenizer.text_ids(question.answer) + end
        if len(wanted) <= answer_tokens:
            given = template.input_ids(tokenizer, chat, question.text)
            questions.append(TokenisedQuestion(np.array(given), np.array(wanted), question.kind))
    told = tokenizer.template_ids(chat.close) + tokenizer.text_ids(picture.transcription) + end
    return TokenisedPicture(
        features,
        np.array(spec_ids(engine, spec)),
        np.array(template.program_ids(tokenizer, chat, spec.as_text())),
        np.array(told),
        tuple(questions),
        picture.task,
    )


def _save(
    path: Path,
    features: IO[bytes],
    shape: tuple[int, ...],
    texts: Sequence[TokenisedPicture],
    metadata: dict[str, str],
    vocabulary: int,
) -> None:
    questions = [question for text in texts for question in text.questions]
    tasks, kinds = sorted({text.task for text in texts}), sorted({q.kind for q in questions})
    small = np.uint16 if vocabulary <= 2**16 else np.uint32
    tensors: dict[str, npt.NDArray[Any]] = {
        "tasks": np.array([tasks.index(text.task) for text in texts], np.int32),
        "kinds": np.array([kinds.index(q.kind) for q in questions], np.int32),
        "pair_ends": np.cumsum([len(text.questions) for text in texts], dtype=np.int64),
    }
    told = ("spec", "program", "transcription", *(("line",) if "lines" in metadata else ()))
    parts = {name: [getattr(text, name) for text in texts] for name in told}
    parts |= {"question": [q.given for q in questions], "answer": [q.wanted for q in questions]}
    for name, own in parts.items():
        tensors[f"{name}_ids"] = np.concatenate(own).astype(small)
        tensors[f"{name}_ends"] = np.cumsum([len(part) for part in own], dtype=np.int64)
    _write(
        path, tensors, features, shape, metadata | {"tasks": json.dumps(tasks), "kinds": json.dumps(kinds)}
    )


def _write(
    path: Path,
    tensors: dict[str, npt.NDArray[Any]],
    features: IO[bytes],
    shape: tuple[int, ...],
    metadata: dict[str, str],
) -> None:
    """Write a safetensors file, its largest tensor by copying a file."""
    header: dict[str, Any] = {"__metadata__": metadata}
    end = 0
    for name in sorted(tensors, key=lambda n: (-tensors[n].itemsize, n)):
        array = tensors[name]
        start, end = end, end + array.nbytes
        header[name] = {"dtype": _CODES[array.dtype], "shape": array.shape, "data_offsets": [start, end]}
    header["features"] = {"dtype": "F16", "shape": shape, "data_offsets": [end, end + 2 * math.prod(shape)]}
    raw = json.dumps(header).encode()
    raw += b" " * (-len(raw) % 8)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(len(raw).to_bytes(8, "little") + raw)
        for name in list(header)[1:-1]:
            file.write(np.ascontiguousarray(tensors[name]).tobytes())
        features.seek(0)
        shutil.copyfileobj(features, file, 2**20)
    part.replace(path)
