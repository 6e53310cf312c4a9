"""Every setting of /setup: its form, its effect, and who may choose it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, NamedTuple

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.jobs import Job, JobState
from bot.domain.movie_nights import next_start
from bot.domain.operations import Operation
from bot.domain.refusal import Refused
from bot.domain.request import Problem
from bot.domain.server_setup import RECAP_DAY, SETTINGS, ServerSetup, Weekday
from bot.domain.setting_kinds import Channel, Channels, Roles, Setting, SettingValue, SetupPage
from bot.domain.text import Language
from bot.ui import server_setup, setup_filter
from bot.ui.formatting import format_timestamp
from bot.ui.server_setup import Panel
from data import jobs
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure, kept, listed, newest_job
from tests.helpers.expected_text import ENGLISH, refusal, validation_error
from tests.helpers.ledger_checks import execute, query
from tests.helpers.reading import addresses, answered, ephemeral_text, is_hidden, message_text, response_text
from tests.helpers.settings import CATALOGUE
from tests.helpers.steps import press_star

pytestmark = pytest.mark.both_engines

DAY_MS = 24 * 3_600_000
MENU = ENGLISH("commands-make-movie-menu")
WAITING, QUEUED = JobState.AWAITING_APPROVAL, JobState.QUEUED

Does = Callable[[AdminHarness], Awaitable[None]]

CATALOGUE_ENTRY: Final = '\n[[image_models]]\nkey = "IMAGEN3"\nlabel = "Imagen 3"\n'
"""With only one image model, a server has no choice."""


class Effect(NamedTuple):
    """What a setting does once this is picked or typed for it; a channel or a role is the harness's."""

    given: str
    does: Does


EFFECTS: Final[dict[Setting, Effect]] = {}

OFFERED: Final = {name: each for name, each in SETTINGS.items() if each.of is Operation.MOVIE}
"""Those of every version of the API; tests/data/test_storyboards.py has the others."""


def effect(setting: Setting, given: str = "") -> Callable[[Does], Does]:
    def register(does: Does) -> Does:
        EFFECTS[setting] = Effect(given, does)
        return does

    return register


def given_for(bot: AdminHarness, setting: Setting) -> str:
    match setting:
        case Channel() | Channels():
            return str(bot.lines.id)
        case Roles():
            return str(bot.stars.id)
        case _:
            return EFFECTS[setting].given


def value_of(bot: AdminHarness, setting: Setting) -> SettingValue:
    value = setting.check(setting.parse([given_for(bot, setting)]), bot.catalogue)
    assert not isinstance(value, Refused)
    return value


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, object]:
    """Two image models to choose from; no movie waits for another one."""
    (tmp_path / "catalogue.toml").write_text(CATALOGUE + CATALOGUE_ENTRY, encoding="utf-8")
    return {"max_rendering_jobs": 30, "max_rendering_jobs_per_member": 30}


def star(bot: AdminHarness) -> MemberActor:
    return bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])


async def ordered(bot: AdminHarness, who: MemberActor | None = None, **options: object) -> Job:
    assert not (await bot.movie(who, **options)).ephemeral
    return newest_job(bot)


async def refused(bot: AdminHarness, expected: str) -> None:
    assert ephemeral_text(await bot.movie()) == expected


@effect(ServerSetup.trusted_roles)
async def trusted_roles(bot: AdminHarness) -> None:
    await configure(bot, approval="untrusted")
    assert [(await ordered(bot, who)).state for who in (star(bot), bot.alice)] == [QUEUED, WAITING]


@effect(ServerSetup.approval_fallback, "start")
async def approval_fallback(bot: AdminHarness) -> None:
    await configure(bot, approval="everyone", staff_channel=bot.lines.id)
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50001, times=None)
    job = await ordered(bot)
    await bot.finish()
    assert (await bot.app.database.read(jobs.get, job.id)).state is JobState.COMPLETED


@effect(ServerSetup.channels)
async def channels(bot: AdminHarness) -> None:
    await refused(bot, refusal("refusals-channel", channels=(bot.lines.id,)))
    bot.channel = bot.lines


@effect(ServerSetup.roles)
async def roles(bot: AdminHarness) -> None:
    await refused(bot, refusal("refusals-role", roles=(bot.stars.id,)))
    await ordered(bot, star(bot))


