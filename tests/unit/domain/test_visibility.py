"""The one rule of who may see what was ordered in a channel."""

import itertools
from collections.abc import Mapping

from bot.domain.visibility import ChannelReaders, ServerReaders, ServerRoles, may_see

EVERYONE, CREW, CAST, ADMIN = 1, 2, 3, 4
EVE, OWNER = 11, 12
CHANNEL, PLACE = 21, 22
SERVER = ServerRoles(
    EVERYONE, OWNER, frozenset({EVERYONE, CREW, CAST, ADMIN}), frozenset({EVERYONE}), frozenset({ADMIN})
)
PUBLIC: Mapping[int, bool] = {}
CREW_ONLY = {EVERYONE: False, CREW: True}
BOTH = {**CREW_ONLY, CAST: True}


def shown(channel: Mapping[int, bool] | None, place: Mapping[int, bool] | None, ages: tuple[bool, bool]) -> bool:
    known = {CHANNEL: channel, PLACE: place}
    flags = dict(zip(known, ages, strict=True))
    readers = {each: ChannelReaders(SERVER, found, flags[each]) for each, found in known.items() if found is not None}
    return ServerReaders(readers).may_be_shown(CHANNEL, PLACE)


def test_what_was_ordered_is_shown_where_all_may_view_its_channel() -> None:
    rows: list[tuple[Mapping[int, bool] | None, Mapping[int, bool] | None, bool]] = [
        (PUBLIC, PUBLIC, True),
        (PUBLIC, CREW_ONLY, True),
        (CREW_ONLY, PUBLIC, False),
        (CREW_ONLY, CREW_ONLY, True),
        (BOTH, CREW_ONLY, True),
        (CREW_ONLY, BOTH, False),
        ({CAST: False}, PUBLIC, False),  # who is cast can view the place
        (PUBLIC, {CAST: False}, True),
        ({CAST: False}, {CAST: False}, True),
        ({CAST: False}, CREW_ONLY, False),  # who is crew and cast can view the place
        ({CAST: False, CREW: True}, CREW_ONLY, True),
        (CREW_ONLY, {**CREW_ONLY, EVE: True}, False),
        ({**CREW_ONLY, EVE: True}, {**CREW_ONLY, EVE: True}, True),
        (PUBLIC, {**CREW_ONLY, EVE: True}, True),
        ({EVE: False}, PUBLIC, False),
        ({EVE: False}, {EVE: False}, True),
        (PUBLIC, None, False),
        (None, PUBLIC, False),
    ]
    for channel, place, may in rows:
        for ages in itertools.product((True, False), repeat=2):
            assert shown(channel, place, ages) is (may and ages != (True, False)), (channel, place, ages)
    assert ServerReaders({}).may_be_shown(CHANNEL, CHANNEL), "in its own place, although its readers are not known"


def test_no_combination_of_roles_views_a_place_and_not_the_channel_whose_movie_it_shows() -> None:
    """Every overwrite of two roles and @everyone, tried with every set of roles that a member can have."""
    decisions = [
        {role: value for role, value in zip((EVERYONE, CREW, CAST), values, strict=True) if value is not None}
        for values in itertools.product((True, False, None), repeat=3)
    ]
    members = [roles for size in range(4) for roles in itertools.combinations((CREW, CAST, ADMIN), size)]
    for channel, place in itertools.product(decisions, repeat=2):
        there, here = ChannelReaders(SERVER, channel), ChannelReaders(SERVER, place)
        leaks = any(here.may_view(EVE, roles) and not there.may_view(EVE, roles) for roles in members)
        assert here.all_may_view(there) is not leaks, (channel, place)


def test_a_member_views_a_channel_by_discords_rules() -> None:
    rows: list[tuple[int, tuple[int, ...], Mapping[int, bool], bool]] = [
        (EVE, (), PUBLIC, True),
        (EVE, (), CREW_ONLY, False),
        (EVE, (CREW,), CREW_ONLY, True),
        (EVE, (), {**CREW_ONLY, EVE: True}, True),
        (EVE, (CREW,), {**CREW_ONLY, EVE: False}, False),
        (EVE, (ADMIN,), {EVE: False}, True),
        (OWNER, (), CREW_ONLY, True),
        (EVE, (CREW, CAST), {CREW: True, CAST: False}, True),
    ]
    for member_id, roles, overwrites, may in rows:
        assert ChannelReaders(SERVER, overwrites).may_view(member_id, roles) is may, (member_id, roles, overwrites)


def test_one_person_sees_their_own_and_what_was_ordered_where_they_may_view() -> None:
    names = ("is_own", "is_there", "may_view", "channel_age_restricted", "here_age_restricted")
    for values, may in (
        ((True, False, False, True, False), True),
        ((False, True, False, True, False), True),
        ((False, False, True, False, False), True),
        ((False, False, True, True, True), True),
        ((False, False, True, True, False), False),
        ((False, False, False, False, True), False),
    ):
        assert may_see(**dict(zip(names, values, strict=True))) is may, values
