"""What the server counts, for Prometheus. Every app has a registry of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

__all__ = ["CONTENT_TYPE", "Metrics", "State"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


@dataclass(frozen=True)
class State:
    """What is not counted but looked at."""

    queued: int
    """Compile jobs that wait."""
    running: int
    """Compile jobs that run."""
    workers: int
    """Workers that are alive."""
    inputs: int
    """Inputs that wait or run."""
    engine: bool
    """Whether the interpreter is loaded."""


class Metrics:
    """Counters of one server."""

    def __init__(self) -> None:
        """Start at zero."""
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "paw_requests",
            "Answers, by route and status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "paw_request_seconds",
            "Time until an answer was sent.",
            ["route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._inputs = Counter("paw_runs", "Inputs that programs were run on.", registry=self._registry)
        self._tokens = Counter("paw_run_tokens", "Tokens that programs wrote.", registry=self._registry)
        self._compiles = Counter("paw_compiles", "Compiles asked for.", ["cached"], registry=self._registry)

    def watch(self, state: Callable[[], State]) -> None:
        """Ask `state` whenever the figures are read."""
        self._registry.register(_StateCollector(state))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def ran(self, inputs: int, tokens: int) -> None:
        """Count inputs that a program was run on, and the tokens that it wrote."""
        self._inputs.inc(inputs)
        self._tokens.inc(tokens)

    def compile_asked(self, *, cached: bool) -> None:
        """Count a compile."""
        self._compiles.labels("true" if cached else "false").inc()

    def text(self) -> bytes:
        """All figures in Prometheus's text format."""
        return generate_latest(self._registry)


class _StateCollector(Collector):
    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return []  # so that registering does not ask yet

    def collect(self) -> Iterable[GaugeMetricFamily]:
        now = self._state()
        jobs = GaugeMetricFamily("paw_compile_jobs", "Compile jobs, by state.", labels=["state"])
        jobs.add_metric(["queued"], now.queued)
        jobs.add_metric(["running"], now.running)
        yield jobs
        yield GaugeMetricFamily("paw_workers", "Compile workers that are alive.", value=now.workers)
        yield GaugeMetricFamily("paw_run_inputs", "Inputs that wait or run.", value=now.inputs)
        yield GaugeMetricFamily(
            "paw_engine_ready", "Whether the interpreter is loaded.", value=int(now.engine)
        )
