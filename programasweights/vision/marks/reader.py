"""A mark reader at work: pictures to marks and links, with ONNX Runtime."""

from dataclasses import dataclass
from typing import Any

from programasweights.settings import settings
from programasweights.vision.marks.files import MarkWeights
from programasweights.vision.marks.finding import FoundLink, FoundMark, find_links, find_marks
from programasweights.vision.marks.network import marks_graph
from programasweights.vision.marks.sheet import Sheet
from programasweights.vision.sessions import open_session

__all__ = ["Found", "MarkReader", "mark_reader"]


@dataclass(frozen=True)
class Found:
    """What stands on a sheet."""

    marks: tuple[FoundMark, ...]
    links: tuple[FoundLink, ...]

    @property
    def probability(self) -> float:
        """Mean over all marks and links; 0 if there are none."""
        every = [m.probability for m in self.marks] + [link.probability for link in self.links]
        return sum(every) / len(every) if every else 0.0


class MarkReader:
    """A network and the names of what it finds."""

    def __init__(self, weights: MarkWeights) -> None:
        """Build the network of some weights.

        Raises:
            ModelError: ONNX Runtime cannot load it.
        """
        self.config = weights.config
        graph = marks_graph(self.config.shape, weights.tensors)
        self._session: Any = open_session(graph.SerializeToString(), name=f"{self.config.task} marks")

    def read(self, sheet: Sheet) -> Found:
        """The marks and links of a sheet."""
        maps = self._session.run(None, {"ink": sheet.ink[None, None]})
        marks = find_marks(maps[0][0], self.config.properties)
        links = find_links(maps[1][0], marks, self.config.links) if self.config.links else []
        return Found(tuple(marks), tuple(links))


_loaded: dict[tuple[str, int], MarkReader] = {}


def mark_reader(weights: MarkWeights) -> MarkReader:
    """The process's reader of some weights, built on first use.

    Raises:
        ModelError: as `MarkReader` does.
    """
    key = weights.digest, settings().threads
    if key not in _loaded:
        _loaded[key] = MarkReader(weights)
    return _loaded[key]
