"""Every setting of /setup: its effect, who may choose it, and what a press on an old panel does."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.gift import GiftRefusal, GiftRefused
from bot.domain.job import Job, JobState
from bot.domain.language import Language
from bot.domain.movie_night import next_start
from bot.domain.request import Problem, ProblemCode
from bot.domain.server_setup import AccessReason, AccessRefusal, ServerSetup, Setting, SettingValue, Weekday
from bot.domain.setup_document import write_document
from bot.ui import gifts, quota_admin, refusals, setup_files, setup_filter, setup_panel
from bot.ui.components import custom_id
from bot.ui.setup_panel import NOT_CHOSEN, Panel, SetupPage
from data import jobs
from tests.helpers import settings
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure, kept, listed, newest_job
from tests.helpers.expected_text import ENGLISH, embed_text, validation_error
from tests.helpers.ledger_checks import execute, query
from tests.helpers.reading import answered, ephemeral_text, message_text, response_text

pytestmark = pytest.mark.both_engines

DAY_MS = 24 * 3_600_000
MENU, STAR = ENGLISH("commands-make-movie-menu"), ENGLISH("stars-star-button")
WAITING, QUEUED = JobState.AWAITING_APPROVAL, JobState.QUEUED

Effect = Callable[[AdminHarness], Awaitable[None]]

CATALOGUE_ENTRY: Final = '\n[[image_models]]\nkey = "IMAGEN3"\nlabel = "Imagen 3"\n'
"""With only one image model, a server has no choice."""


class Choice(NamedTuple):
    """What is picked or typed for a setting, the value that it is kept as, and an alternative."""

    given: str
    value: SettingValue
    other: str


def choices(bot: AdminHarness) -> Mapping[Setting, Choice]:
    lines, here, stars = (each.id for each in (bot.lines, bot.channel, bot.stars))
    others = str(bot.guild.create_role("Others").id)
    channel, role = Choice(str(lines), lines, str(here)), Choice(str(stars), (stars,), others)
    return {
        Setting.CHANNELS: channel._replace(value=(lines,)),
        Setting.ROLES: role,
        Setting.VIDEO_MODELS: Choice("VEOI2V", ("VEOI2V",), "LUMA"),
        Setting.IMAGE_MODELS: Choice("IMAGEN3", ("IMAGEN3",), "FLUX1.1PRO"),
        Setting.LONGEST_SECONDS: Choice("20", 20, "60"),
        Setting.DEFAULT_VIDEO_MODEL: Choice("VEOI2V", "VEOI2V", "KLINGIMGTOVIDPRO"),
        Setting.DEFAULT_IMAGE_MODEL: Choice("IMAGEN3", "IMAGEN3", "FLUX1.1PRO"),
        Setting.DEFAULT_SECONDS: Choice("12", 12, "8"),
        Setting.DEFAULT_ASPECT_RATIO: Choice("9:16", "9:16", "16:9"),
        Setting.LANGUAGE: Choice("de", "de", "fr"),
        Setting.MESSAGE_MENU: Choice("off", "off", "anyone"),
        Setting.GALLERY: channel,
        Setting.AGE: Choice("spoiler", "spoiler", "restricted"),
        Setting.STAFF_CHANNEL: channel,
        Setting.STAFF_ROLES: role,
        Setting.FILTER_PRESETS: Choice("en-US/gore", ("en-US/gore",), "de/slurs"),
        Setting.FILTER_RULES: Choice("balloon", ("balloon",), "kite"),
        Setting.APPROVAL: Choice("everyone", "everyone", "untrusted"),
        Setting.APPROVAL_CREDITS: Choice("100", 100, "300"),
        Setting.TRUSTED_ROLES: role,
        Setting.APPROVAL_FALLBACK: Choice("start", "start", NOT_CHOSEN),
        Setting.GALLERY_STARS: Choice("1", 1, "5"),
        Setting.GIFT_CREDITS: Choice("50", 50, "100"),
        Setting.PITCH_DAYS: Choice("3", 3, "10"),
        Setting.MOVIE_NIGHT: Choice("tuesday", "tuesday", "friday"),
    }


@pytest.fixture
async def admin_bot(tmp_path: Path, database_url: str) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs, with two image models to choose from. No movie waits for another one."""
    (tmp_path / "catalogue.toml").write_text(settings.CATALOGUE + CATALOGUE_ENTRY, encoding="utf-8")
    async with open_admin_harness(
        tmp_path, database_url=database_url, max_rendering_jobs=30, max_rendering_jobs_per_member=30
    ) as bot:
        yield bot


