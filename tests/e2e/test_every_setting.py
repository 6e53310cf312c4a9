"""Every setting of /setup: what a manager chooses holds after a restart.

A setting without an effect here makes a test fail.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.domain.gift import GiftRefusal, GiftRefused
from bot.domain.job import Job, JobState
from bot.domain.language import Language
from bot.domain.movie_night import next_start
from bot.domain.request import Problem, ProblemCode
from bot.domain.server_setup import AccessReason, AccessRefusal, ServerSetup, Setting, SettingValue, Weekday
from bot.domain.setup_document import write_document
from bot.ui import gifts, refusals, setup_files
from data import jobs
from tests.helpers import settings
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure, listed, newest_job
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH, embed_text, validation_error
from tests.helpers.ledger_checks import query
from tests.helpers.panel import CATALOGUE_ENTRY, choices, kept, opened
from tests.helpers.reading import ephemeral_text, message_text, response_text

pytestmark = pytest.mark.both_engines

DAY_MS = 24 * 3_600_000
MENU, STAR = ENGLISH("commands-make-movie-menu"), ENGLISH("stars-star-button")
WAITING, QUEUED = JobState.AWAITING_APPROVAL, JobState.QUEUED

Effect = Callable[[AdminHarness], Awaitable[None]]


@pytest.fixture
async def admin_bot(tmp_path: Path, database_url: str) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs, with two image models to choose from."""
    (tmp_path / "catalogue.toml").write_text(settings.CATALOGUE + CATALOGUE_ENTRY, encoding="utf-8")
    async with open_admin_harness(tmp_path, database_url=database_url) as bot:
        yield bot


def star(bot: AdminHarness) -> MemberActor:
    """A new member with the role Stars."""
    return bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])


async def ordered(bot: AdminHarness, who: MemberActor | None = None, **options: object) -> Job:
    """Order a movie, and return it."""
    assert not (await bot.movie(who, **options)).ephemeral
    return newest_job(bot)


async def refused(bot: AdminHarness, reason: AccessReason, allowed: int) -> None:
    """Check that an order is refused for this reason."""
    expected = embed_text(refusals.access_embed(ENGLISH, AccessRefusal(reason, (allowed,))))
    assert ephemeral_text(await bot.movie()) == expected


async def channels(bot: AdminHarness) -> None:
    await refused(bot, AccessReason.CHANNEL, bot.lines.id)


async def roles(bot: AdminHarness) -> None:
    await refused(bot, AccessReason.ROLE, bot.stars.id)
    await ordered(bot, star(bot))


async def video_models(bot: AdminHarness) -> None:
    problem = Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "Luma Dream Machine", ("Google Veo",))
    assert ephemeral_text(await bot.movie(video_model="LUMA")) == validation_error(problem)


async def image_models(bot: AdminHarness) -> None:
    problem = Problem(ProblemCode.IMAGE_MODEL_UNKNOWN, "Flux 1.1 Pro", ("Imagen 3",))
    assert ephemeral_text(await bot.movie(image_model="FLUX1.1PRO")) == validation_error(problem)


async def longest_seconds(bot: AdminHarness) -> None:
    problem = Problem(ProblemCode.SECONDS_OUT_OF_RANGE, "21", ("1", "20"))
    assert ephemeral_text(await bot.movie(duration=21)) == validation_error(problem)


async def default_video_model(bot: AdminHarness) -> None:
    assert (await ordered(bot, duration=1)).request.video_model == "VEOI2V"


