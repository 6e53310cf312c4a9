"""Setups written and read as JSON, with problems by line and key."""

from __future__ import annotations

import json
import sys

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio
from bot.domain.language import Language
from bot.domain.server_setup import AgeRule, MessageMenu, ServerSetup, Setting, Weekday
from bot.domain.setup_document import DocumentProblem, DocumentReason, read_document, write_document
from bot.domain.setup_values import InvalidReason, InvalidValue
from tests.unit.domain.test_server_setup import CATALOGUE

TRAILING_COMMA_LINE = 2 if sys.version_info >= (3, 13) else 3
"""Since Python 3.13, the message names the comma; before, what follows it."""

IDS = st.lists(st.integers(1, 2**63 - 1), max_size=25, unique=True).map(lambda ids: tuple(sorted(ids)))
SETUPS = st.builds(
    ServerSetup,
    channels=IDS,
    roles=IDS,
    video_models=st.sampled_from([(), ("LUMA",), ("LUMA", "VEO")]),
    image_models=st.sampled_from([(), ("IMAGEN",)]),
    longest_seconds=st.none() | st.integers(1, 120),
    default_video_model=st.none() | st.sampled_from(["LUMA", "KLING", "VEO"]),
    default_image_model=st.none() | st.sampled_from(["FLUX", "IMAGEN"]),
    default_seconds=st.none() | st.integers(1, 120),
    default_aspect_ratio=st.none() | st.sampled_from(AspectRatio),
    language=st.none() | st.sampled_from(Language),
    message_menu=st.none() | st.sampled_from([MessageMenu.OFF, MessageMenu.ANYONE]),
    gallery=st.none() | st.integers(1, 2**63 - 1),
    age=st.none() | st.sampled_from(AgeRule),
    staff_channel=st.none() | st.integers(1, 2**63 - 1),
    staff_roles=IDS,
    gallery_stars=st.none() | st.integers(1, 1000),
    gift_credits=st.none() | st.integers(1, 10**7),
    pitch_days=st.none() | st.integers(1, 14),
    movie_night=st.none() | st.sampled_from(Weekday),
)


@given(setup=SETUPS)
def test_what_is_written_is_read_again(setup: ServerSetup) -> None:
    document = write_document(setup)
    assert read_document(document.encode(), CATALOGUE) == {each: setup.value(each) for each in Setting}
    assert list(json.loads(document)) == ["version", *Setting]


def test_a_key_that_is_left_out_is_no_setting() -> None:
    content = "\ufeff" + '{"version": 1, "message_menu": "own", "channels": ["7"]}'  # as some editors begin a file
    assert read_document(content.encode(), CATALOGUE) == {Setting.MESSAGE_MENU: None, Setting.CHANNELS: (7,)}


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
    assert read_document(content.encode(), CATALOGUE) == (
        DocumentProblem(7, "roles", DocumentReason.DUPLICATE_KEY),
        DocumentProblem(2, "version", DocumentReason.OTHER_VERSION),
        DocumentProblem(3, "colour", DocumentReason.UNKNOWN_KEY),
        DocumentProblem(
            4,
            "longest_seconds",
            InvalidValue(Setting.LONGEST_SECONDS, InvalidReason.OUT_OF_RANGE, "a minute", ("1", "120")),
        ),
        DocumentProblem(
            6,
            "video_models",
            InvalidValue(Setting.VIDEO_MODELS, InvalidReason.NOT_OFFERED, "GONE", ("LUMA", "KLING", "VEO")),
        ),
        DocumentProblem(
            9,
            "language",
            InvalidValue(
                Setting.LANGUAGE,
                InvalidReason.NOT_OFFERED,
                "{…}",
                tuple(language.value for language in Language),
            ),
        ),
    )


def test_only_these_settings_are_written_and_people_can_read_them() -> None:
    written = write_document(ServerSetup(filter_rules=("süß",), roles=(5,)), [Setting.FILTER_RULES])
    assert written == '{\n  "version": 1,\n  "filter_rules": [\n    "süß"\n  ]\n}\n'


def test_the_line_of_a_key_is_found_whatever_its_letters_and_beside_such_a_value() -> None:
    content = '{"version": 1,\n"message_menu": "größe(",\n"größe(": 5}'
    problems = read_document(content.encode(), CATALOGUE)
    found = [(each.line, each.key) for each in problems if isinstance(each, DocumentProblem)]
    assert found == [(2, "message_menu"), (3, "größe(")]


def test_what_is_no_document_of_this_version_is_refused_as_a_whole() -> None:
    for content, line, reason in (
        (b'{\n"version": 1,\n}', TRAILING_COMMA_LINE, DocumentReason.NOT_JSON),
        (b"", 1, DocumentReason.NOT_JSON),
        (b"\xff\xfe", 1, DocumentReason.NOT_JSON),
        (b'{"version": 1' + b"0" * 5000 + b"}", 1, DocumentReason.NOT_JSON),
        (b"[" * 60_000, 1, DocumentReason.NOT_JSON),
        (b"[]", 1, DocumentReason.NOT_AN_OBJECT),
        (b"null", 1, DocumentReason.NOT_AN_OBJECT),
    ):
        assert read_document(content, CATALOGUE) == [DocumentProblem(line, "", reason)], content[:20]
    for version in ("true", "1.5", '"1"', "null"):
        found = read_document(f'{{"version": {version}}}'.encode(), CATALOGUE)
        assert found == (DocumentProblem(1, "version", DocumentReason.OTHER_VERSION),)


TEXTS = st.text(st.sampled_from('{}[]":, version1channels\n'), max_size=80)


@given(content=st.binary(max_size=300) | TEXTS.map(str.encode))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    read_document(content, CATALOGUE)


def test_a_hostile_file_is_not_searched_for_each_of_its_problems() -> None:
    document = {f"key{number}": 1 for number in range(5000)} | {"version": 1}
    problems = read_document(json.dumps(document).encode(), CATALOGUE)
    assert len(problems) == 50
