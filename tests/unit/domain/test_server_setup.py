"""The options that a server's setup allows, the members it refuses, and its document."""

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, Style, VideoModel
from bot.domain.orders import Decision, Order, decide
from bot.domain.preferences import Preferences
from bot.domain.prompt_filter import PRESETS, RuleProblem
from bot.domain.quota import MAX_CREDITS
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.request import Draft, Problem, ValidatedRequest
from bot.domain.server_setup import (
    MAX_PITCH_DAYS,
    MAX_STARS,
    SETTINGS,
    AgeRule,
    DocumentProblem,
    MessageMenu,
    ServerSetup,
    narrow,
    read_document,
    write_document,
)
from bot.domain.setting_kinds import Number, Setting
from bot.domain.text import Language
from tests.helpers import setting_samples
from tests.helpers.setting_samples import SAMPLES
from tests.unit.domain.test_order import CONTEXT, snapshot
from tests.unit.domain.test_request import KLING, LUMA

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL

CATALOGUE = Catalogue(
    (VideoModel("OFF", "Off", 1, (WIDE, TALL), enabled=False), LUMA, KLING, VideoModel("VEO", "Veo", 60, (WIDE, TALL))),
    (ImageModel("FLUX", "Flux"), ImageModel("IMAGEN", "Imagen"), ImageModel("OLD", "Old", enabled=False)),
    styles=(Style("NOIR", {Language.ENGLISH: "Noir"}, {Language.ENGLISH: "film noir"}),),
)


def ordered(setup: ServerSetup, draft: Draft | None = None, preferences: Preferences | None = None) -> ValidatedRequest:
    decided = decided_in(setup, draft, preferences)
    assert isinstance(decided, Decision), decided
    return decided.checked


def decided_in(setup: ServerSetup, draft: Draft | None = None, preferences: Preferences | None = None) -> object:
    offered: Any = narrow(CATALOGUE, setup)
    seen = replace(snapshot(preferences or Preferences()), setup=setup, catalogue=offered)
    return decide(Order(CONTEXT, draft or Draft("a"), use_preferences=True), seen)


def test_an_option_precedes_the_last_choice_then_the_servers_default_then_the_operators() -> None:
    setup = ServerSetup(
        default_video_model="VEO", default_image_model="IMAGEN", default_seconds=12, default_aspect_ratio=TALL
    )
    last = Preferences(20, "KLING", "FLUX", "16:9")
    draft = Draft("a", 40, "LUMA", "IMAGEN", "16:9")

    def choices(checked: ValidatedRequest) -> tuple[object, ...]:
        found = checked.request
        return found.duration_seconds, found.video_model, found.image_model, found.aspect_ratio

    assert choices(ordered(setup, draft, last)) == (40, "LUMA", "IMAGEN", WIDE)
    assert choices(ordered(setup, None, last)) == (20, "KLING", "FLUX", WIDE)
    assert choices(ordered(setup)) == (12, "VEO", "IMAGEN", TALL)
    assert choices(ordered(ServerSetup())) == (20, "LUMA", "FLUX", WIDE)
    luma, tall = ServerSetup(default_video_model="LUMA"), Draft("a", aspect_ratio="9:16")
    assert [choices(ordered(luma, draft))[1] for draft in (None, tall)] == ["LUMA", "KLING"], "it makes no tall movies"


def test_what_is_not_allowed_is_refused_with_what_is() -> None:
    setup = ServerSetup(video_models=("KLING", "VEO"), image_models=("IMAGEN",), longest_seconds=60)
    invalid: Any = decided_in(setup, Draft("a", 61, "LUMA", "FLUX"))
    assert invalid.problems == (
        Problem("errors-duration", "61", ("1", "60")),
        Problem("errors-video-model", "Luma", ("Kling", "Veo")),
        Problem("errors-image-model", "Flux", ("Imagen",)),
    )


def test_choices_and_defaults_that_are_not_allowed_do_not_count() -> None:
    setup = ServerSetup(video_models=("KLING",), image_models=("IMAGEN",), longest_seconds=10)
    request = ordered(setup, None, Preferences(60, "VEO", "FLUX", "9:16")).request
    assert (request.duration_seconds, request.video_model, request.image_model) == (10, "KLING", "IMAGEN")
    setup = ServerSetup(video_models=("KLING",), default_video_model="LUMA", longest_seconds=10, default_seconds=60)
    request = ordered(setup).request
    assert (request.duration_seconds, request.video_model) == (10, "KLING")


