"""Every button and form of moderation, approval, removal, privacy and /setup."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.domain.server_setup import ServerSetup, Setting
from bot.ui import approvals, credit_requests, deletions, movie_reports, privacy, quota_admin, setup_modals
from bot.ui.components import custom_id
from bot.ui.setup_panel import SetupPage
from data.database import Transaction, Value
from data.table_copy import TABLES
from tests.helpers import asking, reporting
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, listed
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import Seen, custom_ids, message_text
from tests.helpers.staff_message import StaffMessage
from tests.helpers.steps import completed_movie
from tests.helpers.transactions import read

LEAVE_GALLERY: Final = f"delete-confirm:{deletions.GALLERY}"
"""Buttons that share their action's name with another, but delete less."""

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
        """Press the button, or send the form."""
        return await self.send_in(bot, who, self.channel, self.message_id)

    async def send_in(
        self, bot: AdminHarness, who: MemberActor, channel: ChannelHandle, message_id: int
    ) -> InteractionResult:
        """Press the button, or send the form, in a given message.

        A client does so only in the button's own message.
        """
        if self.form:
            return await bot.submit(who, self.custom_id, self.form, message_id, channel=channel)
        return await bot.press(who, message_id, self.custom_id, channel=channel)


Components = Mapping[str, Component]
MessageFactory = Callable[[AdminHarness], Awaitable[Components]]


def everything(bot: AdminHarness) -> dict[str, list[tuple[Value, ...]]]:
    """Return every row that a press may change."""
    tables = [each for each in TABLES if each not in _UNSTEADY]
    return read(bot.place, lambda tx: {each: _rows(tx, each) for each in tables})


def text_of(result: InteractionResult) -> str:
    """Return all that a member sees of a response."""
    shown = [] if result.response is None else [message_text(result.response)]
    return "\n".join([*shown, *map(message_text, result.followups), str(result.modal or "")])


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
    components = await movie(bot)
    await components["star"].send(bot, bot.bob)
    await bot.run_until_idle()
    [posted] = room.history()
    action = custom_id("delete-confirm", bot.stored_jobs()[-1].id, deletions.GALLERY)
    return {LEAVE_GALLERY: Component(posted.id, action, room)}


async def case(bot: AdminHarness) -> Components:
    """Bob's report of Alice's movie."""
    found = await reporting.reported(bot)
    job_id = bot.stored_jobs()[-1].id
    form = {movie_reports.HOURS: "24", movie_reports.REASON: "Not here"}
    block = Component(found.message_id, custom_id(movie_reports.BLOCK_CONFIRM, job_id), bot.lines, form)
    return {**_buttons(found), movie_reports.BLOCK_CONFIRM: block}


async def request(bot: AdminHarness) -> Components:
    """A movie of Alice's that waits for staff, and their list."""
    pending = await awaiting(bot, duration=1)
    page = (await listed(bot)).response
    assert page is not None
    form = custom_id(approvals.DECLINE_SET, bot.stored_jobs()[-1].id)
    return {
        **_buttons(pending),
        approvals.DECLINE_SET: Component(pending.message_id, form, bot.lines, {approvals.REASON: "no"}),
        approvals.PAGE: Component(page.id, custom_id(approvals.PAGE, 0), bot.channel),
    }


async def credits(bot: AdminHarness) -> Components:
    """A request of Alice's for credits, and what asks for some."""
    refusal = await asking.refused(bot)
    ask = Component(refusal.message.id, refusal.custom_ids[credit_requests.ASK], bot.channel)
    await ask.send(bot, bot.alice)
    return {**_buttons(await asking.newest(bot)), credit_requests.ASK: ask}


async def queued(bot: AdminHarness) -> Components:
    """The offer to cancel what Alice has queued, after she was blocked."""
    await configure(bot, approval=None)
    await bot.movie(duration=5)
    [offer] = (await bot.quota("block", member=bot.alice)).followups
    return _of(offer, bot.channel)


