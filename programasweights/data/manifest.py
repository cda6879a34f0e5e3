"""What a built data set says of itself: `manifest.json` beside its files."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from programasweights.errors import DataError

__all__ = ["DATA_FORMAT_VERSION", "FamilyCounts", "Manifest", "file_digest", "library_versions"]

DATA_FORMAT_VERSION = 1


class FamilyCounts(BaseModel):
    """What was drawn of one family."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    specs: int
    """Specs in the set."""
    refused: int
    """Draws that were ill-formed: parameters not readable from the text, or too few different inputs."""
    duplicates: int
    """Draws that were near-duplicates of earlier ones."""
    majority_answer: float
    """Mean over specs of the share of the most common answer."""
    held_out: bool
    """Whether the whole family is in test-family."""


class Manifest(BaseModel):
    """Counts, hashes and versions of a built data set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format_version: int = DATA_FORMAT_VERSION
    seed: int
    pairs_per_spec: int
    specs: dict[str, int]
    """Specs by split."""
    records: dict[str, int]
    """Records by split."""
    sha256: dict[str, str]
    """Content hash of each file."""
    categories: dict[str, dict[str, int]]
    """Specs by category and sub-category."""
    families: dict[str, FamilyCounts]
    ambiguous_across_families: int
    """Specs left out because another family gave the same text."""
    versions: dict[str, str]
    """Releases that the bytes depend on."""

    def save(self, path: Path) -> None:
        """Write the manifest as JSON; the same manifest gives the same bytes."""
        path.write_text(json.dumps(self.model_dump(), indent=1, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Manifest":
        """Read a manifest.

        Raises:
            FileNotFoundError: there is no such file.
            DataError: it is not a manifest of a version that this release reads.
        """
        try:
            manifest = cls.model_validate_json(path.read_text("utf-8"))
        except (ValidationError, UnicodeDecodeError) as error:
            raise DataError(f"{path} is not a data set's manifest: {error}; build the set again.") from None
        if manifest.format_version != DATA_FORMAT_VERSION:
            raise DataError(
                f"{path} has format version {manifest.format_version}, this release reads "
                f"{DATA_FORMAT_VERSION}; build the set again."
            )
        return manifest

    def check_files(self, folder: Path) -> None:
        """Compare the files with their hashes.

        Raises:
            DataError: a file is missing or has other content.
        """
        for name, expected in self.sha256.items():
            if not (folder / name).is_file():
                raise DataError(f"{folder / name} is missing; build the set again.")
            if (found := file_digest(folder / name)) != expected:
                raise DataError(
                    f"{folder / name} has sha256 {found}, its manifest says {expected}; build the set again."
                )


def file_digest(path: Path) -> str:
    """sha256 of a file, as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def library_versions() -> dict[str, str]:
    """Releases of the libraries that invented names, plurals and dates come from, and our own."""
    return {name: version(name) for name in ("programasweights", "faker", "mimesis", "babel", "inflect")}
