"""Which sentence the staff channel has for each change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.filter_rules import CATEGORIES, OPERATOR
from bot.domain.quota import AuditAction, AuditEntry, AuditReason
from bot.domain.server_setup import Setting
from bot.locales.message_ids import MessageId
from bot.ui import audit_entries
from bot.ui.filter_categories import category_name
from bot.ui.setup_values import setting_name, value_text
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE

TIME = "<t:1794312000:f>"
MEMBER = {"member": f"<@{ALICE}>"}
CREDITS = MEMBER | {"credits": 70}
MOVIE = MEMBER | {"id": "0abc"}
PRICE = MOVIE | {"credits": 70}
LINK = MOVIE | {"link": "https://discord.com/channels/1/20/30"}
CHANNEL = {"channel": f"<#{ALICE}>"}

CHANGES: Mapping[AuditAction, tuple[MessageId, Mapping[str, Any]]] = {
    AuditAction.SET_DEFAULT_LIMIT: ("log-default-set", {"credits": 70}),
    AuditAction.SET_SERVER_LIMIT: ("log-server-set", {"credits": 70}),
    AuditAction.LIMIT_SERVER: ("log-server-limited", {"credits": 70}),
    AuditAction.SET_MEMBER_LIMIT: ("log-member-set", {"subject": f"<@{ALICE}>", "credits": 70}),
    AuditAction.SET_ROLE_LIMIT: ("log-role-set", {"subject": f"<@&{ALICE}>", "credits": 70}),
    AuditAction.GRANT: ("log-granted", CREDITS),
    AuditAction.REVOKE: ("log-removed", CREDITS),
    AuditAction.GIFT: ("log-gifted", CREDITS),
    AuditAction.DECLINE_CREDITS: ("log-credits-declined", CREDITS),
    AuditAction.CANCEL_QUEUED: ("log-queued-cancelled", CREDITS),
    AuditAction.REMOVE_PITCH: ("log-pitch-removed", CREDITS),
    AuditAction.FAILURES_STOPPED: ("log-failures-stopped", CREDITS),
    AuditAction.JOB_UNKNOWN: ("log-movie-unknown", CREDITS),
    AuditAction.JOB_GIVEN_UP: ("log-movie-given-up", CREDITS),
    AuditAction.REQUEST_APPROVAL: ("log-approval-requested", PRICE),
    AuditAction.APPROVE_MOVIE: ("log-movie-approved", PRICE),
    AuditAction.DECLINE_MOVIE: ("log-movie-declined", PRICE),
    AuditAction.LAPSE_APPROVAL: ("log-approval-lapsed", PRICE),
    AuditAction.MOVIE_REMOVED: ("log-movie-deleted", MOVIE),
    AuditAction.GALLERY_REMOVED: ("log-gallery-removed", MOVIE),
    AuditAction.REPORT_DISMISSED: ("log-report-dismissed", MOVIE),
    AuditAction.DELETION_REFUSED: ("log-deletion-refused", LINK),
    AuditAction.DELETION_GIVEN_UP: ("log-deletion-given-up", LINK),
    AuditAction.GALLERY_FAILED: ("log-gallery-failed", CHANNEL),
    AuditAction.MOVIE_NIGHT_FAILED: ("log-movie-night-failed", CHANNEL),
    AuditAction.BLOCK: ("log-blocked-hours", MEMBER | {"hours": 5}),
    AuditAction.TIME_OUT: ("log-timed-out", MEMBER | {"hours": 5}),
    AuditAction.UNBLOCK: ("log-unblocked", MEMBER),
    AuditAction.RESET_USAGE: ("log-usage-reset", MEMBER),
    AuditAction.JOB_RESOLVED: ("log-movie-resolved", MEMBER),
    AuditAction.RESTORE_BACKUP: ("log-backup-restored", MEMBER),
    AuditAction.BLOCK_SERVER: ("log-server-blocked", {}),
    AuditAction.UNBLOCK_SERVER: ("log-server-unblocked", {}),
    AuditAction.PAUSE: ("log-paused", {}),
    AuditAction.RESUME: ("log-resumed", {}),
}
"""A change with every value, and what is said of it."""

CLEARED: Mapping[AuditAction, tuple[MessageId, Mapping[str, Any]]] = {
    AuditAction.SET_DEFAULT_LIMIT: ("log-default-cleared", {}),
    AuditAction.SET_SERVER_LIMIT: ("log-server-cleared", {}),
    AuditAction.LIMIT_SERVER: ("log-server-limit-reset", {}),
    AuditAction.SET_MEMBER_LIMIT: ("log-member-cleared", {"subject": f"<@{ALICE}>"}),
    AuditAction.SET_ROLE_LIMIT: ("log-role-cleared", {"subject": f"<@&{ALICE}>"}),
    AuditAction.BLOCK: ("log-blocked", MEMBER),
}
"""The same without a limit or an end."""

BY_THE_BOT = {
    *(
        AuditAction.JOB_UNKNOWN,
        AuditAction.JOB_GIVEN_UP,
        AuditAction.FAILURES_STOPPED,
        AuditAction.PROMPT_REFUSED,
        AuditAction.TIME_OUT,
    ),
    *(AuditAction.APPROVE_MOVIE, AuditAction.DECLINE_MOVIE, AuditAction.LAPSE_APPROVAL),
    *(AuditAction.GALLERY_FAILED, AuditAction.MOVIE_NIGHT_FAILED),
    *(AuditAction.DELETION_REFUSED, AuditAction.DELETION_GIVEN_UP),
}

REASONS: Mapping[AuditReason, str] = {
    AuditReason.ROLE_DELETED: ENGLISH("log-reason-role-deleted"),
    AuditReason.ENDED_AS_FAILED: ENGLISH("log-reason-failed"),
    AuditReason.REQUESTED: ENGLISH("log-reason-requested"),
    AuditReason.NOT_AGE_RESTRICTED: ENGLISH("log-reason-not-age-restricted"),
    AuditReason.STAFF_UNREACHABLE: ENGLISH("log-reason-staff-unreachable"),
    AuditReason.SUBMISSION_UNCONFIRMED: ENGLISH("log-reason-movie", id="0abc"),
    AuditReason.MAY_BE_SUBMITTED: ENGLISH("log-reason-may-be-ordered", id="0abc"),
    AuditReason.MAY_BE_SENT: ENGLISH("log-reason-may-be-sent", id="0abc"),
    AuditReason.REQUEST_ID_FOUND: ENGLISH("log-reason-request-found", id="65fd0c1"),
}


def entry(action: AuditAction, reason: str = "", *, actor: int = 9, **more: Any) -> AuditEntry:
    """Return a change about Alice, with every value."""
    whole = AuditEntry("1", 1_794_312_000_000, 1, actor, action, ALICE, 70, reason, job_id="0abc", duration_hours=5)
    return replace(whole, **more)


def text(change: AuditEntry) -> str:
    """Return what the staff channel reads."""
    return audit_entries.audit_entry_text(ENGLISH, change, CATALOGUE)


@pytest.mark.parametrize("action", CHANGES)
def test_each_change_has_a_sentence_of_its_own(action: AuditAction) -> None:
    """It names who did it, and doesn't repeat that as a reason."""
    message_id, values = CHANGES[action]
    reason = "20/30" if "link" in values else ""
    actor = ENGLISH("log-bot") if action in BY_THE_BOT else "<@9>"
    assert text(entry(action, reason)) == ENGLISH(
        "log-entry", time=TIME, actor=actor, change=ENGLISH(message_id, **values)
    )


