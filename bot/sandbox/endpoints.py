"""The API's account, and what a path of the API is: whom it refuses, and how it answers."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bot.sandbox.contract import Contract, ModelSpec, Movie, Order, fields_of, input_of
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, RenderOutcome, Reply, Route

CREDITS_PATH = "/v1/credits"

LINK_SECONDS = 7 * 24 * 60 * 60
"""How long a signed link works: CLOUDFRONT_SIGNED_URL_TTL_SECONDS of the vendor's models/AWS.js."""


@dataclass(slots=True)
class Account:
    """The API's account: its movies by request id, its credits, and the pictures that were uploaded, by path.

    `now` is the injected clock, `utc_now` the seconds that the API's own times are made of. `origin` is where it is
    served, and `movie_url` where it says that a movie is.
    """

    contract: Contract
    video_models: Mapping[str, ModelSpec]
    api_key: str
    movie_url: str
    now: Callable[[], float]
    utc_now: Callable[[], float]
    new_request_id: Callable[[], str]
    origin: str
    movies: dict[str, Movie]
    uploads: dict[str, bytes]
    paid_in: int
    _ordered: float = 0.0
    _collected: frozenset[tuple[str, str]] = frozenset()

    @property
    def balance(self) -> int:
        """The credits that are left."""
        self.collect_charges()
        return self.paid_in - self._spent()

    @balance.setter
    def balance(self, credits: int) -> None:
        self.paid_in = credits + self._spent()

    def make(self, order: Order, outcome: RenderOutcome) -> Movie:
        """Begin a movie, and charge what is due at once."""
        request_id = self.new_request_id()
        ids = (hashlib.sha256(f"{request_id}/{index}".encode()).hexdigest()[:24] for index in itertools.count())
        scenes = tuple(
            replace(scene, scene_id=scene.scene_id or scene_id, seed=scene.seed or request_id)
            for scene, scene_id in zip(order.scenes, ids, strict=False)
        )
        movie = Movie(
            request_id, replace(order, scenes=scenes), self.now(), outcome, self.contract, ordered_at=self.utc_now()
        )
        self.movies[request_id] = movie
        self._ordered += order.cost * max(1.0, outcome.charge_factor)
        return movie

    def _spent(self) -> int:
        return sum(movie.charged(self.now()) for movie in self.movies.values())

    def collect_charges(self) -> None:
        """Fail each movie for whose next stage the balance is too low.

        Nothing is reserved when a movie is ordered, so that several can be ordered on the same credits.
        """
        if self._ordered <= self.paid_in:  # the balance pays for all that was ever ordered
            return
        now = self.now()
        charges = {
            (movie.request_id, stage): (movie.due_at(stage), credits)
            for movie in self.movies.values()
            for stage, credits in movie.charges(now).items()
            if stage is not None
        }
        new = sorted(charges.keys() - self._collected, key=lambda one: (*charges[one], one))
        left = self.paid_in - self._spent() + sum(charges[one][1] for one in new)
        for request_id, stage in new:
            movie = self.movies[request_id]
            credits = movie.charges(now).get(stage, 0)  # none after a stage that failed
            if credits > left:
                outcome = replace(movie.outcome, fails_at=stage, message=self.contract.ran_out[stage])
                self.movies[request_id] = replace(movie, outcome=outcome)
            elif credits:
                left -= credits
                self._collected |= {(request_id, stage)}

    # Links ------------------------------------------------------------------------------------------------------------

    def stored_url(self, request_id: str) -> str:
        """Return where a movie is, or will be, without a signature."""
        return self.movie_url.format(origin=self.origin, request_id=request_id)

    def movie_link(self, request_id: str) -> str:
        """Return a link to a movie, signed where this server has it."""
        url = self.stored_url(request_id)
        path = f"/movies/{request_id}.mp4"
        return self.link(path) if url == self.origin + path else url

    def still_link(self, movie: Movie, index: int) -> str | None:
        """Return a signed link to a scene's picture, None before it is drawn."""
        return self.link(f"/stills/{movie.request_id}/{index}.jpg") if self.is_drawn(movie, index) else None

    def is_drawn(self, movie: Movie, index: int) -> bool:
        """Return whether a scene's picture is drawn: one after the other, while the pictures' stage runs."""
        start, end = movie.spans.get("image_generation", (0.0, 0.0))
        scenes = len(movie.order.scenes)
        return 0 <= index < scenes and movie.part(self.now()) >= start + (end - start) * (index + 1) / scenes

    def link(self, path: str) -> str:
        """Return a link to a path; where the API signs its links, it works for a while only."""
        if not self.contract.signs_links:
            return self.origin + path
        expires = f"{self.utc_now() + LINK_SECONDS:.0f}"
        return f"{self.origin}{path}?Expires={expires}&Signature={self._signature(path, expires)}&Key-Pair-Id=FAKE"

    def allows(self, path: str, query: Mapping[str, str]) -> bool:
        """Return whether a link to a path is signed, and still works."""
        expires = query.get("Expires", "")
        signature = self._signature(path, expires).encode()
        return not self.contract.signs_links or (
            hmac.compare_digest(query.get("Signature", "").encode("utf-8", "replace"), signature)
            and self.utc_now() < float(expires)
        )

    def _signature(self, path: str, expires: str) -> str:
        return hmac.new(self.api_key.encode(), f"{path} {expires}".encode("utf-8", "replace"), "sha256").hexdigest()

    def time_of(self, movie: Movie, at: float) -> str:
        """Return a moment of the injected clock as the API writes it."""
        return datetime.fromtimestamp(movie.ordered_at + at - movie.created_at, UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `path_id` is the id that its path has, and `outcome` what becomes of a movie that it orders."""

    account: Account
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: object
    outcome: RenderOutcome
    method: str
    path: str
    path_id: str = ""
    request_id: str = ""

    @property
    def fields(self) -> JsonObject:
        """The fields of its body."""
        return input_of(self.body)

    def given(self, *names: str) -> object:
        """Return the first of its fields under one of the names that has a value."""
        return next((self.fields[name] for name in names if self.fields.get(name) is not None), None)

    def text(self, *names: str) -> str:
        """Return the first of its fields under one of the names that is a text with something in it."""
        return text_of(self.fields, names)

    @property
    def video_model(self) -> ModelSpec | None:
        """The video model that it names, where there is one."""
        return self.account.video_models.get(str(self.given("video_model")))

    @property
    def movie(self) -> Movie | None:
        """The movie that it names."""
        return self.account.movies.get(self.request_id)

    @property
    def named(self) -> Movie:
        """The movie that it names, after a check that there is one."""
        return self.account.movies[self.request_id]

    @property
    def is_quote(self) -> bool:
        """Whether it asks only for a price."""
        return any(self.fields.get(name) is True for name in ("quote_only", "quoteOnly", "dry_run", "dryRun"))

    @property
    def now(self) -> float:
        """The time on the injected clock."""
        return self.account.now()

    @property
    def webhook_url(self) -> str | None:
        """The URL to call back, which it may have beside its fields or among them."""
        url = fields_of(self.body).get("webhookUrl") or self.fields.get("webhookUrl")
        return url if isinstance(url, str) and url else None


Check = Callable[[Call], Reply | None]
"""Returns the answer with which a request is refused, if it is."""

Refusal = tuple[ApiAnswer, Callable[[Call], object]]
"""An answer, and when a request gets it; where the answer has values, they are what is returned instead of True."""


def in_order(*refusals: Refusal) -> Check:
    """Return a check that refuses a request with the first answer that applies."""

    def refused(call: Call) -> Reply | None:
        for answer, applies in refusals:
            if values := applies(call):
                return answer.reply(**fields_of(values))
        return None

    return refused


def is_unknown(call: Call) -> bool:
    """Return whether a request names no movie that there is."""
    return call.movie is None


def not_boolean(*names: str) -> Callable[[Call], JsonObject | None]:
    """Return a check that finds the first of these fields which is no boolean."""
    return lambda call: next(
        ({"field": name} for name in names if not isinstance(call.fields.get(name), bool | None)), None
    )


def text_of(fields: Mapping[str, object], names: Iterable[str]) -> str:
    """Return the first field under one of the names that is a text with something in it, '' for none."""
    return next((text for name in names if isinstance(text := fields.get(name), str) and text.strip()), "").strip()


def in_query(call: Call) -> str:
    """Return the id that a query names; session_id is the newer name."""
    return call.query.get("request_id") or call.query.get("session_id") or ""


SESSION_NAMES: Final = ("video_session_id", "videoSessionId", "session_id", "sessionId")
REQUEST_NAMES: Final = ("request_id", "requestId")


def session_in_body(call: Call) -> str:
    """Return the id of the session that a body names."""
    return call.text(*SESSION_NAMES)


def anywhere(call: Call) -> str:
    """Return the id of the path, else of the query, else of the body."""
    places = (call.query, call.fields, fields_of(call.body))
    found = (text_of(place, (*REQUEST_NAMES, *SESSION_NAMES)) for place in places)
    return call.path_id or next(filter(None, found), "")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path of the API under all its names.

    `request_id` finds the id of the movie that a request names. `refuses` checks a request after its key, and
    `refuses_first` before; some paths need no key. `quote` tells the price to a request that asks only for it. `route`
    is where faults apply, and `QUOTE` where a price is told.
    """

    paths: tuple[str, ...]
    answer: Callable[[Call], Reply]
    route: Route | None = None
    methods: tuple[str, ...] = ("POST",)
    request_id: Callable[[Call], str] = lambda _: ""
    refuses: Check = lambda _: None
    refuses_first: Check = lambda _: None
    quote: Callable[[Call], Reply] | None = None
    needs_key: bool = True

    def route_of(self, call: Call) -> Route | None:
        """Return where faults apply to a request."""
        return Route.QUOTE if self.quote and call.is_quote else self.route

    def respond(self, call: Call) -> Reply:
        """Answer a request."""
        account = call.account
        account.collect_charges()
        refused = self.refuses_first(call)
        if refused is None and self.needs_key:
            refused = account.contract.authenticate(call.headers, account.api_key)
        answer = self.quote if self.quote and call.is_quote else self.answer
        return refused or self.refuses(call) or answer(call)


def both_mounts(name: str) -> tuple[str, ...]:
    """Return the paths of what both versions of the vendor's API have."""
    return f"/v1/video/{name}", f"/v2/{name}"


def making(
    order: Callable[[Call], Order],
    *,
    too_few: Callable[..., Reply],
    told: Callable[[Call, Movie], Reply],
    broken: Callable[[], Reply] | None = None,
) -> Callable[[Call], Reply]:
    """Return the answer of a path that makes a movie, where the balance covers it.

    `too_few` refuses it where not, and `told` tells of the new movie. `broken` is answered where it fails after the
    charge: no movie is made then.
    """

    def answer(call: Call) -> Reply:
        account, new = call.account, order(call)
        if new.required > account.balance:
            return too_few(required=new.required, available=account.balance)
        if broken is not None and not call.outcome.is_made:
            account.paid_in -= new.cost
            return broken()
        return told(call, account.make(new, call.outcome))

    return answer
