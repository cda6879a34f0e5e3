"""A trace as a page for the terminal; control characters in its texts are escaped."""

import io
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from programasweights.debugging.shading import shares
from programasweights.debugging.trace import Part, Trace
from programasweights.progress import printable

__all__ = ["page"]

_WIDTH = 100
_MOST_ROWS = 12
_BAR = 20


def page(trace: Trace, *, colour: bool) -> str:
    """The page, 100 columns wide, with or without the terminal's colours."""
    console = Console(
        file=io.StringIO(),
        width=_WIDTH,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )
    for section in _sections(trace):
        console.print(section)
        console.print()
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().rstrip().split("\n"))


def _sections(trace: Trace) -> list[RenderableType]:
    kinds = {
        "input without": trace.input_parts,
        "pseudo-program without": trace.program_parts,
        "KV prefix without": trace.slot_parts,
        "program without": trace.whole_parts,
    }
    return [
        _titled("Input", Text(_clean(trace.input))),
        _titled("Output", Text(f"{_clean(trace.output)}   (log-probability {trace.logprob:.2f})")),
        _steps(trace),
        *(_parts(title, parts) for title, parts in kinds.items() if parts),
        _titled("Nearest input with another output", _counterfactual(trace)),
        Text(f"{trace.passes} forward passes", style="dim"),
    ]


def _titled(title: str, body: Text) -> Text:
    return Text.assemble((f"{title}: ", "bold"), body)


def _steps(trace: Trace) -> Table:
    table = Table(
        "token", "probability", "others", box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False
    )
    for step in trace.steps:
        others = "  ".join(f"{_token(text)} {chance:.3f}" for text, chance in step.others)
        style = "green" if step.probability >= 0.5 else "yellow"
        table.add_row(Text(_token(step.text), style=style), f"{step.probability:.3f}", Text(others))
    return table


def _parts(title: str, parts: Sequence[Part]) -> Table:
    """The parts that matter most, in their order."""
    table = Table(title, "drop", "", box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    ranked = sorted(range(len(parts)), key=lambda place: (-abs(parts[place].drop), place))[:_MOST_ROWS]
    strengths = shares(parts)
    for place in sorted(ranked):
        part, share = parts[place], strengths[place]
        bar = Text("█" * round(abs(share) * _BAR), style="red" if share > 0 else "blue")
        table.add_row(Text(_short(part.text)), f"{part.drop:+.2f}", bar)
    return table


def _counterfactual(trace: Trace) -> Text:
    found = trace.counterfactual
    if found is None:
        return Text("none was found within the budget")
    changes = ", ".join(f"{_short(e.old)} -> {_short(e.new) or 'nothing'}" for e in found.edits)
    return Text(f"{_clean(found.input)}\n  gives {_clean(found.output)}   ({changes})")


def _token(text: str) -> str:
    return repr(_clean(text)) if text != text.strip() or not text else _clean(text)


def _short(text: str) -> str:
    plain = " ".join(_clean(text).split())
    return plain if len(plain) <= 60 else f"{plain[:40]} ... {plain[-15:]}"


def _clean(text: str) -> str:
    return printable(text)
