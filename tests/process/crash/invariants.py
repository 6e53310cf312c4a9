"""What must be true at the end, however the bot died: by the database, the API's record and the channel."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from typing import Any

from simcord.backend.models import Message

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.operations import Operation, Source
from bot.sandbox.fake_samsar import FakeSamsar
from bot.ui.components import mark
from data import reconciliation
from data.engine import postgresql_connection, sqlite
from data.engine.postgresql_transaction import PostgresTransaction
from tests.helpers import ledger_checks
from tests.helpers.expected_text import card_title, notification_text
from tests.helpers.fake_discord.interactions import Interaction, written
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import Place

STORYBOARD = "storyboard is ready"
STORYBOARD_PATH = "/v2/video/step/text_to_video"

MESSAGE_OF = {
    state: notification_text(NotificationType(state)) for state in ("completed", "failed", "cancelled", "unknown")
}

SHARED_MESSAGE_OF = {
    state: notification_text(NotificationType(state), pitch_id="0abc123defghj") for state in MESSAGE_OF
}


def pending_work(path: Place) -> list[str]:
    """At most ten of a kind: read at every line that a bot logs, so it must not take longer the more is left."""
    open_states = (
        "state IN ('reserved', 'queued', 'submitting', 'rendering') OR (state = 'unknown' AND next_run_at IS NOT NULL)"
    )
    with ledger_checks.one_connection(path):
        jobs = ledger_checks.query(path, f"SELECT id, state FROM jobs WHERE {open_states} LIMIT 10")
        pending = ledger_checks.query(path, "SELECT job_id, type FROM outbox WHERE status = 'pending' LIMIT 10")
        left = [f"job {j['id']} {j['state']}" for j in jobs] + [f"message {d['job_id']} {d['type']}" for d in pending]
        if not ledger_checks.has_table(path, "messages"):  # before its migration
            return left
        sql = "SELECT job_id, subject_id FROM messages WHERE kind = 'gone' LIMIT 10"
        deletions = ledger_checks.query(path, sql)
    return [*left, *(f"deletion {d['job_id']} {d['subject_id']}" for d in deletions)]


def submitting(path: Place) -> set[str]:
    return jobs_in(path, JobState.SUBMITTING)


def jobs_in(path: Place, state: JobState) -> set[str]:
    """There is no table before the first migration."""
    if not ledger_checks.has_table(path, "jobs"):
        return set()
    return {job["id"] for job in ledger_checks.query(path, f"SELECT id FROM jobs WHERE state = '{state}'")}


def differences(path: Place) -> tuple[str, ...]:
    if isinstance(path, str):
        with closing(postgresql_connection.connect(path)) as connection:
            return reconciliation.find_discrepancies(PostgresTransaction(connection))
    with sqlite.reading(path) as tx:
        return reconciliation.find_discrepancies(tx)


_CARD = "card"
_ABOUT_JOBS = (_CARD, *NotificationType)


def by_job(
    messages: Iterable[Message], jobs: Iterable[Mapping[str, Any]], kinds: Sequence[str] = _ABOUT_JOBS
) -> Mapping[str, list[Message]]:
    """Return the messages about each job, by their marks."""
    about = {mark(kind, job["id"]): job["id"] for job in jobs for kind in kinds}
    found: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        for container in message.components:
            if container.get("id") in about:
                found[about[container["id"]]].append(message)
    return found


def check_ledger(path: Place, submitting_at_death: AbstractSet[str]) -> list[dict[str, Any]]:
    """Only a request that was in progress may be unknown."""
    left = pending_work(path)
    assert left == [], left
    assert differences(path) == ()
    member, plan = (ledger_checks.scope_total(path, scope) for scope in ("member", "plan"))
    jobs = ledger_checks.jobs(path)
    unknown = [job for job in jobs if job["state"] == "unknown"]
    assert {job["id"] for job in unknown} <= submitting_at_death
    assert member.held == plan.held == sum(job["price_credits"] for job in unknown)
    assert member.used == sum(_paid(job) for job in jobs)
    return jobs


def _paid(job: Mapping[str, Any]) -> int:
    """Nobody pays more than they were shown, and less where the price is the most that something costs."""
    charged, shown = job["charged_credits"], job["price_credits"]
    if job["state"] == "completed":
        is_capped = Operation(job["operation"]).declared.capped and charged is not None
        return min(charged, shown) if is_capped else shown
    return min(charged or 0, job["stop_credits"] or 0) if job["state"] == "cancelled" else 0


def check_orders(api: FakeSamsar, jobs: Sequence[Mapping[str, Any]]) -> None:
    """A job with an id was ordered exactly once, any other at most once, and nothing without a job.

    Only those that are made of words: copies have the words of what they are made of.
    """
    paths = (api.contract.create_path, STORYBOARD_PATH)
    creates = Counter(str(r.body["input"]["prompt"]) for r in api.requests if r.path in paths)
    made_of_words = [job for job in jobs if Operation(job["operation"]).declared.source is Source.WORDS]
    assert not creates.keys() - {job["prompt"] for job in made_of_words}
    for job in made_of_words:
        minimum = 1 if job["samsar_request_id"] else 0
        maximum = 0 if job["state"] == "cancelled" and not minimum else 1
        assert minimum <= creates[job["prompt"]] <= maximum, (dict(job), creates)


_COUNTED = """
SELECT job_id, SUM(CASE entry_type WHEN 'capture' THEN allowance + extra ELSE 0 END)
    + SUM(upstream_charge + charge_difference) AS credits FROM ledger_entries GROUP BY job_id
