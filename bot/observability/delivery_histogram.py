"""The histogram of the time from an order to its movie."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector

from bot.services.delivery_times import BUCKETS, DeliveryTimes


class DeliveryHistogram(Collector):
    """Shows counted times as they are at each scrape."""

    def __init__(self, times: DeliveryTimes) -> None:
        self._times = times

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """Yield the histogram."""
        bounds = (*(str(bound) for bound in BUCKETS[:-1]), "+Inf")
        yield HistogramMetricFamily(
            "matinee_movie_delivery_seconds",
            "From an order to the message with its movie",
            buckets=list(zip(bounds, itertools.accumulate(self._times.counts), strict=True)),
            sum_value=self._times.seconds,
        )
