"""Signals that new work is due.

They end a poll loop's wait for its next poll.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, get_args

Topic = Literal["submissions", "status_polls", "notifications", "audit", "probes"]

TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)

_BY_NAME: Final[Mapping[str, Topic]] = {topic: topic for topic in TOPICS}


class Signals:
    """Passes signals to poll loops when work becomes due.

    A lost signal only delays work: every poll loop polls by itself, too.
    """

    def __init__(self) -> None:
        self._subscribers: dict[Topic, list[Callable[[], None]]] = {topic: [] for topic in TOPICS}

    def subscribe(self, topic: Topic, callback: Callable[[], None]) -> None:
        """Call `callback` at each signal of this topic."""
        self._subscribers[topic].append(callback)

    def notify(self, *topics: Topic) -> None:
        """Signal that work of these topics may be due."""
        for topic in topics:
            for callback in self._subscribers[topic]:
                callback()

    def receive(self, topic: str | None) -> None:
        """Pass on another process's signal; None: some may be lost."""
        if topic is None:
            self.notify(*TOPICS)
        elif topic in _BY_NAME:  # a newer version may know more topics
            self.notify(_BY_NAME[topic])
