"""/help within Discord's limits, with the member's status."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.credits import Budget, Month
from bot.domain.member_status import MemberStatus
from bot.domain.order import ConfirmationRule
from bot.domain.quota import Balance, Block
from bot.domain.risk import Refusal, RefusalReason
from bot.domain.server_setup import AccessReason, AccessRefusal, MessageMenu
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import help as helping
from bot.ui import refusals
from bot.ui.amounts import format_duration
from tests.helpers import factories
from tests.helpers.discord_limits import broken_limits, live
from tests.helpers.expected_text import ENGLISH
from tests.helpers.languages import LANGUAGES

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL

LONG = Catalogue(
    tuple(VideoModel(f"V{number}", "*" * 100, 1_000, (WIDE, TALL)) for number in range(25)),
    tuple(ImageModel(f"I{number}", "_" * 100) for number in range(25)),
)
"""As many models as a catalogue may have, with the longest names."""

BOTH = Catalogue(
    (VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,)), VideoModel("KLING", "Kling", 1, (WIDE, TALL))),
    (ImageModel("FLUX", "Flux"),),
)

COMMANDS = ("movie", "pitch", "movies", "pitches", "credits", "gift", "top", "preferences", "privacy", "setup", "quota")

PRICES = ENGLISH("help-prices-field")

STANDING = factories.standing(factories.balance())


def value(embed: discord.Embed, name: str) -> str:
    """Return a field's text."""
    [found] = [field.value or "" for field in embed.fields if field.name == name]
    return found


