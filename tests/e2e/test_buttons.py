"""The buttons of a movie, until it is done and after. Clicks may be stale, malformed or forged."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.movie_list import MovieFilter, PageDirection
from bot.domain.preferences import DeliveryTarget, PreferenceField
from bot.domain.text import MAX_CUSTOM_ID_LENGTH
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.ui import button_responses
from bot.ui.components import MORE_LABEL
from bot.ui.formatting import format_credits
from cogs.component_router import ComponentRouter
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, quote_title, shows_job, unavailable_reason
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import (
    about_movie,
    actions,
    addresses,
    answered,
    custom_ids,
    ephemeral_text,
    everything_shown,
    job_action,
    labels,
    message_text,
)
from tests.helpers.settings import CATALOGUE
from tests.helpers.snapshots import TextFile
from tests.helpers.steps import behind_more, completed_movie, rendering, stored_url

NOTHING = BudgetTotals(used=0, held=0)
WAITING = [ENGLISH("buttons-follow-button"), MORE_LABEL]
ACTIONS = ("cancel", "follow", "target", "remix", "continue", "retry", "refresh", "receipt", "delete", "delete-confirm")


async def test_a_movie_in_the_queue_can_be_cancelled(bot: AdminHarness) -> None:
    await bot.movie(duration=20)
    [card] = bot.messages()
    assert labels(card) == WAITING
    cancel = job_action(card, "cancel")
    refused = ephemeral_text(await bot.press(bot.bob, card, cancel))
    assert refused == button_responses.not_owner(ENGLISH, bot.stored_job())
    assert bot.member() == BudgetTotals(used=0, held=200)
    await bot.restart()
    text = about_movie(await bot.press(bot.alice, card, cancel))
    assert text == button_responses.cancelled(ENGLISH, bot.stored_job())
    again = about_movie(await bot.press(bot.alice, card, cancel))
    assert again == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.member() == NOTHING
    [card] = bot.messages()
    assert (shows_job(card, bot.stored_job()), actions(card)) == (True, ["retry"])
    await bot.finish()
    assert bot.ordered() == 0


async def test_where_the_api_cancels_nothing_a_movie_that_renders_goes_on(bot: AdminHarness) -> None:
    card = await rendering(bot)
    for action in ("cancel", "cancel-confirm"):
        assert about_movie(await bot.act(bot.alice, card, action)) == ENGLISH("buttons-started")
    assert bot.job()["cancel_requested_at"] is None


ODD = """
credits credits:x:0 credits:1:-1 credits:9999999999999999999:0 credits:1:8000000000000000000 credits-csv:
credits-ask:0 credits-ask:7201 credits-ask:x credits-ask: preferences preferences:colour preferences-page
preferences-page:colour preferences-target preferences-target:owl preferences-listed preferences-listed:maybe
"""


async def test_a_press_with_odd_arguments_is_answered_kindly(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.movie(duration=20)
    [card] = bot.messages()
    without = [
        f"m:{action}{end}" for action in (*ACTIONS, "unfollow", "quote-accept", "quote-edit") for end in ("", ":")
    ]
    odd = ("m:cancel:\x00", "m:quote-accept:é", "m:order:x", "m:cancel:'; DROP TABLE jobs", "m:nothing:1", "m::")
    for custom_id in (*without, *odd, "m:quote-accept:1:2:3", *(f"m:{each}" for each in ODD.split())):
        caplog.clear()
        assert ephemeral_text(await bot.press(bot.alice, card, custom_id)) == ENGLISH("errors-outdated"), custom_id
        assert [record for record in caplog.records if record.exc_info] == [], custom_id
        assert "component_unknown" in caplog.messages, custom_id
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_a_press_or_command_while_the_process_ends_asks_to_try_again(bot: AdminHarness) -> None:
    await bot.movie(duration=20)
    bot.app.client.shutting_down = True
    for answer in (await bot.act(bot.alice, bot.messages()[0], "cancel"), await bot.movie(bot.bob)):
        assert ephemeral_text(answer) == ENGLISH("errors-restarting")
    assert bot.member() == BudgetTotals(used=0, held=200)


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


def every_action(bot: AdminHarness) -> list[str]:
    router = bot.app.client.get_cog("ComponentRouter")
    assert isinstance(router, ComponentRouter)
    return sorted(router._handlers)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=50)
async def test_no_custom_id_makes_a_traceback(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    """A manager clicks, so that no permission check hides errors."""
    caplog.clear()
    if not bot.messages():
        await bot.movie(duration=2)
    [card, *_] = bot.messages()
    action = data.draw(st.sampled_from([*every_action(bot), "nothing", ""]))
    known = {"{alice}": str(bot.alice.id), "{job}": bot.stored_jobs()[0].id}
    parts = [known.get(each, each) for each in data.draw(ARGUMENTS)]
    custom_id = ":".join(("m", action, *parts))[:MAX_CUSTOM_ID_LENGTH]
    value = data.draw(st.sampled_from([*NUMBERS, *WORDS, *FORGED]))
    if data.draw(st.booleans()):
        result = await bot.press(bot.dana, card, custom_id, [value] if data.draw(st.booleans()) else ())
    else:
        result = await bot.submit(bot.dana, custom_id, {"prompt": value, "duration": value}, card)
    assert [record.exc_info for record in caplog.records if record.exc_info] == []
    assert "component_failed" not in caplog.messages
    if custom_id != "m:":  # not one of this bot's: it is left to whoever answers it
        assert result.response is not None or result.modal is not None


@pytest.mark.full  # hundreds of presses
async def test_every_press_in_a_direct_message_has_its_answer(bot: AdminHarness, snapshot: SnapshotAssertion) -> None:
    """Most of these buttons are never sent there. Answers that say so are left out."""
    await bot.act(bot.alice, await rendering(bot), "target", "direct")
    await bot.finish()
    [movie], said = bot.direct_messages(bot.alice), list[str]()
    for action in every_action(bot):
        for arguments in ("{job}", "{alice}:0"):
            custom_id = f"m:{action}:{arguments}".format(job=bot.job()["id"], alice=bot.alice.id)
            pressed = await bot.press(bot.alice.user, movie, custom_id, channel=bot.alice.user.dm_channel)
            form = pressed.modal["title"] if pressed.modal else ""
            words = form or everything_shown(pressed).strip() or message_text(bot.direct_messages(bot.alice)[0])
            if words != ENGLISH("errors-outdated"):
                said.append("\n    ".join([f"{action}:{arguments}", *words.splitlines()]))
    text = re.sub(r"\d{15,}", "ID", "\n".join(said)).replace(str(bot.job()["id"]), "{job}")
    assert text + "\n" == snapshot.use_extension(TextFile)


DONE = ["Watch", "Remix", "Continue", "⭐ Star", "⋯"]


async def test_again_shows_the_cost_and_makes_the_same_request_as_a_new_movie(bot: AdminHarness) -> None:
    movie = await completed_movie(bot, prompt="a cat", video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    assert labels(movie) == DONE
    await bot.clock.advance(365 * 24 * 3600)
    raised = CATALOGUE.replace("credits_per_second = 10", "credits_per_second = 11")
    (bot.tmp_path / "catalogue.toml").write_text(raised, encoding="utf-8")
    await bot.restart()
    result = await behind_more(bot.bob, movie, "retry")
    assert quote_title(220) in ephemeral_text(result)
    assert bot.member() == BudgetTotals(used=200, held=0)
    await bot.bob.click(answered(result).message, label=ENGLISH("quotes-accept-button", credits=220))
    first, second = ledger_checks.jobs(bot.path)
    for column in ("prompt", "duration_seconds", "video_model", "image_model", "aspect_ratio"):
        assert first[column] == second[column]
    assert [first["member_id"], second["member_id"]] == [bot.alice.id, bot.bob.id]
    assert bot.budget("member", bot.bob, month="2027-11") == BudgetTotals(used=0, held=220)


async def test_a_failed_movie_is_tried_again_by_anyone_once_for_each_price(bot: AdminHarness) -> None:
    bot.upstream.fail_renders(lambda prompt: "balloon" in prompt)
    await rendering(bot)
    await bot.finish()
    await bot.restart()
    [message] = bot.messages()
    assert actions(message) == ["retry"]
    theirs = await bot.bob.click(message, label=ENGLISH("buttons-retry-button"))
    assert quote_title(200) in ephemeral_text(theirs), "who presses it pays"
    first, second = [await bot.alice.click(message, label=ENGLISH("buttons-retry-button")) for _ in range(2)]
    assert quote_title(200) in ephemeral_text(second)
    assert bot.member() == NOTHING
    make = custom_ids(answered(first))["quote-accept"]
    for _ in range(2):
        await bot.press(bot.alice, answered(first), make)
    assert unavailable_reason(message_text(answered(first))) == "quotes-already-ordered"
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_a_remix_makes_a_movie_of_ones_own_for_each_modal_that_is_sent(bot: AdminHarness) -> None:
    movie = await completed_movie(bot, prompt="a cat", video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    await bot.clock.advance(365 * 24 * 3600)
    await bot.restart()
    forms = [await bot.bob.click(movie, label=ENGLISH("buttons-remix-button")) for _ in range(2)]
    for form, prompt in zip(forms, ("a dog", "a fox"), strict=True):
        fields = {each["component"]["custom_id"]: each["component"] for each in form.modal["components"]}
        assert (fields["prompt"]["value"], fields["seconds"]["value"]) == ("a cat", "20")
        chosen = {
            name: [option["value"] for option in field["options"] if option.get("default")]
            for name, field in fields.items()
            if "options" in field
        }
        assert chosen == {"video_model": ["KLINGIMGTOVIDPRO"], "image_model": ["FLUX1.1PRO"], "aspect_ratio": ["9:16"]}
        await make_by_modal(bot.bob, form, {"prompt": prompt, "seconds": "5"})
    made = [(job["prompt"], job["member_id"]) for job in ledger_checks.jobs(bot.path)]
    assert made == [("a cat", bot.alice.id), ("a dog", bot.bob.id), ("a fox", bot.bob.id)]
    assert shows_job(bot.messages()[-1], bot.stored_jobs()[-1])


async def grow_old(bot: AdminHarness) -> None:
    """Let an hour pass, and start a process whose own tasks first ask the API: SimCord gives them another time."""
    await bot.clock.advance(3600)
    await bot.restart()


def give(bot: AdminHarness, url: str) -> None:
    """Make the API give another link."""

    async def act(exchange: Exchange, proceed: Proceed) -> Reply:
        answer = json.loads((await proceed(exchange)).body)
        return Reply.of({**answer, "result": {"status": "COMPLETED", "url": url}})

    bot.upstream.inject(Fault("another-link", "gives another link", act, (Route.STATUS,)))


async def test_refresh_link_asks_the_api_and_mends_the_message(bot: AdminHarness) -> None:
    movie = await completed_movie(bot)
    given = stored_url(bot)
    fresh = f"{given}?signature=2"
    give(bot, fresh)
    await grow_old(bot)
    ledger_checks.execute(bot.place, "UPDATE outbox SET message_id = NULL")
    result = await behind_more(bot.bob, movie, "refresh")
    assert [each["message_id"] for each in ledger_checks.outbox(bot.path)] == [movie.id], "a press tells where it is"
    assert fresh in addresses(result.followups[0])
    assert result.followups[0].ephemeral
    await bot.run_until_idle()
    mended = bot.messages()[-1]
    assert (message_text(mended), labels(mended)) == (message_text(movie), DONE)
    assert addresses(mended) == [each.replace(given, fresh) if each == given else each for each in addresses(movie)]
    assert stored_url(bot) == fresh
    ledger_checks.execute(bot.place, "UPDATE outbox SET status = 'suppressed', sent_at = NULL")
    for who, status in ((bot.bob, "suppressed"), (bot.alice, "sent")):
        await behind_more(who, mended, "refresh")
        [delivery] = ledger_checks.outbox(bot.path)
        assert delivery["status"] == status, "once its member has the link, the movie is theirs"


async def test_an_archived_message_still_gives_its_link_and_is_edited_later(bot: AdminHarness) -> None:
    movie = await completed_movie(bot)
    await grow_old(bot)
    give(bot, f"{stored_url(bot)}?signature=2")
    bot.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083, times=1)
    result = await behind_more(bot.alice, movie, "refresh")
    assert stored_url(bot) in addresses(result.followups[0])
    for seconds, is_shown in ((0, False), (3599, False), (1, True)):
        await bot.run_until_idle(seconds)
        assert (stored_url(bot) in addresses(bot.messages()[-1])) is is_shown


LEFT = {JobState.COMPLETED: 400, JobState.FAILED: 600}
"""What alice has left of her 600 credits after a movie for 200."""


@pytest.mark.parametrize("state", LEFT)
async def test_a_channel_reads_the_price_and_its_member_the_receipt(bot: AdminHarness, state: JobState) -> None:
    if state is JobState.FAILED:
        bot.upstream.fail_renders(lambda _prompt: True)
    await bot.movie(duration=20)
    early = about_movie(await bot.press(bot.alice, bot.messages()[0], f"m:receipt:{bot.job()['id']}"))
    assert early == ENGLISH("buttons-receipt-open", held=format_credits(ENGLISH, 200))
    await bot.finish()
    assert bot.stored_job().state is state
    message, left = bot.messages()[-1], format_credits(ENGLISH, LEFT[state])
    assert format_credits(ENGLISH, 200) in message_text(message)
    for shown in bot.messages():
        assert left not in message_text(shown)
    receipt = f"m:receipt:{bot.job()['id']}"
    first = ephemeral_text(await bot.press(bot.alice, message, receipt))
    assert f"**{left}**" in first
    assert ENGLISH("buttons-receipts") in first
    text = ephemeral_text(await bot.press(bot.bob, message, receipt))
    assert text == button_responses.not_owner(ENGLISH, bot.stored_job())


async def test_a_receipt_counts_the_roles_in_the_movies_server(bot: AdminHarness) -> None:
    """Discord sends only the roles of the server that is pressed in."""
    star = bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])
    await bot.quota("role", role=bot.stars, credits=900)
    await star.slash(bot.channel, "movie", prompt="a cat", duration=20)
    await bot.finish()
    receipt, left = f"m:receipt:{bot.job()['id']}", f"**{format_credits(ENGLISH, 700)}**"
    assert left in ephemeral_text(await bot.press(star, bot.messages()[-1], receipt))
    elsewhere = bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("room")
    star = elsewhere.add_member(star.user)
    message = await star.send(room, "hello")
    assert left in ephemeral_text(await bot.press(star, message, receipt, channel=room))