async def data(bot: AdminHarness) -> Components:
    """The stored data of Alice, and the confirmation of its erasure."""
    await completed_movie(bot, duration=1)
    overview = (await bot.alice.slash(bot.channel, "privacy")).response
    assert overview is not None
    components = _of(overview, bot.channel)
    question = (await components[privacy.ERASE].send(bot, bot.alice)).response
    assert question is not None
    return {**components, **_of(question, bot.channel)}


async def setup(bot: AdminHarness) -> Components:
    """The panel of /setup with its forms, and an import."""
    seen = (await bot.dana.slash(bot.channel, "setup panel")).response
    assert seen is not None
    nothing = ServerSetup()
    buttons: list[tuple[str, ...]] = [("setup-page", SetupPage.MODELS), ("setup-durations", SetupPage.MODELS)]
    buttons += [("setup-price",), ("setup-rules",)]
    durations = ("setup-durations-set", SetupPage.MODELS, nothing.fingerprint(setup_modals.DURATIONS))
    price = ("setup-price-set", nothing.fingerprint([Setting.APPROVAL_CREDITS]))
    rules = ("setup-rules-set", nothing.fingerprint([Setting.FILTER_RULES]))
    forms = {
        durations: {"longest_seconds": "20", "default_seconds": ""},
        price: {"approval_credits": "100"},
        rules: {"rules-0": "gory"},
    }
    return {
        **{each[0]: Component(seen.id, custom_id(*each), bot.channel) for each in buttons},
        **{each[0]: Component(seen.id, custom_id(*each), bot.channel, form) for each, form in forms.items()},
        **await _files(bot, rules),
    }


async def _files(bot: AdminHarness, rules: tuple[str, ...]) -> Components:
    """The components of the answers to invalid rules and to an import."""
    opened = (await bot.dana.slash(bot.channel, "setup panel")).response
    assert opened is not None
    wrong = (
        await Component(opened.id, custom_id(*rules), bot.channel, {"rules-0": "b*d"}).send(bot, bot.dana)
    ).response
    file = ("setup.json", b'{"version": 1, "pitch_days": 3}')
    imported = (await bot.dana.slash(bot.channel, "setup import", file=file)).response
    assert wrong is not None
    assert imported is not None
    return {**_of(wrong, bot.channel), **_of(imported, bot.channel)}


MESSAGE_FACTORIES: Final[Mapping[MessageFactory, tuple[str, ...]]] = {
    movie: ("report", movie_reports.SEND, "star", "delete", "delete-confirm"),
    gallery: (LEAVE_GALLERY,),
    case: (movie_reports.REMOVE, movie_reports.DISMISS, movie_reports.BLOCK, movie_reports.BLOCK_CONFIRM),
    credits: (credit_requests.ASK, credit_requests.GRANT, credit_requests.DECLINE),
    data: (privacy.EXPORT, privacy.ERASE, privacy.CONFIRM, privacy.CONFIRM_WITH_MESSAGES, privacy.KEEP),
    setup: (
        *("setup-page", "setup-durations", "setup-durations-set", "setup-price", "setup-price-set"),
        *("setup-rules", "setup-rules-set", "setup-rules-fix", "setup-apply", "setup-drop"),
    ),
    request: (approvals.APPROVE, approvals.DECLINE, approvals.DECLINE_SET, approvals.PAGE),
    queued: (quota_admin.CANCEL_QUEUED,),
}
"""The messages, and their components. The selects of /setup are in panel.py."""

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
    """Delete the newest movie, as Alice."""
    url = str(bot.stored_jobs()[-1].movie_url)
    [newest] = [each for each in bot.messages() if url in each.content]
    question = (await bot.alice.click(newest, label=ENGLISH("buttons-delete-button"))).response
    assert question is not None
    await bot.alice.click(question.message, label=ENGLISH("buttons-delete-movie-button"))


def _rows(tx: Transaction, table: str) -> list[tuple[Value, ...]]:
    return sorted((tuple(row) for row in tx.fetch_all(f"SELECT * FROM {table}")), key=repr)


def _buttons(message: StaffMessage) -> Components:
    return {action: Component(message.message_id, each, message.bot.lines) for action, each in message.buttons.items()}


def _of(message: Seen, channel: ChannelHandle) -> Components:
    return {action: Component(message.id, each, channel) for action, each in custom_ids(message).items()}
