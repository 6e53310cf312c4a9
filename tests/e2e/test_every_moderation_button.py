"""Every button and form of moderation, approval, removal, privacy and /setup.

Each is pressed by others than it is for, twice, after a restart, and after its subject changed. Buttons of orders and
pitches are in test_years_old_messages.py, the selects of /setup in test_every_setting.py.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping

import discord
import pytest
from simcord.actors import MemberActor

from bot.ui import approvals, credit_requests, errors, movie_reports, privacy, quota_admin
from cogs.component_router import ComponentRouter
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH
from tests.helpers.moderation import (
    FACTORY_OF,
    LEAVE_GALLERY,
    Component,
    all_of_them,
    delete_movie,
    everything,
    text_of,
)

pytestmark = pytest.mark.both_engines

ELSEWHERE = frozenset(
    f"cogs.{name}"
    for name in (
        *("order_components", "quote_prompts", "cancel_buttons", "job_buttons", "sequels", "movie_night"),
        *("pitch_buttons", "pitch_list", "credits", "movies", "preferences"),
    )
)
"""Their buttons have tests of their own. Every other cog's are pressed here, a new one's too."""

OF_SETUP = tuple(each for each in FACTORY_OF if each.startswith("setup-") and each != "setup-drop")
OF_APPROVALS = (approvals.APPROVE, approvals.DECLINE, approvals.DECLINE_SET, approvals.PAGE)
OF_REPORTS = (movie_reports.REMOVE, movie_reports.DISMISS, movie_reports.BLOCK, movie_reports.BLOCK_CONFIRM)
OF_REQUESTS = (credit_requests.GRANT, credit_requests.DECLINE)
CONFIRMATIONS = (privacy.CONFIRM, privacy.CONFIRM_WITH_MESSAGES)
OF_MOVIES = ("report", movie_reports.SEND, "star", "delete", "delete-confirm", LEAVE_GALLERY)

NOT_MANAGER = {
    **dict.fromkeys((*OF_SETUP, *OF_REQUESTS), quota_admin.not_allowed(ENGLISH)),
    **dict.fromkeys(CONFIRMATIONS, ENGLISH("privacy-not-yours")),
}
NOT_STAFF = {
    **NOT_MANAGER,
    **dict.fromkeys((*OF_REPORTS, quota_admin.CANCEL_QUEUED), ENGLISH("refusals-not-staff")),
    **dict.fromkeys(OF_APPROVALS, ENGLISH("approvals-staff-only")),
}

REFUSED: Mapping[str, Mapping[str, str]] = {
    "requester": {
        **{action: text for action, text in NOT_STAFF.items() if action not in CONFIRMATIONS},
        "report": ENGLISH("reported-own"),
        movie_reports.SEND: ENGLISH("reported-own"),
        "star": ENGLISH("stars-own"),
    },
    "member": {
        **NOT_STAFF,
        **dict.fromkeys(("delete", "delete-confirm", LEAVE_GALLERY), ENGLISH("buttons-not-deleter", name="alice")),
    },
    "staff": NOT_MANAGER,
    "manager of another server": {
        **dict.fromkeys(OF_MOVIES, ENGLISH("buttons-unknown-movie")),
        **dict.fromkeys(OF_REPORTS, ENGLISH("reported-unknown")),
        **dict.fromkeys((approvals.APPROVE, approvals.DECLINE_SET), ENGLISH("approvals-unknown")),
        **dict.fromkeys(OF_REQUESTS, ENGLISH("requests-unknown")),
        approvals.PAGE: ENGLISH("approvals-list-empty"),
        quota_admin.CANCEL_QUEUED: quota_admin.queued_cancelled(ENGLISH, 0),
        **dict.fromkeys(CONFIRMATIONS, ENGLISH("privacy-not-yours")),
        privacy.ERASE: ENGLISH("privacy-nothing"),
    },
}
"""What others read than those whom a button is for. What is missing they may press."""

ALLOWED: Mapping[str, frozenset[str]] = {
    "requester": frozenset(
        {"delete", "delete-confirm", LEAVE_GALLERY, credit_requests.ASK, "setup-drop"}
        | {privacy.EXPORT, privacy.ERASE, *CONFIRMATIONS, privacy.KEEP}
    ),
    "member": frozenset(
        {"report", movie_reports.SEND, "star", credit_requests.ASK, "setup-drop"}
        | {privacy.EXPORT, privacy.ERASE, privacy.KEEP}
    ),
    "staff": frozenset(
        {*OF_MOVIES, *OF_REPORTS, *OF_APPROVALS, quota_admin.CANCEL_QUEUED, credit_requests.ASK, "setup-drop"}
        | {privacy.EXPORT, privacy.ERASE, privacy.KEEP}
    ),
    "manager of another server": frozenset(
        {*OF_SETUP, approvals.DECLINE, credit_requests.ASK, "setup-drop", privacy.EXPORT, privacy.KEEP}
    ),
}
"""What they may press: about themselves, or about their own server."""


def hugo(bot: AdminHarness) -> MemberActor:
    """A new member with the role Stars."""
    return bot.guild.add_member(bot.env.create_user("hugo"), roles=[bot.stars])


def routes(bot: AdminHarness) -> set[str]:
    """The actions that the bot answers, except those of other tests."""
    router = bot.app.client.get_cog("ComponentRouter")
    assert isinstance(router, ComponentRouter)
    modules = {action: inspect.getmodule(handler) for action, handler in router._handlers.items()}
    return {action for action, module in modules.items() if module and module.__name__ not in ELSEWHERE}


async def test_every_button_and_form_is_pressed_here(admin_bot: AdminHarness) -> None:
    assert {*FACTORY_OF} - {LEAVE_GALLERY} == routes(admin_bot) - {"setup"}
    for who in REFUSED:
        assert {*REFUSED[who]} | ALLOWED[who] == {*FACTORY_OF}, who
        assert not {*REFUSED[who]} & ALLOWED[who], who


async def test_whom_a_button_is_not_for_changes_nothing(admin_bot: AdminHarness) -> None:
    """Each refusal says why."""
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    chief = elsewhere.create_role("Chief", permissions=discord.Permissions(manage_guild=True))
    olga = elsewhere.add_member(admin_bot.env.create_user("olga"), roles=[chief])
    room = elsewhere.create_text_channel("room")
    hello = await olga.send(room, "hello")
    people = {"requester": admin_bot.alice, "member": admin_bot.bob, "staff": hugo(admin_bot)}
    components = await all_of_them(admin_bot)
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    before = everything(admin_bot)
    for name, refused in REFUSED.items():
        for action, text in refused.items():
            component = components[action]
            if name in people:
                answer = await component.send(admin_bot, people[name])
            else:
                answer = await component.send_in(admin_bot, olga, room, hello.id)
            assert text in text_of(answer), (name, action)
        assert everything(admin_bot) == before, name


# ── twice, and after a restart ───────────────────────────────────────────────────────────────────────────────────

BY_ALICE = (
    "delete",
    "delete-confirm",
    credit_requests.ASK,
    *(each for each in FACTORY_OF if each.startswith("privacy")),
)
BY_BOB = ("report", movie_reports.SEND, "star")

AGAIN: Mapping[str, Callable[[AdminHarness], str]] = {
    movie_reports.SEND: lambda _: ENGLISH("reported-repeated"),
    "delete-confirm": lambda _: ENGLISH("buttons-deleted-already"),
    LEAVE_GALLERY: lambda _: ENGLISH("buttons-left-gallery"),
    movie_reports.REMOVE: lambda bot: ENGLISH("reported-removed", staff=bot.dana.mention),
    movie_reports.DISMISS: lambda bot: ENGLISH("reported-dismissed", staff=bot.dana.mention),
    movie_reports.BLOCK_CONFIRM: lambda bot: ENGLISH(
        "reported-blocked", staff=bot.dana.mention, member=bot.alice.mention
    ),
    credit_requests.GRANT: lambda bot: ENGLISH("requests-already-answered", manager=bot.dana.mention),
    credit_requests.DECLINE: lambda bot: ENGLISH("requests-already-answered", manager=bot.dana.mention),
    **dict.fromkeys(CONFIRMATIONS, lambda _: ENGLISH("privacy-nothing")),
    "setup-durations-set": lambda _: ENGLISH("setup-title"),
    "setup-price-set": lambda _: ENGLISH("setup-title"),
    "setup-rules-set": lambda _: ENGLISH("setup-title"),
    "setup-apply": lambda _: errors.outdated_command(ENGLISH),
    approvals.APPROVE: lambda bot: ENGLISH("approvals-approved", staff=bot.dana.mention),
    approvals.DECLINE_SET: lambda bot: ENGLISH("approvals-declined-because", staff=bot.dana.mention, reason="no"),
    quota_admin.CANCEL_QUEUED: lambda _: quota_admin.queued_cancelled(ENGLISH, 0),
    "star": lambda _: ENGLISH("stars-taken-back", stars=0),
}
"""What changes something, and what the second press is answered with. The star is taken back; the file of an import
is gone with its buttons."""


def presser(bot: AdminHarness, action: str) -> MemberActor:
    """The member whom a button is for."""
    return bot.alice if action in BY_ALICE else bot.bob if action in BY_BOB else bot.dana


async def pressed(bot: AdminHarness, component: Component, action: str) -> str:
    """Press, and return the answer, which must not be an internal error."""
    text = text_of(await component.send(bot, presser(bot, action)))
    assert text, action
    assert errors.internal_error(ENGLISH) not in text
    return text


INSTEAD = (movie_reports.DISMISS, credit_requests.DECLINE, approvals.DECLINE_SET, "setup-drop")
"""What another button of the same message would forestall."""

LAST = {False: (movie_reports.BLOCK_CONFIRM, privacy.CONFIRM), True: (privacy.CONFIRM_WITH_MESSAGES,)}
"""What takes Alice's other matters with it, by whether other buttons are pressed instead."""


