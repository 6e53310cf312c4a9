"""Every button and form of moderation, approval, removal, privacy and /setup, and the custom_ids of old messages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.domain.server_setup import PAGES, SETTINGS, ServerSetup
from bot.domain.setting_kinds import Setting, SetupPage
from bot.ui import (
    approvals,
    button_responses,
    credit_requests,
    movie_reports,
    privacy,
    quota,
    staff_subjects,
)
from bot.ui.components import custom_id, parse_custom_id
from bot.ui.server_setup import FIRST
from cogs.component_router import ComponentRouter
from data.database import Transaction, Value
from data.engine.table_copy import TABLES
from tests.helpers import asking, reporting
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, listed
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import Seen, addresses, answered, custom_ids, everything_shown
from tests.helpers.staff_message import StaffMessage
from tests.helpers.steps import behind_more, completed_movie
from tests.helpers.transactions import read

pytestmark = pytest.mark.both_engines


LEAVE_GALLERY: Final = f"delete-confirm:{button_responses.GALLERY}"
"""Buttons that share their action's name with another, but delete less."""

MORE_OF_APPROVAL: Final = f"{staff_subjects.MORE} of an approval"
OF_CREDITS: Final = tuple(
    f"{each} of a request for credits"
    for each in (staff_subjects.MORE, staff_subjects.BLOCK, staff_subjects.BLOCK_CONFIRM)
)

APART: Final = (LEAVE_GALLERY, MORE_OF_APPROVAL, *OF_CREDITS)
"""What is not named as its action, which another message has, too."""

BLOCK_FORM: Final = {staff_subjects.HOURS: "24", staff_subjects.REASON: "Not here"}

_UNSTEADY: Final = ("rate_limits", "processes", "present_servers")
"""Tables that a press without effect may change."""


@dataclass(frozen=True, slots=True)
class Component:
    """A button, or the form that it opens, as first posted."""

    message_id: int
    custom_id: str
    channel: ChannelHandle
    form: Mapping[str, str] = field(default_factory=dict[str, str])

    async def send(self, bot: AdminHarness, who: MemberActor) -> InteractionResult:
        if self.form:
            return await bot.submit(who, self.custom_id, self.form, self.message_id, channel=self.channel)
        return await bot.press(who, self.message_id, self.custom_id, channel=self.channel)


Components = Mapping[str, Component]
MessageFactory = Callable[[AdminHarness], Awaitable[Components]]


def everything(bot: AdminHarness) -> dict[str, list[tuple[Value, ...]]]:
    def rows(tx: Transaction, table: str) -> list[tuple[Value, ...]]:
        return sorted((tuple(row) for row in tx.fetch_all(f"SELECT * FROM {table}")), key=repr)

    return read(bot.place, lambda tx: {each: rows(tx, each) for each in TABLES if each not in _UNSTEADY})


async def movie(bot: AdminHarness) -> Components:
    """A finished movie of Alice's."""
    seen, job_id = await completed_movie(bot, duration=1), bot.stored_jobs()[-1].id
    asked = [("report",), ("delete",), ("star",), ("delete-confirm",)]
    found = {name: Component(seen.id, custom_id(name, job_id), bot.channel) for (name,) in asked}
    sent = Component(seen.id, custom_id(movie_reports.SEND, job_id), bot.channel, {movie_reports.REASON: "Bad"})
    return {**found, movie_reports.SEND: sent}


async def gallery(bot: AdminHarness) -> Components:
    """A movie of Alice's in the gallery of stars."""
    room = bot.guild.create_text_channel("gallery")
    await configure(bot, gallery=room.id, gallery_stars=1)
    await (await movie(bot))["star"].send(bot, bot.bob)
    await bot.run_until_idle()
    [posted] = room.history()
    action = custom_id("delete-confirm", bot.stored_jobs()[-1].id, button_responses.GALLERY)
    return {LEAVE_GALLERY: Component(posted.id, action, room)}


