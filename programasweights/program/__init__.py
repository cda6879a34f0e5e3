"""The artefact: a compiled program, and the `.paw` file that holds it.

Needs numpy and pydantic only. Whether a program can run is for the interpreter to find out.
"""

from programasweights.program.bundle import Bundle
from programasweights.program.bundle_file import bundle_to_bytes, from_any_bytes, load_any, save_bundle
from programasweights.program.constants import FORMAT_VERSION, PICTURE_VERSION, READABLE_VERSIONS
from programasweights.program.kv_prefix import KvPrefix, Storage
from programasweights.program.lora import Lora
from programasweights.program.manifest import (
    Behaviour,
    CompilerSection,
    GenerationSection,
    InterpreterSection,
    LoraSection,
    Manifest,
    PictureSection,
    PrefixSection,
    Record,
    SpecSection,
    VisionSection,
)
from programasweights.program.paw_file import from_bytes, load, save, to_bytes
from programasweights.program.program import Program

__all__ = [
    "FORMAT_VERSION",
    "PICTURE_VERSION",
    "READABLE_VERSIONS",
    "Behaviour",
    "Bundle",
    "CompilerSection",
    "GenerationSection",
    "InterpreterSection",
    "KvPrefix",
    "Lora",
    "LoraSection",
    "Manifest",
    "PictureSection",
    "PrefixSection",
    "Program",
    "Record",
    "SpecSection",
    "Storage",
    "VisionSection",
    "bundle_to_bytes",
    "from_any_bytes",
    "from_bytes",
    "load",
    "load_any",
    "save",
    "save_bundle",
    "to_bytes",
]
