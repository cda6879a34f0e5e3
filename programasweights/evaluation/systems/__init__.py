"""Systems under test, by name.

compiled[:COMPILER]            a program compiled from the spec: prompted, neural, or a checkpoint's folder
compiled-few[:COMPILER]        the same, with up to three examples
compiled[-few]-bestK[...]      the best of K compiled candidates (`paw.compile(..., budget=K)`)
prompt[:MODEL]                 a local model prompted with the spec; the default model, a hub id, a GGUF file
prompt-few[:MODEL]             the same, after up to three examples
api:URL#MODEL, api-few:...     a model behind an OpenAI-compatible endpoint, prompted
code:MODEL, code-api:URL#MODEL the model writes a Python function, which runs in a sandbox
majority                       the most common answer of the examples: what needs no reading
"""

from programasweights.evaluation.systems.base import Outcome, System
from programasweights.evaluation.systems.catalogue import get_system

__all__ = ["Outcome", "System", "get_system"]