@effect(ServerSetup.video_models, "VEOI2V")
async def video_models(bot: AdminHarness) -> None:
    problem = Problem("errors-video-model", "Luma Dream Machine", ("Google Veo",))
    assert ephemeral_text(await bot.movie(video_model="LUMA")) == validation_error(problem)


@effect(ServerSetup.image_models, "IMAGEN3")
async def image_models(bot: AdminHarness) -> None:
    problem = Problem("errors-image-model", "Flux 1.1 Pro", ("Imagen 3",))
    assert ephemeral_text(await bot.movie(image_model="FLUX1.1PRO")) == validation_error(problem)


@effect(ServerSetup.longest_seconds, "20")
async def longest_seconds(bot: AdminHarness) -> None:
    problem = Problem("errors-duration", "21", ("1", "20"))
    assert ephemeral_text(await bot.movie(duration=21)) == validation_error(problem)


@effect(ServerSetup.default_video_model, "VEOI2V")
async def default_video_model(bot: AdminHarness) -> None:
    assert (await ordered(bot, duration=1)).request.video_model == "VEOI2V"


@effect(ServerSetup.default_image_model, "IMAGEN3")
async def default_image_model(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.image_model == "IMAGEN3"
    await bot.movie(video_model="LUMA", aspect_ratio="9:16", image_model="FLUX1.1PRO")
    assert query(bot.place, "SELECT image_model FROM quotes") == [{"image_model": "FLUX1.1PRO"}]


@effect(ServerSetup.default_seconds, "12")
async def default_seconds(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.duration_seconds == 12


@effect(ServerSetup.default_aspect_ratio, "9:16")
async def default_aspect_ratio(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.aspect_ratio == "9:16"


@effect(ServerSetup.language, "de")
async def language(bot: AdminHarness) -> None:
    assert (await ordered(bot)).server_language is Language.GERMAN


@effect(ServerSetup.message_menu, "off")
async def message_menu(bot: AdminHarness) -> None:
    written = await bot.alice.send(bot.channel, "a fox in the snow")
    assert ephemeral_text(await bot.alice.context_menu(bot.channel, MENU, written)) == ENGLISH("refusals-menu-off")


@effect(ServerSetup.gallery)
async def gallery(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert str(newest_job(bot).movie_url) in addresses(bot.lines.history()[-1])


@effect(ServerSetup.age, "spoiler")
async def age(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert is_hidden(bot.messages()[-1])


@effect(ServerSetup.staff_channel)
async def staff_channel(bot: AdminHarness) -> None:
    for _ in range(2):
        before = len(bot.posted())
        await bot.quota("server", credits=5000)
        await bot.run_until_idle()
        assert len(bot.posted()) > before


@effect(ServerSetup.staff_roles)
async def staff_roles(bot: AdminHarness) -> None:
    assert ephemeral_text(await listed(bot, bot.alice)) == ENGLISH("approvals-staff-only")
    assert ENGLISH("approvals-list-empty") in ephemeral_text(await listed(bot, star(bot)))


@effect(ServerSetup.filter_presets, "en-US/gore")
async def filter_presets(bot: AdminHarness) -> None:
    assert ENGLISH("refusals-prompt") in ephemeral_text(await bot.movie(prompt="a decapitation"))
    await ordered(bot, prompt="a red boat")


@effect(ServerSetup.filter_rules, "balloon")
async def filter_rules(bot: AdminHarness) -> None:
    assert ENGLISH("refusals-prompt") in ephemeral_text(await bot.movie(prompt="a red balloon"))
    await ordered(bot, prompt="a red boat")


@effect(ServerSetup.gallery_stars, "1")
async def gallery_stars(bot: AdminHarness) -> None:
    await configure(bot, gallery=bot.lines.id)
    await ordered(bot, duration=1)
    await bot.finish()
    before = len(bot.lines.history())
    await press_star(bot.bob, bot.messages()[-1])
    await bot.run_until_idle()
    assert len(bot.lines.history()) == before + 1


@effect(ServerSetup.gift_credits, "50")
async def gift_credits(bot: AdminHarness) -> None:
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    texts = [ephemeral_text(await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=n)) for n in (51, 50)]
    assert texts == [
        refusal("gifts-over-bound", credits=50),
        ENGLISH("gifts-given", member=f"<@{bot.bob.id}>", credits=50),
    ]


@effect(ServerSetup.starter_credits, "200")
async def starter_credits(bot: AdminHarness) -> None:
    newcomer = bot.guild.add_member(bot.env.create_user("newcomer"))
    await ordered(bot, newcomer, duration=20)
    await bot.finish()
    refund = ENGLISH("credits-starter", date=format_timestamp(bot.clock.now(), "d"), credits=200)
    assert refund in response_text(await newcomer.slash(bot.channel, "credits"))


@effect(ServerSetup.pitch_days, "3")
async def pitch_days(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
    assert query(bot.place, "SELECT ends_at FROM pitches") == [{"ends_at": bot.clock.now() + 3 * DAY_MS}]


@effect(ServerSetup.weekly_recap, "on")
async def weekly_recap(bot: AdminHarness) -> None:
    await bot.clock.advance(7 * DAY_MS / 1000)  # this week had its movie night, by the setting before
    await ordered(bot)
    await bot.finish()
    await press_star(bot.bob, bot.messages()[-1])
    await bot.run_until_idle((next_start(RECAP_DAY, bot.clock.now()) - bot.clock.now()) / 1000)
    assert ENGLISH("night-recap-title") in message_text(bot.messages()[-1])


@effect(ServerSetup.movie_night, "tuesday")
async def movie_night(bot: AdminHarness) -> None:
    """It is tried after the recap, on a Sunday: a week has one of these messages."""
    await ordered(bot)
    await bot.finish()
    await press_star(bot.bob, bot.messages()[-1])
    await bot.run_until_idle((next_start(Weekday.TUESDAY, bot.clock.now()) - bot.clock.now()) / 1000)
    assert ENGLISH("night-title") in message_text(bot.messages()[-1])


@effect(ServerSetup.approval, "everyone")
async def approval(bot: AdminHarness) -> None:
    assert (await ordered(bot)).state is WAITING


@effect(ServerSetup.approval_credits, "100")
async def approval_credits(bot: AdminHarness) -> None:
    await configure(bot, approval="everyone")
    assert [(await ordered(bot, duration=seconds)).state for seconds in (10, 11)] == [QUEUED, WAITING]


async def opened(bot: AdminHarness) -> discord.Message:
    return answered(await bot.dana.slash(bot.channel, "setup panel")).message


async def choose(bot: AdminHarness, panel: discord.Message, setting: Setting) -> None:
    form = await bot.form(panel, setting.page)
    name = setup_filter.INPUTS[0] if setting is ServerSetup.filter_rules else setting.name
    given = given_for(bot, setting)
    await form.submit(bot.dana, **{name: given if isinstance(form.shown[name], str) else [given]})


async def test_every_setting_is_chosen_in_its_form_and_has_its_effect(bot: AdminHarness) -> None:
    assert {*EFFECTS} == {*OFFERED.values()}
    channel, panel = bot.channel, await opened(bot)
    await bot.quota("default", credits=100_000)
    for setting, each in EFFECTS.items():
        execute(bot.place, "DELETE FROM member_preferences")
        execute(bot.place, "DELETE FROM quotes")
        await choose(bot, panel, setting)
        assert await kept(bot) == ServerSetup().changed({setting: value_of(bot, setting)}), setting
        await each.does(bot)
        await configure(bot, **{name: setting.not_set for name, setting in OFFERED.items()})
        bot.env.backend.faults.clear()
        bot.channel = channel


async def test_only_managers_submit_a_form_and_a_stale_one_changes_nothing(bot: AdminHarness) -> None:
    staff = bot.guild.create_role("Staff")
    helper = bot.guild.add_member(bot.env.create_user("hugo"), roles=[staff])
    await configure(bot, staff_roles=(staff.id,))
    form, logged = await bot.form(await opened(bot), SetupPage.COMMUNITY), len(bot.noted())
    for who in (bot.alice, helper):
        assert ephemeral_text(await form.submit(who, pitch_days=["3"])) == ENGLISH("quota-not-allowed")
    await form.submit(bot.dana, pitch_days=["3"])
    setup = ServerSetup(staff_roles=(staff.id,), pitch_days=3)
    for days, notes in (("3", ()), ("5", (ENGLISH("setup-conflict"),))):
        shown = response_text(await form.submit(bot.dana, pitch_days=[days]))
        assert shown == server_setup.panel_message(ENGLISH, Panel(setup, bot.catalogue), notes).text
    [entry] = bot.audit_entries()[logged:]
    assert (entry.by.actor_id, entry.setting, await kept(bot)) == (bot.dana.id, ServerSetup.pitch_days, setup)
