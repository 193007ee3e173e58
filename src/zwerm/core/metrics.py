"""What is counted for Prometheus: visits by page, and how long they took. Nothing of people.

Each process of the site counts in a file of its own when PROMETHEUS_MULTIPROC_DIR is set (`zwerm
serve` does that), and whichever is asked adds them up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.samples import Sample

ANSWERING = "answering"
STEP = 500
"""Requests in which people answer are told in steps of so many. One person makes some tens of them,
up to a hundred and more: so a step is several people, as with participation on a page."""

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

counted = CollectorRegistry(auto_describe=False)
requests = Counter(
    "zwerm_requests",
    "Requests by page and by the kind of their answer.",
    ["route", "answer"],
    registry=counted,
)
lengths = Histogram(
    "zwerm_request_seconds",
    "How long requests took.",
    ["route"],
    registry=counted,
    buckets=SECONDS,
)


def begin() -> None:
    """Let the lines on answering be there from the start: one that appears tells of an answer."""
    lengths.labels(ANSWERING)
    for answer in ("2xx", "3xx", "4xx"):
        requests.labels(ANSWERING, answer)


begin()


def count(route: str, status: int, seconds: float) -> None:
    """Count one request."""
    name = ANSWERING if route in settings.QUIET_ROUTES else route
    requests.labels(name, f"{status // 100}xx").inc()
    lengths.labels(name).observe(seconds)


class Coarse:
    """The counts of every process together, in which no single answer is seen."""

    def collect(self) -> Iterator[Metric]:
        for family in every_process().collect():
            yield coarse(family)


def every_process() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return counted
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def coarse(family: Metric) -> Metric:
    """The same family; of answering in whole steps, and without a sum, which moves each time."""
    told = Metric(family.name, family.documentation, family.type)
    told.samples = [rounded(one) for one in family.samples if not is_too_fine(one)]
    return told


def is_too_fine(sample: Sample) -> bool:
    is_sum_of_answering = sample.name.endswith("_sum") and is_of_answering(sample)
    return is_sum_of_answering or sample.name.endswith("_created")


def rounded(sample: Sample) -> Sample:
    """Down to a whole step, unless it counts what went wrong: that must be seen at once."""
    if not is_of_answering(sample) or sample.labels.get("answer") == "5xx":
        return sample
    return sample._replace(value=STEP * (sample.value // STEP))


def is_of_answering(sample: Sample) -> bool:
    return sample.labels.get("route") == ANSWERING


def text_of(*others: Any) -> bytes:
    """Everything as Prometheus reads it; `others` are collectors with their own families."""
    registry = CollectorRegistry(auto_describe=False)
    for collector in (Coarse(), *others):
        registry.register(collector)
    return generate_latest(registry)
