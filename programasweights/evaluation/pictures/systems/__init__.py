"""Systems that answer questions on pictures, and blind controls, by name.

paw[:FILE]             a program compiled from each picture by a picture checkpoint, asked all its questions
paw-blind[:FILE]       the same questions; the pictures' features set to zero
paw-swapped[:FILE]     each picture's questions put to the program of another picture of its task
paw-told[:FILE]        the compiler is given the right transcriptions: what is wrong then was not misread
majority               the most common answer to the same question on pictures of the training split
ocr[:MODEL]            the text that rapidocr reads in the picture, handed to a prompted local model
ocr-few[:MODEL]        the same, after three answered questions on pictures of the training split
vlm:MODEL.gguf#MMPROJ.gguf    a local vision-language model, through llama-cpp-python; never run by us
prompt, prompt-few, api, ...  systems of text (`paw bench`), which get the question without the picture
"""

from programasweights.evaluation.pictures.systems.catalogue import get_picture_system

__all__ = ["get_picture_system"]