async def case(bot: AdminHarness) -> Components:
    """Bob's report of Alice's movie."""
    found = await reporting.reported(bot)
    job_id = bot.stored_jobs()[-1].id
    block = Component(found.message_id, custom_id(staff_subjects.BLOCK_CONFIRM, job_id), bot.lines, BLOCK_FORM)
    return {**_buttons(found), staff_subjects.BLOCK_CONFIRM: block}


async def request(bot: AdminHarness) -> Components:
    """A movie of Alice's that waits for staff, and their list."""
    pending = await awaiting(bot, duration=1)
    page = answered(await listed(bot))
    form = custom_id(approvals.DECLINE_SET, bot.stored_jobs()[-1].id)
    return {
        **_buttons(pending),
        MORE_OF_APPROVAL: _buttons(pending)[staff_subjects.MORE],
        approvals.DECLINE_SET: Component(pending.message_id, form, bot.lines, {approvals.REASON: "no"}),
        approvals.PAGE: Component(page.id, custom_id(approvals.PAGE, 0), bot.channel),
    }


async def credits(bot: AdminHarness) -> Components:
    """A request of Alice's for credits, and what asks for some."""
    refusal = await asking.refused(bot)
    ask = Component(refusal.message.id, refusal.custom_ids[credit_requests.ASK], bot.channel)
    await ask.send(bot, bot.alice)
    asked = await asking.newest(bot)
    _, (request_id,) = parse_custom_id(asked.buttons[staff_subjects.MORE]) or ("", ("",))
    more, block, confirm = OF_CREDITS
    forms = {block: staff_subjects.BLOCK, confirm: staff_subjects.BLOCK_CONFIRM}
    forms[staff_subjects.UNBLOCK] = staff_subjects.UNBLOCK
    found = {name: Component(asked.message_id, custom_id(each, request_id), bot.lines) for name, each in forms.items()}
    found[confirm] = replace(found[confirm], form=BLOCK_FORM)
    return {**_buttons(asked), **found, more: _buttons(asked)[staff_subjects.MORE], credit_requests.ASK: ask}


async def queued(bot: AdminHarness) -> Components:
    """The offer to cancel what Alice has queued, after she was blocked."""
    await configure(bot, approval=None)
    await bot.movie(duration=5)
    [offer] = (await bot.quota("block", member=bot.alice)).followups
    return _of(offer, bot.channel)


async def data(bot: AdminHarness) -> Components:
    """The stored data of Alice, and the confirmation of its erasure."""
    await completed_movie(bot, duration=1)
    components = _of(answered(await bot.alice.slash(bot.channel, "privacy")), bot.channel)
    question = answered(await components[privacy.ERASE].send(bot, bot.alice))
    return {**components, **_of(question, bot.channel)}


SHOWN_BY: Final[Mapping[str, Collection[Setting]]] = {
    "first": FIRST,
    "reset": SETTINGS.values(),
    "defaults": PAGES[SetupPage.DEFAULTS],
    "rules": PAGES[SetupPage.RULES],
    "durations": (ServerSetup.longest_seconds, ServerSetup.default_seconds),
    "price": (ServerSetup.approval_credits,),
}
"""The settings that a form or a question of /setup shows."""


async def setup(bot: AdminHarness) -> Components:
    """The panel of /setup with its forms, and an import."""
    seen = answered(await bot.dana.slash(bot.channel, "setup panel"))
    actions = (
        "setup-first-form",
        "setup-gallery",
        "setup-export",
        "setup-import",
        "setup-reset",
        "setup-panel",
        "setup-begin",
    )
    expected = {each: ServerSetup().fingerprint(settings) for each, settings in SHOWN_BY.items()}
    pages = [("setup-section", SetupPage.MODELS), ("setup-page", SetupPage.MODELS)]
    buttons: list[tuple[str, ...]] = [*pages, *((each,) for each in actions)]
    buttons += [("setup-durations", SetupPage.MODELS), ("setup-price",), ("setup-rules",)]
    buttons += [("setup-first", "en-US", expected["first"]), ("setup-reset-confirm", expected["reset"])]
    rules = ("setup-rules-set", expected["rules"])
    forms: dict[tuple[str, ...], dict[str, str]] = {
        ("setup-set", SetupPage.DEFAULTS, expected["defaults"]): {"default_aspect_ratio": "9:16"},
        ("setup-first-set", expected["first"]): {"credits": "300", "language": "en-US"},
        ("setup-import-set",): {"file": ""},
        ("setup-durations-set", SetupPage.MODELS, expected["durations"]): {"longest_seconds": "20"},
        ("setup-price-set", expected["price"]): {"approval_credits": "100"},
        rules: {"rules-0": "gory"},
    }
    return {
        **{each[0]: Component(seen.id, custom_id(*each), bot.channel) for each in buttons},
        **{each[0]: Component(seen.id, custom_id(*each), bot.channel, form) for each, form in forms.items()},
        **await _files(bot, rules),
    }


