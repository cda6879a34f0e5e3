"""Has a model write specs for kinds of task and pairs for each spec, and writes what is well-formed as records.

    journal.jsonl       every reply that was paid for
    specs.jsonl.gz      one spec a line: spec, task, category, subcategory, has_examples, pairs
    records.jsonl.gz    one pair a line, as `data.records.Record`
    generation.json     counts, reasons for refusals, tokens, cost and settings

A run that was killed goes on where it stopped: the plan follows from the options and the replies alone, and a
request whose reply stands in the journal is not made again. `paw data generate` runs it.
"""

import asyncio
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from programasweights.data.manifest import file_digest
from programasweights.data.near_duplicates import normal_spec
from programasweights.data.pipeline.client import Endpoint, EndpointOptions, Reply, TokenCounts, api_key_from
from programasweights.data.pipeline.journal import Journal
from programasweights.data.pipeline.parsing import Pair, WrittenSpec, parse_pairs, parse_specs
from programasweights.data.pipeline.prompts import Prompt, pairs_prompt, specs_prompt
from programasweights.data.pipeline.taxonomy import Subcategory, choose
from programasweights.data.records import Record, task_id, write_lines, write_records
from programasweights.errors import DataError
from programasweights.progress import Advance

__all__ = ["JOURNAL_FILE", "GenerationOptions", "GenerationReport", "generate"]

JOURNAL_FILE = "journal.jsonl"
_CHUNK = 512
"""Specs whose pairs are asked for together; bounds memory."""


@dataclass(frozen=True)
class GenerationOptions:
    """What to write, and whom to ask."""

    endpoint: str
    """Address of the endpoint, such as `http://127.0.0.1:8080/v1`."""
    model: str
    """The model's name there."""
    specs: int
    """Specs in all sub-categories together; fewer come if too many are refused."""
    pairs: int = 8
    """(input, output) pairs of each spec; at least half of them must be well-formed."""
    categories: tuple[str, ...] = ()
    """Areas or sub-categories to write for; all if empty."""
    key_env: str = "OPENAI_API_KEY"
    """Environment variable with the API key; no key is sent if it is not set."""
    concurrency: int = 8
    """Requests under way at the same time."""
    requests_per_minute: float | None = None
    """Most requests in a minute; None sets no limit."""
    input_price: float = 0.0
    """Price of a million tokens that the model reads."""
    output_price: float = 0.0
    """Price of a million tokens that the model writes."""
    seed: int = 0
    """Another seed asks in other ways."""
    temperature: float | None = None
    """How freely the model writes; None leaves it to the endpoint, which suits large models."""
    specs_per_request: int = 10
    """Specs that one request asks for."""
    attempts: int = 3
    """Requests for the same thing, when replies are refused."""
    timeout: float = 300.0
    """Seconds that one answer may take."""
    retries: int = 6
    """A request that fails in passing is sent at most this many times more."""

    def __post_init__(self) -> None:
        for name in ("specs", "pairs", "specs_per_request", "attempts"):
            if (value := getattr(self, name)) < 1:
                raise DataError(f"{name} is {value}, but must be at least 1.")
        for name in ("input_price", "output_price"):
            if not (value := getattr(self, name)) >= 0:
                raise DataError(f"{name} is {value}, but must be 0 or more.")
        choose(self.categories)
        self.endpoint_options(None)

    def endpoint_options(self, api_key: str | None) -> EndpointOptions:
        """The part that concerns the endpoint."""
        return EndpointOptions(
            base_url=self.endpoint,
            model=self.model,
            api_key=api_key,
            temperature=self.temperature,
            timeout=self.timeout,
            concurrency=self.concurrency,
            requests_per_minute=self.requests_per_minute,
            retries=self.retries,
        )


@dataclass(frozen=True)
class GenerationReport:
    """What came of a run; `generation.json` holds it, but for what this process sent itself."""

    settings: dict[str, Any]
    """The options."""
    counts: dict[str, int]
    """Replies, and specs and pairs offered and kept."""
    refused: dict[str, int]
    """How often each reason was given."""
    subcategories: dict[str, int]
    """Specs kept, by area and sub-category."""
    tokens: dict[str, int]
    """Tokens of all replies used."""
    cost: float
    """What they cost at the given prices."""
    sha256: dict[str, str]
    """Content hashes of the files."""
    sent: TokenCounts
    """What this process sent itself; the other replies stood in the journal."""

    def save(self, path: Path) -> None:
        """Write everything but `sent`, which differs when the run is repeated."""
        kept = {name: value for name, value in vars(self).items() if name != "sent"}
        path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