# ── what each does ───────────────────────────────────────────────────────────────────────────────────────────────


def star(bot: AdminHarness) -> MemberActor:
    return bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])


async def ordered(bot: AdminHarness, who: MemberActor | None = None, **options: object) -> Job:
    assert not (await bot.movie(who, **options)).ephemeral
    return newest_job(bot)


async def refused(bot: AdminHarness, reason: AccessReason, allowed: int) -> None:
    expected = embed_text(refusals.access_embed(ENGLISH, AccessRefusal(reason, (allowed,))))
    assert ephemeral_text(await bot.movie()) == expected


async def channels(bot: AdminHarness) -> None:
    await refused(bot, AccessReason.CHANNEL, bot.lines.id)
    bot.channel = bot.lines


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
    assert str(newest_job(bot).movie_url) in bot.lines.history()[-1].content


async def age(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert f"|| {newest_job(bot).movie_url} ||" in bot.messages()[-1].content


async def staff_channel(bot: AdminHarness) -> None:
    for _ in range(2):
        before = len(bot.posted())
        await bot.quota("server", credits=5000)
        await bot.run_until_idle()
        assert len(bot.posted()) > before


async def staff_roles(bot: AdminHarness) -> None:
    assert ephemeral_text(await listed(bot, bot.alice)) == ENGLISH("approvals-staff-only")
    assert ENGLISH("approvals-list-empty") in ephemeral_text(await listed(bot, star(bot)))


async def filter_presets(bot: AdminHarness) -> None:
    assert ENGLISH("refusals-prompt-title") in ephemeral_text(await bot.movie(prompt="a decapitation"))
    await ordered(bot, prompt="a red boat")


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
    await ordered(bot, duration=1)
    await bot.finish()
    before = len(bot.lines.history())
    await bot.bob.click(bot.messages()[-1], label=STAR)
    await bot.run_until_idle()
    assert len(bot.lines.history()) == before + 1


async def gift_credits(bot: AdminHarness) -> None:
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    texts = [ephemeral_text(await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=n)) for n in (51, 50)]
    over = GiftRefused(GiftRefusal.OVER_BOUND, 50)
    assert texts == [gifts.refused(ENGLISH, over), gifts.given(ENGLISH, bot.bob.id, 50)]


