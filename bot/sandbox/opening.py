"""What the demo's page shows when it opens, made by members with the bot's own commands and buttons.

There are a movie with a star, which is also in the gallery, a pitch that members chip in for, and a movie that waits
for staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.domain.approvals import ApprovalScope
from bot.domain.quota import AuditContext
from bot.domain.server_setup import NOTHING_SET, ServerSetup
from bot.domain.setting_kinds import Setting, SettingValue
from bot.sandbox.environment import SandboxEnvironment
from bot.ui import approvals, pitches
from bot.ui.components import actions_of, custom_id
from data import setup_changes

LIGHTHOUSE: Final = "A lighthouse keeper befriends a storm, hand-drawn, warm evening light"
WHALES: Final = "Whales swim through the clouds above a sleeping city"
CLOCKWORK: Final = "A clockwork fox learns to dance in the snow"

APPROVED_CREDITS: Final = 300
"""What a newcomer's movie may cost without an approval."""

_STARS = 1
"""How many stars bring a movie to the gallery."""

_CHIP_INS = (("alice", 50), ("erika", 50), ("yuki", 50))
_TIMEOUT_SECONDS = 60.0


async def set_up(world: SandboxEnvironment) -> None:
    """Set up the server as its manager would with /setup: a gallery, a staff channel, and approval for newcomers."""
    await _change(
        world,
        {
            ServerSetup.gallery: world.gallery.id,
            ServerSetup.gallery_stars: _STARS,
            ServerSetup.approval: ApprovalScope.UNTRUSTED,
            ServerSetup.approval_credits: APPROVED_CREDITS,
            ServerSetup.trusted_roles: (world.regulars.id,),
        },
    )
    await _change(world, {ServerSetup.staff_channel: world.staff.id})  # the last one: it is told of each change


async def play_opening(world: SandboxEnvironment, pitched_seconds: int, approved_seconds: int) -> None:
    """Make what the page shows when it opens. A newcomer's movie of `approved_seconds` waits for staff."""
    alice, bob, carol = (world.people[name] for name in ("alice", "bob", "carol"))
    await order(world, alice, prompt=LIGHTHOUSE, duration=15)
    movie = await wait_for(world, world.channel, "star")
    await press(bob, movie, "star")
    pitched = await bob.slash(world.channel, "pitch", prompt=WHALES, duration=pitched_seconds)
    pitch = message_of(pitched)
    for name, credits in _CHIP_INS:
        await press(world.people[name], pitch, pitches.ADD, str(credits))
    await order(world, carol, prompt=CLOCKWORK, duration=approved_seconds)
    await wait_for(world, world.staff, approvals.APPROVE)


async def order(world: SandboxEnvironment, who: MemberActor, **options: object) -> InteractionResult:
    """Order a movie, and accept its price where it is shown first. Return what the member sees then."""
    answer = await who.slash(world.channel, "movie", **options)
    asked = message_of(answer)
    return answer if find(asked, "quote-accept") is None else await press(who, asked, "quote-accept")


async def wait_for(world: SandboxEnvironment, channel: ChannelHandle, action: str, *last: str) -> discord.Message:
    """Return a channel's newest message with this button, once there is one. See `find`."""

    def found() -> list[discord.Message]:
        return [message for message in channel.history() if find(message, action, *last) is not None]

    assert await world.wait_until(lambda: bool(found()), _TIMEOUT_SECONDS), f"no message has {(action, *last)}"
    return found()[-1]


async def press(who: MemberActor, message: discord.Message, action: str, *last: str) -> InteractionResult:
    """Press a message's button. See `find`."""
    found = find(message, action, *last)
    assert found is not None, f"no {action} on {message}"
    return await who.click(message, custom_id=found)


def find(message: discord.Message, action: str, *last: str) -> str | None:
    """Return the custom_id of the button that does this, None where a message has none.

    `last` are the last arguments of its action.
    """
    found = (given for name, given in actions_of(message) if name == action and given[len(given) - len(last) :] == last)
    return next((custom_id(action, *given) for given in found), None)


def message_of(answer: InteractionResult) -> discord.Message:
    """Return what a command or a press was answered with."""
    assert answer.response is not None, "nothing was answered"
    return answer.response.message


async def _change(world: SandboxEnvironment, changes: Mapping[Setting, SettingValue]) -> None:
    by = AuditContext(world.people["dana"].id, world.guild.id, language=world.languages.server)
    await world.app.database.write(setup_changes.change, changes, NOTHING_SET.fingerprint(changes), by=by)
