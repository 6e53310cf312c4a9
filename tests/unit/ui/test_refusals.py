"""Each reason for which nothing is ordered, in its own words."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import AspectRatio, RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.filter_rules import OWN
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.quota import Block
from bot.domain.risk import Refusal, RefusalReason
from bot.domain.server_setup import AccessReason, AccessRefusal
from bot.locales.message_ids import MessageId
from bot.ui import block_texts, refusals
from tests.helpers.expected_text import ENGLISH

UNTIL = 1_800_000_000_000
AT = "<t:1800000000:R>"
FREE = ENGLISH("refusals-not-charged")
LUMA, VEO = (VideoModel(key, key.title(), price, (AspectRatio.WIDE,)) for key, price in (("LUMA", 10), ("VEO", 60)))


@pytest.mark.parametrize(
    ("reason", "title", "text"),
    [
        (RefusalReason.PAUSED, "refusals-paused-title", ENGLISH("refusals-paused")),
        (RefusalReason.SERVER_BLOCKED, "refusals-server-blocked-title", ENGLISH("refusals-server-blocked")),
        (RefusalReason.ERASING, "refusals-erasing-title", ENGLISH("refusals-erasing")),
        (RefusalReason.OPEN_JOBS, "refusals-open-movies-title", ENGLISH("refusals-open-movies", movies=4)),
        (
            RefusalReason.SERVER_OPEN_JOBS,
            "refusals-server-open-movies-title",
            ENGLISH("refusals-server-open-movies", movies=4),
        ),
        (RefusalReason.COOLING_DOWN, "refusals-cooling-down-title", ENGLISH("refusals-cooling-down", time=AT)),
        (RefusalReason.FAILED_CREDITS, "refusals-failures-title", ENGLISH("refusals-failures", time=AT)),
    ],
)
def test_a_refused_order_says_why_and_until_when(reason: RefusalReason, title: MessageId, text: str) -> None:
    embed = refusals.refusal_embed(ENGLISH, Refusal(reason, limit=4, until=UNTIL))
    assert (embed.title, embed.description) == (ENGLISH(title), f"{text}\n{FREE}")


@pytest.mark.parametrize(
    ("reason", "allowed", "title", "text"),
    [
        (AccessReason.CHANNEL, (7, 8), "refusals-channel-title", ENGLISH("refusals-channel", channels="<#7>, <#8>")),
        (AccessReason.CHANNEL, (), "refusals-channel-title", ENGLISH("refusals-channel-deleted")),
        (AccessReason.AGE, (), "refusals-age-title", ENGLISH("refusals-age")),
        (AccessReason.ROLE, (7, 8), "refusals-role-title", ENGLISH("refusals-role", roles="<@&7>, <@&8>")),
        (AccessReason.ROLE, (), "refusals-role-title", ENGLISH("refusals-role-deleted")),
        (AccessReason.NO_MODEL, (), "refusals-no-model-title", ENGLISH("refusals-no-model")),
    ],
)
def test_who_may_not_order_here_reads_where_and_who_may(
    reason: AccessReason, allowed: tuple[int, ...], title: MessageId, text: str
) -> None:
    embed = refusals.access_embed(ENGLISH, AccessRefusal(reason, allowed))
    assert (embed.title, embed.description) == (ENGLISH(title), f"{text}\n{FREE}")


def test_who_can_afford_nothing_with_a_model_reads_that() -> None:
    """A full queue is free again soon, so no reset is told."""
    short = Shortfall(BudgetScope.MEMBER, 600, 5, UNTIL)
    lines = str(refusals.insufficient_credits_embed(ENGLISH, short, LUMA, RequestLimits()).description).splitlines()
    assert lines[1] == ENGLISH("refusals-nothing-affordable", model="Luma")
    for left, affordable in ((5, []), (320, [ENGLISH("refusals-affordable", duration="32 s", model="Luma")])):
        queued = Shortfall(BudgetScope.QUEUED, 600, left, UNTIL)
        embed = refusals.insufficient_credits_embed(ENGLISH, queued, LUMA, RequestLimits())
        assert embed.title == ENGLISH("refusals-queue-full-title")
        full = ENGLISH("refusals-queue-full", price="600 credits", left=ENGLISH("units-credits", credits=left))
        assert str(embed.description).splitlines() == [full, *affordable, FREE]


def test_each_model_is_listed_with_what_is_affordable_with_it() -> None:
    short = Shortfall(BudgetScope.SERVER, 600, 50, UNTIL)
    embed = refusals.insufficient_credits_embed(ENGLISH, short, LUMA, RequestLimits())
    refusals.add_affordable_models(ENGLISH, embed, short, (LUMA, VEO), RequestLimits())
    assert str(embed.fields[0].value).splitlines() == [
        ENGLISH("refusals-model-affordable", model="Luma", duration="5 s"),
        ENGLISH("refusals-model-not-affordable", model="Veo"),
    ]


def test_a_blocked_member_reads_what_becomes_of_their_movies() -> None:
    block = Block(UNTIL, "spam")
    text = f"{block_texts.blocked_text(ENGLISH, block)}\n{ENGLISH('refusals-in-progress-finish')}"
    assert refusals.blocked_embed(ENGLISH, block).description == text


@pytest.mark.parametrize(
    ("refused", "lines"),
    [
        (PromptRefused(OWN, 1), [ENGLISH("refusals-prompt")]),
        (PromptRefused(OWN, 2), [ENGLISH("refusals-prompt"), ENGLISH("refusals-prompt-last-one", hours=24)]),
        (PromptRefused(OWN, 3), [ENGLISH("refusals-prompt")]),
        (PromptRefused(OWN, 0), [ENGLISH("refusals-prompt-by-bot")]),
        (
            PromptRefused(OWN, 3, Block(UNTIL, "", is_timeout=True)),
            [ENGLISH("refusals-prompt"), ENGLISH("refusals-prompt-timed-out", time=AT)],
        ),
    ],
)
def test_who_breaks_a_rule_reads_what_follows_and_can_copy_the_prompt(refused: PromptRefused, lines: list[str]) -> None:
    """Words of the bot are not held against the member."""
    embed = refusals.prompt_embed(ENGLISH, refused, "a *fox*")
    yours = ENGLISH("refusals-prompt-yours", prompt=r"a \*fox\*")
    assert str(embed.description).splitlines() == [*lines, FREE, "", yours]


def test_a_message_that_can_not_be_made_into_a_movie_says_whose_choice_that_is() -> None:
    assert refusals.no_message_menu(ENGLISH) == ENGLISH("refusals-menu-off")
    assert refusals.not_own_message(ENGLISH) == ENGLISH("refusals-not-own-message")
    assert refusals.too_fast(ENGLISH, UNTIL) == ENGLISH("refusals-too-fast", time=AT)