"""


def check_charges(api: FakeSamsar, path: Place, jobs: Sequence[Mapping[str, Any]]) -> None:
    """Check that the plan counts the API's charges for ended movies, of a stopped one until it was stopped.

    What a copy was charged is only in the answer to its call: where that was lost, its price counts.
    """
    counted: dict[str, int] = {row["job_id"]: row["credits"] for row in ledger_checks.query(path, _COUNTED)}
    for job in jobs:
        charged = 0
        if job["state"] in ("completed", "failed") and job["samsar_request_id"]:
            is_untold = Operation(job["operation"]).declared.is_copy and job["charged_credits"] is None
            charged = api.movies[job["samsar_request_id"]].charged(math.inf)
            charged = job["price_credits"] if is_untold else charged
        elif job["state"] == "cancelled":
            charged = job["charged_credits"] or 0
        assert counted[job["id"]] == charged, (dict(job), counted[job["id"]], charged)


def check_messages(messages: Sequence[Message], jobs: Sequence[Mapping[str, Any]]) -> None:
    """Each end was sent once, in the channel; no other message is left, except about an unknown job.

    A storyboard that was decided about stays.
    """
    about = by_job((each for each in messages if STORYBOARD not in written(each)), jobs)
    for job in jobs:
        if job["state"] != "unknown":
            minimum = 0 if job["state"] == "cancelled" else 1
            assert minimum <= len(about.get(job["id"], ())) <= 1, (dict(job), about[job["id"]])
        contents = [written(message) for message in about.get(job["id"], ())]
        texts = MESSAGE_OF if job["pitch_id"] is None else SHARED_MESSAGE_OF
        told = {state: sum(words in content for content in contents) for state, words in texts.items()}
        checked = told.pop("unknown")
        ended = {state: int(state == job["state"]) for state in told}
        notification = job["state"] != "cancelled" or told["cancelled"] == 1
        assert told == ended if notification else not any(told.values()), (dict(job), told)
        assert checked == (job["state"] == "unknown"), (dict(job), checked)


def check_cards(messages: Iterable[Message], jobs: Sequence[Mapping[str, Any]]) -> None:
    """Check that exactly the cards of canceled jobs say so."""
    about = by_job(messages, jobs, [_CARD])
    for job in jobs:
        for card in about.get(job["id"], ()):
            shown = written(card)
            is_cancelled = card_title(JobState.CANCELLED) in shown
            assert is_cancelled == (job["state"] == "cancelled"), (dict(job), shown)


def check_answers(discord: FakeDiscord, sent: Mapping[str, Interaction], jobs: Sequence[Mapping[str, Any]]) -> None:
    """A member who saw the card has a job; one who saw none, or a restart message, has none, or a voided one."""
    states = {job["interaction_id"]: job["state"] for job in jobs}
    for prompt, interaction in sent.items():
        state = states.get(interaction.id)
        answer = discord.interaction_answers.get(interaction.id)
        if answer is not None and not answer.ephemeral:
            assert state is not None, f"{prompt!r} was accepted, and is lost"
        else:
            assert state in {None, "cancelled"}, f"{prompt!r} was not accepted, and is {state}"


def check(
    discord: FakeDiscord,
    api: FakeSamsar,
    path: Place,
    sent: Mapping[str, Interaction],
    uncertain: AbstractSet[str],
    messages: Sequence[Message] | None = None,
) -> list[dict[str, Any]]:
    """`uncertain` are the jobs that may be unknown. Return all jobs."""
    jobs = check_ledger(path, uncertain)
    check_orders(api, jobs)
    check_charges(api, path, jobs)
    check_messages(discord.messages() if messages is None else messages, jobs)
    check_answers(discord, sent, jobs)
    return jobs


def check_ends(
    messages: Sequence[Message], jobs: Sequence[Mapping[str, Any]], rejected: AbstractSet[str] = frozenset()
) -> None:
    """`rejected` are the prompts whose order the API does not take."""
    check_cards(messages, jobs)
    for job in jobs:
        if job["state"] in {"completed", "failed"}:
            fails = "doomed" in job["prompt"] or job["prompt"] in rejected
            assert (job["state"] == "failed") == fails, dict(job)
