"""How messages and modals look: colors, wide fields, labels and hints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.catalogue import RequestLimits
from bot.domain.credits import Budget, BudgetScope, EntryType, LedgerEntry, Month, Shortfall
from bot.domain.delivery import NotificationType
from bot.domain.filter_rules import OWN, RulesTooLong
from bot.domain.job import EndReason, JobState, RemovedBy
from bot.domain.movie_list import MovieItem, MovieQuery, Page
from bot.domain.movie_report import ReportedMovie, ReportState
from bot.domain.numbered_page import NumberedPage
from bot.domain.order import ConfirmationRule
from bot.domain.pitch import Pitch, PitchState
from bot.domain.preferences import Preferences
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.quota import Block, GuildQuotas
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.ranking import Ranked, Ranking
from bot.domain.report import MonthlyReport
from bot.domain.risk import Refusal, RefusalReason
from bot.domain.server_setup import AccessReason, AccessRefusal, ServerSetup
from bot.locales.message_ids import MessageId
from bot.ui import (
    approvals,
    credits,
    errors,
    job_messages,
    movie_list,
    movie_reports,
    pitch_list,
    pitches,
    preferences,
    privacy,
    quota_admin,
    quotes,
    rankings,
    refusals,
    reports,
    setup_filter,
    setup_modals,
    setup_panel,
    stars,
)
from bot.ui import help as helping
from bot.ui.formatting import BRAND, NEUTRAL, STAR
from tests.helpers.expected_text import ENGLISH, movie_detail
from tests.helpers.factories import ALICE, CATALOGUE, balance, job, request, standing

NOVEMBER = Month(2026, 11)
LUMA = CATALOGUE.video_models[0]
WAITING = job(JobState.AWAITING_APPROVAL, next_run_at=0)
DONE = job(JobState.COMPLETED)
DELETED = replace(DONE, removed_at=1, removed_by=RemovedBy.MEMBER)
PITCH = Pitch("0abc123defghj", 10, 20, 1, request(), 600, PitchState.OPEN, 0, 600_000)
REPORTED = ReportedMovie(DONE, ReportState.REMOVED, 1, ("rude",), decided_by=9)
REPORT = MonthlyReport(
    NOVEMBER, 0, 0, 0, 0, 0, 40, 0, (), (), (), (), server=Budget(1000), plan=Budget(5000), discrepancies=("a",)
)
LIMITS = GuildQuotas(600, None, None, ((1, 5),), ((2, 5),), ((3, Block(None, "")),), None)
CHANGE = LedgerEntry(0, EntryType.GRANT, 0, 50, 0, None, 1, ALICE, 9, "", "")
STATUS = standing(balance())
QUOTE = Quote("0abc123defghj", 2, 3, 4, request(), 400, 0)
PANEL = setup_panel.Panel(ServerSetup(), CATALOGUE)


def insufficient(scope: BudgetScope) -> discord.Embed:
    """Return the refusal of a movie that is too expensive."""
    short = Shortfall(scope, 600, 5, 0)
    embed = refusals.insufficient_credits_embed(ENGLISH, short, LUMA, RequestLimits())
    refusals.add_affordable_models(ENGLISH, embed, short, (LUMA, LUMA), RequestLimits())
    return embed


EMBEDS: dict[str, tuple[Callable[[], discord.Embed], discord.Colour, list[MessageId]]] = {
    "movie that waits for staff": (
        lambda: approvals.request_embed(ENGLISH, WAITING, CATALOGUE),
        BRAND,
        ["approvals-deadline-field"],
    ),
    "movie that staff decided": (
        lambda: approvals.request_embed(ENGLISH, replace(WAITING, state=JobState.QUEUED), CATALOGUE),
        NEUTRAL,
        ["approvals-decision-field"],
    ),
    "movies that wait for staff": (lambda: approvals.list_embed(ENGLISH, NumberedPage((WAITING,), 0, 1, 1)), BRAND, []),
    "account": (
        lambda: credits.account_embed(
            ENGLISH,
            "Alice",
            balance(),
            NOVEMBER,
            [],
            0,
            0,
            None,
            [CHANGE],
            is_own=True,
            guild_id=10,
            catalogue=CATALOGUE,
        ),
        BRAND,
        ["credits-adjustments-field", "credits-receipts-field"],
    ),
    "help": (
        lambda: helping.help_embed(ENGLISH, STATUS, CATALOGUE, ConfirmationRule(300), {}),
        BRAND,
        ["help-status-field", "help-credits-field", "help-prices-field", "help-commands-field"],
    ),
    "card": (lambda: job_messages.job_embed(ENGLISH, job(), CATALOGUE), BRAND, ["cards-status-field"]),
    "list of movies": (
        lambda: movie_list.movie_list_embed(
            ENGLISH, Page((MovieItem(DONE),)), MovieQuery(ALICE), 2, mine=True, catalogue=CATALOGUE
        ),
        BRAND,
        [],
    ),
    "deleted movie": (
        lambda: movie_list.detail_embed(ENGLISH, movie_detail(DELETED), CATALOGUE),
        job_messages.SUCCESS,
        ["movies-deleted-field", "movies-dates-field"],
    ),
    "movie that failed": (
        lambda: movie_list.detail_embed(
            ENGLISH, movie_detail(job(JobState.FAILED, end_reason=EndReason.UPSTREAM_FAILED)), CATALOGUE
        ),
        job_messages.ERROR,
        ["movies-failed-field", "movies-dates-field"],
    ),
    "movie that is made": (
        lambda: movie_list.detail_embed(ENGLISH, movie_detail(job()), CATALOGUE),
        BRAND,
        ["movies-status-field", "movies-dates-field"],
    ),
    "reported movie": (
        lambda: movie_reports.staff_embed(ENGLISH, REPORTED),
        NEUTRAL,
        ["reported-reasons-field", "approvals-decision-field"],
    ),
    "pitch": (lambda: pitches.pitch_embed(ENGLISH, PITCH, CATALOGUE), BRAND, ["pitch-credits-field"]),
    "pitches": (lambda: pitch_list.list_embed(ENGLISH, NumberedPage((PITCH,), 0, 1, 1)), BRAND, []),
    "preferences": (
        lambda: preferences.preferences_embed(ENGLISH, Preferences(unlisted=True), CATALOGUE),
        BRAND,
        ["preferences-choices-field", "preferences-delivery-field", "preferences-listing-field"],
    ),
    "privacy": (
        lambda: privacy.overview_embed(
            ENGLISH, privacy.Policy(90), privacy.Stored(5, waiting=0, open=0, bonus=0, erasing=False, is_empty=False)
        ),
        BRAND,
        ["privacy-kept-field", "privacy-elsewhere-field", "privacy-now-field"],
    ),
    "limits": (
        lambda: quota_admin.limits_embed(ENGLISH, LIMITS),
        BRAND,
        ["quota-roles-field", "quota-members-field", "quota-blocked-field"],
    ),
    "limits of a member": (
        lambda: quota_admin.member_limits_embed(ENGLISH, "Alice", ALICE, balance(), None),
        BRAND,
        [],
    ),
    "quote": (
        lambda: quotes.quote_embed(ENGLISH, QuotePreview(QUOTE, balance(), failed_repeatedly=True), CATALOGUE, LUMA),
        BRAND,
        ["quotes-last-model-field", "quotes-failing-field"],
    ),
    "accepted quote": (lambda: quotes.accepted_embed(ENGLISH), NEUTRAL, []),
    "canceled quote": (lambda: quotes.cancelled_embed(ENGLISH), NEUTRAL, []),
    "quote without a card": (lambda: quotes.not_accepted_embed(ENGLISH), NEUTRAL, []),
    "expired quote": (
        lambda: quotes.unavailable_embed(ENGLISH, QuoteUnavailable(QuoteUnavailableReason.EXPIRED)),
        NEUTRAL,
        [],
    ),
    "best movies": (
        lambda: rankings.ranking_embed(
            ENGLISH, Ranking(NOVEMBER, ((MovieItem(DONE), 5),), (Ranked(7, 4),), (Ranked(8, 600),))
        ),
        STAR,
        ["top-movies-field", "top-makers-field", "top-patrons-field"],
    ),
    "refusal": (lambda: refusals.refusal_embed(ENGLISH, Refusal(RefusalReason.PAUSED)), NEUTRAL, []),
    "refusal of a channel": (lambda: refusals.access_embed(ENGLISH, AccessRefusal(AccessReason.CHANNEL)), NEUTRAL, []),
    "too expensive": (lambda: insufficient(BudgetScope.MEMBER), NEUTRAL, ["refusals-models-field"]),
    "plan used up": (lambda: insufficient(BudgetScope.PLAN), NEUTRAL, []),
    "queue full": (lambda: insufficient(BudgetScope.QUEUED), NEUTRAL, []),
    "refused prompt": (lambda: refusals.prompt_embed(ENGLISH, PromptRefused(OWN, 3), "a fox"), NEUTRAL, []),
    "wrong rules": (lambda: setup_filter.wrong_embed(ENGLISH, RulesTooLong(1001, 500)), NEUTRAL, []),
    "changed rules": (lambda: setup_filter.conflict_embed(ENGLISH), NEUTRAL, []),
    "blocked": (lambda: refusals.blocked_embed(ENGLISH, Block(None, "")), NEUTRAL, []),
    "mistakes": (lambda: errors.validation_embed(ENGLISH, []), NEUTRAL, []),
    "report": (
        lambda: reports.report_embed(ENGLISH, REPORT, CATALOGUE, 0, with_chart=False),
        BRAND,
        ["report-failures-field", "report-lost-field", "report-mismatches-field"],
    ),
    "setup": (
        lambda: setup_panel.panel_embed(ENGLISH, PANEL),
        BRAND,
        [
            "setup-members-field",
            "setup-models-field",
            "setup-defaults-field",
            "setup-gallery-field",
            "setup-staff-field",
            "setup-filter-field",
            "setup-approval-field",
            "setup-community-field",
        ],
    ),
}


@pytest.mark.parametrize("name", EMBEDS)
def test_a_message_has_its_color_and_its_long_fields_are_wide(name: str) -> None:
    """Short fields are beside each other."""
    build, colour, wide = EMBEDS[name]
    embed = build()
    assert embed.colour == colour
    assert [field.name for field in embed.fields if not field.inline] == [ENGLISH(each) for each in wide]


NOTIFICATIONS: dict[NotificationType, Callable[[], job_messages.Message]] = {
    NotificationType.COMPLETED: lambda: job_messages.completed_message(ENGLISH, DONE, None),
    NotificationType.FAILED: lambda: job_messages.failed_message(ENGLISH, job(JobState.FAILED), None),
    NotificationType.UNKNOWN: lambda: job_messages.unknown_message(ENGLISH, job(JobState.UNKNOWN)),
    NotificationType.CANCELLED: lambda: job_messages.cancelled_message(ENGLISH, job(JobState.CANCELLED)),
    NotificationType.FOLLOWED: lambda: job_messages.follower_message(ENGLISH, DONE, [1]),
    NotificationType.STARRED: lambda: stars.gallery_message(ENGLISH, DONE),
}


@pytest.mark.parametrize("type_", NotificationType)
def test_a_notification_has_the_color_and_the_footer_by_which_it_is_recognized(type_: NotificationType) -> None:
    """An earlier attempt's message is not sent twice."""
    embed = NOTIFICATIONS[type_]().embed
    assert embed is not None
    assert (embed.colour, embed.footer.text) == (job_messages.COLOURS[type_], f"ID {DONE.id}")


