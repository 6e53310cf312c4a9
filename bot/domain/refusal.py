"""One refusal for all operations: why nothing was done, and the figures that its words name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, get_args

OrderRefusalCode: TypeAlias = Literal[
    "refusals-paused",  # the operator takes no orders now
    "refusals-server-blocked",  # the operator takes no orders from this server
    "refusals-erasing",  # the member asked that their data be erased, which is not done yet
    "refusals-blocked",
    "refusals-open-movies",
    "refusals-server-open-movies",
    "refusals-cooling-down",  # the member cancelled, or took pledges back, too often
    "refusals-failures",  # the member's failed movies cost the plan too much; a server manager can lift this
    "refusals-channel",  # by the server's setup, as the next two: movies are made in other channels
    "refusals-age",
    "refusals-role",
    "refusals-no-model",  # the operator offers none of the models that the server allows
]
"""Why an order is refused, whatever credits there are. Each has a title besides, such as `refusals-paused-title`."""

QuoteRefusalCode: TypeAlias = Literal[
    "quotes-expired",  # too old, or this member has no such quote
    "quotes-replaced",  # the member cancelled it, or changed it into another
    "quotes-already-ordered",  # it has a job, or a quote that it shares its root with has
    "quotes-already-ordered-there",
]
"""Why a quote can't be accepted."""

SetupRefusalCode: TypeAlias = Literal[
    "setup-not-a-list",
    "setup-too-many",
    "setup-not-an-id",
    "setup-not-offered",
    "setup-credits-out-of-range",
    "setup-days-out-of-range",
    "setup-seconds-out-of-range",
    "setup-stars-out-of-range",
    "setup-longer-than-longest",  # a default duration
    "setup-everyone",  # the role @everyone, where only some may be meant
    "setup-missing-permissions",  # the bot can't post in a channel
    "setup-not-age-restricted",  # everyone can open a gallery, where only others are used
    "setup-not-a-rule",
    "setup-rules-too-many",
    "setup-not-in-server",  # a channel or a role of another server, or a deleted one
    "setup-file-not-json",
    "setup-file-not-an-object",
    "setup-file-other-version",
    "setup-file-unknown-key",
    "setup-file-duplicate-key",
]
"""What is wrong with a value of /setup, which is in the data with its setting, or with a file."""

QUOTE_CODES: Final = frozenset[str](get_args(QuoteRefusalCode))

RefusalCode: TypeAlias = Literal[
    OrderRefusalCode,
    QuoteRefusalCode,
    SetupRefusalCode,
    "refusals-too-fast",
    "refusals-too-many-commands",
    "refusals-button-timed-out",
    "errors-missing-permissions",
    "pitch-unknown",
    "pitch-over",
    "pitch-shortfall",  # of the member's own credits
    "pitch-shortfall-new",
    "pitch-never-fits-server",
    "pitch-never-fits-queue",
    "pitch-never-fits-bot",
    "pitch-too-much",
    "pitch-alone",  # a pledge of the whole price
    "pitch-complete",  # nothing is missing: it waits for the plan
    "pitch-no-pledge",
    "pitch-not-yours",
    "pitch-too-many",
    "pitch-not-offered",  # what it makes is paid by one member
    "scenes-too-fast",
    "scenes-none",  # the API makes none of them anew
    "scenes-not-now",  # as while the movie is being changed
    "scenes-no-answer",
    "copies-not-offered",  # as by a button of another version of the API
    "copies-source-gone",  # removed, erased, or not of this server
    "copies-film-size",
    "copies-film-shape",
    "pictures-not-offered",  # as by a form of another version of the API
    "pictures-too-many",
    "pictures-too-large",
    "pictures-too-large-together",
    "pictures-not-a-picture",
    "pictures-not-read",  # Discord does not hand one over
    "pictures-with-duration",
    "pictures-gone",  # the order that they were kept for has ended
    "pitch-failing",  # the last movies of its prompt failed, and others would wait for the next
    "pitch-voted-already",
    "gifts-off",  # the server's managers have not switched gifts on
    "gifts-self",
    "gifts-blocked",
    "gifts-erasing",
    "gifts-recipient-blocked",  # or their data is being erased
    "gifts-paused",  # the operator takes no orders now, or none from this server
    "gifts-over-bound",
    "gifts-too-few",
    "gifts-too-fast",
    "requests-asked-today",
    "requests-enough",
    "requests-no-channel",
    "requests-no-help",  # the member's own credits are not all that is short
    "requests-unknown",
    "requests-blocked",
    "requests-blocked-everywhere",
    "requests-server-budget",  # what the server's managers let it spend; they can raise it
    "requests-operator-limit",  # what the operator lets the server spend, or the plan
    "approvals-unknown",
    "approvals-own",  # the staff member's own movie, and they may not manage the server
    "approvals-blocked",
    "approvals-blocked-everywhere",
    "approvals-paused",
    "approvals-reason-too-long",
    "approvals-prompt",  # the prompt breaks a rule that was added meanwhile
    "storyboards-not-yours",
    "storyboards-not-waiting",  # it is not drawn yet, or its staff look at it first
    "storyboards-rendering",  # its member pressed Render first
    "storyboards-stopped",
    "buttons-just-finished",
    "buttons-nearly-finished",  # the API does not say that it is certainly unfinished
    "buttons-just-ended",
    "buttons-no-answer",
    "buttons-too-many-cancels",
    "buttons-too-many-links",
    "buttons-follow-full",
    "buttons-follow-ended",
    "buttons-follow-private",  # it is sent as a direct message
    "buttons-deleted-already",
    "stars-gone",  # it was deleted, or its words are too old to be kept
    "reported-repeated",
    "reported-too-many",
    "reported-own",
    "reported-unknown",
    "reported-own-decision",
    "reported-blocked",
    "reported-dismissed",
    "staff-unknown",
    "staff-erased",
    "staff-own",
    "staff-blocked",
    "credits-export-in-progress",
    "credits-too-many-exports",
    "report-too-many",
    "privacy-too-often",
    "quota-not-allowed",
    "quota-bad-credits",
    "quota-bad-hours",
    "quota-bad-month",
    "quota-reason-required",
    "quota-reason-too-long",
    "quota-bot-member",
    "quota-not-a-member",
    "quota-role-deleted",
    "quota-everyone",
    "quota-default-not-set",
    "quota-server-not-set",
    "quota-member-not-set",
    "quota-current-role-none",
    "quota-no-bonus",
    "quota-too-little-bonus",
    "quota-not-blocked-member",
    "quota-nothing-to-reset",
]
"""A code is the id of its text: the type checker finds one that has none."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an operation was refused.

    It is returned and never raised, because a refusal may have written something: a hit of the prompt filter, or an end
    of what is too old. `data` are the values that its text names, and what the cog that shows it needs.
    """

    code: RefusalCode
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