def test_the_limits_of_a_setup_stay_within_those_of_the_operator_and_of_its_models() -> None:
    assert narrow(CATALOGUE, ServerSetup()) == CATALOGUE
    assert narrow(CATALOGUE, ServerSetup(video_models=("VEO",), longest_seconds=20)).styles == CATALOGUE.styles
    limits = narrow(CATALOGUE, ServerSetup(longest_seconds=300, default_seconds=200)).limits
    assert (limits.max_seconds, limits.default_seconds) == (120, 120)
    least = replace(CATALOGUE, limits=RequestLimits(min_seconds=10))
    limits = narrow(least, ServerSetup(longest_seconds=10, default_seconds=5)).limits
    assert (limits.max_seconds, limits.default_seconds) == (10, 10)
    only_tall = Catalogue((VideoModel("T", "T", 1, (TALL,)), *CATALOGUE.video_models), CATALOGUE.image_models)
    assert narrow(only_tall, ServerSetup(video_models=("T",))).limits.default_aspect_ratio is TALL
    nothing = ServerSetup(video_models=("OFF",)), ServerSetup(image_models=("GONE",)), ServerSetup(longest_seconds=5)
    assert [narrow(least, setup) for setup in nothing] == [None] * 3


VIDEOS, IMAGES = st.sampled_from(["OFF", "LUMA", "KLING", "VEO", "GONE"]), st.sampled_from(["FLUX", "IMAGEN", "GONE"])
LENGTHS = st.none() | st.integers(1, 300)
SETUPS = st.builds(
    ServerSetup,
    video_models=st.lists(VIDEOS, unique=True).map(tuple),
    image_models=st.lists(IMAGES, unique=True).map(tuple),
    longest_seconds=LENGTHS,
    default_video_model=st.none() | VIDEOS,
    default_image_model=st.none() | IMAGES,
    default_seconds=LENGTHS,
    default_aspect_ratio=st.none() | st.sampled_from(AspectRatio),
)
SHAPES = st.none() | st.sampled_from(["16:9", "9:16", "1:1"])
PREFERENCES = st.builds(Preferences, LENGTHS, st.none() | VIDEOS, st.none() | IMAGES, SHAPES)


@given(setup=SETUPS, preferences=PREFERENCES)
def test_a_prompt_alone_is_always_a_movie_that_is_allowed(setup: ServerSetup, preferences: Preferences) -> None:
    offered = narrow(CATALOGUE, setup)
    if offered is None:
        return
    request = ordered(setup, None, preferences).request
    assert not setup.video_models or request.video_model in setup.video_models
    assert not setup.image_models or request.image_model in setup.image_models
    assert request.duration_seconds <= (setup.longest_seconds or 120)


def test_channels_roles_and_the_age_rule_say_who_orders_where() -> None:
    both = ServerSetup(channels=(1,), roles=(5,))
    for setup, channels, roles, refused in (
        (ServerSetup(), (1,), (), None),
        (ServerSetup(channels=(1, 2)), (2,), (), None),
        (ServerSetup(channels=(1, 2)), (9, 1), (), None),  # a thread of 1
        (ServerSetup(channels=(1, 2)), (9,), (), Refused("refusals-channel", {"channels": (1, 2)})),
        (ServerSetup(roles=(5,)), (1,), (4, 5), None),
        (ServerSetup(roles=(5,)), (1,), (4,), Refused("refusals-role", {"roles": (5,)})),
        (both, (9,), (4,), Refused("refusals-channel", {"channels": (1,)})),
        (ServerSetup(age=AgeRule.SPOILER), (1,), (), None),
        (ServerSetup(age=AgeRule.RESTRICTED), (1,), (), Refused("refusals-age")),
    ):
        assert setup.refusal(channels, roles, age_restricted=False) == refused, (setup, channels, roles)
    assert ServerSetup(age=AgeRule.RESTRICTED).refusal((1,), (), age_restricted=True) is None


def test_a_fingerprint_depends_on_the_values_of_its_settings_only() -> None:
    one, other = ServerSetup(channels=(1,)), ServerSetup(channels=(1,), longest_seconds=9)
    assert one.fingerprint((ServerSetup.channels,)) == other.fingerprint((ServerSetup.channels,))
    assert one.fingerprint(SETTINGS.values()) != other.fingerprint(SETTINGS.values())
    assert one.fingerprint((ServerSetup.channels,)) != ServerSetup().fingerprint((ServerSetup.channels,))
    both = [ServerSetup.age, ServerSetup.channels]
    assert one.fingerprint(both) == one.fingerprint(both[::-1])


NUMBERS: list[tuple[Number, int]] = [
    (ServerSetup.approval_credits, MAX_CREDITS),
    (ServerSetup.gallery_stars, MAX_STARS),
    (ServerSetup.pitch_days, MAX_PITCH_DAYS),
]

