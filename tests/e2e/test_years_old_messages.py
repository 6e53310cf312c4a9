"""Every button that a community presses, on messages that are years old."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from simcord.actors import MemberActor

from bot.domain.movie_nights import next_start
from bot.domain.pitches import PitchSort
from bot.domain.server_setup import Weekday
from bot.services.privacy import clear_old_data
from bot.ui import approvals, movie_nights, pitches
from bot.ui.components import custom_id, parse_custom_id
from cogs.component_router import ComponentRouter
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure
from tests.helpers.expected_text import ENGLISH, quote_title
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.reading import Seen, answered, custom_ids, everything_shown
from tests.helpers.steps import completed_movie

pytestmark = pytest.mark.both_engines

DAY = 24 * 3600

ELSEWHERE = re.compile(
    r"(quote|credits|request|cancel|delete|report|movies|preferences|privacy|setup)(-.+)?|order(-message)?"
    r"|(un)?follow|target|remix|retry|refresh|receipt"
)
"""These buttons have tests of their own. All others are pressed here, new ones too."""

FORMS: Mapping[str, Mapping[str, str]] = {
    pitches.OTHER_SEND: {pitches.AMOUNT: "20"},
    "order-sequel": {"prompt": "it runs", "seconds": "10"},
    approvals.DECLINE_SET: {approvals.REASON: "no"},
}
"""What is typed: a form may be sent long after it was opened."""

LISTS: Mapping[str, tuple[str | int, ...]] = {
    pitches.PAGE: (PitchSort.MISSING, 0),
    pitches.SORT: (),
    pitches.MANAGE: (),
    approvals.PAGE: (0,),
}
"""What the buttons of lists have behind their action."""

OF_PITCHES = (
    *(pitches.ADD, pitches.REST, pitches.OTHER, pitches.OTHER_SEND, pitches.BACK, pitches.VOTE),
    *(pitches.WITHDRAW, pitches.WITHDRAW_CONFIRM, pitches.REMOVE, pitches.REMOVE_CONFIRM),
)
OF_APPROVALS = (approvals.APPROVE, approvals.DECLINE, approvals.DECLINE_SET, approvals.PAGE)
LAPSED, FUNDED = (f"{ENGLISH('pitch-over')} {ENGLISH(how)}" for how in ("pitch-ended-lapsed", "pitch-ended-funded"))


@dataclass(frozen=True)
class OldMessage:
    """A message, with the custom_ids of its buttons when it was new."""

    message: Seen
    buttons: Mapping[str, str]
    in_staff_channel: bool = False

    def custom_id(self, action: str) -> str:
        if action in LISTS:
            return custom_id(action, *LISTS[action])
        return self.buttons.get(action) or custom_id(action, self.subject)

    @property
    def subject(self) -> str:
        parsed = parse_custom_id(next(iter(self.buttons.values())))
        assert parsed is not None
        return parsed[1][0]


def old(message: Seen) -> OldMessage:
    return OldMessage(message, custom_ids(message))


async def wait(bot: AdminHarness, seconds: float) -> None:
    await bot.clock.advance(seconds)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())


async def pitched(bot: AdminHarness, action: str) -> OldMessage:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=30)
    pitch = old(bot.messages()[-1])
    await bot.press(bot.bob, pitch.message, pitch.buttons[action])
    return pitch


async def posted(bot: AdminHarness) -> dict[str, OldMessage]:
    await configure(bot, movie_night=Weekday.TUESDAY)
    movie = old(await completed_movie(bot, prompt="a cat", duration=1))
    await bot.press(bot.bob, movie.message, movie.buttons["star"])
    await wait(bot, (next_start(Weekday.TUESDAY, bot.clock.now()) - bot.clock.now()) / 1000)
    await bot.run_until_idle()
    night = old(bot.messages()[-1])
    funded = replace(await pitched(bot, pitches.REST), message=movie.message)  # its own becomes a card, and goes
    await bot.finish()
    lapsed = await pitched(bot, pitches.ADD)
    listed = answered(await bot.bob.slash(bot.channel, "pitches"))
    pending = await awaiting(bot)
    request = OldMessage(pending.message, pending.buttons, in_staff_channel=True)
    kinds = {"star": movie, "continue": movie, "order-sequel": movie, movie_nights.PLAY: night}
    kinds |= dict.fromkeys(OF_PITCHES, lapsed) | {f"funded {each}": funded for each in OF_PITCHES}
    kinds |= dict.fromkeys((pitches.PAGE, pitches.SORT), OldMessage(listed, {}))
    kinds[pitches.MANAGE] = lapsed
    return kinds | dict.fromkeys(OF_APPROVALS, request)


def expected(bot: AdminHarness, who: MemberActor, *, forgotten: bool) -> dict[str, str]:
    star = ENGLISH("stars-taken-back", stars=0) if who is bot.bob else ENGLISH("stars-given", stars=1)
    if forgotten:
        star = ENGLISH("stars-gone")
    answers = {
        **dict.fromkeys((*OF_PITCHES, pitches.MANAGE), LAPSED),
        **{f"funded {each}": FUNDED for each in OF_PITCHES},
        **dict.fromkeys((pitches.PAGE, pitches.SORT), ENGLISH("pitches-empty")),
        "star": ENGLISH("stars-own") if who is bot.alice else star,
        "continue": ENGLISH("privacy-not-again") if forgotten else ENGLISH("series-modal-title"),
        "order-sequel": quote_title(100),
        movie_nights.PLAY: ENGLISH("night-over") if forgotten else "Movie 1 of 1",
        approvals.APPROVE: ENGLISH("approvals-lapsed"),
        approvals.DECLINE: ENGLISH("approvals-decline-modal-title"),
        approvals.DECLINE_SET: ENGLISH("approvals-lapsed"),
        approvals.PAGE: ENGLISH("approvals-list-empty"),
    }
    if who is bot.dana:
        return answers
    for each in (pitches.REMOVE, pitches.REMOVE_CONFIRM):
        answers[each] = answers[f"funded {each}"] = ENGLISH("refusals-not-staff")
    return answers | dict.fromkeys(OF_APPROVALS, ENGLISH("approvals-staff-only"))


def routes(bot: AdminHarness) -> set[str]:
    router = bot.app.client.get_cog("ComponentRouter")
    assert isinstance(router, ComponentRouter)
    return {action for action in router._handlers if not ELSEWHERE.fullmatch(action)}


async def answer(bot: AdminHarness, who: MemberActor, action: str, seen: OldMessage) -> str:
    custom = seen.custom_id(action)
    channel = bot.lines if seen.in_staff_channel else bot.channel
    if action in FORMS:
        result = await bot.submit(who, custom, FORMS[action])
    else:
        chosen = seen.subject if action == pitches.MANAGE else PitchSort.AGE
        values = [chosen] if action in (pitches.SORT, pitches.MANAGE) else []
        result = await bot.press(who, seen.message, custom, values, channel=channel)
    return everything_shown(result)


@pytest.mark.parametrize("forgotten", [True, False], ids=["the bot was on", "the bot was off"])
async def test_every_button_is_answered_and_moves_no_credits(bot: AdminHarness, *, forgotten: bool) -> None:
    messages = await posted(bot)
    if forgotten:
        await wait(bot, 30 * DAY)
        await bot.run_until_idle()
    await wait(bot, 1000 * DAY)
    if forgotten:
        await bot.run_until_idle()
        app = bot.app
        await clear_old_data(app.database, app.clock, app.settings.retention_days)
    await bot.restart()
    assert {action.removeprefix("funded ") for action in messages} == routes(bot)
    ledger = query(bot.place, "SELECT * FROM ledger_entries")
    for who in (bot.bob, bot.alice, bot.dana):
        wanted = expected(bot, who, forgotten=forgotten)
        for key, seen in messages.items():
            said = await answer(bot, who, key.removeprefix("funded "), seen)
            assert wanted[key] in said, (key, said)
    assert query(bot.place, "SELECT * FROM ledger_entries") == ledger
    await bot.run_until_idle()
    assert bot.member() == BudgetTotals(used=310, held=0)


JOB, ROW, PRINT = "0000000000000", "0000000000000-000000-0000000000", "123456789abc"
EVER_SENT = f"""
approve:{JOB} approve:{JOB}:1 decline:{JOB} decline:{JOB}:1 pending:2 pending:0:back cancel:{JOB} cancel-confirm:{JOB}
cancel-queued:WHO continue:{JOB} delete:{JOB} delete-confirm:{JOB} follow:{JOB} delete-confirm:{JOB}:gallery
receipt:{JOB} refresh:{JOB} remix:{JOB} retry:{JOB} star:{JOB} target:{JOB}:channel target:{JOB}:direct unfollow:{JOB}
night:{ROW}:1 credits:WHO:0 credits-ask:2 credits-csv:WHO request-decline:{ROW} request-grant:{ROW}
movies:WHO:all:here:{JOB} movies:WHO:running:newer:{JOB} movies:WHO:running:older:{JOB}
movies-detail:WHO:all:{JOB}:{JOB} movies-filter:WHO=all pitch-add:{JOB}:50 pitch-back:{JOB} pitch-other:{JOB}
pitch-remove:{JOB} pitch-remove-confirm:{JOB} pitch-rest:{JOB}:280 pitch-vote:{JOB} pitch-withdraw:{JOB}
pitch-withdraw-confirm:{JOB} pitches:age:1 pitches:missing:0 pitches:votes:1 pitches-manage={JOB} pitches-sort=missing
preferences:aspect_ratio preferences:image_model preferences:language preferences:subtitles preferences:tone
preferences:video_model preferences-forget preferences-listed:no preferences-listed:yes preferences-page:extras
preferences-page:movie preferences-target:channel privacy-confirm:WHO preferences-target:direct
privacy-confirm-messages:WHO privacy-erase privacy-export privacy-keep quote-accept:{JOB} quote-cancel:{JOB}
quote-edit:{JOB} quote-improve:{JOB} quote-own:{JOB} quote-style:{JOB} quote-surprise:{JOB} report:{JOB}
report-block:{JOB} report-dismiss:{JOB} report-remove:{JOB} setup:age:{PRINT} setup:approval:{PRINT}
setup:approval_fallback:{PRINT} setup:channels:{PRINT} setup:default_aspect_ratio:{PRINT} setup:filter_presets:{PRINT}
setup:default_image_model:{PRINT} setup:default_video_model:{PRINT} setup:gallery:{PRINT} setup:gallery_stars:{PRINT}
setup:gift_credits:{PRINT} setup:image_models:{PRINT} setup:language:{PRINT} setup:message_menu:{PRINT}
setup:movie_night:{PRINT} setup:pitch_days:{PRINT} setup:roles:{PRINT} setup:staff_channel:{PRINT}
setup:staff_roles:{PRINT} setup:trusted_roles:{PRINT} setup:video_models:{PRINT} setup-drop setup-durations:models
setup-page:approval setup-page:community setup-page:defaults setup-page:filter setup-page:gallery setup-page:members
setup-page:models setup-page:staff setup-price setup-rules
order:{JOB} order-sequel:{JOB} decline-set:{JOB} decline-set:{JOB}:1 pitch-other-send:{JOB} report-send:{JOB}
report-block-confirm:{JOB} setup-durations-set:models:{PRINT} setup-price-set:{PRINT} setup-rules-set:{PRINT}
"""
"""The last ten are forms. What works on one message only is not here: the drafts of /setup import and its rules."""


async def test_every_custom_id_that_was_ever_sent_is_known(bot: AdminHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Buttons under old messages keep working: what is removed from these tables breaks them."""
    panel = answered(await bot.dana.slash(bot.channel, "setup panel")).message
    unknown: list[str] = []
    for each in EVER_SENT.replace("WHO", str(bot.dana.id)).split():
        caplog.clear()
        action, _, value = each.partition("=")
        if action in EVER_SENT.split()[-10:]:
            await bot.submit(bot.dana, f"m:{action}", {}, panel)
        else:
            await bot.press(bot.dana, panel, f"m:{action}", [value] if value else ())
        unknown += [each for message in caplog.messages if message in ("component_unknown", "component_failed")]
    assert unknown == []