@pytest.mark.parametrize("instead", [False, True])
async def test_a_button_of_before_a_restart_works_once(admin_bot: AdminHarness, *, instead: bool) -> None:
    """The others change nothing, however often they are pressed."""
    components = await all_of_them(admin_bot)
    await admin_bot.quota("unblock", member=admin_bot.alice)  # the factory of the queued movies blocked her
    await admin_bot.restart()
    later = {*INSTEAD, *LAST[False], *LAST[True]}
    first = INSTEAD if instead else [each for each in FACTORY_OF if each not in later]
    for action in (*first, *LAST[instead]):
        if action in CONFIRMATIONS:
            await admin_bot.finish()  # an erasure waits for what is made
        before = everything(admin_bot)
        await pressed(admin_bot, components[action], action)
        after = everything(admin_bot)
        assert (before != after) == (action in AGAIN), action
        text = await pressed(admin_bot, components[action], action)
        if action in AGAIN:
            assert AGAIN[action](admin_bot) in text, action
        assert (everything(admin_bot) == after) == (action != "star"), action


# ── meanwhile ────────────────────────────────────────────────────────────────────────────────────────────────────


async def erase(bot: AdminHarness) -> None:
    """Erase Alice's data."""
    assert (await bot.app.privacy.erase(bot.alice.id)).done


