"""What holds of many messages at once, in every language.

The messages themselves are in the snapshots of tests/unit/ui/test_every_message.py.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.movie_list import MovieItem
from bot.domain.movie_report import ReportedMovie
from bot.domain.pitch import PitchNotice
from bot.domain.quota import AuditAction, Block
from bot.domain.request import Problem
from bot.domain.risk import Refusal
from bot.domain.server_setup import AccessRefusal
from bot.locales.texts import texts_in
from bot.ui import (
    audit_entries,
    block_texts,
    button_responses,
    end_reasons,
    errors,
    job_buttons,
    job_messages,
    movie_receipt,
    movie_reports,
    pitch_notices,
    refusals,
    stars,
    state_labels,
)
from bot.ui.amounts import format_duration
from bot.ui.components import Button, Link
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, balance, job
from tests.helpers.shown import show
from tests.unit.ui import messages, samples
from tests.unit.ui.samples import Outside

USUAL = Outside()
TEXTS = [*map(texts_in, Language)]

ALIKE = {
    "job_status.outage_text": "only an outage that the operator can end is told as one",
    "setup_values.not_set_text": "several settings have the bot's default, none, or all",
}
"""Functions that say the same of several members of an enum, and why."""


def test_each_member_of_an_enum_has_its_own_words_in_every_language() -> None:
    """A member reads which of them it was, and can tell the operator."""
    found: dict[str, list[str]] = {}
    for name, function, hints in messages._functions():
        kinds = [hint for parameter, hint in hints.items() if parameter != "return"]
        enums = [hint for hint in kinds if isinstance(hint, type) and issubclass(hint, enum.Enum)]
        if len(kinds) == 2 and len(enums) == 1 and name not in ALIKE:
            for texts in TEXTS:
                said = Counter(show(function(texts, each)) for each in enums[0])
                found[f"{name} in {texts.language}"] = [words for words, count in said.items() if count > 1]
    assert len(found) > 60
    assert {name: words for name, words in found.items() if words} == {}


def test_no_two_reasons_for_an_end_are_told_alike() -> None:
    for texts in TEXTS:
        told = [end_reasons.reason_text(texts, each) for each in samples.reasons(USUAL).values()]
        assert len({*told}) == len(told)


# ── who pays, who reads ──────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_is_told_that_they_got_back_what_all_paid() -> None:
    """Each paid a share of their own."""
    for name, ended in samples.endings(USUAL).items():
        if ended.pitch_id is None:
            continue
        told = [
            show(job_messages.cancelled_message(ENGLISH, ended)),
            *(show(job_messages.failed_message(ENGLISH, ended, left)) for left in (None, balance())),
            show(job_messages.job_embed(ENGLISH, ended, CATALOGUE)),
            button_responses.receipt(ENGLISH, ended, balance()),
            button_responses.not_cancelled(ENGLISH, ended),
            movie_receipt.receipt(ENGLISH, MovieItem(ended)),
        ]
        together = "Everyone paid their share" if ended.spent else "Everyone got their credits back"
        assert [text for text in told if together not in text] == [], name
        assert [text for text in told if re.search("900|600", text)] == [], name


def test_only_a_direct_message_says_what_a_member_has_left_or_paid() -> None:
    """Others in a channel must not see a member's figures."""
    done, failed = job(JobState.COMPLETED), job(JobState.FAILED)
    assert "1,234 credits" in show(job_messages.completed_message(ENGLISH, done, balance(1234), direct=True))
    assert "1,234 credits" in show(job_messages.failed_message(ENGLISH, failed, balance(1234), direct=True))
    for texts in TEXTS:
        for name, notices in samples.pitches(USUAL)[Sequence[PitchNotice]].items():
            several = [replace(notice, credits=4711) for notice in notices]
            posted = pitch_notices.notice_text(texts, several, direct=False)
            direct = pitch_notices.notice_text(texts, several[:1], direct=True)
            assert "<@7> <@8>" in posted, name
            assert not re.search(r"4.?711", posted), name
            assert re.search(r"4.?711", direct), name
            assert "https://discord.com/channels/2/10/77" in posted
            assert "https://discord.com/channels/2/10/77" in direct
            assert "  " not in posted + direct


