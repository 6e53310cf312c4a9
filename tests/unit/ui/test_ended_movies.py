"""What a movie's card and messages say once it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.domain.delivery import MoviePlace
from bot.domain.job import EndReason, Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.locales.message_ids import MessageId
from bot.ui import job_messages
from bot.ui.end_reasons import reason_text
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, balance, job
from tests.helpers.reading import fields

DIRECT = DeliveryTarget.DIRECT_MESSAGE
IN_PART = job(JobState.CANCELLED, end_reason=EndReason.CANCELLED_BY_MEMBER, charged=300)
NOT_STARTED = job(JobState.CANCELLED, end_reason=EndReason.RESPONSE_FAILED)
FAILED = job(JobState.FAILED, end_reason=EndReason.UPSTREAM_FAILED)
DONE = job(JobState.COMPLETED, movie_url="https://movies.test/a.mp4")


def lines(message: job_messages.Message) -> Sequence[str]:
    """Return the lines of a message's embed."""
    assert message.embed is not None
    return str(message.embed.description).splitlines()


SENTENCES: Mapping[EndReason, MessageId] = {
    EndReason.UPSTREAM_FAILED: "reasons-failed",
    EndReason.UPSTREAM_LOST_JOB: "reasons-lost",
    EndReason.REQUEST_REJECTED: "reasons-rejected",
    EndReason.AUTHENTICATION_FAILED: "reasons-key-rejected",
    EndReason.MODEL_REFUSED: "reasons-model-refused",
    EndReason.WRONG_API: "reasons-service-changed",
    EndReason.CREDITS_RAN_OUT: "reasons-credits-ran-out",
    EndReason.KEY_LIMIT_REACHED: "reasons-key-limit",
    EndReason.PLAN_EXHAUSTED: "reasons-no-credits",
    EndReason.RATE_LIMITED: "reasons-busy",
    EndReason.UNREACHABLE: "reasons-unreachable",
    EndReason.RESPONSE_FAILED: "reasons-unconfirmed",
    EndReason.CANCELLED_BY_MEMBER: "reasons-cancelled",
    EndReason.CANCELLED_BY_STAFF: "reasons-cancelled-by-staff",
    EndReason.RESOLVED_BY_OPERATOR: "reasons-closed",
    EndReason.STAYED_UNKNOWN: "reasons-stayed-unknown",
    EndReason.DECLINED: "reasons-declined",
    EndReason.APPROVAL_LAPSED: "reasons-approval-lapsed",
    EndReason.SERVER_LEFT: "reasons-server-left",
    EndReason.NOT_OFFERED: "reasons-not-offered",
}


@pytest.mark.parametrize("reason", EndReason)
def test_each_reason_has_its_sentence(reason: EndReason) -> None:
    """Two that were swapped would each blame the wrong one."""
    ended = job(JobState.FAILED, end_reason=reason, request_id=None)
    assert reason_text(ENGLISH, ended) == ENGLISH(SENTENCES[reason])


def test_some_reasons_say_more() -> None:
    """Only a movie that the API took was canceled on the way."""
    assert reason_text(ENGLISH, replace(FAILED, end_reason=None)) == ENGLISH("reasons-failed")
    assert reason_text(ENGLISH, IN_PART) == ENGLISH("reasons-cancelled-in-part")
    declined = job(JobState.CANCELLED, end_reason=EndReason.DECLINED, decline_reason="*no*")
    assert reason_text(ENGLISH, declined) == ENGLISH("reasons-declined-because", reason=r"\*no\*")


@pytest.mark.parametrize(
    ("ended", "cost"),
    [
        (IN_PART, ENGLISH("cards-cost-in-part", cost="300 credits", refunded="600 credits")),
        (NOT_STARTED, ENGLISH("cards-cost-refunded", credits=900)),
        (FAILED, ENGLISH("cards-cost-refunded", credits=900)),
    ],
)
def test_the_card_says_what_was_refunded(ended: Job, cost: str) -> None:
    assert fields(job_messages.job_embed(ENGLISH, ended, CATALOGUE))[ENGLISH("cards-cost-field")] == cost


AL = r"\*al\*"


@pytest.mark.parametrize(
    ("shown", "place", "last"),
    [
        (job(delivery_target=DIRECT), MoviePlace.PENDING, ENGLISH("cards-direct", member=AL)),
        (job(delivery_target=DIRECT), MoviePlace.CHANNEL, ENGLISH("cards-direct", member=AL)),
        (replace(DONE, delivery_target=DIRECT), MoviePlace.PENDING, ENGLISH("cards-direct", member=AL)),
        (DONE, MoviePlace.PENDING, ENGLISH("cards-ready")),
        (DONE, MoviePlace.CHANNEL, ENGLISH("cards-in-list", member=AL)),
        (DONE, MoviePlace.DIRECT_MESSAGE, ENGLISH("cards-sent-direct", member=AL)),
        (DONE, MoviePlace.LIST, ENGLISH("cards-not-posted", member=AL)),
        (replace(FAILED, delivery_target=DIRECT), MoviePlace.PENDING, ENGLISH("reasons-failed")),
        (replace(NOT_STARTED, delivery_target=DIRECT), MoviePlace.PENDING, ENGLISH("reasons-unconfirmed")),
        (FAILED, MoviePlace.CHANNEL, ENGLISH("reasons-failed")),
    ],
)
def test_the_card_says_where_its_movie_is(shown: Job, place: MoviePlace, last: str) -> None:
    """Nothing is sent of a movie that failed."""
    card = job_messages.job_embed(ENGLISH, replace(shown, member_name="*al*"), CATALOGUE, place=place)
    assert fields(card)[ENGLISH("cards-status-field")].splitlines()[-1] == last


