"""Orders: the decision about a draft, the outcomes of an order, and quotes, which show a price before it is paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue, VideoModel
from bot.domain.copies import copy_request
from bot.domain.credit_request import AskOption
from bot.domain.credits import BudgetScope, Limits, Shortfall
from bot.domain.jobs import Job
from bot.domain.moderation import MAY_BE_ORDERED, PromptRefused, Verdict
from bot.domain.operations import Operation, Source
from bot.domain.pictures import Picture
from bot.domain.preferences import NOT_IN_FORM, PreferenceField, Preferences, apply_preferences
from bot.domain.quota import Allowance, Balance
from bot.domain.refusal import Refused
from bot.domain.request import (
    Draft,
    MovieRequest,
    Priced,
    PricedRequest,
    Problem,
    ValidatedRequest,
    sort_problems,
    valid_part,
    validate,
)
from bot.domain.server_setup import ServerSetup, narrow
from bot.domain.text import Language, Wording, strip_control_chars

QUOTE_TTL_MS = 15 * 60 * 1000
"""How long a quote can be accepted, the lifetime of Discord's interaction tokens. Prices and balances change."""

WHOLE: Final = 100
"""Percent."""


@dataclass(frozen=True, slots=True)
class Quote(Priced):
    """One request with its price in credits, which one member can accept once.

    Quotes that replace one another share the first one's id as their `root_id`: one movie is made of all of them. The
    first has none. `wording` says how the prompt came about; None: its member wrote it. Times are UTC epoch
    milliseconds.
    """

    id: str
    guild_id: int
    channel_id: int
    member_id: int
    request: MovieRequest
    price: int
    created_at: int
    root_id: str | None = None
    wording: Wording | None = None

    @property
    def root(self) -> str:
        """The id of the first of the quotes that this one replaces."""
        return self.root_id or self.id

    @property
    def full_wording(self) -> Wording:
        """How the prompt came about, also where its member wrote it."""
        return self.wording or Wording(self.request.prompt, self.request.prompt)

    def wording_of(self, edited: str) -> Wording | None:
        """Return how a prompt came about that was edited from this one's."""
        return self.wording and self.wording.edited(self.request.prompt, strip_control_chars(edited).strip())


@dataclass(frozen=True, slots=True)
class QuotePreview:
    """A quote that fits, the member's balance before it is accepted, and what their server offers.

    `failed_repeatedly`: the member's last movies of this prompt all failed. `default_model` costs less than the
    remembered one that the quote uses. `on_the_house`: it would be the member's starter movie.
    """

    quote: Quote
    balance: Balance
    offered: Catalogue
    failed_repeatedly: bool = False
    default_model: VideoModel | None = None
    on_the_house: bool = False


@dataclass(frozen=True, slots=True)
class PricePerSecond:
    """What a second of a movie costs, and its member's balance before."""

    credits: int
    balance: Balance


@dataclass(frozen=True, slots=True)
class ConfirmationRule:
    """Which prices a member must accept first."""

    credits: int

    percent: int = WHOLE
    """Of what the member has left. A price above 100 percent can't be paid."""

    first_order: bool = False
    """Also that of a member's first movie in a server."""

    def applies(self, price: int, left: int) -> bool:
        """Return whether a price is above the bound, or a large part of what is left."""
        return price > self.credits or (self.percent < WHOLE and price * WHOLE > self.percent * left)


ALWAYS_CONFIRM: Final = ConfirmationRule(-1)
"""Every price needs a confirmation, also where it is nothing."""