async def _files(bot: AdminHarness, rules: tuple[str, ...]) -> Components:
    """The components of the answers to invalid rules and to an import."""
    opened = answered(await bot.dana.slash(bot.channel, "setup panel"))
    wrong = answered(await Component(opened.id, custom_id(*rules), bot.channel, {"rules-0": "b*d"}).send(bot, bot.dana))
    file = ("setup.json", b'{"version": 1, "pitch_days": 3}')
    imported = answered(await bot.dana.slash(bot.channel, "setup import", file=file))
    return {**_of(wrong, bot.channel), **_of(imported, bot.channel)}


MESSAGE_FACTORIES: Final[Mapping[MessageFactory, tuple[str, ...]]] = {
    movie: ("report", movie_reports.SEND, "star", "delete", "delete-confirm"),
    gallery: (LEAVE_GALLERY,),
    case: (
        *(movie_reports.REMOVE, movie_reports.DISMISS, staff_subjects.MORE),
        *(staff_subjects.BLOCK, staff_subjects.BLOCK_CONFIRM),
    ),
    credits: (
        *(credit_requests.ASK, credit_requests.GRANT, credit_requests.DECLINE),
        *(*OF_CREDITS, staff_subjects.UNBLOCK),
    ),
    data: (privacy.EXPORT, privacy.ERASE, privacy.CONFIRM, privacy.CONFIRM_WITH_MESSAGES, privacy.KEEP),
    setup: (
        *("setup-begin", "setup-panel", "setup-section", "setup-page", "setup-set"),
        *("setup-first-form", "setup-first", "setup-first-set"),
        *("setup-gallery", "setup-export", "setup-import", "setup-import-set", "setup-reset", "setup-reset-confirm"),
        *("setup-durations", "setup-durations-set", "setup-price", "setup-price-set"),
        *("setup-rules", "setup-rules-set", "setup-rules-fix", "setup-apply", "setup-drop"),
    ),
    request: (MORE_OF_APPROVAL, approvals.APPROVE, approvals.DECLINE, approvals.DECLINE_SET, approvals.PAGE),
    queued: (quota.CANCEL_QUEUED,),
}
"""The messages, and their components. The selects of /setup are in test_every_setting.py."""

FACTORY_OF: Final[Mapping[str, MessageFactory]] = {
    action: make for make, actions in MESSAGE_FACTORIES.items() for action in actions
}


async def all_of_them(bot: AdminHarness) -> Components:
    """Every message in one server."""
    found: dict[str, Component] = {}
    for make_messages, actions in MESSAGE_FACTORIES.items():
        components = await make_messages(bot)
        found |= {action: components[action] for action in actions}
    return found


async def delete_movie(bot: AdminHarness) -> None:
    url = str(bot.stored_jobs()[-1].movie_url)
    [newest] = [each for each in bot.messages() if url in addresses(each)]
    question = answered(await behind_more(bot.alice, newest, "delete"))
    await bot.alice.click(question.message, label=ENGLISH("buttons-delete-movie-button"))


def _buttons(message: StaffMessage) -> Components:
    return {action: Component(message.message_id, each, message.bot.lines) for action, each in message.buttons.items()}