SHORT_INPUT, PARAGRAPH = discord.TextStyle.short, discord.TextStyle.paragraph
SECONDS = ENGLISH("setup-duration-hint", min=1, max=120)
MODALS: dict[str, tuple[Callable[[], discord.ui.Modal], MessageId, list[tuple[str, str, discord.TextStyle]]]] = {
    "decline": (
        lambda: approvals.decline_modal(ENGLISH, (approvals.DECLINE_SET, WAITING.id)),
        "approvals-decline-modal-title",
        [(ENGLISH("approvals-reason-label"), ENGLISH("approvals-reason-hint"), PARAGRAPH)],
    ),
    "report": (
        lambda: movie_reports.report_modal(ENGLISH, DONE),
        "reported-report-modal-title",
        [(ENGLISH("reported-reason-label"), ENGLISH("reported-reason-hint"), PARAGRAPH)],
    ),
    "block": (
        lambda: movie_reports.block_modal(ENGLISH, REPORTED),
        "reported-block-modal-title",
        [
            (ENGLISH("reported-hours-label"), ENGLISH("reported-hours-hint"), SHORT_INPUT),
            (ENGLISH("reported-block-reason-label"), ENGLISH("reported-block-reason-hint"), SHORT_INPUT),
        ],
    ),
    "amount": (
        lambda: pitches.amount_modal(ENGLISH, PITCH),
        "pitch-other-modal-title",
        [(ENGLISH("pitch-amount-label"), ENGLISH("pitch-amount-hint", credits=600), SHORT_INPUT)],
    ),
    "price": (
        lambda: setup_modals.price_modal(ENGLISH, PANEL),
        "setup-approval-credits-modal-title",
        [(ENGLISH("setup-approval-credits-label"), ENGLISH("setup-approval-credits-hint"), SHORT_INPUT)],
    ),
    "durations": (
        lambda: setup_modals.durations_modal(ENGLISH, PANEL, setup_panel.SetupPage.MODELS),
        "setup-durations-modal-title",
        [
            (ENGLISH("setup-longest-label"), SECONDS, SHORT_INPUT),
            (ENGLISH("setup-default-duration-label"), SECONDS, SHORT_INPUT),
        ],
    ),
    "rules": (
        lambda: setup_filter.rules_modal(ENGLISH, "", ""),
        "setup-rules-modal-title",
        [(ENGLISH("setup-rules-label"), ENGLISH("setup-rules-hint"), PARAGRAPH)],
    ),
}


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_says_what_each_input_is_for(name: str) -> None:
    build, title, inputs = MODALS[name]
    modal: Any = build().to_dict()
    assert modal["title"] == ENGLISH(title)
    shown = [(each["label"], each["description"], each["component"]["style"]) for each in modal["components"]]
    assert shown == [(label, hint, style.value) for label, hint, style in inputs]