@dataclass(frozen=True, slots=True)
class OrderContext:
    """The interaction and the member of an order.

    `server_language` is the one that the server has in Discord. `parent_channel_id` is a thread's. `age_restricted` is
    Discord's flag of the channel, or of a thread's parent. `manages_server`: the member may manage the server.
    """

    interaction_id: int
    guild_id: int
    channel_id: int
    member_id: int
    role_ids: tuple[int, ...] = ()
    member_name: str = ""
    member_language: Language = Language.ENGLISH
    server_language: Language = Language.ENGLISH
    parent_channel_id: int | None = None
    age_restricted: bool = False
    manages_server: bool = False


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """A job whose credits are held, and what it waits for.

    `queue_position` counts the jobs before it, as in `Estimate`. `outage` is why the queue waits, else None.
    `own_ahead` counts the member's other movies that render or come before it. `staff_informed`: where it needs
    approval, a message in the staff channel will ask for it.
    """

    job: Job
    queue_position: int
    outage: Outage | None = None
    own_ahead: int = 0
    staff_informed: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """A draft as its member submits it.

    `use_preferences` completes all of the draft from the member's preferences, and not only what a form has no room
    for. `confirm` says which prices are shown before anything is held; None: by the operator's rule, and none for a
    pitch. A `quote` is the one whose button or form was used: only one movie is made of it and of what replaces it.
    `accepts`: its member accepts its price. `wording` says how the prompt came about; None: its member wrote it.
    `is_new` is False where they wrote nothing now, as with a button: a rule of the prompt filter may be newer than the
    words. `problems` are those of a form, which a draft can't hold. `missing` are the permissions that the bot lacks to
    post the movie. `quoted` is what the API has just said that it costs, of scenes made anew. `pictures` came with it;
    those of an edited quote are kept already. `verdict` is the movie service's about the prompt and these pictures;
    None: it must be asked first. `traceparent` is the W3C trace, None where nothing is traced.
    """

    context: OrderContext
    draft: Draft
    use_preferences: bool = False
    confirm: ConfirmationRule | None = None
    quote: Quote | None = None
    accepts: bool = False
    wording: Wording | None = None
    is_new: bool = True
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    quoted: int | None = None
    pictures: tuple[Picture, ...] = ()
    verdict: Verdict | None = MAY_BE_ORDERED
    traceparent: str | None = None

    def has_pictures(self, kept: frozenset[str]) -> bool:
        """Return whether the draft's pictures came with the order, or are `kept`."""
        return {*self.draft.sources} <= {picture.id for picture in self.pictures} | kept

    @property
    def own_words(self) -> str | None:
        """What of the prompt its member wrote now; None: all of it."""
        if not self.is_new:
            return ""
        return None if self.wording is None else self.wording.member_words


@dataclass(frozen=True, slots=True)
class InvalidDraft:
    """A draft, completed from the member's preferences, and its problems.

    `checked` is what its form can be opened with again: defaults in place of the invalid values.
    """

    draft: Draft
    problems: tuple[Problem, ...]
    checked: ValidatedRequest | None = None


OrderRefusal: TypeAlias = Refused | Shortfall | InvalidDraft | PromptRefused
"""Why nothing was ordered or quoted."""


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """An order that was neither placed nor quoted, and what its member can do.

    `draft` is what was asked for. `editable` is a quote that can be changed. `affordable` is one of a movie that fits,
    with `other_model` where none with the model that was asked for does. `ask` says how to get more credits.
    """

    reason: OrderRefusal
    draft: Draft
    editable: Quote | None = None
    affordable: QuotePreview | None = None
    other_model: VideoModel | None = None
    ask: AskOption = AskOption.NO_HELP


