"""A trace as HTML that needs no script, no other file and no network; every text of it is escaped.

Light or dark as the reader's system has it. In a notebook only the fragment is shown.
"""

from collections.abc import Sequence
from html import escape

from programasweights.debugging.shading import shares
from programasweights.debugging.trace import Part, Step, Trace

__all__ = ["document", "fragment"]

_STYLE = """
.paw-trace { color-scheme: light dark; --ink: light-dark(#1c2126, #ebe8e1); --page: light-dark(#fbfaf6, #14171a);
  --muted: light-dark(#585f66, #a6acb2); --line: light-dark(#e2ded3, #2f353a); --surface: light-dark(#ffffff, #1b1f23);
  --for: light-dark(#e2745f, #a8473a); --against: light-dark(#6aa0dc, #3c6ca3); --sure: light-dark(#17683a, #82d9a0);
  background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, "Segoe UI", "Liberation Sans", sans-serif;
  padding: 1.25rem; max-width: 60rem; margin: 0 auto; overflow-wrap: anywhere; }
.paw-trace h2 { font-size: .8rem; font-weight: 600; color: var(--muted); margin: 1.4rem 0 .4rem; }
.paw-trace h2:first-child { margin-top: 0; }
.paw-trace .text { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem;
  white-space: pre-wrap; margin: 0 0 .5rem; }
.paw-trace .text span, .paw-trace .slot { border-radius: 3px; box-decoration-break: clone; }
.paw-trace .out { font-size: 1.15rem; font-weight: 600; }
.paw-trace .muted, .paw-trace p.muted { color: var(--muted); font-size: .85rem; margin: .35rem 0 0; }
.paw-trace .tokens { display: flex; flex-wrap: wrap; gap: .5rem; }
.paw-trace .token { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .6rem;
  font-size: .85rem; min-width: 7rem; max-width: 100%; box-sizing: border-box; }
.paw-trace .token b { font-family: ui-monospace, Menlo, "Liberation Mono", monospace; white-space: pre-wrap; }
.paw-trace .bar { height: 4px; border-radius: 2px; background: var(--line); margin: .25rem 0; }
.paw-trace .bar i { display: block; height: 100%; border-radius: 2px; background: var(--sure); }
.paw-trace .token div.other { display: flex; justify-content: space-between; gap: .8rem; color: var(--muted); }
.paw-trace .other span { white-space: pre-wrap; }
.paw-trace .slots { display: flex; flex-wrap: wrap; gap: 3px; }
.paw-trace .slot { border: 1px solid var(--line); padding: .15rem .4rem; font-size: .75rem; min-width: 3.4rem;
  max-width: 100%; box-sizing: border-box; text-align: center; font-variant-numeric: tabular-nums; }
.paw-trace del { color: var(--muted); } .paw-trace ins { text-decoration: none; font-weight: 700;
  border-bottom: 2px solid var(--against); }
"""


def document(trace: Trace) -> str:
    """A whole page."""
    title = escape(f"{trace.input[:40]} → {trace.output[:40]}")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title}</title>"
        "<style>html { color-scheme: light dark; } "
        "body { margin: 0; background: light-dark(#fbfaf6, #14171a); }</style>"
        f"</head><body>{fragment(trace)}</body></html>\n"
    )


def fragment(trace: Trace) -> str:
    """What stands in a page, with its style."""
    sections = [
        ("Input", _shaded(trace.input, trace.input_parts) + _legend(trace.input_parts)),
        ("Output", _output(trace)),
        ("Tokens of the output, and the most probable others", _tokens(trace.steps)),
        ("Nearest input with another output", _counterfactual(trace)),
        ("Program, left out as a whole", _chips(trace.whole_parts)),
        ("Pseudo-program", _shaded("".join(p.text for p in trace.program_parts), trace.program_parts)),
        ("KV prefix", _chips(trace.slot_parts)),
    ]
    body = "".join(f"<h2>{title}</h2>{content}" for title, content in sections if content)
    footer = f'<p class="muted">Program {trace.program_id[:12]}; {trace.passes} forward passes.</p>'
    return f'<div class="paw-trace"><style>{_STYLE}</style>{body}{footer}</div>'


def _shaded(text: str, parts: Sequence[Part]) -> str:
    """A text whose parts are tinted by how much they matter."""
    if not parts:
        return f'<p class="text">{escape(text)}</p>' if text else ""
    spans = (
        f'<span{_tint(share)} title="without it: {part.drop:+.2f}">{escape(part.text)}</span>'
        for part, share in zip(parts, shares(parts), strict=True)
    )
    return f'<p class="text">{"".join(spans)}</p>'


def _chips(parts: Sequence[Part]) -> str:
    chips = (
        f'<span class="slot"{_tint(share)}>{escape(part.text)}<br>{part.drop:+.2f}</span>'
        for part, share in zip(parts, shares(parts), strict=True)
    )
    return f'<div class="slots">{"".join(chips)}</div>' if parts else ""


def _tint(share: float) -> str:
    if share == 0:
        return ""
    colour = "for" if share > 0 else "against"
    return f' style="background: color-mix(in srgb, var(--{colour}) {abs(share) * 70:.0f}%, transparent)"'


def _legend(parts: Sequence[Part]) -> str:
    if not parts:
        return ""
    top = max(parts, key=lambda part: part.drop)
    return (
        '<p class="muted">Red: without it the output is less probable; blue: more probable. '
        f"The most: {top.drop:+.2f} nats.</p>"
    )


def _output(trace: Trace) -> str:
    return (
        f'<p class="text out">{escape(trace.output)}</p>'
        f'<p class="muted">log-probability {trace.logprob:.2f}</p>'
    )


def _tokens(steps: Sequence[Step]) -> str:
    return f'<div class="tokens">{"".join(_token(step) for step in steps)}</div>'


def _token(step: Step) -> str:
    others = "".join(
        f'<div class="other"><span>{_visible(text)}</span>{chance:.3f}</div>' for text, chance in step.others
    )
    return (
        f'<div class="token"><b>{_visible(step.text)}</b> {step.probability:.3f}'
        f'<div class="bar"><i style="width: {100 * step.probability:.1f}%"></i></div>{others}</div>'
    )


def _visible(text: str) -> str:
    return escape(text.replace("\n", "⏎").replace(" ", "␣") if text != text.strip() else text) or "∅"


def _counterfactual(trace: Trace) -> str:
    found = trace.counterfactual
    if found is None:
        return '<p class="text muted">None was found within the budget.</p>'
    pieces, place = [], 0
    for edit in found.edits:
        space = edit.old[len(edit.old.rstrip()) :]
        pieces += [escape(trace.input[place : edit.start]), f"<del>{escape(edit.old.rstrip())}</del>"]
        pieces.append(f" <ins>{escape(edit.new.strip())}</ins>{space}" if edit.new else space)
        place = edit.stop
    pieces.append(escape(trace.input[place:]))
    return (
        f'<p class="text">{"".join(pieces)}</p><p class="text out">{escape(found.output)}</p>'
        f'<p class="muted">{found.words} changed word{"s" if found.words != 1 else ""}</p>'
    )