@dataclass
class _Spec:
    """A spec that was kept."""

    text: str
    has_examples: bool
    kind: Subcategory
    pairs: int = 0

    def line(self) -> str:
        named = {"spec": self.text, "task": task_id(self.text), "category": self.kind.area}
        named |= {"subcategory": self.kind.name}
        more = {"has_examples": self.has_examples, "pairs": self.pairs}
        return json.dumps(named | more, ensure_ascii=False, separators=(",", ":"))


def generate(
    out: Path,
    options: GenerationOptions,
    *,
    api_key: str | None = None,
    advance: Advance = lambda _: None,
) -> GenerationReport:
    """Write a data set into a folder, or go on with one whose run was broken off.

    Args:
        out: made if it is not there; its journal is gone on with.
        options: what to write, and whom to ask.
        api_key: by default the one in the environment variable `options.key_env`.
        advance: told of finished work: each spec counts twice, when it is written and when its pairs are.

    Raises:
        EndpointError: the endpoint fails for good; run again to go on.
        DataError: another run uses the folder, or its journal is damaged.
    """
    out.mkdir(parents=True, exist_ok=True)
    key = api_key or api_key_from(options.key_env)
    try:
        with (
            FileLock(out / ".lock", timeout=0),
            Journal(out / JOURNAL_FILE) as journal,
            asyncio.Runner() as runner,
        ):
            run = _Run(options, Endpoint(options.endpoint_options(key)), journal, runner, advance)
            try:
                return run.write(out)
            finally:
                runner.run(run.endpoint.close())
    except Timeout:
        raise DataError(f"another run writes into {out}; wait for it, or choose another folder.") from None