async def default_image_model(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.image_model == "IMAGEN3"
    await bot.movie(video_model="LUMA", aspect_ratio="9:16", image_model="FLUX1.1PRO")
    assert query(bot.place, "SELECT image_model FROM quotes") == [{"image_model": "FLUX1.1PRO"}]


async def default_seconds(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.duration_seconds == 12


async def default_aspect_ratio(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.aspect_ratio == "9:16"


async def language(bot: AdminHarness) -> None:
    assert (await ordered(bot)).server_language is Language.GERMAN


async def message_menu(bot: AdminHarness) -> None:
    written = await bot.alice.send(bot.channel, "a fox in the snow")
    pressed = await bot.alice.context_menu(bot.channel, MENU, written)
    assert ephemeral_text(pressed) == refusals.no_message_menu(ENGLISH)


async def gallery(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert str(bot.job()["movie_url"]) in bot.lines.history()[-1].content


async def age(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert f"|| {bot.job()['movie_url']} ||" in bot.messages()[-1].content


async def staff_channel(bot: AdminHarness) -> None:
    await bot.run_until_idle()
    assert len(bot.posted()) == 1
    await bot.quota("server", credits=5000)
    await bot.run_until_idle()
    assert len(bot.posted()) == 2


async def staff_roles(bot: AdminHarness) -> None:
    assert ephemeral_text(await listed(bot, bot.alice)) == ENGLISH("approvals-staff-only")
    assert ENGLISH("approvals-list-empty") in ephemeral_text(await listed(bot, star(bot)))


async def filter_presets(bot: AdminHarness) -> None:
    assert ENGLISH("refusals-prompt-title") in ephemeral_text(await bot.movie(prompt="a decapitation"))
    await ordered(bot)


async def filter_rules(bot: AdminHarness) -> None:
    assert ENGLISH("refusals-prompt-title") in ephemeral_text(await bot.movie(prompt="a red balloon"))
    await ordered(bot, prompt="a red boat")


async def approval(bot: AdminHarness) -> None:
    assert (await ordered(bot)).state is WAITING


async def approval_credits(bot: AdminHarness) -> None:
    assert [(await ordered(bot, duration=seconds)).state for seconds in (10, 11)] == [QUEUED, WAITING]


async def trusted_roles(bot: AdminHarness) -> None:
    assert [(await ordered(bot, who)).state for who in (star(bot), bot.alice)] == [QUEUED, WAITING]


async def approval_fallback(bot: AdminHarness) -> None:
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50001, times=None)
    job = await ordered(bot)
    await bot.finish()
    assert (await bot.app.database.read(jobs.get, job.id)).state is JobState.COMPLETED


async def gallery_stars(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert bot.lines.history() == []
    await bot.bob.click(bot.messages()[-1], label=STAR)
    await bot.run_until_idle()
    assert len(bot.lines.history()) == 1


async def gift_credits(bot: AdminHarness) -> None:
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    texts = [ephemeral_text(await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=n)) for n in (51, 50)]
    over = GiftRefused(GiftRefusal.OVER_BOUND, 50)
    assert texts == [gifts.refused(ENGLISH, over), gifts.given(ENGLISH, bot.bob.id, 50)]


async def pitch_days(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
    assert query(bot.place, "SELECT ends_at FROM pitches") == [{"ends_at": START + 3 * DAY_MS}]


async def movie_night(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    await bot.bob.click(bot.messages()[-1], label=STAR)
    await bot.run_until_idle((next_start(Weekday.TUESDAY, bot.clock.now()) - bot.clock.now()) / 1000)
    assert ENGLISH("night-title") in message_text(bot.messages()[-1])


EFFECTS: Mapping[str, Effect] = {
    each.__name__: each
    for each in (
        *(channels, roles, video_models, image_models, longest_seconds, default_video_model, default_image_model),
        *(default_seconds, default_aspect_ratio, language, message_menu, gallery, age, staff_channel, staff_roles),
        *(filter_presets, filter_rules, approval, approval_credits, trusted_roles, approval_fallback, gallery_stars),
        *(gift_credits, pitch_days, movie_night),
    )
}

TOGETHER_WITH: Mapping[Setting, tuple[Setting, ...]] = {
    Setting.APPROVAL_CREDITS: (Setting.APPROVAL,),
    Setting.APPROVAL_FALLBACK: (Setting.APPROVAL, Setting.STAFF_CHANNEL),
    Setting.GALLERY_STARS: (Setting.GALLERY,),
}
"""Settings without which another has no effect."""


async def prepare(bot: AdminHarness, setting: Setting, values: Mapping[Setting, SettingValue]) -> None:
    """Set what the setting needs."""
    needed = {each: values[each] for each in TOGETHER_WITH.get(setting, ())}
    if setting is Setting.TRUSTED_ROLES:
        needed = {Setting.APPROVAL: "untrusted"}
    if needed:
        await configure(bot, **needed)
        await bot.run_until_idle()


@pytest.mark.parametrize("setting", Setting)
async def test_what_a_manager_chooses_holds_after_a_restart(admin_bot: AdminHarness, setting: Setting) -> None:
    """The change is logged once."""
    offered = choices(admin_bot)
    await prepare(admin_bot, setting, {each: choice.value for each, choice in offered.items()})
    before, logged = await kept(admin_bot), len(admin_bot.noted())
    await (await opened(admin_bot, setting)).choose(offered[setting].given)
    await admin_bot.restart()
    assert await kept(admin_bot) == before.changed({setting: offered[setting].value})
    [entry] = admin_bot.audit_entries()[logged:]
    assert (entry.actor_id, entry.setting) == (admin_bot.dana.id, setting)
    await EFFECTS[setting](admin_bot)


async def test_every_setting_is_in_an_import_and_in_the_next_export(admin_bot: AdminHarness) -> None:
    """The import is confirmed after a restart."""
    setup = ServerSetup().changed({setting: choice.value for setting, choice in choices(admin_bot).items()})
    assert setup_files.differing(ServerSetup(), setup) == list(Setting)
    file = ("setup.json", write_document(setup).encode())
    shown = await admin_bot.dana.slash(admin_bot.channel, "setup import", file=file)
    assert response_text(shown) == embed_text(
        setup_files.changes_embed(ENGLISH, ServerSetup(), setup, admin_bot.catalogue)
    )
    await admin_bot.restart()
    assert shown.response is not None
    await admin_bot.dana.click(shown.response.message, label=ENGLISH("setup-apply-button"))
    assert [each.setting for each in admin_bot.audit_entries()] == list(Setting)
    exported = await admin_bot.dana.slash(admin_bot.channel, "setup export")
    assert exported.response is not None
    assert await exported.response.message.attachments[0].read() == write_document(setup).encode()
