"""Every custom_id with odd arguments gets an error message, no traceback."""

from __future__ import annotations

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery import NotificationType
from bot.domain.discord_limits import MAX_CUSTOM_ID_LENGTH
from bot.domain.movie_list import MovieFilter, PageDirection
from bot.domain.preferences import DeliveryTarget, PreferenceField
from bot.ui import errors
from cogs.component_router import ComponentRouter
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import ephemeral_text

NUMBERS = (
    *("-1", "0", "1", "2", "999999", "1000000", "4000000000"),
    *(str(2**63 + near) for near in (-2, -1, 0, 1)),
    *(str(2**64 + near) for near in (-1, 0)),
    *("9" * 30, "1e3", "1.0", "+1", " 1", "1_000", "0x1", "NaN", "-0", "--1", "\u0661", "\uff11", "\u00b2", "1\n"),
)
"""Pages, and ids of members: negative, beyond 64 bits, digits that Python takes for digits and no client writes."""

WORDS = tuple(
    str(each.value) for kind in (MovieFilter, PageDirection, DeliveryTarget, PreferenceField, NotificationType)
    for each in kind
)  # fmt: skip

FORGED = (
    "",
    "0abc123defghj",
    "0ABC123DEFGHJ",
    "x" * 13,
    "\u0661" * 13,
    "é",
    "'; --",
    "\x00",
    "\ud800",
    "{alice}",
    "{job}",
)

ARGUMENTS = st.one_of(
    st.lists(st.sampled_from([*NUMBERS, *WORDS, *FORGED]) | st.text(max_size=20), max_size=5),
    st.tuples(st.sampled_from([*NUMBERS, "{alice}", "{job}"]), st.sampled_from(NUMBERS)),
)


def actions(admin_bot: AdminHarness) -> list[str]:
    router = admin_bot.app.client.get_cog("ComponentRouter")
    assert isinstance(router, ComponentRouter)
    return sorted(router._handlers)


def failures(records: list[logging.LogRecord]) -> list[str]:
    return [str(record.exc_info) for record in records if record.exc_info]


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=50)
async def test_no_custom_id_makes_a_traceback(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    """A manager clicks, so that no permission check hides errors."""
    caplog.clear()
    if not admin_bot.messages():
        await admin_bot.movie(duration=2)
    [card, *_] = admin_bot.messages()
    action = data.draw(st.sampled_from([*actions(admin_bot), "nothing", ""]))
    footer = card.embeds[0].footer.text if card.embeds else None  # none once an erasure has blanked it
    known = {"{alice}": str(admin_bot.alice.id), "{job}": footer or ""}
    parts = [known.get(each, each) for each in data.draw(ARGUMENTS)]
    custom_id = ":".join(("m", action, *parts))[:MAX_CUSTOM_ID_LENGTH]
    value = data.draw(st.sampled_from([*NUMBERS, *WORDS, *FORGED]))
    if data.draw(st.booleans()):
        result = await admin_bot.press(admin_bot.dana, card, custom_id, [value] if data.draw(st.booleans()) else ())
    else:
        result = await admin_bot.submit(admin_bot.dana, custom_id, {"prompt": value, "duration": value}, card)
    assert failures(caplog.records) == []
    assert "component_failed" not in caplog.messages
    if custom_id != "m:":  # not one of this bot's: it is left to whoever answers it
        assert result.response is not None or result.modal is not None


async def test_a_page_or_member_that_does_not_exist_is_an_odd_press(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """The page is negative, too high or no number, and Discord doesn't know the member."""
    for _ in range(6):
        await admin_bot.movie(duration=1)
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    assert account is not None
    for page in (number for number in NUMBERS if number not in ("0", "1")):
        result = await admin_bot.press(admin_bot.alice, account.id, f"m:credits:{admin_bot.alice.id}:{page}")
        assert ephemeral_text(result) == errors.outdated_command(ENGLISH), ascii(page)
    for action in ("credits:{}:0", "movies:{}:all:next:0000000000000"):
        result = await admin_bot.press(admin_bot.dana, admin_bot.messages()[0], "m:" + action.format(2**62))
        assert result.response is not None
    assert failures(caplog.records) == []
