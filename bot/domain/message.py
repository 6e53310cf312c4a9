"""What is sent: the kinds of messages in the table messages, notifications about jobs, and notices to members."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias

from bot.domain.credit_request import CreditRequest
from bot.domain.credits import Gift
from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.jobs import Job
from bot.domain.pitches import Pitch, PitchEndReason
from bot.domain.server_setup import AgeRule
from bot.domain.text import Language


class MessageKind(StrEnum):
    """What a message says: first the notices to members, then what shows a state."""

    GIFT = "gift"
    ANSWER = "answer"
    """What became of their request for credits."""

    FOLLOWED = "followed"
    """The movie that they follow is there. For those who can't be mentioned with it."""

    FUNDED = "funded"
    """The movie of a pitch is ordered. `credits`: what they pay."""

    RETURNED = "returned"
    """`credits` came back, for `reason`. None: the member made the pitch, which is over, and paid nothing."""

    LAPSED = "lapsed"
    """`credits` of their allowance lapsed with the month, and no longer count for the pitch."""

    WAITING = "waiting"
    """The pitch is fully pledged, and its movie can't be ordered yet."""

    STORYBOARD = "storyboard"
    """The storyboard of their movie is there, or of one that they pay for."""

    REMINDER = "reminder"
    """The storyboard of their movie still waits for them."""

    MADE = "made"
    """The movie is there. `credits`: what they paid. For members who want direct messages: others are mentioned."""

    PITCH = "pitch"
    """A pitch as it is now, and later the card of its movie."""

    CARD = "card"
    """The card of a movie, where someone must decide about its storyboard."""

    PITCH_CHECK = "pitch_check"
    """Whether the message of an open pitch is still there."""

    MOVIE = "movie"
    """A finished movie as it is now: its link, and how many stars it has."""

    GALLERY = "gallery"
    """The same, in the gallery of movies with stars."""

    MOVIE_NIGHT_START = "movie_night_start"
    """When a server's next movie night begins."""

    MOVIE_NIGHT = "movie_night"
    """The best movies of a server's week."""

    REPORT = "report"
    """A reported movie, for staff."""

    AUDIT_LOG = "audit_log"
    """The entries of a server's audit log, in order."""

    GONE = "gone"
    """A message that is to be deleted."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notification about a job, which is due, or whose message shows it anew; `followers` are mentioned, too.

    `attempts` counts failed ones. `possibly_sent_since`: an earlier attempt may have sent it since this moment (UTC
    epoch milliseconds), and Discord may have forgotten its nonce. None: a repeat can't create a second message.
    `gallery_id`: the channel or forum that was decided on at the first attempt. Discord knows no nonces for posts in a
    forum: only `first_attempt` is certain to be the first. `age` is what the server does about movies that are not for
    everyone. `payers` paid for the movie together. `stars` are those of a movie that is shown anew, or that enters the
    gallery by them. `leased_until`: after that, another process may send it, and this attempt must not.
    """

    job: Job
    type: NotificationType
    attempts: int = 0
    followers: tuple[int, ...] = ()
    possibly_sent_since: int | None = None
    gallery_id: int | None = None
    queued_at: int = 0
    first_attempt: bool = False
    age: AgeRule | None = None
    payers: tuple[int, ...] = ()
    stars: int = 0
    leased_until: int | None = None

    def without(self, hidden: Collection[int]) -> Delivery:
        """Return it without the followers who can't view the place."""
        return replace(self, followers=tuple(each for each in self.followers if each not in hidden))

    @property
    def spoiler(self) -> bool:
        """Whether the movie is hidden until someone clicks."""
        return self.age is AgeRule.SPOILER

    @property
    def nonce(self) -> str:
        """The nonce, the same for every attempt.

        Discord drops a repeat with the same nonce. At most 25 characters, Discord's limit with enforce_nonce.
        """
        return f"{self.job.id}-{self.type}"


@dataclass(frozen=True, slots=True)
class SentMessage:
    """The message of a notification that Discord accepted.

    `card_message_id`: the job's card, found in the channel, which the database does not know. `unmentioned` are the
    followers who can't read it.
    """

    posted: PostedMessage
    card_message_id: int | None = None
    unmentioned: tuple[int, ...] = ()


PITCH_NOTICES: Final = (
    MessageKind.FUNDED,
    MessageKind.RETURNED,
    MessageKind.LAPSED,
    MessageKind.WAITING,
    MessageKind.MADE,
)
"""Those about a pitch."""

_FIRST_HOUR_MS: Final = 3_600_000


def count_edit_interval_ms(age_ms: int) -> int:
    """Return how far apart the edits of a message of this age are that only change its counts, in milliseconds.

    Discord allows a message that is older than an hour few.
    """
    return 10_000 if age_ms < _FIRST_HOUR_MS else 10 * 60_000


_ONLY_DIRECT: Final = (MessageKind.ANSWER, MessageKind.FOLLOWED)

Subject: TypeAlias = Gift | CreditRequest | Job | Pitch
"""What a notice is about."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that is due to one member; `attempts` counts failed ones.

    `due_since` is when it was due first, in UTC epoch milliseconds. `nonce` tells it from every other one.
    """

    kind: MessageKind
    subject: Subject
    member_id: int
    language: Language
    nonce: str
    due_since: int
    attempts: int = 0
    wants_direct: bool = False
    credits: int = 0
    reason: PitchEndReason | None = None
    spent: int = 0
    """What the member paid for a movie of a pitch that was canceled; `credits` came back."""

    @property
    def routes(self) -> tuple[bool, ...]:
        """Where the member is told: True is by direct message, False in the subject's channel.

        The second route is taken where Discord rejects the first. A pitch whose message is gone may have no channel.
        """
        if self.kind in _ONLY_DIRECT:
            return (True,)
        is_direct = self.wants_direct or self.reason is PitchEndReason.MESSAGE_GONE
        return is_direct, not is_direct

    def nonce_for(self, *, direct: bool) -> str:
        """Return what makes repeats by one route the same message: Discord would take another route's for it."""
        return f"{self.nonce}-{direct}" if len(self.routes) > 1 else self.nonce