def _of(message: Seen, channel: ChannelHandle) -> Components:
    return {action: Component(message.id, each, channel) for action, each in custom_ids(message).items()}


ELSEWHERE = re.compile(
    r"(quote|movies|preferences|order|pitch)(-.+)?|pitches.*|(un)?follow|target|remix|continue|retry|refresh|receipt|setup"
    r"|versions|cancel(-confirm|-staff)?|more|credits(-csv|-change)?|storyboard|render|stop|scene(-pick)?|dub|subtitles"
    r"|film|help|make|night|top"
)
"""These buttons have tests of their own. All others are pressed here, new ones too."""

OF_SETUP = tuple(each for each in MESSAGE_FACTORIES[setup] if each != "setup-drop")
OF_APPROVALS, OF_REPORTS = MESSAGE_FACTORIES[request][1:], MESSAGE_FACTORIES[case]
OF_SUBJECTS = (staff_subjects.MORE, staff_subjects.BLOCK, staff_subjects.BLOCK_CONFIRM)
OF_REQUESTS = (credit_requests.GRANT, credit_requests.DECLINE)
OF_MANAGERS = (*OF_CREDITS, staff_subjects.UNBLOCK)
CONFIRMATIONS = (privacy.CONFIRM, privacy.CONFIRM_WITH_MESSAGES)
OF_MOVIES = (*MESSAGE_FACTORIES[movie], LEAVE_GALLERY)

NOT_MANAGER = {
    **dict.fromkeys((*OF_SETUP, *OF_REQUESTS, *OF_MANAGERS), ENGLISH("quota-not-allowed")),
    **dict.fromkeys(CONFIRMATIONS, ENGLISH("privacy-not-yours")),
}
NOT_STAFF = {
    **NOT_MANAGER,
    **dict.fromkeys((*OF_REPORTS, MORE_OF_APPROVAL, quota.CANCEL_QUEUED), ENGLISH("refusals-not-staff")),
    **dict.fromkeys(OF_APPROVALS, ENGLISH("approvals-staff-only")),
}

REFUSED: Mapping[str, Mapping[str, str]] = {
    "requester": {
        **{action: text for action, text in NOT_STAFF.items() if action not in CONFIRMATIONS},
        "report": ENGLISH("reported-own"),
        movie_reports.SEND: ENGLISH("reported-own"),
        "star": ENGLISH("stars-none"),
    },
    "member": {
        **NOT_STAFF,
        **dict.fromkeys(("delete", "delete-confirm", LEAVE_GALLERY), ENGLISH("buttons-not-deleter", name="alice")),
    },
    "staff": NOT_MANAGER,
    "manager of another server": {
        **dict.fromkeys(OF_MOVIES, ENGLISH("buttons-unknown-movie")),
        **dict.fromkeys(OF_REPORTS, ENGLISH("reported-unknown")),
        **dict.fromkeys((*OF_SUBJECTS, MORE_OF_APPROVAL, *OF_MANAGERS), ENGLISH("staff-unknown")),
        **dict.fromkeys((approvals.APPROVE, approvals.DECLINE_SET), ENGLISH("approvals-unknown")),
        **dict.fromkeys(OF_REQUESTS, ENGLISH("requests-unknown")),
        approvals.PAGE: ENGLISH("approvals-list-empty"),
        quota.CANCEL_QUEUED: ENGLISH("quota-none-queued"),
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
        {
            *OF_MOVIES,
            *OF_REPORTS,
            MORE_OF_APPROVAL,
            *OF_APPROVALS,
            quota.CANCEL_QUEUED,
            credit_requests.ASK,
            "setup-drop",
        }
        | {privacy.EXPORT, privacy.ERASE, privacy.KEEP}
    ),
    "manager of another server": frozenset(
        {*OF_SETUP, approvals.DECLINE, credit_requests.ASK, "setup-drop", privacy.EXPORT, privacy.KEEP}
    ),
}
"""What they may press: about themselves, or about their own server."""