@LANGUAGES
@given(
    standing=st.builds(
        MemberStatus,
        st.integers(0, 10**9).map(
            lambda left: Balance(
                Budget(left), factories.balance().source, Budget(left), Budget(left), Budget(left // 2)
            )
        ),
        st.just(Month(2026, 11)),
        st.none() | st.builds(Block, st.none() | st.just(1_800_000_000_000), factories.FOREIGN),
        st.booleans(),
        st.sampled_from([(), ("view_channel", "send_messages_in_threads", "embed_links")]),
        st.integers(0, 10),
        st.booleans(),
        st.booleans(),
        gifts=st.booleans(),
    ),
    catalogue=st.sampled_from([BOTH, LONG, factories.CATALOGUE]),
    ids=st.sampled_from([{}, dict.fromkeys(COMMANDS, 2**63 - 1)]),
)
def test_help_fits_one_embed(texts: Texts, standing: MemberStatus, catalogue: Catalogue, ids: dict[str, int]) -> None:
    """The reader and the reason that prevents an order vary."""
    embed = helping.help_embed(texts, standing, catalogue, ConfirmationRule(300), ids)
    assert not broken_limits(embed)
    if isinstance(standing.refusal, Block) and standing.refusal.reason:
        _, reason, *_ = value(embed, texts("help-status-field")).splitlines()
        assert not live(reason)


@LANGUAGES
def test_more_models_than_fit_are_counted(texts: Texts) -> None:
    """The command's own menu has the rest."""
    text = value(helping.help_embed(texts, STANDING, LONG, ConfirmationRule(300), {}), texts("help-prices-field"))
    *shown, more, last = text.splitlines()
    assert 0 < len(shown) < 25
    assert more == texts("help-more-models", models=25 - len(shown))
    assert last == texts("help-asks-above", duration=format_duration(texts, 120), credits=300)


@LANGUAGES
@pytest.mark.parametrize("rule", [ConfirmationRule(0), ConfirmationRule(300, percent=0)])
def test_a_limit_of_zero_shows_every_price_first(texts: Texts, rule: ConfirmationRule) -> None:
    text = value(helping.help_embed(texts, STANDING, BOTH, rule, {}), texts("help-prices-field"))
    assert text.splitlines()[-1] == texts("help-always-asks", duration=format_duration(texts, 120))


@LANGUAGES
def test_the_part_of_what_is_left_that_is_shown_first_is_said(texts: Texts) -> None:
    rule = ConfirmationRule(300, percent=34)
    last = value(helping.help_embed(texts, STANDING, BOTH, rule, {}), texts("help-prices-field")).splitlines()[-1]
    assert "300" in last
    assert texts("units-percent", percent=34) in last


@pytest.mark.parametrize(("running", "more"), [(1, False), (2, False), (10, True)])
def test_running_movies_are_counted_in_the_right_number(running: int, more: bool) -> None:
    status = replace(STANDING, running=running, more_running=more)
    text = value(helping.help_embed(ENGLISH, status, BOTH, ConfirmationRule(300), {}), ENGLISH("help-status-field"))
    [line] = [line for line in text.splitlines() if "🎬" in line]
    assert str(running) in line
    assert "`/movies`" in line
    assert (" is in progress" in line) == (running == 1)
    assert ("More than" in line) == more
    assert ENGLISH("help-available") in text


@pytest.mark.parametrize(
    ("held", "exhausted"),
    [
        (replace(STANDING.balance, allowance=Budget(10, 10), extra=Budget(0)), "help-no-member-credits"),
        (replace(STANDING.balance, server=Budget(10, 10)), "help-no-server-credits"),
        (replace(STANDING.balance, plan=Budget(10, 10)), "help-no-bot-credits"),
    ],
)
def test_what_is_used_up_is_named_with_its_reset(held: Balance, exhausted: MessageId) -> None:
    """A member with credits reads that the server or bot has none."""
    text = value(
        helping.help_embed(ENGLISH, replace(STANDING, balance=held), BOTH, ConfirmationRule(300), {}),
        ENGLISH("help-status-field"),
    )
    assert text == ENGLISH(exhausted, time="<t:1796083200:R>")


@pytest.mark.parametrize("gifts", [False, True])
def test_gift_is_named_only_where_managers_allow_it(gifts: bool) -> None:
    embed = helping.help_embed(ENGLISH, replace(STANDING, gifts=gifts), BOTH, ConfirmationRule(300), {})
    text = value(embed, ENGLISH("help-commands-field"))
    assert ("`/gift`" in text) is gifts
    assert "`/top`" in text


@pytest.mark.parametrize("menu", MessageMenu)
def test_the_menu_of_a_message_is_named_as_managers_set_it(menu: MessageMenu) -> None:
    """Whose messages it takes is said, too."""
    embed = helping.help_embed(ENGLISH, replace(STANDING, menu=menu), BOTH, ConfirmationRule(300), {})
    name = ENGLISH("commands-make-movie-menu")
    told = {
        MessageMenu.OFF: [],
        MessageMenu.OWN: [ENGLISH("help-from-a-message", menu=name)],
        MessageMenu.ANYONE: [ENGLISH("help-from-any-message", menu=name)],
    }
    lines = value(embed, ENGLISH("help-commands-field")).splitlines()
    assert [line for line in lines if name in line] == told[menu]


def test_every_command_is_described_and_managers_read_theirs() -> None:
    """A command with a known id can be clicked."""
    ids: dict[str, int] = dict.fromkeys(COMMANDS, 5)
    status = replace(STANDING, can_manage_guild=True, gifts=True)
    embed = helping.help_embed(ENGLISH, status, BOTH, ConfirmationRule(300), ids)
    assert embed.description == ENGLISH("help-summary", command="</movie:5>")
    lines = value(embed, ENGLISH("help-commands-field")).splitlines()
    described = {
        "movie": ENGLISH("commands-movie"),
        "pitch": ENGLISH("commands-pitch"),
        "movies": ENGLISH("commands-movies"),
        "pitches": ENGLISH("commands-pitches"),
        "credits": ENGLISH("commands-credits"),
        "gift": ENGLISH("commands-gift"),
        "top": ENGLISH("commands-top"),
        "preferences": ENGLISH("commands-preferences"),
        "privacy": ENGLISH("commands-privacy"),
    }
    assert lines[:-2] == [
        ENGLISH("help-command", command=f"</{name}:5>", description=text) for name, text in described.items()
    ]
    assert lines[-1] == ENGLISH(
        "help-managers", setup="</setup panel:5>", show="</quota show:5>", report="</quota report:5>"
    )
    members = helping.help_embed(ENGLISH, STANDING, BOTH, ConfirmationRule(300), ids)
    assert "</setup" not in value(members, ENGLISH("help-commands-field"))


def test_everything_that_prevents_an_order_is_named() -> None:
    """Then the movie command is not offered as available."""
    paused, here = Refusal(RefusalReason.PAUSED), AccessRefusal(AccessReason.CHANNEL, (20,))
    status = replace(
        STANDING,
        balance=replace(STANDING.balance, plan=Budget(10, 10)),
        refusal=paused,
        access=here,
        may_post=False,
        missing=("attach_files",),
    )
    text = value(
        helping.help_embed(ENGLISH, status, BOTH, ConfirmationRule(300), {}), ENGLISH("help-status-field")
    ).splitlines()
    reasons = [refusals.refusal_text(ENGLISH, paused), refusals.access_text(ENGLISH, here)]
    reasons.append(refusals.may_not_post(ENGLISH))
    assert text == [
        *(ENGLISH("help-refused", reason=reason) for reason in reasons),
        ENGLISH("help-missing-permissions", permissions=f"**{ENGLISH('errors-attach-files')}**"),
        ENGLISH("help-no-bot-credits", time="<t:1796083200:R>"),
    ]


def test_credits_are_told_with_bonus_and_a_smaller_server_budget() -> None:
    held = replace(STANDING.balance, extra=Budget(50), server=Budget(100))
    text = value(
        helping.help_embed(ENGLISH, replace(STANDING, balance=held), BOTH, ConfirmationRule(300), {}),
        ENGLISH("help-credits-field"),
    )
    assert text.splitlines() == [
        ENGLISH("help-left", left="370 credits", time="<t:1796083200:R>"),
        ENGLISH("help-bonus", credits=50),
        ENGLISH("help-shared", credits=100),
    ]
    alone = value(helping.help_embed(ENGLISH, STANDING, BOTH, ConfirmationRule(300), {}), ENGLISH("help-credits-field"))
    assert alone.splitlines() == [ENGLISH("help-left", left="320 credits", time="<t:1796083200:R>")]


def test_prices_list_the_models_that_are_offered_with_all_their_shapes() -> None:
    old = VideoModel("OLD", "Old", 5, (WIDE,), enabled=False)
    catalogue = Catalogue((*BOTH.video_models, VideoModel("B", "*B*", 7, (WIDE,)), old), BOTH.image_models)
    text = value(helping.help_embed(ENGLISH, STANDING, catalogue, ConfirmationRule(300), {}), PRICES).splitlines()
    assert text[:-1] == [
        ENGLISH("help-price", model="Luma", credits=10, ratios="16:9"),
        ENGLISH("help-price", model="Kling", credits=1, ratios="16:9, 9:16"),
        ENGLISH("help-price", model=r"\*B\*", credits=7, ratios="16:9"),
    ]