class _Run:
    """One run: asks, sifts and counts."""

    def __init__(
        self,
        options: GenerationOptions,
        endpoint: Endpoint,
        journal: Journal,
        runner: asyncio.Runner,
        advance: Advance,
    ) -> None:
        self.options = options
        self.endpoint = endpoint
        self.journal = journal
        self.runner = runner
        self.advance = advance
        self.counts: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.tokens = TokenCounts()
        self.known: set[str] = set()

    def write(self, out: Path) -> GenerationReport:
        """Do all the work and write all the files."""
        specs = self.specs()
        self.counts["records"] = write_records(out / "records.jsonl.gz", self.records(specs))
        self.counts["specs_kept"] = write_lines(out / "specs.jsonl.gz", (spec.line() for spec in specs))
        self.counts["specs_with_pairs"] = sum(spec.pairs > 0 for spec in specs)
        self.counts["specs_with_examples"] = sum(spec.has_examples for spec in specs)
        report = self.report(out, specs)
        report.save(out / "generation.json")
        return report

    def report(self, out: Path, specs: Sequence[_Spec]) -> GenerationReport:
        options, tokens = self.options, self.tokens
        return GenerationReport(
            settings=asdict(options),
            counts=dict(sorted(self.counts.items())),
            refused=dict(sorted(self.refused.items())),
            subcategories=dict(Counter(f"{spec.kind.area} / {spec.kind.name}" for spec in specs)),
            tokens={"prompt": tokens.prompt_tokens, "completion": tokens.completion_tokens},
            cost=round(tokens.cost(options.input_price, options.output_price), 6),
            sha256={name: file_digest(out / name) for name in ("specs.jsonl.gz", "records.jsonl.gz")},
            sent=self.endpoint.counts,
        )

    def specs(self) -> list[_Spec]:
        """Step 1: as many specs of each kind as its share, as far as they come."""
        shares = _shares(choose(self.options.categories), self.options)
        kept: dict[Subcategory, list[_Spec]] = {kind: [] for kind in shares}
        for attempt in range(self.options.attempts):
            asked: list[tuple[Subcategory, int, Prompt]] = []
            for kind, share in shares.items():
                asked += self._spec_prompts(kind, share - len(kept[kind]), kept[kind], attempt)
            replies = self.runner.run(self._ask_all([prompt for _, _, prompt in asked]))
            for (kind, count, _), reply in zip(asked, replies, strict=True):
                self._take_specs(reply, count, kind, kept[kind])
        specs = [spec for kind in shares for spec in kept[kind]]
        self.advance(2 * (self.options.specs - len(specs)))
        return specs

    def _spec_prompts(
        self, kind: Subcategory, missing: int, kept: Sequence[_Spec], attempt: int
    ) -> Iterator[tuple[Subcategory, int, Prompt]]:
        before = [spec.text for spec in kept]
        most = self.options.specs_per_request
        for start in range(0, missing, most):
            count = min(most, missing - start)
            seed = _seed(self.options.seed, "specs", kind.area, kind.name, attempt, start)
            yield kind, count, specs_prompt(kind, count=count, before=before, seed=seed)

    def _take_specs(self, reply: Reply, count: int, kind: Subcategory, kept: list[_Spec]) -> None:
        parsed = parse_specs(reply, count=count)
        self._count(reply, "specs", parsed.offered, parsed.refused)
        for written in parsed.kept:
            if self._is_new(written):
                kept.append(_Spec(written.spec, written.has_examples, kind))
                self.advance(1)
            else:
                self.refused["spec: duplicate"] += 1

    def _is_new(self, written: WrittenSpec) -> bool:
        normal = normal_spec(written.spec)
        new = normal not in self.known
        self.known.add(normal)
        return new

    def records(self, specs: Iterable[_Spec]) -> Iterator[Record]:
        """Step 2: records of all specs, in their order."""
        rest = iter(specs)
        while chunk := list(islice(rest, _CHUNK)):
            for spec, pairs in zip(chunk, self._pairs_of(chunk), strict=True):
                spec.pairs = len(pairs)
                self.advance(1)
                for pair in pairs:
                    yield self._record(spec, pair)

    def _record(self, spec: _Spec, pair: Pair) -> Record:
        return Record(
            spec=spec.text,
            input=pair.input,
            output=pair.output,
            task=task_id(spec.text),
            category=spec.kind.area,
            subcategory=spec.kind.name,
            source=f"model:{self.options.model}",
        )

    def _pairs_of(self, specs: Sequence[_Spec]) -> list[list[Pair]]:
        count = self.options.pairs
        found: list[list[Pair]] = [[] for _ in specs]
        for attempt in range(self.options.attempts):
            empty = [place for place, pairs in enumerate(found) if not pairs]
            prompts = [self._pairs_prompt(specs[place].text, attempt) for place in empty]
            replies = self.runner.run(self._ask_all(prompts))
            for place, reply in zip(empty, replies, strict=True):
                parsed = parse_pairs(reply, spec=specs[place].text, count=count)
                self._count(reply, "pairs", parsed.offered, parsed.refused)
                found[place] = parsed.kept
        return found

    def _pairs_prompt(self, spec: str, attempt: int) -> Prompt:
        seed = _seed(self.options.seed, "pairs", spec, attempt)
        return pairs_prompt(spec, count=self.options.pairs, seed=seed)

    def _count(self, reply: Reply, what: str, offered: int, refused: Counter[str]) -> None:
        self.counts[f"{what}_replies"] += 1
        self.counts[f"{what}_offered"] += offered
        self.refused += refused
        self.tokens.prompt_tokens += reply.prompt_tokens
        self.tokens.completion_tokens += reply.completion_tokens

    async def _ask_all(self, prompts: Sequence[Prompt]) -> list[Reply]:
        """Replies to all prompts; if one fails for good, those under way are still waited for and kept."""
        replies = await asyncio.gather(*map(self._ask, prompts), return_exceptions=True)
        for reply in replies:
            if isinstance(reply, BaseException):
                raise reply
        return [reply for reply in replies if isinstance(reply, Reply)]

    async def _ask(self, prompt: Prompt) -> Reply:
        named = {"model": self.options.model, "temperature": self.options.temperature}
        asked = named | asdict(prompt)
        key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:32]
        if (known := self.journal.get(key)) is not None:
            return known
        reply = await self.endpoint.chat(prompt.messages(), max_tokens=prompt.max_tokens, seed=prompt.seed)
        self.journal.add(key, reply)
        return reply


def _shares(kinds: Sequence[Subcategory], options: GenerationOptions) -> dict[Subcategory, int]:
    """How many specs each kind gets: equal shares, and one more for some that the seed chooses."""
    share, more = divmod(options.specs, len(kinds))
    lucky = set(random.Random(options.seed).sample(range(len(kinds)), more))
    return {kind: share + (place in lucky) for place, kind in enumerate(kinds)}


def _seed(*parts: object) -> int:
    """A number that depends on the parts alone."""
    text = json.dumps(parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1