async def pitch_days(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
    assert query(bot.place, "SELECT ends_at FROM pitches") == [{"ends_at": bot.clock.now() + 3 * DAY_MS}]


async def movie_night(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    await bot.bob.click(bot.messages()[-1], label=STAR)
    await bot.run_until_idle((next_start(Weekday.TUESDAY, bot.clock.now()) - bot.clock.now()) / 1000)
    assert ENGLISH("night-title") in message_text(bot.messages()[-1])


EFFECTS: tuple[tuple[Effect, ...], ...] = (
    (trusted_roles, approval_fallback),
    (gallery, default_image_model, default_seconds, default_aspect_ratio, language),
    (video_models, image_models, longest_seconds),
    (channels, roles),
    (age, movie_night),
    (gallery_stars, default_video_model, message_menu, gift_credits, pitch_days),
    (filter_presets, filter_rules, staff_channel, staff_roles),
    (approval, approval_credits),
)
"""What each setting does, which has its name. Those of a group don't disturb one another."""


async def test_every_setting_has_its_effect(admin_bot: AdminHarness) -> None:
    assert sorted(effect.__name__ for group in EFFECTS for effect in group) == sorted(Setting)
    offered, channel, nothing = choices(admin_bot), admin_bot.channel, ServerSetup()
    await admin_bot.quota("default", credits=100_000)
    for group in EFFECTS:
        execute(admin_bot.place, "DELETE FROM member_preferences")
        values = {effect.__name__: offered[Setting(effect.__name__)].value for effect in group}
        if trusted_roles in group:
            values |= {"approval": "untrusted", "staff_channel": admin_bot.lines.id}
        if gallery_stars in group:
            values["gallery"] = admin_bot.lines.id
        await configure(admin_bot, **values)
        for effect in group:
            await effect(admin_bot)
        await configure(admin_bot, **{name: nothing.value(Setting(name)) for name in values})
        admin_bot.env.backend.faults.clear()
        admin_bot.channel = channel


# ── choosing it ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_every_setting_is_imported_holds_after_a_restart_and_is_exported(admin_bot: AdminHarness) -> None:
    setup = ServerSetup().changed({setting: choice.value for setting, choice in choices(admin_bot).items()})
    assert setup_files.differing(ServerSetup(), setup) == list(Setting)
    file = ("setup.json", write_document(setup).encode())
    shown = await admin_bot.dana.slash(admin_bot.channel, "setup import", file=file)
    assert response_text(shown) == embed_text(
        setup_files.changes_embed(ENGLISH, ServerSetup(), setup, admin_bot.catalogue)
    )
    await admin_bot.restart()
    await admin_bot.dana.click(answered(shown).message, label=ENGLISH("setup-apply-button"))
    assert [each.setting for each in admin_bot.audit_entries()] == list(Setting)
    await admin_bot.restart()
    assert await kept(admin_bot) == setup
    exported = await admin_bot.dana.slash(admin_bot.channel, "setup export")
    assert await answered(exported).message.attachments[0].read() == write_document(setup).encode()


FORMS: Final[Mapping[Setting, tuple[tuple[str, ...], str]]] = {
    Setting.LONGEST_SECONDS: (("setup-durations", SetupPage.MODELS), "longest_seconds"),
    Setting.DEFAULT_SECONDS: (("setup-durations", SetupPage.DEFAULTS), "default_seconds"),
    Setting.APPROVAL_CREDITS: (("setup-price",), "approval_credits"),
    Setting.FILTER_RULES: (("setup-rules",), "rules-0"),
}
"""The buttons that open a setting's form, and the input there. Every other setting has a select."""

Choose = Callable[[MemberActor, str], Awaitable[InteractionResult]]


async def control(bot: AdminHarness, panel: discord.Message, setting: Setting) -> Choose:
    if setting not in FORMS:
        select = custom_id("setup", setting, (await kept(bot)).fingerprint([setting]))
        return lambda who, given: bot.press(who, panel, select, [given])
    button, name = FORMS[setting]
    form = (await bot.press(bot.dana, panel, custom_id(*button))).modal
    assert form is not None
    typed = [each["component"] for each in form["components"]]
    inputs = {each["custom_id"]: each.get("value") or "" for each in typed}
    return lambda who, given: bot.submit(who, form["custom_id"], {**inputs, name: given}, panel)


async def test_only_managers_choose_each_setting_and_a_stale_panel_changes_nothing(admin_bot: AdminHarness) -> None:
    staff = admin_bot.guild.create_role("Staff")
    helper = admin_bot.guild.add_member(admin_bot.env.create_user("hugo"), roles=[staff])
    await configure(admin_bot, staff_roles=(staff.id,))
    message = answered(await admin_bot.dana.slash(admin_bot.channel, "setup panel")).message
    for number, (setting, choice) in enumerate(choices(admin_bot).items()):
        choose, before, logged = (
            await control(admin_bot, message, setting),
            await kept(admin_bot),
            len(admin_bot.noted()),
        )
        refused = await choose((admin_bot.alice, helper)[number % 2], choice.other)
        assert ephemeral_text(refused) == quota_admin.not_allowed(ENGLISH), setting
        assert (await kept(admin_bot), len(admin_bot.noted())) == (before, logged), setting
        await choose(admin_bot.dana, choice.given)
        setup = await kept(admin_bot)
        assert setup == before.changed({setting: choice.value}), setting
        panel = Panel(setup, admin_bot.catalogue)
        if setting in (Setting.CHANNELS, Setting.LONGEST_SECONDS):
            again = response_text(await choose(admin_bot.dana, choice.given))
            assert again == embed_text(setup_panel.panel_embed(ENGLISH, panel)), setting
        stale = response_text(await choose(admin_bot.dana, choice.other))
        conflict = setup_panel.panel_embed(ENGLISH, panel, [setup_panel.conflict_note(ENGLISH)])
        if setting is Setting.FILTER_RULES:  # what was typed is kept, so it has a message of its own
            conflict = setup_filter.conflict_embed(ENGLISH)
        assert stale == embed_text(conflict), setting
        [entry] = admin_bot.audit_entries()[logged:]
        assert (entry.actor_id, entry.setting) == (admin_bot.dana.id, setting)
        assert await kept(admin_bot) == setup, setting