GOOD: list[tuple[Setting, object, object]] = [
    (ServerSetup.channels, ["2", "1", "2"], (1, 2)),
    (ServerSetup.roles, [], ()),
    (ServerSetup.channels, None, ()),
    (ServerSetup.trusted_roles, [str(each) for each in range(1, 26)], tuple(range(1, 26))),
    (ServerSetup.video_models, ["VEO", "LUMA"], ("LUMA", "VEO")),
    (ServerSetup.video_models, ["VEO", "LUMA", "KLING"], ()),
    (ServerSetup.longest_seconds, 120, 120),
    (ServerSetup.default_seconds, None, None),
    (ServerSetup.default_video_model, "LUMA", "LUMA"),
    (ServerSetup.default_aspect_ratio, "9:16", TALL),
    (ServerSetup.language, "ja", Language.JAPANESE),
    (ServerSetup.message_menu, "own", None),
    (ServerSetup.message_menu, "off", MessageMenu.OFF),
    (ServerSetup.filter_presets, ["de/gore", "en-US/slurs", "de/gore"], ("en-US/slurs", "de/gore")),
    (ServerSetup.filter_rules, [" b\u200bad ", "BAD", "two words"], ("bad", "two words")),
    *((setting, value, value) for setting, highest in NUMBERS for value in (1, highest)),
]

BAD: list[tuple[Setting, str, list[object]]] = [
    (ServerSetup.channels, "setup-not-a-list", ["1"]),
    (ServerSetup.channels, "setup-not-an-id", [[1], ["x"], ["0"], ["٣"], [str(2**63)], ["9" * 5000], [None]]),
    (ServerSetup.roles, "setup-too-many", [[str(each) for each in range(1, 27)]]),
    (ServerSetup.video_models, "setup-not-offered", [["OFF"], [7]]),
    (ServerSetup.image_models, "setup-not-offered", [["LUMA"], ["OLD"]]),
    (ServerSetup.filter_presets, "setup-not-offered", [["de/rude"]]),
    (ServerSetup.longest_seconds, "setup-seconds-out-of-range", [121, True, 1.0]),
    (ServerSetup.default_seconds, "setup-seconds-out-of-range", ["9"]),
    (ServerSetup.default_video_model, "setup-not-offered", ["GONE"]),
    (ServerSetup.default_aspect_ratio, "setup-not-offered", ["1:1"]),
    (ServerSetup.language, "setup-not-offered", ["tlh"]),
    (ServerSetup.message_menu, "setup-not-offered", [[]]),
    *((each, f"setup-{each.unit}-out-of-range", [0, highest + 1, True, "1"]) for each, highest in NUMBERS),
]


def test_a_sound_value_is_kept_in_one_form_and_any_other_is_refused_with_the_reason() -> None:
    for setting, value, kept in GOOD:
        assert setting.check(value, CATALOGUE) == kept, (setting, value)
    for setting, code, values in BAD:
        for value in values:
            found = setting.check(value, CATALOGUE)
            assert isinstance(found, Refused), (setting, str(value)[:30])
            assert (found.data["setting"], found.code) == (setting, code)


def test_a_refusal_names_the_value_and_what_is_possible() -> None:
    possible: list[tuple[Setting, object, Mapping[str, object]]] = [
        (ServerSetup.pitch_days, 15, {"value": "15", "min": 1, "max": 14}),
        (ServerSetup.gift_credits, 0, {"value": "0", "min": 1, "max": 10_000_000}),
        (ServerSetup.gallery_stars, 1001, {"value": "1001", "min": 1, "max": 1000}),
        (ServerSetup.staff_roles, [str(each) for each in range(1, 27)], {"value": "", "max": 25}),
        (ServerSetup.video_models, ["GONE"], {"value": "GONE", "names": ("LUMA", "KLING", "VEO")}),
        (ServerSetup.filter_presets, ["de/gore", "de/rude"], {"value": "de/rude", "names": PRESETS}),
        (ServerSetup.filter_rules, ["fine", "b*d"], {"value": "b*d", "problem": RuleProblem.STAR_INSIDE}),
        (
            ServerSetup.filter_rules,
            [f"w{each}" for each in range(1001)],
            {"value": "", "rules": 1001, "characters": 4896, "max": 1000, "room": 18_000},
        ),
    ]
    for setting, value, named in possible:
        found = setting.check(value, CATALOGUE)
        assert isinstance(found, Refused)
        assert found.data == {"setting": setting, **named}


def test_a_shape_has_an_enabled_model_and_a_default_duration_is_no_longer_than_the_longest_movie() -> None:
    wide = replace(CATALOGUE, video_models=CATALOGUE.video_models[:2])
    found = ServerSetup.default_aspect_ratio.check("9:16", wide)
    assert found == ServerSetup.default_aspect_ratio.refuse("setup-not-offered", "9:16", names=("16:9",))
    assert ServerSetup(longest_seconds=10, default_seconds=10).problem() is None
    found = ServerSetup(longest_seconds=10, default_seconds=11).problem()
    assert found == ServerSetup.default_seconds.refuse("setup-longer-than-longest", "11", longest=10)