OrderOutcome: TypeAlias = OrderPlaced | QuotePreview | OrderRefused


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What decides about a member's order: one state of the database.

    `catalogue` is what the server offers, or why the member may order nothing here. `refusal` is why they may order
    nothing now, and `failing_since` when the prompt last failed, if it keeps failing. `limits` apply to the member, by
    `allowance` and `limited_roles`: those of their roles that have a limit. `left` is what they have left of their own:
    no row is locked, so another order may take it before this one. `may_recall`: something is remembered of members who
    erased their data, and the member may be one of them. `is_first`: they have no movie in this server yet.
    `may_start`: they have none that is ready or on its way, and had no starter movie. `sources` are the finished movies
    of the server that something is made from, in the order of the draft. `pictures` are the ids of its pictures that
    are kept.
    """

    preferences: Preferences
    setup: ServerSetup
    catalogue: Catalogue | Refused
    refusal: Refused | None
    failing_since: int | None
    limits: Limits
    allowance: Allowance
    left: int
    limited_roles: tuple[int, ...] = ()
    may_recall: bool = False
    is_first: bool = False
    sources: tuple[Job, ...] = ()
    pictures: frozenset[str] = frozenset()
    may_start: bool = False

    def is_on_the_house(self, price: int, operation: Operation) -> bool:
        """Return whether a movie that they order now would be their starter movie."""
        return self.may_start and not operation.declared.is_copy and price <= (self.setup.starter_credits or 0)


@dataclass(frozen=True, slots=True)
class Decision:
    """A valid request, and whether it is ordered at once.

    `must_confirm`: its member has not read the price, or that its prompt keeps failing. `default_model` is the cheaper
    one, where they did not name the model and the remembered one costs more.
    """

    checked: PricedRequest
    must_confirm: bool = False
    default_model: VideoModel | None = None


def offered_catalogue(available: Catalogue, setup: ServerSetup, context: OrderContext) -> Catalogue | Refused:
    """Return what a member can order in a channel of what the API takes, or why nothing."""
    channels = (context.channel_id, context.parent_channel_id)
    refused = setup.refusal(channels, context.role_ids, age_restricted=context.age_restricted)
    return refused or narrow(available, setup) or Refused("refusals-no-model")


def decide(order: Order, seen: Snapshot) -> Decision | InvalidDraft | Refused:
    """Decide whether an order is valid, and whether its price is shown first.

    Shown are prices by the order's rule, that of a member's first order in the server, a remembered model that costs
    more than the default, a model that costs more than the operator's catalogue says, a prompt that keeps failing, and
    what its member accepted at another price, or when all of it is paid at once. A server may want a storyboard first.
    """
    offered = seen.catalogue
    if isinstance(offered, Refused):
        return offered
    if order.draft.operation.declared.is_copy:
        return _decide_copy(order, seen, offered)
    if order.draft.operation is Operation.PICTURES and not order.has_pictures(seen.pictures):
        return Refused("pictures-gone")
    fields = PreferenceField if order.use_preferences else NOT_IN_FORM
    draft, checked = apply_preferences(order.draft, seen.preferences, offered, fields)
    problems = order.problems if isinstance(checked, ValidatedRequest) else sort_problems((*order.problems, *checked))
    if problems or not isinstance(checked, ValidatedRequest):
        valid = validate(valid_part(draft, problems), offered)
        return InvalidDraft(draft, problems, valid if isinstance(valid, ValidatedRequest) else None)
    if _begins_with_storyboard(order.context, seen.setup, checked, offered):
        checked = checked.storyboarded()
    if order.accepts and order.quote is not None:
        is_read = seen.failing_since is None or order.quote.created_at >= seen.failing_since
        return Decision(checked, must_confirm=not is_read or order.quote.parts != checked.parts)
    model, cheaper = checked.video_model, None
    must_confirm = seen.failing_since is not None or model.is_raised
    if order.confirm is not None:
        default = offered.video_models_for(checked.request.aspect_ratio)[0]
        is_remembered = order.draft.video_model is None
        if is_remembered and default.credits_per_second < model.credits_per_second:
            cheaper = default
        is_first = order.confirm.first_order and seen.is_first
        must_confirm |= is_first or cheaper is not None or order.confirm.applies(checked.price, seen.left)
    return Decision(checked, must_confirm, cheaper)


def _decide_copy(order: Order, seen: Snapshot, offered: Catalogue) -> Decision | Refused:
    """Decide what is made of finished movies, whose words were decided about before.

    The price that its member accepts is compared with today's, but for one that only the API knows.
    """
    accepted = order.quote if order.accepts else None
    quoted = order.quoted if accepted is None else accepted.price
    checked = copy_request(order.draft, seen.sources, quoted, offered.limits)
    if isinstance(checked, Refused):
        return checked
    return Decision(checked, must_confirm=accepted is None or accepted.price != checked.price)


def _begins_with_storyboard(
    context: OrderContext, setup: ServerSetup, checked: ValidatedRequest, offered: Catalogue
) -> bool:
    if checked.request.operation is not Operation.MOVIE or Operation.STORYBOARD not in offered.limits.operations:
        return False
    return setup.wants_storyboard(checked.price, context.role_ids, manages_server=context.manages_server)


def affordable_request(checked: PricedRequest, shortfall: Shortfall, offered: Catalogue) -> PricedRequest | None:
    """Return the movie to offer in place of one that does not fit, if any.

    It is the longest one with the same model, or else with a cheaper model: with the one that affords the longest, and
    of equals the first. None also where the plan is the limit, because the length would reveal the operator's remaining
    credits. What is made of pictures or movies is as long as they are.
    """
    asked = checked.request
    if shortfall.scope is BudgetScope.PLAN or not isinstance(checked, ValidatedRequest):
        return None
    if asked.operation.declared.source is not Source.WORDS:
        return None
    own = checked.video_model

    def longest(model: VideoModel) -> int:
        affordable = shortfall.available // model.credits_per_second
        return offered.limits.longest_within(min(affordable, asked.duration_seconds))

    others = offered.video_models_for(asked.aspect_ratio)
    cheaper = [model for model in others if model.credits_per_second < own.credits_per_second]
    model = own if longest(own) or not cheaper else max(cheaper, key=longest)
    request = replace(asked, duration_seconds=longest(model), video_model=model.key)
    fits = request.duration_seconds > 0 and request != asked
    price = model.price(request.duration_seconds)
    return replace(checked, request=request, price=price, video_model=model) if fits else None