@pytest.mark.parametrize("action", CLEARED)
def test_a_removed_limit_and_a_block_without_an_end_have_sentences_of_their_own(action: AuditAction) -> None:
    message_id, values = CLEARED[action]
    change = entry(action, credits=None, duration_hours=None)
    assert audit_entries.change_confirmation(ENGLISH, change) == f"✅ {ENGLISH(message_id, **values)}"


def test_every_change_is_in_a_table() -> None:
    others = {AuditAction.CHANGE_SETTING, AuditAction.REQUEST_CREDITS, AuditAction.PROMPT_REFUSED}
    assert set(CHANGES) == set(AuditAction) - others


@pytest.mark.parametrize("code", AuditReason)
def test_each_reason_has_words_of_its_own(code: AuditReason) -> None:
    line = text(entry(AuditAction.UNBLOCK, "65fd0c1", reason_code=code))
    assert line.endswith(f" Reason: {REASONS[code]}")


def test_a_changed_setting_has_the_name_and_value_that_setup_shows() -> None:
    change = entry(AuditAction.CHANGE_SETTING, setting=Setting.APPROVAL_CREDITS, setting_value=100)
    name = setting_name(ENGLISH, Setting.APPROVAL_CREDITS)
    value = value_text(ENGLISH, Setting.APPROVAL_CREDITS, 100, CATALOGUE)
    said = ENGLISH("log-setting", setting=name, value=value)
    assert text(change) == ENGLISH("log-entry", time=TIME, actor="<@9>", change=said)
    assert Setting.APPROVAL_CREDITS.value not in said


def test_a_request_for_credits_names_its_member_once() -> None:
    """They did it themselves."""
    asked = ENGLISH("log-credits-requested", **CREDITS)
    assert text(entry(AuditAction.REQUEST_CREDITS, actor=ALICE)) == ENGLISH("log-request", time=TIME, change=asked)
    erased = text(entry(AuditAction.REQUEST_CREDITS, actor=-7, subject_id=-7))
    assert ENGLISH("privacy-unnamed") in erased
    assert "<@" not in erased


@pytest.mark.parametrize("reason", ["", "20/", "/30", "20"])
def test_a_message_that_is_not_known_any_more_has_no_address(reason: str) -> None:
    """A reason is cleared after some time."""
    line = text(entry(AuditAction.DELETION_REFUSED, reason))
    assert line.endswith(ENGLISH("log-deletion-refused", **MOVIE, link="?"))


PROMPT = {"member": f"<@{ALICE}>", "prompt": r"a \|\|fox\|\|"}


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("", ENGLISH("log-prompt-refused", **PROMPT, rule=r"f\*x")),
        (OPERATOR, ENGLISH("log-prompt-refused-operator", **PROMPT)),
        *(
            (each, ENGLISH("log-prompt-refused-preset", **PROMPT, rule=r"f\*x", category=category_name(ENGLISH, each)))
            for each in CATEGORIES
        ),
    ],
)
def test_a_refused_prompt_is_shown_once_as_a_spoiler_with_its_rule(category: str, expected: str) -> None:
    """The operator's rules are not shown."""
    change = entry(AuditAction.PROMPT_REFUSED, "a ||fox||", rule="f*x", rule_category=category)
    assert text(change) == ENGLISH("log-entry", time=TIME, actor=ENGLISH("log-bot"), change=expected)


def test_each_category_of_the_presets_has_its_name() -> None:
    assert {each: category_name(ENGLISH, each) for each in CATEGORIES} == {
        "minors": ENGLISH("log-category-minors"),
        "sexual": ENGLISH("log-category-sexual"),
        "gore": ENGLISH("log-category-gore"),
        "slurs": ENGLISH("log-category-slurs"),
    }