async def withdraw(bot: AdminHarness) -> None:
    """Cancel the movie that waits, as Alice."""
    [card] = bot.messages()
    await bot.alice.click(card, label=ENGLISH("buttons-cancel-button"))


DELETED, GONE = ENGLISH("buttons-deleted-already"), ENGLISH("privacy-nothing")
BY_REQUESTER, ERASED = ENGLISH("reported-removed-by-requester"), ENGLISH("reported-erased")

MEANWHILE: Mapping[Callable[[AdminHarness], Awaitable[None]], tuple[Mapping[str, str], ...]] = {
    delete_movie: (
        {
            **dict.fromkeys((movie_reports.SEND, "report", "delete", "delete-confirm"), DELETED),
            "star": ENGLISH("stars-gone"),
        },
        {LEAVE_GALLERY: DELETED},
        dict.fromkeys((movie_reports.REMOVE, movie_reports.DISMISS), BY_REQUESTER),
    ),
    erase: (
        dict.fromkeys((movie_reports.BLOCK, movie_reports.BLOCK_CONFIRM), ERASED),
        dict.fromkeys((privacy.CONFIRM, privacy.ERASE), GONE),
        {privacy.CONFIRM_WITH_MESSAGES: GONE},
    ),
    withdraw: (
        {
            **dict.fromkeys((approvals.APPROVE, approvals.DECLINE_SET), "approvals-withdrawn"),
            approvals.PAGE: ENGLISH("approvals-list-empty"),
        },
    ),
}
"""What happens while a message is open, and what its buttons are answered with then."""


@pytest.mark.parametrize(
    ("happens", "answers"), [(each, answers) for each, messages in MEANWHILE.items() for answers in messages]
)
async def test_a_button_whose_matter_has_ended_says_so_and_changes_nothing(
    admin_bot: AdminHarness, happens: Callable[[AdminHarness], Awaitable[None]], answers: Mapping[str, str]
) -> None:
    """The buttons of one message are pressed after a restart."""
    components = await FACTORY_OF[next(iter(answers))](admin_bot)
    await happens(admin_bot)
    await admin_bot.restart()
    before = everything(admin_bot)
    for action, expected in answers.items():
        said = expected
        if expected == "approvals-withdrawn":
            said = ENGLISH(expected, member=admin_bot.alice.mention)
        assert said in await pressed(admin_bot, components[action], action), action
    assert everything(admin_bot) == before