def test_everyone_may_press_a_button_or_reads_why_not() -> None:
    for who in REFUSED:
        assert {*REFUSED[who]} | ALLOWED[who] == {*FACTORY_OF}, who
        assert not {*REFUSED[who]} & ALLOWED[who], who


async def test_whom_a_button_is_not_for_changes_nothing(bot: AdminHarness) -> None:
    elsewhere = bot.env.create_guild("Elsewhere")
    chief = elsewhere.create_role("Chief", permissions=discord.Permissions(manage_guild=True))
    olga = elsewhere.add_member(bot.env.create_user("olga"), roles=[chief])
    room = elsewhere.create_text_channel("room")
    hello = await olga.send(room, "hello")
    hugo = bot.guild.add_member(bot.env.create_user("hugo"), roles=[bot.stars])
    people = {"requester": bot.alice, "member": bot.bob, "staff": hugo, "manager of another server": olga}
    components = await all_of_them(bot)
    router = bot.app.client.get_cog("ComponentRouter")
    assert isinstance(router, ComponentRouter)
    assert {each for each in router._handlers if not ELSEWHERE.fullmatch(each)} == {*components} - {*APART}
    await configure(bot, staff_roles=(bot.stars.id,))
    before = everything(bot)
    for name, refused in REFUSED.items():
        for action, text in refused.items():
            component = components[action]
            if people[name] is olga:
                component = replace(component, channel=room, message_id=hello.id)
            assert text in everything_shown(await component.send(bot, people[name])), (name, action)
        assert everything(bot) == before, name


BY_ALICE = ("delete", "delete-confirm", credit_requests.ASK, *MESSAGE_FACTORIES[data])
BY_BOB = ("report", movie_reports.SEND, "star")

AGAIN: Mapping[str, Callable[[AdminHarness], str]] = {
    movie_reports.SEND: lambda _: ENGLISH("reported-repeated"),
    "delete-confirm": lambda _: ENGLISH("buttons-deleted-already"),
    LEAVE_GALLERY: lambda _: ENGLISH("buttons-left-gallery"),
    movie_reports.REMOVE: lambda bot: ENGLISH("reported-removed", staff=bot.dana.mention),
    movie_reports.DISMISS: lambda bot: ENGLISH("reported-dismissed", staff=bot.dana.mention),
    staff_subjects.BLOCK_CONFIRM: lambda bot: ENGLISH(
        "reported-blocked", staff=bot.dana.mention, member=bot.alice.mention
    ),
    OF_CREDITS[2]: lambda bot: ENGLISH("staff-blocked", member=bot.alice.mention),
    credit_requests.GRANT: lambda bot: ENGLISH("requests-already-answered", manager=bot.dana.mention),
    credit_requests.DECLINE: lambda bot: ENGLISH("requests-already-answered", manager=bot.dana.mention),
    **dict.fromkeys(CONFIRMATIONS, lambda _: ENGLISH("privacy-nothing")),
    **dict.fromkeys(
        ("setup-set", "setup-first", "setup-first-set", "setup-durations-set", "setup-price-set", "setup-rules-set"),
        lambda _: ENGLISH("setup-title"),
    ),
    "setup-apply": lambda _: ENGLISH("errors-outdated"),
    approvals.APPROVE: lambda bot: ENGLISH("approvals-approved", staff=bot.dana.mention),
    approvals.DECLINE_SET: lambda bot: ENGLISH("approvals-declined-because", staff=bot.dana.mention, reason="no"),
    quota.CANCEL_QUEUED: lambda _: ENGLISH("quota-none-queued"),
    "star": lambda _: ENGLISH("stars-taken-back", stars=0),
}
"""What changes something, and what the second press is answered with. The star is taken back; the file of an import
is gone with its buttons."""


async def pressed(bot: AdminHarness, component: Component, action: str) -> str:
    """Press, and return the answer, which must not be an internal error."""
    who = bot.alice if action in BY_ALICE else bot.bob if action in BY_BOB else bot.dana
    text = everything_shown(await component.send(bot, who))
    assert text, action
    assert ENGLISH("errors-internal") not in text
    return text


