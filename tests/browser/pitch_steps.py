"""Members' steps with pitches in the demo's server."""

from __future__ import annotations

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.pitch import MAX_OPEN_PITCHES, PitchSort
from bot.sandbox.environment import SandboxEnvironment
from bot.ui import pitch_list, pitches
from bot.ui.components import custom_id
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import custom_ids

_SECONDS = 10


async def with_pitches(sandbox: SandboxEnvironment) -> None:
    """List six pitches; fund one, withdraw one and remove one.

    Each button's id stays the same until its press: no pitch but the first is changed before.
    """
    alice, bob, dana = (sandbox.people[name] for name in ("alice", "bob", "dana"))
    pitch, withdrawn, removed = [await _pitched(sandbox, alice, number) for number in range(MAX_OPEN_PITCHES)]
    of_dana = [await _pitched(sandbox, dana, number) for number in range(pitch_list.PAGE_SIZE + 1 - MAX_OPEN_PITCHES)]
    listed = _shown(await bob.slash(sandbox.channel, "pitches"))
    await bob.click(listed, label=ENGLISH("pitches-next-button"))
    await bob.select(listed, [PitchSort.AGE.value], custom_id=custom_id(pitch_list.SORT))
    buttons = custom_ids(pitch)
    for action in (pitches.ADD, pitches.VOTE, pitches.BACK):
        await bob.click(pitch, custom_id=buttons[action])
    form = await bob.click(pitch, custom_id=buttons[pitches.OTHER])
    await bob.submit_modal(form, {pitches.AMOUNT: "5"})
    await bob.click(of_dana[0], custom_id=custom_ids(of_dana[0])[pitches.REST])
    await _confirm(alice, withdrawn, pitches.WITHDRAW)
    await _confirm(dana, removed, pitches.REMOVE)


async def _pitched(sandbox: SandboxEnvironment, member: MemberActor, number: int) -> discord.Message:
    """A member's pitch."""
    return _shown(await member.slash(sandbox.channel, "pitch", prompt=f"boat {number}", duration=_SECONDS))


async def _confirm(member: MemberActor, pitch: discord.Message, action: str) -> None:
    """Press a button, and the one beneath its question."""
    question = _shown(await member.click(pitch, custom_id=custom_ids(pitch)[action]))
    [confirm] = custom_ids(question).values()
    await member.click(question, custom_id=confirm)


def _shown(result: InteractionResult) -> discord.Message:
    assert result.response is not None
    return result.response.message