def test_the_log_shows_nobodys_usage_and_an_erased_member_has_no_mention() -> None:
    """Only the manager who reset it reads how much it was. There is no pseudonym, either."""
    change = replace(samples.entries(USUAL)["reset_usage"], credits=1234)
    for texts in TEXTS:
        line = audit_entries.audit_entry_text(texts, change, CATALOGUE)
        assert not re.search(r"1.?234", line)
        assert re.search(r"1.?234", audit_entries.change_confirmation(texts, change))
    for action in (AuditAction.GRANT, AuditAction.MOVIE_REMOVED, AuditAction.REQUEST_CREDITS):
        erased = replace(change, action=action, actor_id=-7, subject_id=-8)
        assert not re.search(r"<@|-[78]", audit_entries.audit_entry_text(ENGLISH, erased, CATALOGUE))


def test_staff_may_see_neither_who_reported_nor_the_operators_rule_nor_the_rest_of_the_plan() -> None:
    """Members don't read which rule their prompt broke: who knows it gets around it."""
    hidden = replace(samples.entries(USUAL)["refused by operator"], rule="secret")
    assert "secret" not in audit_entries.audit_entry_text(ENGLISH, hidden, CATALOGUE)
    plan = Shortfall(BudgetScope.PLAN, 660, 59, 1_800_000_000_000)
    embed = refusals.insufficient_credits_embed(ENGLISH, plan, CATALOGUE.video_models[0], RequestLimits())
    assert "59" not in show(embed)
    reported = samples.staff(USUAL)[ReportedMovie]["open"]
    assert re.findall(r"<@\d+>", show(movie_reports.staff_embed(ENGLISH, reported))) == ["<@7>"]


def test_a_refusal_says_that_nothing_was_charged() -> None:
    """But where a member may have paid, it doesn't."""
    for texts in TEXTS:
        free = refusals.not_charged(texts)
        short = [errors.only_in_servers, errors.internal_error, errors.restarting, errors.invalid_option]
        short += [errors.outdated_command, errors.empty_message, refusals.not_own_message]
        said = [refusal(texts) for refusal in (*short, refusals.member_may_not_post)]
        said += [errors.missing_permissions(texts, ("send_messages",)), refusals.too_fast(texts, 0)]
        assert [text for text in said if free not in text or len(text) > 300] == []
        orders = samples.orders(USUAL)
        said = [show(refusals.refusal_embed(texts, each)) for each in orders[Refusal].values()]
        said += [show(refusals.access_embed(texts, each)) for each in orders[AccessRefusal].values()]
        said += [show(errors.validation_embed(texts, each)) for each in orders[Sequence[Problem]].values()]
        assert [text for text in said if free not in text] == []
        assert free not in button_responses.not_found(texts)