INSTEAD = (movie_reports.DISMISS, credit_requests.DECLINE, approvals.DECLINE_SET, "setup-drop")
"""What another button of the same message would forestall."""

LAST = {False: (staff_subjects.BLOCK_CONFIRM, privacy.CONFIRM), True: (OF_CREDITS[2], privacy.CONFIRM_WITH_MESSAGES)}
"""What takes Alice's other matters with it, by whether other buttons are pressed instead."""


@pytest.mark.parametrize("instead", [False, True])
async def test_a_button_of_before_a_restart_works_once(bot: AdminHarness, *, instead: bool) -> None:
    components = await all_of_them(bot)
    await bot.quota("unblock", member=bot.alice)  # the factory of the queued movies blocked her
    await bot.restart()
    later = {*INSTEAD, *LAST[False], *LAST[True]}
    first = INSTEAD if instead else [each for each in FACTORY_OF if each not in later]
    for action in (*first, *LAST[instead]):
        if action in CONFIRMATIONS:
            await bot.finish()  # an erasure waits for what is made
        before = everything(bot)
        await pressed(bot, components[action], action)
        after = everything(bot)
        assert (before != after) == (action in AGAIN), action
        text = await pressed(bot, components[action], action)
        if action in AGAIN:
            assert AGAIN[action](bot) in text, action
        assert (everything(bot) == after) == (action != "star"), action


async def erase(bot: AdminHarness) -> None:
    assert (await bot.app.privacy.erase(bot.alice.id)).done


async def withdraw(bot: AdminHarness) -> None:
    [card] = bot.messages()
    await bot.act(bot.alice, card, "cancel")


DELETED, GONE = ENGLISH("buttons-deleted-already"), ENGLISH("privacy-nothing")
BY_REQUESTER, ERASED = ENGLISH("reported-removed-by-requester"), ENGLISH("staff-erased")

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
        dict.fromkeys((staff_subjects.MORE, staff_subjects.BLOCK, staff_subjects.BLOCK_CONFIRM), ERASED),
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
    bot: AdminHarness, happens: Callable[[AdminHarness], Awaitable[None]], answers: Mapping[str, str]
) -> None:
    components = await FACTORY_OF[next(iter(answers))](bot)
    await happens(bot)
    await bot.restart()
    before = everything(bot)
    for action, expected in answers.items():
        said = expected
        if expected == "approvals-withdrawn":
            said = ENGLISH(expected, member=bot.alice.mention)
        assert said in await pressed(bot, components[action], action), action
    assert everything(bot) == before