def test_staff_are_managers_and_members_with_a_staff_role() -> None:
    for roles, held, manages, staff in (
        ((), (), True, True),
        ((), (1,), False, False),
        ((1, 2), (2, 3), False, True),
        ((1, 2), (3,), False, False),
        ((1, 2), (), True, True),
    ):
        assert ServerSetup(staff_roles=roles).is_staff(held, manages_server=manages) is staff, (roles, held, manages)


TRAILING_COMMA_LINE = 2 if sys.version_info >= (3, 13) else 3
"""Since Python 3.13, the message names the comma; before, what follows it."""


def test_what_is_written_is_read_again_and_a_key_that_is_left_out_is_no_setting() -> None:
    for kept in (SAMPLES, {setting: setting.not_set for setting in SETTINGS.values()}):
        document = write_document(ServerSetup().changed(kept))
        assert read_document(document.encode(), setting_samples.CATALOGUE) == kept
        assert list(json.loads(document)) == ["version", *SETTINGS]
    content = "\ufeff" + '{"version": 1, "message_menu": "own", "channels": ["7"]}'  # as some editors begin a file
    assert read_document(content.encode(), CATALOGUE) == {ServerSetup.message_menu: None, ServerSetup.channels: (7,)}


def test_every_problem_is_named_by_line_and_key() -> None:
    content = """{
  "version": 2,
  "colour": "red",
  "longest_seconds": "a minute",

  "video_models": ["LUMA", "GONE"],
  "roles": [5],
  "roles": [],
  "language": {"a": 1}
}"""
    too_long = ServerSetup.longest_seconds.refuse("setup-seconds-out-of-range", "a minute", min=1, max=120)
    gone = ServerSetup.video_models.refuse("setup-not-offered", "GONE", names=("LUMA", "KLING", "VEO"))
    no_language = ServerSetup.language.refuse("setup-not-offered", "{…}", names=tuple(Language))
    assert read_document(content.encode(), CATALOGUE) == (
        DocumentProblem(7, "roles", Refused("setup-file-duplicate-key")),
        DocumentProblem(2, "version", Refused("setup-file-other-version")),
        DocumentProblem(3, "colour", Refused("setup-file-unknown-key")),
        DocumentProblem(4, "longest_seconds", too_long),
        DocumentProblem(6, "video_models", gone),
        DocumentProblem(9, "language", no_language),
    )


def test_only_these_settings_are_written_and_people_can_read_them() -> None:
    written = write_document(ServerSetup(filter_rules=("süß",), roles=(5,)), [ServerSetup.filter_rules])
    assert written == '{\n  "version": 1,\n  "filter_rules": [\n    "süß"\n  ]\n}\n'


def test_the_line_of_a_key_is_found_whatever_its_letters_and_beside_such_a_value() -> None:
    content = '{"version": 1,\n"message_menu": "größe(",\n"größe(": 5}'
    problems = read_document(content.encode(), CATALOGUE)
    found = [(each.line, each.key) for each in problems if isinstance(each, DocumentProblem)]
    assert found == [(2, "message_menu"), (3, "größe(")]


def test_what_is_no_document_of_this_version_is_refused_as_a_whole() -> None:
    not_json: RefusalCode = "setup-file-not-json"
    not_an_object: RefusalCode = "setup-file-not-an-object"
    cases: list[tuple[bytes, int, RefusalCode]] = [
        (b'{\n"version": 1,\n}', TRAILING_COMMA_LINE, not_json),
        (b"", 1, not_json),
        (b"\xff\xfe", 1, not_json),
        (b'{"version": 1' + b"0" * 5000 + b"}", 1, not_json),
        (b"[" * 60_000, 1, not_json),
        (b"[]", 1, not_an_object),
        (b"null", 1, not_an_object),
    ]
    for content, line, code in cases:
        assert read_document(content, CATALOGUE) == [DocumentProblem(line, "", Refused(code))], content[:20]
    for version in ("true", "1.5", '"1"', "null"):
        found = read_document(f'{{"version": {version}}}'.encode(), CATALOGUE)
        assert found == (DocumentProblem(1, "version", Refused("setup-file-other-version")),)


@given(st.binary(max_size=300) | st.text(st.sampled_from('{}[]":, version1channels\n'), max_size=80).map(str.encode))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    read_document(content, CATALOGUE)


def test_a_hostile_file_is_not_searched_for_each_of_its_problems() -> None:
    document = {f"key{number}": 1 for number in range(5000)} | {"version": 1}
    problems = read_document(json.dumps(document).encode(), CATALOGUE)
    assert len(problems) == 50
