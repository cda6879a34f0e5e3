"""The fixed numbers of the `.paw` format: its versions, names and limits. docs/format.md explains them."""

from typing import Final

FORMAT_VERSION: Final = 2
"""The version of programs of text alone that this release writes."""

PICTURE_VERSION: Final = 4
"""The version of programs with pictures in their spec or in their inputs."""

READABLE_VERSIONS: Final = frozenset({1, FORMAT_VERSION, PICTURE_VERSION})
"""The versions of programs that this release reads; one older than FORMAT_VERSION has a step in migrations.py."""

BUNDLE_VERSION: Final = 3
"""The one version of bundles. Releases that know programs only refuse it as too new."""

BUNDLE_KIND: Final = "bundle"
"""The manifest's `kind` in a bundle; a program's manifest has none."""

METADATA_KEY: Final = "paw"
"""The one safetensors metadata key. Its presence at the start of the header marks a `.paw` file."""

ID_DOMAIN: Final = "programasweights program id 1"
"""First thing hashed into a program id, so that no other hash of the same bytes can be mistaken for one."""

BUNDLE_ID_DOMAIN: Final = "programasweights bundle id 1"
"""The same for bundles."""

MAX_FILE_BYTES: Final = 256 * 2**20
MAX_HEADER_BYTES: Final = 4 * 2**20

MAX_JSON_DEPTH: Final = 16
MAX_JSON_SKELETON: Final = 32_768
"""Characters of the manifest that stand outside strings: brackets, commas, numbers. A full manifest of
version 1 needs about half of this; the bound keeps a hostile one from becoming millions of Python objects."""

MAX_NUMBER_CHARS: Final = 32
"""Longest number in the manifest, in characters; every 64-bit integer and float fits."""

MAX_BUNDLE_STAGES: Final = 256
MAX_BUNDLE_DEPTH: Final = 32
MAX_BUNDLE_CALLS: Final = 4_096
"""Calls that one input may lead to, retries included and lists aside: shared stages must not double without end."""
