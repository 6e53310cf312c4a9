"""Signals within a process, and to and from the others."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.core.errors import StorageError
from bot.services.signals import TOPICS, Signals, Topic


def heard(signals: Signals) -> list[Topic]:
    topics: list[Topic] = []
    for topic in TOPICS:
        signals.subscribe(topic, lambda topic=topic: topics.append(topic))
    return topics


class Others:
    """Signals of other processes, which take one publication at a time."""

    def __init__(self) -> None:
        self.published: list[Sequence[Topic]] = []
        self.errors: list[StorageError] = []
        self.changed = asyncio.Semaphore(0)
        self.may_go_on = asyncio.Semaphore(0)

    async def publish(self, topics: Sequence[Topic]) -> None:
        self.published.append(topics)
        self.changed.release()
        await self.may_go_on.acquire()
        if self.errors:
            raise self.errors.pop()


async def stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_signal_is_delivered_here_and_published_each_topic_once() -> None:
    signals, others = Signals(), Others()
    topics = heard(signals)
    task = asyncio.create_task(signals.publish_to(others.publish))
    signals.notify(("submissions", "messages"))
    assert topics == ["submissions", "messages"]
    await others.changed.acquire()
    for _ in range(3):
        signals.notify(("submissions", "notifications"))
    others.errors.append(StorageError("no connection"))
    others.may_go_on.release()
    await others.changed.acquire()
    assert others.published == [["messages", "submissions"], ["notifications", "submissions"]]
    await stop(task)


async def test_a_received_signal_is_not_published_again_and_a_restored_session_delivers_every_topic_once() -> None:
    """Signals may have been lost while the session was down."""
    signals = Signals()
    topics = heard(signals)
    waiting = asyncio.create_task(signals.wait_session_restored())
    signals.receive("messages")
    signals.receive("a topic of a later version")
    await asyncio.sleep(0)
    assert (topics, signals._to_publish.is_set(), waiting.done()) == (["messages"], False, False)
    signals.receive(None)
    await waiting
    assert topics == ["messages", *TOPICS]
    again = asyncio.create_task(signals.wait_session_restored())
    await asyncio.sleep(0)
    assert not again.done()
    await stop(again)