@given(
    scope=st.sampled_from([scope for scope in BudgetScope if scope is not BudgetScope.PLAN]),
    left=st.integers(0, 10**5),
    price=st.integers(1, 1000),
)
@settings(max_examples=50)
def test_what_is_affordable_is_never_more_than_what_is_left_or_a_movie_may_be(
    scope: BudgetScope, left: int, price: int
) -> None:
    """The longest movie is two minutes."""
    model = VideoModel("X", "Luma", price, (AspectRatio.WIDE,))
    embed = refusals.insufficient_credits_embed(ENGLISH, Shortfall(scope, 10**6, left, 0), model, RequestLimits())
    assert broken_limits(embed) == []
    seconds = min(120, left // price)
    expected = ENGLISH("refusals-affordable", duration=format_duration(ENGLISH, seconds), model="Luma")
    assert (expected in str(embed.description)) == (seconds > 0)


# ── buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def actions(buttons: tuple[Button | Link, ...]) -> str:
    """Return the buttons' actions; a link is "studio"."""
    return " ".join("studio" if isinstance(each, Link) else str(each.action[0]) for each in buttons)


def test_a_movie_has_the_buttons_that_do_something_for_its_reader() -> None:
    """A manager only deletes. Who paid can make a movie of their own from it."""
    done = job(JobState.COMPLETED)
    cases = {
        "queued": job(JobState.QUEUED),
        "submitting": job(JobState.SUBMITTING),
        "rendering": job(JobState.RENDERING),
        "cancelling": job(JobState.RENDERING, cancel_requested_at=1),
        "unknown": job(JobState.UNKNOWN),
        "queued, forgotten": job(JobState.QUEUED, ""),
        "ready": done,
        "removed": replace(done, removed_at=1),
        "forgotten": job(JobState.COMPLETED, ""),
        "failed": job(JobState.FAILED),
        "shared, queued": job(JobState.QUEUED, pitch_id="p"),
        "shared, rendering": job(JobState.RENDERING, pitch_id="p"),
    }
    shown = {
        name: (
            actions(job_buttons.buttons_of_card(ENGLISH, each, cancellable=True)),
            actions(job_buttons.detail_buttons(ENGLISH, each, mine=True, cancellable=True)),
            actions(job_buttons.detail_buttons(ENGLISH, each, mine=False)),
            actions(job_buttons.payer_buttons(ENGLISH, each)),
        )
        for name, each in cases.items()
    }
    assert shown == {
        "queued": ("cancel follow target", "cancel target", "", ""),
        "submitting": ("follow target", "target", "", ""),
        "rendering": ("cancel follow target", "cancel target", "", ""),
        "cancelling": ("follow target", "target", "", ""),
        "unknown": ("follow target", "target", "", ""),
        "queued, forgotten": ("cancel follow target", "", "", ""),
        "ready": ("", "studio remix continue retry refresh delete", "studio delete", "remix studio"),
        "removed": ("", "remix retry", "", "remix"),
        "forgotten": ("", "delete", "studio delete", "studio"),
        "failed": ("retry", "retry", "", ""),
        "shared, queued": ("cancel follow", "cancel", "", ""),
        "shared, rendering": ("follow", "", "", ""),
    }
    assert actions(job_buttons.buttons_of_card(ENGLISH, cases["rendering"])) == "follow target"


# ── notifications ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_notification_has_the_color_and_the_footer_by_which_it_is_recognized() -> None:
    """An earlier attempt's message is not sent twice, in any language."""
    done = job(JobState.COMPLETED)
    built = {
        NotificationType.COMPLETED: job_messages.completed_message(ENGLISH, done, None),
        NotificationType.FAILED: job_messages.failed_message(ENGLISH, job(JobState.FAILED), None),
        NotificationType.UNKNOWN: job_messages.unknown_message(ENGLISH, job(JobState.UNKNOWN)),
        NotificationType.CANCELLED: job_messages.cancelled_message(ENGLISH, job(JobState.CANCELLED)),
        NotificationType.FOLLOWED: job_messages.follower_message(ENGLISH, done, [1]),
        NotificationType.STARRED: stars.gallery_message(ENGLISH, done),
    }
    embeds = {type_: message.embed or discord.Embed() for type_, message in built.items()}
    assert {type_: embed.colour for type_, embed in embeds.items()} == job_messages.COLOURS
    assert {embed.footer.text for embed in embeds.values()} == {f"ID {done.id}"}
    assert len({colour.value for colour in job_messages.COLOURS.values()}) == len(NotificationType)


def test_who_blocks_a_member_is_told_apart_everywhere() -> None:
    """A manager, the operator and the prompt filter; until when, and why on a line of its own."""
    blocks = samples.orders(USUAL)[Block].values()
    for texts in TEXTS:
        told = [block_texts.blocked_text(texts, replace(block, reason="")) for block in blocks]
        assert len({*told}) == len(told)
        for block in blocks:
            first, *reason = block_texts.blocked_text(texts, block).splitlines()
            assert ("<t:86400:f>" in first) == (block.until is not None)
            assert reason == ([texts("refusals-reason", reason=r"\*why\*")] if block.reason else [])


def test_the_filter_for_open_movies_has_another_name_than_any_state() -> None:
    """It includes waiting movies and those that are being checked."""
    for texts in TEXTS:
        labels = [state_labels.state_label(texts, state).split(maxsplit=1)[1] for state in JobState]
        assert texts("commands-movies-in-progress").casefold() not in map(str.casefold, labels)