JOB, ROW, PRINT = "0000000000000", "0000000000000-000000-0000000000", "123456789abc"
EVER_SENT = f"""
approve:{JOB} approve:{JOB}:1 decline:{JOB} decline:{JOB}:1 pending:2 pending:0:back cancel:{JOB} cancel-confirm:{JOB}
cancel-queued:WHO continue:{JOB} delete:{JOB} delete-confirm:{JOB} follow:{JOB} delete-confirm:{JOB}:gallery
cancel-staff:{JOB} more:{JOB} report-more:{JOB} report-more:{ROW} report-block:{ROW} staff-unblock:{JOB}
staff-unblock:{ROW} movies:WHO:all
receipt:{JOB} refresh:{JOB} remix:{JOB} retry:{JOB} star:{JOB} target:{JOB}:channel target:{JOB}:direct unfollow:{JOB}
versions:{JOB} versions={JOB} help make make:idea setup-begin top:2026-11:1 top:2026-11:1:{JOB}:{JOB}
night:{ROW}:1 credits:WHO:0 credits-ask:2 credits-csv:WHO request-decline:{ROW} request-grant:{ROW}
movies:WHO:all:here:{JOB} movies:WHO:running:newer:{JOB} movies:WHO:running:older:{JOB}
movies-detail:WHO:all:{JOB}:{JOB} movies-filter:WHO=all pitch-add:{JOB}:50 pitch-back:{JOB} pitch-other:{JOB}
pitch-more:{JOB}
pitch-remove:{JOB} pitch-remove-confirm:{JOB} pitch-rest:{JOB}:280 pitch-vote:{JOB} pitch-withdraw:{JOB}
pitch-withdraw-confirm:{JOB} pitches:age:1 pitches:missing:0 pitches:votes:1 pitches-manage={JOB} pitches-sort=missing
preferences:aspect_ratio preferences:image_model preferences:language preferences:subtitles preferences:tone
preferences:video_model preferences-forget preferences-listed:no preferences-listed:yes preferences-page:extras
preferences-page:movie preferences-target:channel privacy-confirm:WHO preferences-target:direct
privacy-confirm-messages:WHO privacy-erase privacy-export privacy-keep quote-accept:{JOB} quote-cancel:{JOB}
quote-edit:{JOB} quote-ideas:{JOB} quote-improve:{JOB} quote-model:{JOB}=LUMA quote-own:{JOB} quote-price:{JOB}
quote-seconds:{JOB}=5 quote-style:{JOB} quote-surprise:{JOB} report:{JOB} report-block:{JOB}
report-dismiss:{JOB} report-remove:{JOB} scene:{JOB} scene:{JOB}:again scene-pick:{JOB}=2
dub:{JOB} subtitles:{JOB} film:{JOB} quote-language:{JOB}=fr quote-subtitles:{JOB}=own quote-movies:{JOB}={JOB}
quote-pitch:{JOB}
setup:age:{PRINT} setup:approval:{PRINT}
setup:approval_fallback:{PRINT} setup:channels:{PRINT} setup:default_aspect_ratio:{PRINT} setup:filter_presets:{PRINT}
setup:default_image_model:{PRINT} setup:default_video_model:{PRINT} setup:gallery:{PRINT} setup:gallery_stars:{PRINT}
setup:gift_credits:{PRINT} setup:image_models:{PRINT} setup:language:{PRINT} setup:message_menu:{PRINT}
setup:movie_night:{PRINT} setup:pitch_days:{PRINT} setup:roles:{PRINT} setup:staff_channel:{PRINT}
setup:staff_roles:{PRINT} setup:trusted_roles:{PRINT} setup:video_models:{PRINT} setup:weekly_recap:{PRINT}
setup-drop setup-durations:models
setup-section:filter setup-section:members setup-section:models
setup-page:approval setup-page:community setup-page:defaults setup-page:filter setup-page:gallery setup-page:members
setup-page:models setup-page:rules setup-page:staff setup-price setup-rules setup-panel setup-first:en-US:{PRINT}
setup-first-form setup-gallery setup-export setup-import setup-reset setup-reset-confirm:{PRINT}
order:{JOB} order-remix:{JOB} order-sequel:{JOB} decline-set:{JOB} decline-set:{JOB}:1 pitch-other-send:{JOB}
report-send:{JOB} credits-change:WHO report-block-confirm:{JOB} report-block-confirm:{ROW}
setup-durations-set:models:{PRINT}
setup-price-set:{PRINT} setup-rules-set:{PRINT} setup-set:members:{PRINT} setup-first-set:{PRINT}
"""
"""The last fifteen are forms. What works on one message only is not here: the drafts and uploads of /setup."""


async def test_every_custom_id_that_was_ever_sent_is_known(bot: AdminHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Buttons under old messages keep working: what is removed from these tables breaks them."""
    panel = answered(await bot.dana.slash(bot.channel, "setup panel")).message
    unknown: list[str] = []
    sent = EVER_SENT.replace("WHO", str(bot.dana.id)).split()
    for each in sent:
        caplog.clear()
        action, _, value = each.partition("=")
        if each in sent[-15:]:
            await bot.submit(bot.dana, f"m:{action}", {}, panel)
        else:
            await bot.press(bot.dana, panel, f"m:{action}", [value] if value else ())
        unknown += [each for message in caplog.messages if message in ("component_unknown", "component_failed")]
    assert unknown == []
