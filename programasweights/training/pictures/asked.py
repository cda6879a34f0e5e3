"""Pictures as inputs: a question becomes the spec of a program, and its picture what the program is given."""

import numpy as np

from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.training.pictures.feature_file import PICTURE, TokenisedPicture, TokenisedQuestion
from programasweights.training.written import Texts

__all__ = ["asked_of"]


def asked_of(picture: TokenisedPicture, number: int, texts: Texts) -> TokenisedPicture:
    """A picture of which the program of one of its questions is asked.

    Args:
        picture: with its questions.
        number: of the question.
        texts: how compiler and interpreter read text.
    """
    template, question = get_template(DEFAULT_TEMPLATE), picture.questions[number]
    reads, runs = texts.compiler, texts.interpreter
    after = template.input_ids(runs.tokenizer, runs.chat, "")
    text = runs.tokenizer.decode(question.given[: -len(after)].tolist())
    spec = reads.tokenizer.template_ids(reads.chat.begin + reads.chat.open) + reads.tokenizer.text_ids(text)
    places = np.full(picture.features.shape[0] + 2, PICTURE)
    return TokenisedPicture(
        features=picture.features,
        spec=np.array(spec),
        program=np.array(template.program_ids(runs.tokenizer, runs.chat, text)),
        transcription=np.zeros(0, np.int64),
        questions=(TokenisedQuestion(np.concatenate([places, after]), question.wanted, question.kind),),
        task=picture.task,
        compiled=False,
    )
