"""Which orders are confirmed or approved, and what a quote keeps of its words."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.approvals import ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, ModelKind, VideoModel
from bot.domain.credits import BudgetScope, Limits, Shortfall
from bot.domain.operations import Operation
from bot.domain.orders import (
    ConfirmationRule,
    Decision,
    InvalidDraft,
    Order,
    OrderContext,
    Quote,
    Snapshot,
    affordable_request,
    decide,
)
from bot.domain.preferences import Preferences
from bot.domain.quota import Allowance, AllowanceSource
from bot.domain.request import Draft, ValidatedRequest, to_draft
from bot.domain.server_setup import NOTHING_SET, ServerSetup
from bot.domain.text import Wording
from bot.samsar.config import AUTUMN_2026, MARCH_2025
from tests.helpers import factories

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
CATALOGUE = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,)),
        VideoModel("VEO", "Veo", 60, (WIDE, TALL)),
        VideoModel("KLING", "Kling", 60, (TALL,), (TALL,)),
    ),
    (ImageModel("FLUX", "Flux"),),
)
ABOVE_100 = ConfirmationRule(100)
CONTEXT = OrderContext(1, 10, 20, 1)
NO_PREFERENCES = Preferences()


def snapshot(
    preferences: Preferences = NO_PREFERENCES, failing_since: int | None = None, *, is_first: bool = False
) -> Snapshot:
    rest = None, failing_since, Limits(0, 0), Allowance(0, AllowanceSource.BOT_DEFAULT), 1000
    return Snapshot(preferences, NOTHING_SET, CATALOGUE, *rest, is_first=is_first)


def decided(draft: Draft, preferences: Preferences = NO_PREFERENCES, **how: Any) -> Decision:
    found = decide(Order(CONTEXT, draft, **how), snapshot(preferences))
    assert isinstance(found, Decision)
    return found


def test_a_price_above_the_bound_or_its_part_of_what_is_left_is_confirmed() -> None:
    for percent, seconds, confirmed in ((33, 33, False), (33, 34, True), (0, 1, True), (100, 110, False)):
        assert decided(Draft("a fox", seconds), confirm=ConfirmationRule(2000, percent)).must_confirm is confirmed
    for seconds, confirmed in ((10, False), (11, True)):
        assert decided(Draft("a fox", seconds), confirm=ABOVE_100).must_confirm is confirmed


def test_the_first_order_is_confirmed_whatever_it_costs_but_not_once_its_price_is_accepted() -> None:
    for first_order, is_first, confirmed in ((True, True, True), (True, False, False), (False, True, False)):
        order = Order(CONTEXT, Draft("a fox", 1), confirm=ConfirmationRule(2000, first_order=first_order))
        found: Any = decide(order, snapshot(is_first=is_first))
        assert found.must_confirm is confirmed
    quote = Quote("0quote", 10, 20, 1, factories.request(), 10, 0)
    accepted: Any = decide(Order(CONTEXT, Draft("a fox", 1), quote=quote, accepts=True), snapshot(is_first=True))
    assert not accepted.must_confirm


LUMA, VEO, KLING = CATALOGUE.video_models
OFFERS = {
    # the model, its seconds, what can be spent, the shape: what is offered
    (LUMA, 70, 600, WIDE): ("LUMA", 60),
    (LUMA, 70, 9, WIDE): None,
    (VEO, 70, 600, WIDE): ("VEO", 10),
    (VEO, 70, 59, WIDE): ("LUMA", 5),
    (VEO, 2, 59, WIDE): ("LUMA", 2),
    (VEO, 70, 9, WIDE): None,
    (VEO, 70, 59, TALL): None,
    (KLING, 70, 60, TALL): ("KLING", 1),
}


def test_the_longest_movie_that_fits_is_offered_and_a_cheaper_model_only_where_none_with_the_same_does() -> None:
    for (model, seconds, available, shape), expected in OFFERS.items():
        assert offer(model, seconds, available, shape) == expected, (model.key, seconds, available)
        assert offer(model, seconds, available, shape, BudgetScope.PLAN) is None, "it would reveal what is left"
    least = replace(CATALOGUE, limits=replace(CATALOGUE.limits, min_seconds=10))
    assert offer(VEO, 20, 599, WIDE, offered=least) == ("LUMA", 20)
    several = replace(least, video_models=(VEO, replace(LUMA, key="DEARER", credits_per_second=30), LUMA))
    assert offer(VEO, 40, 340, WIDE, offered=several) == ("LUMA", 34), "the one that affords the longest"


@given(
    st.sampled_from((LUMA, VEO)),
    st.integers(1, 120),
    st.integers(0, 8000),
    st.sampled_from(BudgetScope),
    st.integers(1, 30),
)
def test_what_is_offered_fits_and_is_cheaper(
    model: VideoModel, seconds: int, available: int, scope: BudgetScope, least: int
) -> None:
    offered = replace(CATALOGUE, limits=replace(CATALOGUE.limits, min_seconds=least))
    price = model.price(max(seconds, least))
    found = offer(model, max(seconds, least), min(available, price - 1), WIDE, scope, offered)
    if found is not None:
        chosen = offered.video_model(found[0])
        assert chosen is not None
        assert chosen.price(found[1]) <= min(available, price - 1)
        assert least <= found[1] <= max(seconds, least)


def offer(
    model: VideoModel,
    seconds: int,
    available: int,
    shape: AspectRatio,
    scope: BudgetScope = BudgetScope.MEMBER,
    offered: Catalogue = CATALOGUE,
) -> tuple[str, int] | None:
    request = replace(factories.request(seconds=seconds), video_model=model.key, aspect_ratio=shape)
    checked = ValidatedRequest(request, model.price(seconds), model, offered.image_models[0])
    found = affordable_request(checked, Shortfall(scope, checked.price, available, 0), offered)
    if found is None:
        return None
    key, affordable = found.request.video_model, found.request.duration_seconds
    assert found.request == replace(request, video_model=key, duration_seconds=affordable)
    return key, affordable


def test_a_remembered_model_is_confirmed_where_the_shapes_default_costs_less() -> None:
    for draft, remembered, cheaper in (
        (Draft("a fox", 1), "VEO", "LUMA"),
        (Draft("a fox", 1, "VEO"), "VEO", None),
        (Draft("a fox", 1), "LUMA", None),
        (Draft("a fox", 1, aspect_ratio="9:16"), "VEO", None),
    ):
        found = decided(draft, Preferences(video_model=remembered), confirm=ABOVE_100, use_preferences=True)
        assert found.default_model == (cheaper and CATALOGUE.video_model(cheaper))
        assert found.must_confirm is bool(cheaper)


def test_a_price_that_was_raised_is_confirmed_once() -> None:
    seen = replace(snapshot(), catalogue=CATALOGUE.following([(ModelKind.VIDEO, "LUMA", 11)]))
    quote = Quote("0quote", 10, 20, 1, factories.request(), 22, created_at=1000)
    for order, price, confirmed in (
        (Order(CONTEXT, Draft("a fox", 2, "VEO"), confirm=ABOVE_100), 120, True),
        (Order(CONTEXT, Draft("a fox", 1, "VEO"), confirm=ABOVE_100), 60, False),
        (Order(CONTEXT, Draft("a fox", 2), confirm=ABOVE_100), 22, True),
        (Order(CONTEXT, Draft("a fox", 2), confirm=ABOVE_100, quote=quote, accepts=True), 22, False),
        (Order(CONTEXT, Draft("a fox", 2), confirm=ABOVE_100, quote=replace(quote, price=20), accepts=True), 22, True),
    ):
        found: Any = decide(order, seen)
        assert (found.checked.price, found.must_confirm) == (price, confirmed)


def test_what_is_accepted_is_confirmed_again_at_another_price_or_after_newer_failures() -> None:
    quote = Quote("0quote", 10, 20, 1, factories.request(), 110, created_at=1000)
    asked_again = {(11, None): False, (11, 1000): False, (11, 1001): True, (12, None): True, (9, None): True}
    for (seconds, failing_since), confirmed in asked_again.items():
        seen = snapshot(failing_since=failing_since)
        found: Any = decide(Order(CONTEXT, Draft("a fox", seconds), confirm=ABOVE_100, quote=quote, accepts=True), seen)
        assert found.must_confirm is confirmed, (seconds, failing_since)


def test_preferences_complete_a_draft_only_where_they_are_asked_for() -> None:
    for use, chosen in ((True, (12, "VEO")), (False, (20, "LUMA"))):
        request = decided(Draft("a fox"), Preferences(12, "VEO"), use_preferences=use).checked.request
        assert (request.duration_seconds, request.video_model) == chosen
    invalid = decide(Order(CONTEXT, Draft(" "), use_preferences=True), snapshot(Preferences(12, "VEO")))
    assert isinstance(invalid, InvalidDraft)
    assert invalid.draft == Draft(" ", 12, "VEO")


NOIR = Wording("a fox", "a fox", 3, "noir")
SHOWN = "a fox. Wide shot. Black and white."


def test_only_an_edit_of_ones_own_words_keeps_what_was_added() -> None:
    for base in ("a fox", "an owl", "a fox at night"):
        assert NOIR.edited(SHOWN, SHOWN.replace("a fox", base)) == replace(NOIR, own=base, base=base)
    for edited in ("a fox", "a fox. Wide shot. Black and blue.", "", ". Wide shot. Black and white.", "an owl"):
        assert NOIR.edited(SHOWN, edited) is None
    idea = Wording("a fox", "A robot learns to dance.")
    assert idea.edited(idea.base, idea.base) == idea
    assert idea.edited(idea.base, "A robot learns to sing.") is None


def test_only_a_prompt_without_additions_is_ones_own() -> None:
    assert [each.member_words for each in (NOIR, Wording("a fox", "an idea"))] == ["a fox", ""]
    added = [NOIR, replace(NOIR, style=None), replace(NOIR, improvement=None), Wording("a fox", "an owl")]
    assert [each.is_own for each in (Wording("a fox", "a fox"), *added)] == [True, *[False] * 4]


def test_a_quote_keeps_its_wording_through_an_edit_that_changes_nothing() -> None:
    quote = Quote("0quote", 10, 20, 1, factories.request(SHOWN), 100, 0, wording=NOIR)
    assert quote.wording_of(f" {SHOWN}\u200b\n") == quote.full_wording == NOIR
    plain = replace(quote, wording=None)
    assert (plain.wording_of(SHOWN), plain.full_wording) == (None, Wording(SHOWN, SHOWN))
    assert (plain.root, replace(plain, root_id="0first").root) == ("0quote", "0first")


NOBODYS, UNTRUSTED, EVERYONE = None, ApprovalScope.UNTRUSTED, ApprovalScope.EVERYONE
STORYBOARDS = ApprovalScope.STORYBOARDS
TRUSTED, OTHER = 31, 32

WAITS = {
    (NOBODYS, 0, 10_000, ()): False,
    (EVERYONE, 0, 1, ()): True,
    (EVERYONE, 0, 1, (TRUSTED,)): True,
    (EVERYONE, 100, 100, ()): False,
    (EVERYONE, 100, 101, (TRUSTED,)): True,
    (STORYBOARDS, 100, 100, ()): False,
    (STORYBOARDS, 100, 101, (TRUSTED,)): True,
    (UNTRUSTED, 0, 1, ()): True,
    (UNTRUSTED, 0, 1, (OTHER,)): True,
    (UNTRUSTED, 0, 1, (OTHER, TRUSTED)): False,
    (UNTRUSTED, 100, 100, ()): False,
    (UNTRUSTED, 100, 101, ()): True,
    (UNTRUSTED, 100, 101, (TRUSTED,)): False,
}
"""By scope, price up to which nothing waits, the movie's price, and the member's roles."""


def test_an_order_waits_above_the_price_unless_its_member_is_trusted_or_manages() -> None:
    for manages in (False, True):
        for (scope, above, price, roles), waits in WAITS.items():
            setup = ServerSetup(approval=scope, approval_credits=above, trusted_roles=(TRUSTED, 33))
            found = setup.needs_approval(price, roles, manages_server=manages)
            assert found == (waits and not manages), (scope, above, price, roles)
    setup = ServerSetup(approval=UNTRUSTED)
    assert setup.needs_approval(1, (TRUSTED, OTHER), manages_server=False), "nobody is trusted"


def test_a_server_may_want_a_storyboard_first() -> None:
    wanted = [
        (ServerSetup(), False),
        (ServerSetup(approval=EVERYONE), False),
        (ServerSetup(storyboard_credits=199), True),
        (ServerSetup(storyboard_credits=200), False),
        (ServerSetup(approval=STORYBOARDS), True),
        (ServerSetup(approval=STORYBOARDS, approval_credits=200), False),
    ]
    for setup, wants in wanted:
        assert setup.wants_storyboard(200, (), manages_server=False) is wants
        seen = replace(snapshot(), setup=setup)
        order = Order(CONTEXT, Draft("a fox", 20))
        for operations, made in ((AUTUMN_2026.limits.operations, wants), (MARCH_2025.limits.operations, False)):
            offered = seen.catalogue
            assert isinstance(offered, Catalogue)
            limits = replace(offered.limits, operations=operations)
            found = decide(order, replace(seen, catalogue=replace(offered, limits=limits)))
            assert isinstance(found, Decision)
            assert found.checked.request.operation is (Operation.STORYBOARD if made else Operation.MOVIE)
    assert ServerSetup(storyboard_credits=1).wants_storyboard(200, (), manages_server=True)
    assert not ServerSetup(approval=STORYBOARDS).wants_storyboard(200, (), manages_server=True)


def test_a_storyboard_that_was_not_shown_with_the_price_is_shown_first_and_so_is_a_movie_without_one() -> None:
    """The API may have changed since, or what the server wants first."""
    for shown in (Operation.MOVIE, Operation.STORYBOARD):
        request = replace(factories.request(seconds=20), video_model="VEO", image_model="FLUX", operation=shown)
        quote = Quote("0quote", 10, 20, 1, request, 1200, created_at=1000)
        for setup in (ServerSetup(), ServerSetup(storyboard_credits=1)):
            for offered in (AUTUMN_2026.limits.operations, MARCH_2025.limits.operations):
                seen = replace(snapshot(), setup=setup, catalogue=with_operations(offered))
                found = decide(Order(CONTEXT, to_draft(request), quote=quote, accepts=True), seen)
                assert isinstance(found, Decision)
                assert found.must_confirm is (found.checked.request.operation is not shown), (shown, setup, offered)


def test_a_form_without_room_for_a_storyboard_follows_its_members_preference() -> None:
    seen = replace(snapshot(Preferences(storyboard=True)), catalogue=with_operations(AUTUMN_2026.limits.operations))
    for chosen in (None, True, False):
        for use_preferences in (True, False):
            draft = Draft("a fox", 20, storyboard=chosen)
            found = decide(Order(CONTEXT, draft, use_preferences=use_preferences), seen)
            assert isinstance(found, Decision)
            assert (found.checked.request.operation is Operation.STORYBOARD) is (chosen is not False)


def with_operations(operations: frozenset[Operation]) -> Catalogue:
    return replace(CATALOGUE, limits=replace(CATALOGUE.limits, operations=operations))