def test_a_card_keeps_neither_an_erased_name_nor_a_deleted_prompt() -> None:
    erased = replace(DONE, member_id=-7, request=replace(DONE.request, prompt=""))
    card = job_messages.job_embed(ENGLISH, erased, CATALOGUE)
    assert card.description == rf">>> \{ENGLISH('privacy-prompt-gone')[:-1]}\)"
    assert fields(card)[ENGLISH("cards-requester-field")] == ENGLISH("privacy-unnamed")
    described = job_messages.alt_text(ENGLISH, erased.request)
    assert ENGLISH("privacy-prompt-gone") in described


@pytest.mark.parametrize(
    ("message", "content", "last"),
    [
        (
            job_messages.cancelled_message(ENGLISH, IN_PART),
            ENGLISH("deliveries-cancelled", member=f"<@{ALICE}>"),
            ENGLISH("deliveries-spent-refunded", cost="300 credits", refunded="600 credits"),
        ),
        (
            job_messages.cancelled_message(ENGLISH, NOT_STARTED),
            ENGLISH("deliveries-not-started", member=f"<@{ALICE}>"),
            ENGLISH("deliveries-not-started-details", refunded="900 credits"),
        ),
        (
            job_messages.failed_message(ENGLISH, FAILED, None),
            ENGLISH("deliveries-failed", member=f"<@{ALICE}>"),
            ENGLISH("deliveries-refunded", refunded="900 credits"),
        ),
        (
            job_messages.cancelled_message(ENGLISH, replace(NOT_STARTED, pitch_id="p")),
            ENGLISH("pledges-not-started", member=f"<@{ALICE}>"),
            ENGLISH("pledges-refunded"),
        ),
        (
            job_messages.failed_message(ENGLISH, replace(FAILED, pitch_id="p"), None),
            ENGLISH("pledges-failed", member=f"<@{ALICE}>"),
            ENGLISH("pledges-refunded"),
        ),
    ],
)
def test_an_end_without_a_movie_pings_its_member(message: job_messages.Message, content: str, last: str) -> None:
    assert (message.content, lines(message)[-1], message.mentions) == (content, last, (ALICE,))


def test_nothing_can_be_ordered_from_a_direct_message() -> None:
    """In the channel, the end has a receipt for its member."""
    for direct in (False, True):
        for message in (
            job_messages.failed_message(ENGLISH, FAILED, None, direct=direct),
            job_messages.cancelled_message(ENGLISH, NOT_STARTED, direct=direct),
        ):
            shown = [] if message.view is None else [str(getattr(each, "label", "")) for each in message.view.children]
            expected = [ENGLISH("buttons-retry-button"), ENGLISH("buttons-receipt-button")]
            assert shown == ([] if direct else expected)


LEFT = ENGLISH("deliveries-left", left="320 credits")


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (DONE, [ENGLISH("deliveries-spent-left", cost="900 credits", left="320 credits")]),
        (FAILED, [ENGLISH("deliveries-refunded-left", refunded="900 credits", left="320 credits")]),
        (
            IN_PART,
            [ENGLISH("deliveries-spent-refunded", cost="300 credits", refunded="600 credits"), LEFT],
        ),
        (replace(DONE, pitch_id="p"), [ENGLISH("pledges-cost", cost="900 credits"), LEFT]),
    ],
)
def test_a_member_reads_what_an_end_leaves_them(ended: Job, expected: list[str]) -> None:
    assert job_messages.credits_line(ENGLISH, ended, balance()).splitlines() == expected


def test_a_movie_that_was_finished_before_it_was_canceled_says_so() -> None:
    message = job_messages.completed_message(ENGLISH, replace(DONE, cancel_requested_at=1), None)
    assert lines(message)[-2:] == [
        ENGLISH("deliveries-not-cancelled"),
        ENGLISH("deliveries-spent", cost="900 credits"),
    ]


def test_a_direct_message_pings_nobody_and_only_an_attachment_is_described() -> None:
    direct = job_messages.completed_message(ENGLISH, DONE, None, direct=True)
    assert (direct.mentions, direct.alt_text, direct.content.splitlines()[0]) == (
        (),
        "",
        ENGLISH("deliveries-ready-direct"),
    )
    attached = job_messages.completed_message(ENGLISH, DONE, None, attached=True)
    assert attached.alt_text == job_messages.alt_text(ENGLISH, DONE.request)


@pytest.mark.parametrize(
    ("length", "has_link", "in_embed"), [(10, True, False), (2500, True, True), (5000, False, False)]
)
def test_a_message_knows_where_its_link_is(length: int, has_link: bool, in_embed: bool) -> None:
    """A spoiler stays one wherever it is."""
    url = f"https://movies.test/{'a' * length}"
    message = job_messages.completed_message(ENGLISH, replace(DONE, movie_url=url), None, spoiler=True)
    assert (message.has_link, message.link_in_embed, message.spoiler) == (has_link, in_embed, True)
    hidden = f"|| {url} ||"
    assert (hidden in message.content, hidden in "\n".join(lines(message))) == (has_link and not in_embed, in_embed)


@pytest.mark.parametrize(("prompt", "title"), [(" a\nfox ", "a fox"), ("", "0abc123defghj"), ("a" * 200, None)])
def test_a_post_has_the_prompt_as_its_title(prompt: str, title: str | None) -> None:
    """A deleted prompt leaves the id, and a long one is cut."""
    shown = job_messages.post_title(job(JobState.COMPLETED, prompt))
    assert shown == title if title else (len(shown) == 90 and shown.endswith("…"))
