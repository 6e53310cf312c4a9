"""Values for what bot/ui shows: by the type of a parameter, or by its name where a type says too little.

Each has a name, which the snapshots show beside what it looks like. The first of a kind is the usual one.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, get_args

from bot.domain import prompt_filter, setting_kinds
from bot.domain.approvals import ApprovalScope
from bot.domain.breaker import Outage
from bot.domain.catalogue import (
    API_DEFAULTS,
    AspectRatio,
    Catalogue,
    Extras,
    ImageModel,
    ModelKind,
    Music,
    OfferedExtras,
    RequestLimits,
    SpokenLanguage,
    Style,
    Tone,
    VideoModel,
    Voice,
)
from bot.domain.credit_request import AskOption, CreditRequest, RequestState
from bot.domain.credits import Budget, BudgetScope, EntryType, Gift, LedgerEntry, Month, Shortfall
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.durations import DurationEstimate, Estimate
from bot.domain.erasure import OpenWork, Stored
from bot.domain.jobs import (
    MAX_STILLS,
    Approval,
    EndReason,
    Job,
    JobState,
    Progress,
    RemovedBy,
    Step,
    Still,
)
from bot.domain.message import PITCH_NOTICES, MessageKind, Notice
from bot.domain.moderation import ModerationCategory, PromptRefused
from bot.domain.movie_list import MovieItem, MovieQuery, NumberedPage
from bot.domain.movie_nights import MovieNight, MovieNightState, Recap, StarredMovie
from bot.domain.movie_reports import ReportedMovie, ReportState
from bot.domain.operations import OF_MOVIES, Operation
from bot.domain.orders import ConfirmationRule, OrderRefused, PricePerSecond, Quote, QuotePreview
from bot.domain.pitches import Pitch, PitchEndReason, PitchState, Pledge, Pledged, PledgeState, WaitReason
from bot.domain.preferences import DeliveryTarget, Preferences, PreferenceUpdate
from bot.domain.quota import (
    Allowance,
    AllowanceSource,
    AuditAction,
    AuditContext,
    AuditEntry,
    AuditEvent,
    AuditReason,
    Balance,
    Block,
    GuildQuotas,
    ServerSpending,
)
from bot.domain.refusal import RefusalCode, Refused, SetupRefusalCode
from bot.domain.reports import DailyUsage, FailureStats, MonthlyReport, Ranked, Ranking, Receipt, UsageShare
from bot.domain.request import Draft, MovieRequest, Problem
from bot.domain.server_setup import (
    SECTIONS,
    SETTINGS,
    AgeRule,
    DocumentProblem,
    MessageMenu,
    ServerSetup,
)
from bot.domain.staff_subjects import StaffSubject
from bot.domain.text import Language, Wording
from bot.domain.upstream import Scene
from bot.samsar.config import AUTUMN_2026
from bot.ui import job_status
from bot.ui.copies import choices
from bot.ui.help import MemberStatus
from bot.ui.movie_actions import Reader
from bot.ui.movie_list import MovieDetail
from bot.ui.pitches import REMOVE, WITHDRAW
from bot.ui.privacy import Policy
from bot.ui.server_setup import Panel
from bot.ui.storyboards import Storyboard, posted_still, still_file
from tests.helpers.expected_text import ENGLISH

JOB_ID = "0abc123defghj"
WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
DIRECT = DeliveryTarget.DIRECT_MESSAGE
NOVEMBER = Month(2026, 11)
DAY = 86_400_000
USUAL = DurationEstimate(127.0, 62.0, 241.0, 20)
COMMANDS = (
    *("movie", "pitch", "movies", "pitches", "credits", "gift"),
    *("top", "preferences", "privacy", "setup", "quota", "help"),
)

Named: TypeAlias = Mapping[str, Any]
T = TypeVar("T")


def long_url(length: int) -> str:
    return "https://movies.test/".ljust(length, "a")


@dataclass(frozen=True)
class Outside:
    """What people and the API wrote, and figures.

    `name` is a member's or a server's, `why` a reason, a rule, or what the API said, `label` a model's or a style's.
    `id` is a member's or a channel's; the next ones are others'.
    """

    prompt: str = "a *fox*"
    name: str = "*Al*"
    why: str = "*why*"
    label: str = "*Luma*"
    url: str | None = "https://movies.test/a.mp4"
    credits: int = 900
    id: int = 7
    crowded: bool = False
    """Whether there is as much of everything as there can be."""

    @property
    def part(self) -> int:
        return self.credits // 3

    @property
    def staff(self) -> int:
        return self.id + 2

    @property
    def there(self) -> PostedMessage:
        return PostedMessage(self.id + 3, self.id + 4)

    def request(self, **more: Any) -> MovieRequest:
        return replace(MovieRequest(self.prompt, 90, "LUMA", "FLUX", WIDE), **more)

    def job(self, state: JobState = JobState.RENDERING, prompt: str | None = None, **more: Any) -> Job:
        request = self.request() if prompt is None else self.request(prompt=prompt)
        job = Job(JOB_ID, 1, 2, self.id + 3, self.id, request, self.credits, state, DAY, request_id="65fd0c1")
        return replace(job, **{"member_name": self.name, "movie_url": self.url, **more})

    def balance(self, **more: Any) -> Balance:
        """Return a member's balance: 7 of 9 parts left, and bonus credits on hold; the server has less."""
        allowance = Allowance(self.credits, AllowanceSource.BOT_DEFAULT)
        own = Budget(self.credits, self.part // 3, self.part // 3)
        balance = Balance(own, allowance, Budget(80, 20, 7), Budget(self.part), Budget(10 * self.credits))
        return replace(balance, **more)

    def catalogue(self, **more: Any) -> Catalogue:
        """Return a catalogue with a model for both aspect ratios, a dear one and one that was switched off."""
        if self.crowded:
            return replace(self.crowd(), **more)
        videos = (
            VideoModel("LUMA", self.label, 10, (WIDE, TALL), good_at={Language.ENGLISH: self.why}),
            VideoModel("VEO", "Veo", 60, (WIDE,)),
            VideoModel("OLD", "Old", 1, (WIDE,), enabled=False),
        )
        images = (
            ImageModel("FLUX", self.label),
            ImageModel("IMAGEN", "Imagen"),
            ImageModel("OLD", "Old", enabled=False),
        )
        words = {Language.ENGLISH: self.label}
        styles = (Style("noir", words, words), Style("old", words, words, enabled=False))
        return replace(Catalogue(videos, images, styles=styles), **more)

    def crowd(self) -> Catalogue:
        names = [f"{self.label[:97]}{number:02}" for number in range(25)]
        return Catalogue(
            tuple(VideoModel(f"V{number}{'_' * 90}", name, 10**5, (WIDE, TALL)) for number, name in enumerate(names)),
            tuple(ImageModel(f"I{number}{'_' * 90}", name) for number, name in enumerate(names)),
            AUTUMN_2026.limits,
            tuple(
                Style(f"{number:050}", dict.fromkeys(Language, name), dict.fromkeys(Language, name))
                for number, name in enumerate(names[:24])
            ),
        )

    def many(self, *values: T, most: int = 25) -> tuple[T, ...]:
        """Return values, or where it is crowded, as many of them as there can be."""
        return (values * most)[:most] if self.crowded else values

    def pitch(self, state: PitchState = PitchState.OPEN, **more: Any) -> Pitch:
        pitch = Pitch(JOB_ID, 1, 2, self.id + 3, self.id, self.request(), self.credits, state, 0, DAY)
        values = {"member_name": self.name, "pledged": self.part, "people": 2, "votes": 5, "message_id": 77, **more}
        return replace(pitch, **values)


def jobs(o: Outside) -> Named:
    made, ready = o.job(submitted_at=DAY, progress=Progress(2, 5, "image_generation")), o.job(JobState.COMPLETED)
    return {
        "rendering": made,
        **{state.value: o.job(state) for state in JobState if state not in {JobState.RENDERING, JobState.COMPLETED}},
        "awaiting, posted": o.job(JobState.AWAITING_APPROVAL, next_run_at=DAY, card_message_id=77),
        "reserved, will await": o.job(JobState.RESERVED, approval=Approval.REQUIRED),
        "cancelling": replace(made, cancel_requested_at=1),
        "queued, asked": o.job(JobState.QUEUED, cancel_requested_at=1),
        "direct": replace(made, delivery_target=DIRECT),
        "queued, direct": o.job(JobState.QUEUED, delivery_target=DIRECT),
        "failed, direct": o.job(JobState.FAILED, delivery_target=DIRECT),
        "shared": replace(made, pitch_id="p"),
        "queued, shared": o.job(JobState.QUEUED, pitch_id="p"),
        "unknown, shared": o.job(JobState.UNKNOWN, pitch_id="p"),
        "queued, forgotten": o.job(JobState.QUEUED, "", member_name=""),
        "gone models": o.job(
            JobState.QUEUED, request=o.request(video_model="GONE", image_model=o.why), member_name="\u200b"
        ),
        "erased": o.job(JobState.COMPLETED, "", member_id=-7, member_name="", movie_url=None),
        "removed": replace(ready, removed_at=DAY, removed_by=RemovedBy.MEMBER, movie_url=None),
        "removed by a manager": replace(ready, removed_at=DAY, removed_by=RemovedBy.MANAGER, movie_url=None),
        **storyboards(o),
        **made_of_movies(o),
        **finished(o),
        **endings(o),
    }


def storyboards(o: Outside) -> Named:
    drawing = o.job(
        submitted_at=DAY,
        progress=Progress(1, 5, "image_generation"),
        request=o.request(operation=Operation.STORYBOARD),
        price=900 + o.credits,
        step=Step.DRAWING,
    )
    return {
        "drawing": drawing,
        "in review": replace(drawing, step=Step.REVIEW, decide_by=3 * DAY),
        "storyboard": replace(drawing, step=Step.STORYBOARD, decide_by=3 * DAY),
        "storyboard, direct": replace(drawing, step=Step.STORYBOARD, decide_by=3 * DAY, delivery_target=DIRECT),
        "stopping": replace(drawing, step=Step.STORYBOARD, cancel_requested_at=1, stop_reason=EndReason.STOPPED),
    }


def made_of_movies(o: Outside) -> Named:
    """Return copies at each end: what costs nothing, and what cost less than was on hold."""
    made = copies(o)
    free: dict[str, Any] = {"request": made["subtitles"], "price": 0}
    ready: dict[str, Any] = {"finished_at": 2 * DAY, "submitted_at": DAY}
    charged = {"request": made["a film"], "charged": o.part, **ready}
    return {
        "dubbing": o.job(request=made["a dub"], submitted_at=DAY, progress=Progress(9, 13, "transcript_generation")),
        "subtitles, queued": o.job(JobState.QUEUED, **free),
        "subtitles, ready": o.job(JobState.COMPLETED, **free, **ready),
        "subtitles, unknown": o.job(JobState.UNKNOWN, **free),
        "subtitles, failed": o.job(JobState.FAILED, end_reason=EndReason.SOURCE_GONE, **free),
        "film, ready": o.job(JobState.COMPLETED, **charged),
        "film, shared": o.job(JobState.COMPLETED, pitch_id="p", **charged),
    }


def finished(o: Outside) -> Named:
    ready = o.job(JobState.COMPLETED, finished_at=2 * DAY)
    return {
        "ready": ready,
        "ready, direct": replace(ready, delivery_target=DIRECT, submitted_at=2 * DAY - 100),
        "ready, asked to cancel": replace(ready, cancel_requested_at=1, progress=Progress(2, 5, ""), submitted_at=DAY),
        "ready, shared": replace(ready, pitch_id="p", submitted_at=2 * DAY - 100_000),
    }


def linked(o: Outside) -> Named:
    ready = finished(o)["ready"]
    return {
        **finished(o),
        "no link": replace(ready, movie_url=None),
        "odd link": replace(ready, movie_url="javascript:alert(1)", request_id=None),
        "parentheses": replace(ready, movie_url="https://movies.test/(a).mp4"),
        "link of 350": replace(ready, movie_url=long_url(350)),
        "link of 351": replace(ready, movie_url=long_url(351)),
        "link of 2500": replace(ready, movie_url=long_url(2500), request_id="a" * 500),
        "link of 5000": replace(ready, movie_url=long_url(5000), request_id="a b"),
    }


def endings(o: Outside) -> Named:
    member = EndReason.CANCELLED_BY_MEMBER
    failed = o.job(JobState.FAILED, end_reason=EndReason.UPSTREAM_FAILED, submitted_at=DAY, finished_at=2 * DAY)
    cancelled = o.job(JobState.CANCELLED, end_reason=member, charged=o.part, finished_at=2 * DAY)
    not_started = o.job(JobState.CANCELLED, end_reason=EndReason.RESPONSE_FAILED, request_id=None)
    late = replace(failed, end_reason=EndReason.STAYED_UNKNOWN, finished_at=40 * DAY)
    return {
        "failed": failed,
        "not started": not_started,
        "cancelled for a part": cancelled,
        "stopped": replace(cancelled, end_reason=EndReason.STOPPED, request=o.request(operation=Operation.STORYBOARD)),
        "cancelled for nothing": replace(cancelled, charged=0),
        "cancelled for all": replace(cancelled, charged=2 * o.credits),
        "failed, shared": replace(failed, pitch_id="p"),
        "not started, shared": replace(not_started, pitch_id="p", end_reason=member),
        "cancelled for a part, shared": replace(cancelled, pitch_id="p"),
        "given up in another month": late,
        "given up in another month, shared": replace(late, pitch_id="p"),
    }


def reasons(o: Outside) -> Named:
    return {
        **{
            reason.value: o.job(JobState.FAILED, end_reason=reason, request_id=None, upstream_message=o.why)
            for reason in EndReason
        },
        "no reason": o.job(JobState.FAILED),
        "declined because": o.job(JobState.CANCELLED, end_reason=EndReason.DECLINED, decline_reason=o.why),
        "on the way": endings(o)["cancelled for a part"],
    }


def decided(o: Outside) -> Named:
    def cancelled(reason: EndReason, **more: Any) -> Job:
        return o.job(JobState.CANCELLED, end_reason=reason, card_message_id=77, **more)

    withdrawn = EndReason.CANCELLED_BY_MEMBER
    return {
        "waiting": o.job(JobState.AWAITING_APPROVAL, next_run_at=DAY, card_message_id=77),
        "waiting without a card": o.job(JobState.AWAITING_APPROVAL, next_run_at=DAY),
        "approved": o.job(JobState.QUEUED, decided_by=o.staff),
        "approved by who erased their data": o.job(JobState.QUEUED, decided_by=-7),
        "approved, then cancelled": cancelled(withdrawn, decided_by=o.staff),
        "not offered": cancelled(EndReason.NOT_OFFERED, decided_by=o.staff),
        "declined": cancelled(EndReason.DECLINED, decided_by=o.staff),
        "declined because": cancelled(EndReason.DECLINED, decided_by=o.staff, decline_reason=o.why),
        "lapsed": cancelled(EndReason.APPROVAL_LAPSED),
        "server left": cancelled(EndReason.SERVER_LEFT),
        "withdrawn": cancelled(withdrawn),
        "withdrawn by who erased their data": cancelled(withdrawn, prompt="", member_id=-7),
        "waived": o.job(approval=Approval.WAIVED),
        "in review": storyboards(o)["in review"],
        "ended": cancelled(EndReason.RESPONSE_FAILED),
    }


def orders(o: Outside) -> dict[Any, Named]:
    two, catalogue, timeout = (o.label, "Veo"), o.catalogue(), Block(DAY, "", is_timeout=True)
    problems = {
        "no prompt": Problem("errors-prompt-blank", allowed=("2000",)),
        "long prompt": Problem("errors-prompt-too-long", "2001", ("2000",)),
        "duration": Problem("errors-duration", o.why, ("1", "120")),
        "invisible duration": Problem("errors-duration", " ", ("1", "120")),
        "video model": Problem("errors-video-model", o.why, two),
        "model and aspect ratio": Problem("errors-video-model-aspect-ratio", o.label, two, "9:16"),
        "image model": Problem("errors-image-model", o.why, two),
        "aspect ratio": Problem("errors-aspect-ratio", o.why, ("16:9", "9:16")),
        "no model": Problem("errors-no-model", o.why),
        "language": Problem("errors-language", "fr", ("auto", "eo")),
        "no language": Problem("errors-no-language", "fr"),
        "languages": Problem("errors-several-languages", allowed=("fr", "hi")),
        "subtitles": Problem("errors-subtitles", "on", ("False", "True")),
        "no subtitles": Problem("errors-no-subtitles", "True"),
        "tone": Problem("errors-tone", "cinematic", ("grounded", o.why)),
        "no tone": Problem("errors-no-tone", "cinematic"),
        "music": Problem("errors-music", o.why, tuple(Music)),
        "voice": Problem("errors-voice", o.why, tuple(Voice)),
        "many models": Problem("errors-video-model", "X", tuple(f"model number {number:085}" for number in range(25))),
    }
    quote = Quote(JOB_ID, 2, 3, 4, o.request(video_model="VEO"), o.part, DAY)
    drawn_first = replace(
        quote, request=o.request(operation=Operation.STORYBOARD, duration_seconds=20), price=200 + o.credits
    )
    of_2026, made = replace(catalogue, limits=AUTUMN_2026.limits), copies(o)
    film = replace(quote, request=made["a film"])
    subtitled = o.job(JobState.COMPLETED, request=o.request(extras=Extras(subtitles=True)))
    joined = tuple(replace(subtitled, id=f"{number:013}") for number in range(20 if o.crowded else 7))
    pictures = o.request(operation=Operation.PICTURES, duration_seconds=20, sources=("a.1", "a.2"))
    short = Shortfall(BudgetScope.MEMBER, o.credits, o.part, DAY)
    kept = replace(quote, request=o.request(video_model=catalogue.video_models[1].key))
    one_each = replace(catalogue, video_models=catalogue.video_models[1:2], styles=())
    only = replace(one_each, limits=replace(catalogue.limits, min_seconds=45, max_seconds=45))
    of_scene = o.request(operation=Operation.SCENE, sources=(o.id,), scenes=(2, 3))
    again = replace(quote, request=of_scene)
    fails = QuotePreview(kept, o.balance(), catalogue, failed_repeatedly=True)
    blocks = {
        "block": Block(None, o.why),
        "until": Block(DAY, ""),
        "everywhere": Block(None, "", everywhere=True),
        "everywhere until": Block(DAY, o.why, everywhere=True),
        "time-out": timeout,
    }
    draft = Draft(
        o.prompt, 45, "VEO", "IMAGEN", "9:16", "fr", subtitles=True, tone="cinematic", music="LYRIA3", voice="nova"
    )
    tall = replace(AUTUMN_2026.limits, default_aspect_ratio=TALL)
    return {
        Sequence[Problem]: {"two": [*problems.values()][:2], **{name: [each] for name, each in problems.items()}},
        Refused: {
            **_refusals(o),
            **{name: Refused("refusals-blocked", {"block": each}) for name, each in blocks.items()},
        },
        PromptRefused: {
            "first": PromptRefused(prompt_filter.OWN, 1),
            "last but one": PromptRefused(prompt_filter.OWN, 2),
            "last": PromptRefused(prompt_filter.OWN, 3),
            "time-out": PromptRefused(prompt_filter.OWN, 3, timeout),
            "by the bot": PromptRefused(prompt_filter.OWN, 0),
            **{f"flagged: {each}": PromptRefused(each) for each in ModerationCategory},
        },
        Block: blocks,
        Shortfall: {
            **{scope.value: Shortfall(scope, o.credits, o.part, DAY) for scope in BudgetScope},
            "too little for a second": Shortfall(BudgetScope.MEMBER, o.credits, 5, DAY),
            "too little in the queue": Shortfall(BudgetScope.QUEUED, o.credits, 9, DAY),
            "a second": Shortfall(BudgetScope.SERVER, o.credits, 10, DAY),
        },
        Quote: {"quote": quote},
        QuotePreview: {
            "quote": QuotePreview(quote, o.balance(), catalogue, failed_repeatedly=True),
            "on the house": QuotePreview(quote, o.balance(), catalogue, on_the_house=True),
            "no choice": QuotePreview(quote, o.balance(), only),
            "improved": QuotePreview(replace(quote, wording=Wording("a", "a", 3)), o.balance(), catalogue),
            "idea": QuotePreview(replace(quote, wording=Wording("a", "b", None, "noir")), o.balance(), catalogue),
            "style that is off": QuotePreview(
                replace(quote, wording=Wording("a", "a", style="old")), o.balance(), catalogue
            ),
            "storyboard": QuotePreview(drawn_first, o.balance(), replace(catalogue, limits=AUTUMN_2026.limits)),
            "scene": QuotePreview(again, o.balance(), catalogue),
            "pictures": QuotePreview(
                replace(quote, request=pictures), o.balance(), replace(catalogue, limits=AUTUMN_2026.limits)
            ),
            "cheaper default": QuotePreview(quote, o.balance(), catalogue, default_model=catalogue.video_models[0]),
            "raised": QuotePreview(
                quote, o.balance(), catalogue.following([(ModelKind.VIDEO, quote.request.video_model, 70)])
            ),
            **{
                name: QuotePreview(replace(quote, request=made[name], price=price), o.balance(), of_2026)
                for name, price in {"a scene": o.part, "a dub": o.part, "subtitles": 0, "a film": o.part}.items()
            },
        },
        "choices": {"": functools.partial(choices, movies=joined, offered=AUTUMN_2026.limits.extras)},
        OrderRefused: {
            **{f"{scope}": OrderRefused(replace(short, scope=scope), draft, kept) for scope in BudgetScope},
            "nothing fits": OrderRefused(short, draft, kept, ask=AskOption.ASK),
            "shorter": OrderRefused(short, draft, kept, fails, ask=AskOption.NO_CHANNEL),
            "cheaper": OrderRefused(short, draft, kept, fails, catalogue.video_models[0], AskOption.ASK),
            "missing permissions": OrderRefused(_refusals(o)["errors-missing-permissions"], draft, kept),
            "refused prompt": OrderRefused(PromptRefused(prompt_filter.OWN, 1), draft),
            "a film": OrderRefused(short, replace(draft, operation=Operation.FILM), film, ask=AskOption.ASK),
            "pictures": OrderRefused(
                PromptRefused(ModerationCategory.VIOLENCE), replace(draft, operation=Operation.PICTURES)
            ),
        },
        "seconds": {"1 s": 1, "45 s": 45, "46 s": 46},
        PricePerSecond: {
            "price": PricePerSecond(10, o.balance(allowance=Budget(600), extra=Budget(0), server=Budget(450)))
        },
        "action": {"": ("order", JOB_ID)},
        Draft: {
            "draft": draft,
            "empty": Draft(""),
            "odd": Draft(o.prompt, 999, o.label, o.label, o.why, o.why, tone=o.why),
        },
        "movie_modal.title": {
            "new": "forms-new-modal-title",
            "remix": "forms-remix-modal-title",
            "continue": "series-modal-title",
            "edit": "forms-edit-modal-title",
        },
        "modals.catalogue": {
            "older API": catalogue,
            "newer API": o.catalogue(limits=AUTUMN_2026.limits),
            "tall": o.catalogue(limits=tall),
            "subtitles": o.catalogue(limits=RequestLimits(extras=OfferedExtras(subtitles=(False, True)))),
            "languages": o.catalogue(
                limits=RequestLimits(extras=OfferedExtras((SpokenLanguage.AUTO, SpokenLanguage.FRENCH)))
            ),
        },
        "prompt": {"": o.prompt, "forgotten": ""},
        "next_scene.prompt": {"short": "a fox", "long": "a fox " * 80},
        "longest": {"": 500},
        "seed": {each: each for each in "abc"},
        "previous": {"": ""},
        Wording: {
            "improved": Wording("", "a fox", 0),
            "improved otherwise": Wording("", "a fox!", 1295),
            "own": Wording("", "a fox"),
        },
        Style: {"style": catalogue.styles[0]},
        "max_length": {"": 500},
    }


def members(o: Outside) -> dict[Any, Named]:
    change = LedgerEntry(DAY, EntryType.ADJUST, 0, 0, 0, None, 1, o.id, o.staff, "", "")
    starter = replace(change, allowance=-150, extra=50, is_starter=True)
    grant = replace(change, entry_type=EntryType.GRANT, extra=50)
    receipt = Receipt(
        DAY, o.id, o.credits, 0, "completed", o.prompt, 30, "LUMA", JOB_ID, spent=o.credits, message=o.there
    )
    asked = CreditRequest("5", 2, o.id + 3, o.id, o.part, o.credits, RequestState.OPEN, DAY, decided_by=o.staff)
    told = replace(asked, untold=True)
    states = [state for state in RequestState if state is not RequestState.OPEN]
    gift = Gift(JOB_ID, 2, o.id + 3, o.id, o.id + 1, 40, DAY)
    newer = o.catalogue(limits=AUTUMN_2026.limits)
    short = RequestLimits(min_seconds=10, max_seconds=40, default_seconds=33)
    tall = RequestLimits(default_aspect_ratio=TALL)
    reel = o.catalogue(video_models=(VideoModel("REEL", "Reel", 10, (TALL,)),), limits=tall)
    chosen = Preferences(45, "LUMA", "FLUX", "9:16", DIRECT, "la", subtitles=False, tone="cinematic", unlisted=True)
    may: dict[str, Any] = {"refusal": None, "may_post": True, "missing": (), "can_manage_guild": False}
    status = MemberStatus(o.balance(), NOVEMBER, running=0, more_running=False, setup=ServerSetup(), **may)
    work = OpenWork(waiting=2, in_progress=3)
    stored = Stored(5, bonus=40, open_work=work, requested=False, is_empty=False)
    used, ratio = Budget(9, 9), "9:16"
    return {
        LedgerEntry: {
            "grant": replace(grant, reason=o.why),
            "removed": replace(change, extra=-20),
            "reset": replace(change, allowance=-30),
            "carried over": replace(change, allowance=30),
            "nothing carried over": change,
            "starter movie": starter,
            "gift": replace(grant, partner_id=o.id + 1),
            "given": replace(change, extra=-20, partner_id=-7),
            "old gift": replace(grant, partner_id=0),
            "old gift, given": replace(change, extra=-20, partner_id=0),
        },
        Receipt: {
            "receipt": receipt,
            "cancelled for a part": replace(
                receipt, prompt="", outcome="cancelled", spent=o.part, message=None, model=o.why
            ),
            **{state.value: replace(receipt, outcome=state.value, spent=0) for state in JobState},
            "free": replace(receipt, credits=0, spent=0),
            "less than its price": replace(receipt, spent=o.part, request=copies(o)["a scene"]),
        },
        Allowance: {source.value: Allowance(5, source, 8) for source in AllowanceSource},
        Balance: {"balance": o.balance()},
        Month: {"": NOVEMBER},
        CreditRequest: {"told": asked, **{state.value: replace(told, state=state) for state in RequestState}},
        "answer_text.request": {
            state.value: replace(asked, state=state) for state in (*states[:2], RequestState.UNPOSTED)
        },
        "not_counted.request": {state.value: replace(asked, state=state) for state in states},
        Gift: {"gift": gift, "of who erased their data": replace(gift, giver_id=-7)},
        Preferences: {
            "chosen": chosen,
            "none": Preferences(),
            "DM": Preferences(delivery_target=DIRECT),
            "unlisted": Preferences(unlisted=True),
            "storyboard": Preferences(storyboard=True),
            "17 s": Preferences(17),
            "gone": Preferences(999, "GONE", "OLD", "1:1", language="eo", tone=o.why, music=o.why),
            "unsupported": Preferences(90, "VEO", "IMAGEN", ratio),
            "tall": Preferences(video_model="REEL", image_model="GONE", aspect_ratio="16:9"),
            "sound": Preferences(music="LYRIA3", voice="alloy"),
        },
        "preferences.catalogue": {"newer API": newer, "older API": o.catalogue(limits=short), "tall": reel},
        "conflict_note.catalogue": {
            "wide": newer,
            "tall": o.catalogue(limits=tall),
        },
        "note": {"": "", "note": "a note"},
        "everything_message.catalogue": {"": o.catalogue(), "many models": o.crowd()},
        "ask": {"": ()},
        PreferenceUpdate: {
            "model": PreferenceUpdate(Preferences(aspect_ratio=ratio), dropped_model="LUMA"),
            "aspect ratio": PreferenceUpdate(Preferences(video_model="LUMA"), dropped_aspect_ratio=ratio),
            "nothing": PreferenceUpdate(Preferences(5)),
        },
        MemberStatus: {
            "member": status,
            "manager": replace(
                status,
                can_manage_guild=True,
                setup=ServerSetup(gift_credits=30, message_menu=MessageMenu.ANYONE),
                running=10,
                more_running=True,
                refusal=Refused("refusals-blocked", {"block": Block(None, o.why)}),
            ),
            "can't order": replace(
                status,
                refusal=Refused("refusals-paused"),
                access=Refused("refusals-channel", {"channels": (20,)}),
                may_post=False,
                missing=("attach_files",),
                running=1,
                balance=o.balance(plan=used),
                setup=ServerSetup(message_menu=MessageMenu.OFF),
            ),
            "no credits": replace(status, balance=o.balance(allowance=used, extra=Budget(0))),
            "no server budget": replace(status, balance=o.balance(server=used)),
            "no budget of the server's own": replace(status, balance=o.balance(server=None, extra=Budget(0))),
        },
        ConfirmationRule: {
            "above": ConfirmationRule(300),
            "share": ConfirmationRule(300, percent=34),
            "always": ConfirmationRule(0),
            "always, by share": ConfirmationRule(300, percent=0),
        },
        "ids": {"": {}, "ids": dict.fromkeys(COMMANDS, 5)},
        "command_ids": {"ids": dict.fromkeys(COMMANDS, 5), "": {}},
        Policy: {
            "links": Policy(90, "https://cinema.test/privacy", "https://cinema.test/terms"),
            "none": Policy(0),
            "moderated": Policy(0, is_moderated=True),
            "pictures": Policy(0, takes_pictures=True),
            "privacy": Policy(0, "https://cinema.test/privacy"),
            "terms": Policy(0, None, "https://cinema.test/terms"),
        },
        Stored: {
            "some": stored,
            "none": replace(stored, movies=0, open_work=OpenWork(), bonus=0, is_empty=True),
            "erasing": replace(stored, requested=True),
            "erasing, nothing left": replace(stored, requested=True, open_work=OpenWork(waiting=2), is_empty=True),
        },
        OpenWork: {"3": work, "none": OpenWork()},
    }


def copies(o: Outside) -> dict[str, MovieRequest]:
    def of(operation: Operation, language: SpokenLanguage | None = None, **more: Any) -> MovieRequest:
        extras = Extras(language, subtitles=more.pop("subtitles", False))
        return o.request(operation=operation, extras=extras, **{"sources": (f"{0:013}",), **more})

    subtitled = {"operation": Operation.SUBTITLES, "subtitles": True}
    return {
        "a scene": of(Operation.SCENE, scenes=(2,)),
        "scenes, with subtitles": of(Operation.SCENE, scenes=(2, 3), subtitles=True),
        "a dub": of(Operation.DUB, SpokenLanguage.FRENCH),
        "a dub with subtitles": of(Operation.DUB, SpokenLanguage.FRENCH, subtitles=True),
        "subtitles": of(language=SpokenLanguage.AUTO, **subtitled),
        "subtitles in a language": of(language=SpokenLanguage.LATIN, **subtitled),
        "no subtitles": of(Operation.SUBTITLES),
        "a film": of(Operation.FILM, sources=tuple(f"{number:013}" for number in range(7))),
    }


def movies(o: Outside) -> dict[Any, Named]:
    all_jobs, ready = jobs(o), finished(o)["ready"]
    shared, direct = replace(ready, pitch_id="p"), replace(o.there, venue=Venue.DIRECT)
    scenes = tuple(
        MovieItem(replace(ready, id=f"{number:013}"), message=o.there if number else None) for number in range(7)
    )
    made = copies(o)
    versions = tuple(
        MovieItem(replace(ready, id=f"{number:013}", request=request), message=o.there)
        for number, request in enumerate(made.values(), 10)
    )
    own, other = Reader(o.id, may_order=True, cancellable=True), Reader(o.id + 1, may_order=True)
    manager = {"reader": replace(other, is_staff=True), "query": MovieQuery(o.id, 2)}
    payer = {"reader": other, "item": MovieItem(shared, payer_id=o.id + 1, share=50)}

    def detail(job: Job = ready, **more: Any) -> MovieDetail:
        usual = MovieDetail(MovieItem(job), MovieQuery(o.id), JOB_ID, Estimate(3, USUAL), own, here=True)
        return replace(usual, **more)

    def posted(message: PostedMessage, **more: Any) -> MovieDetail:
        return detail(item=MovieItem(ready, message=message), **more)

    mine = {
        "mine": detail(),
        **{name: detail(job) for name, job in {**all_jobs, **linked(o)}.items()},
        "paid": detail(shared, **payer),
        "paid, managed": detail(shared, **{**payer, "query": MovieQuery(o.id, 2)}),
        "paid by another": detail(shared, reader=other, item=MovieItem(shared, payer_id=o.id + 2, share=50)),
        "paid nothing": detail(shared, reader=other, item=MovieItem(shared, payer_id=o.id + 1)),
        "paid, forgotten": detail(
            reader=other, item=MovieItem(o.job(JobState.COMPLETED, ""), payer_id=o.id + 1, share=5)
        ),
        "paid, failed": detail(reader=other, item=MovieItem(endings(o)["failed, shared"], payer_id=o.id + 1, share=5)),
        "paid, own": detail(shared, **{**payer, "reader": own}),
        "theirs": detail(reader=other),
        "theirs, unnamed": detail(all_jobs["gone models"], reader=other),
        "late": detail(item=MovieItem(ready, undelivered=True)),
        "late, theirs": detail(reader=other, item=MovieItem(ready, undelivered=True)),
        "old link": detail(link_may_be_expired=True),
        "took an hour": detail(replace(ready, submitted_at=2 * DAY - 4_200_000)),
        "message": posted(o.there),
        "DM": posted(direct),
        "DM, theirs": posted(direct, reader=other),
        "elsewhere": posted(o.there, here=False, server=o.name),
        "elsewhere, unnamed": posted(o.there, here=False, server=""),
        "left server": posted(o.there, here=False),
        "left server, DM": posted(direct, here=False),
        "in a series": detail(series=scenes),
        "a remix, remixed": detail(
            replace(ready, request=replace(ready.request, remixes=scenes[0].job.id)),
            remixes=(scenes[0], *scenes[:0:-1]),
        ),
        "a version with versions and films": detail(
            replace(ready, request=made["a scene"]), versions=(scenes[0], *versions)
        ),
        "a film": detail(replace(ready, request=made["a film"]), versions=(scenes[0], *scenes[2:])),
        "a film, timed out": detail(
            replace(ready, request=made["a film"]), versions=scenes, reader=replace(own, timed_out=True)
        ),
        "of all lists": detail(
            replace(ready, request=replace(made["a dub"], remixes=scenes[1].job.id)),
            versions=(scenes[0], *versions),
            series=scenes,
            remixes=scenes[1:],
        ),
        "in no list of the reader": detail(replace(o.job(), request=made["a dub"]), query=None, reader=other),
        "a manager's": detail(**manager),
        "where the API can't cancel": detail(o.job(), reader=replace(own, cancellable=False)),
    }
    night_movies = (StarredMovie(4, ready, 3, o.there), StarredMovie(6, replace(ready, member_id=-5), 2, direct))
    night = MovieNight("0night4567890", 2, DAY, MovieNightState.POSTED, Language.ENGLISH, night_movies)
    best = Ranking(NOVEMBER, (StarredMovie(1, ready, 5, o.there),), (Ranked(o.id, 4),), (Ranked(o.id + 1, o.credits),))
    return {
        Job: all_jobs,
        "reason_text.job": reasons(o),
        "job_card.job": {"ready": ready, **all_jobs},
        "job_summary.job": {
            **{name: all_jobs[name] for name in ("rendering", "queued", "awaiting_approval", "reserved, will await")},
            "stage": o.job(progress=Progress(0, 0, "music_generation")),
            "last step": o.job(progress=Progress(5, 5, "")),
        },
        "approvals.job": decided(o),
        **{f"{name}.job": linked(o) for name in ("gallery_message", "fresh_link", "no_fresh_link")},
        "completed_message.job": {**linked(o), "erased": all_jobs["erased"]},
        **{f"{name}.job": {"ready": ready} for name in ("follower_message", "report_modal")},
        "unknown_message.job": {"unknown": o.job(JobState.UNKNOWN)},
        "failed_message.job": {name: job for name, job in endings(o).items() if job.state is JobState.FAILED},
        "cancelled_message.job": {name: job for name, job in endings(o).items() if job.state is JobState.CANCELLED},
        **{
            f"{name}.job": {name: job for name, job in all_jobs.items() if job.state.is_terminal}
            for name in ("credits_line", "cancelled")
        },
        MovieRequest: {
            "plain": o.request(),
            "forgotten": o.request(prompt=""),
            "a picture": o.request(operation=Operation.PICTURES, sources=("a.1",)),
            "long": o.request(prompt="word " * 500),
            "extras": o.request(extras=Extras(SpokenLanguage.LATIN, subtitles=True, tone=Tone.CINEMATIC)),
            "sound": o.request(extras=Extras(music=Music.LYRIA, voice=Voice.ECHO)),
            "a language": o.request(extras=Extras(SpokenLanguage.FRENCH)),
            "defaults": o.request(extras=API_DEFAULTS),
            **copies(o),
        },
        Estimate: {
            "none": Estimate(),
            "next": Estimate(0, USUAL, age=127),
            "1 ahead": Estimate(1, USUAL, age=128),
            "100 ahead": Estimate(100, DurationEstimate(60, 58, 62, 20)),
            "101 ahead": Estimate(101, DurationEstimate(2000, 1500, 3300, 20)),
            "own movies": Estimate(3, DurationEstimate(2000, 1500, 3600, 20), own_movies=2),
            "outage": Estimate(3, DurationEstimate(60, 30, 124, 20), outage=Outage.RATE_LIMITED),
            "late": Estimate(None, USUAL, age=242),
            "at the end of the range": Estimate(None, USUAL, age=241),
            "staff not told": Estimate(staff_informed=False),
        },
        "payers": {
            "": (),
            "two, one erased": (o.id + 5, -1),
            "erased": (-1, -2),
            "fifteen": tuple(range(1, 16)),
            "twenty": tuple(range(1, 21)),
        },
        "starred_by.members": {"": (o.id + 5, o.id + 6), "none": (), "thirty": tuple(range(1, 31))},
        **{f"{name}.stars": {"": 0, "stars": 1234} for name in ("completed_message", "gallery_message", "starred_by")},
        "attached": {"": "", "attached": "SPOILER_movie-1.mp4"},
        Reader: {
            "a member": Reader(o.id + 1, may_order=True, may_report=True, makes=OF_MOVIES),
            "its member": Reader(o.id, may_order=True, cancellable=True),
            "its member, paid by others": Reader(o.id, may_order=True, others_paid=True),
            "its member, by DM": Reader(o.id),
            "a member who sees its versions": Reader(o.id + 1, may_order=True, has_versions=True),
            "who may make something of it": Reader(o.id + 1, may_order=True, makes=OF_MOVIES),
            "its member, timed out": Reader(o.id, may_order=True, timed_out=True),
            "staff": Reader(o.id + 1, may_order=True, is_staff=True, may_report=True),
            "staff in the gallery": Reader(o.id + 1, may_order=True, is_staff=True, in_gallery=True),
            "who doesn't see the movie": Reader(o.id + 1, sees_movie=False, may_order=True),
        },
        "more_message.job": {
            name: all_jobs[name]
            for name in (
                "storyboard",
                *("ready", "reserved", "queued", "rendering", "direct", "awaiting_approval", "unknown", "failed"),
                *("not started", "cancelling", "shared", "ready, shared", "removed", "erased"),
            )
        },
        "followers": {"": (), "two": o.many(o.id + 5, o.id + 6, most=20)},
        "follower_message.followers": {"two": o.many(o.id + 5, o.id + 6, most=20)},
        "cancel_question.cancelled": {
            str(charged): replace(o.job(JobState.CANCELLED), charged=charged) for charged in (None, 0, o.part)
        },
        "stage_label.name": {each: each for each in (*sorted(job_status.STAGES), "", f"new_{o.why}")},
        MovieDetail: mine,
        MovieItem: {**{name: MovieItem(job) for name, job in all_jobs.items()}, "share": MovieItem(shared, share=50)},
        MovieNight: {
            "night": night,
            "night and recap": replace(night, recap=Recap(12, o.credits, o.id, 4), age=AgeRule.SPOILER),
            "recap": replace(night, recap=Recap(1, 1), is_night=False),
        },
        "ranking_message.best": {"best": ready},
        "number": {"1": 1, "last": 2},
        Ranking: {
            "best": best,
            "empty": Ranking(NOVEMBER, (), (), ()),
            "patrons alone": replace(best, movies=(), makers=()),
            "DM": replace(best, movies=(StarredMovie(1, ready, 5, direct),)),
        },
        **pitches(o),
    }


def _refusals(o: Outside) -> Named:
    """Each code, with all that any of them names."""
    there = replace(o.there, venue=Venue.CHANNEL)
    counts = dict.fromkeys(
        ("movies", "pitches", "failures", "credits", "characters", "min", "max", "least", "most", "number"), 4
    )
    needed = ("view_channel", "send_messages", "send_messages_in_threads", "embed_links", "attach_files")
    needed += ("read_message_history", "manage_threads")
    several = {"channels": (7, 8), "roles": (7, 8), "permissions": needed, "link": (2, there)}
    named = {
        "time": DAY,
        "missing": o.part,
        "price": 300,
        "left": o.part,
        "member": o.id,
        "staff": o.staff,
        "role": 7,
        "given": o.why,
        **counts,
        **several,
    }
    over = o.pitch(PitchState.WITHDRAWN, end_reason=PitchEndReason.WITHDRAWN)
    codes: dict[RefusalCode, Mapping[str, Any]] = dict.fromkeys(get_args(RefusalCode), named)
    codes = {code: data for code, data in codes.items() if code not in get_args(SetupRefusalCode)}
    del codes["refusals-blocked"]
    codes["pitch-over"], codes["pitch-not-yours"] = {"pitch": over}, {"pitch": o.pitch()}
    return {
        **{code: Refused(code, data) for code, data in codes.items()},
        "deleted channel": Refused("refusals-channel", {"channels": ()}),
        "deleted role": Refused("refusals-role", {"roles": ()}),
        "typed number": Refused("quota-bad-hours", {"given": 10**6, "min": 1, "max": 4}),
        "in a DM": Refused("quotes-already-ordered-there", {"link": (None, there)}),
    }


def pitches(o: Outside) -> dict[Any, Named]:
    pitch, share = o.pitch(), o.part // 10
    pledge = Pledge(JOB_ID, 2, o.id, "2026-11", 40, 10, PledgeState.OPEN, 0, 1)
    waiting = o.pitch(PitchState.WAITING_FOR_PLAN, waits_for=WaitReason.PLAN, pledged=o.credits, people=1)
    funded = o.pitch(PitchState.FUNDED)
    after = {PitchEndReason.JOB_ENDED, PitchEndReason.JOB_ENDED_LATE}
    ends = [reason for reason in PitchEndReason if reason not in after]
    states = {PitchEndReason.LAPSED: PitchState.LAPSED, PitchEndReason.WITHDRAWN: PitchState.WITHDRAWN}
    ended = {reason.value: o.pitch(states.get(reason, PitchState.REMOVED), end_reason=reason) for reason in ends}

    def page(number: int, pages: int, total: int, *items: Pitch) -> NumberedPage[Pitch]:
        apart = tuple(replace(each, id=f"{JOB_ID[:-1]}{place}") for place, each in enumerate(items))
        return NumberedPage(apart, number, pages, total)

    def told(kind: MessageKind, reason: PitchEndReason | None = None, **more: Any) -> list[Notice]:
        about = {"subject": pitch, "credits": o.part, "reason": reason, **more}
        notice = Notice(kind, member_id=0, language=Language.ENGLISH, nonce="", due_since=0, **about)
        return [replace(notice, member_id=member) for member in (o.id, o.id + 1)]

    charged = told(MessageKind.RETURNED, PitchEndReason.JOB_ENDED, spent=20)
    return {
        Pitch: {
            "open": pitch,
            **{f"waits for {why.value}": replace(waiting, waits_for=why) for why in WaitReason},
            "funded": funded,
            **ended,
            "missing 5": replace(pitch, price=100, pledged=95, member_name="", message_id=None),
            "missing 10": replace(pitch, price=100, pledged=90, member_name="", member_id=-7),
            "forgotten": replace(pitch, request=o.request(prompt="")),
            "a film": replace(pitch, request=copies(o)["a film"]),
        },
        Pledged: {
            "a part": Pledged(pitch, pledge, share),
            "a part, of a month that ends before": Pledged(
                replace(pitch, ends_at=NOVEMBER.ends_at + DAY), pledge, share
            ),
            "the rest": Pledged(funded, pledge, share),
            "the rest, staff decides": Pledged(replace(funded, awaits_approval=True), pledge, share),
            "the rest, waits": Pledged(waiting, pledge, share),
            "too late": Pledged(ended["lapsed"], pledge, share),
            "taken back": Pledged(pitch, pledge, -share),
        },
        "question.action": {"withdraw": WITHDRAW, "remove": REMOVE},
        "pledged": {"": share, "no pledge": 0},
        NumberedPage[Pitch]: {
            "middle": page(1, 3, 11, *o.many(pitch, waiting, most=5)),
            "first": page(0, 3, 11, pitch),
            "last": page(2, 3, 11, replace(pitch, message_id=None, request=o.request(prompt=""))),
            "one": page(0, 1, 1, pitch),
            "two": page(0, 1, 2, pitch, pitch),
            "none": page(0, 1, 0),
        },
        "chosen.job": {
            "render": replace(storyboards(o)["storyboard"], step=Step.RESUMING),
            "stop": storyboards(o)["stopping"],
        },
        "private_message.job": {"storyboard": storyboards(o)["storyboard"]},
        Storyboard: {"": storyboard(o)},
        Sequence[Scene]: {
            "": [Scene(each, each.scene * 40 if each.scene % 2 else None) for each in storyboard(o).stills]
        },
        "job_card.board": {"": storyboard(o), "no board": None, "the newest still": newest_still(o)},
        "storyboards.notices": {
            "drawn": told(MessageKind.STORYBOARD, subject=o.job(decide_by=2 * DAY))[:1],
            "drawn, of a pitch": told(MessageKind.STORYBOARD, subject=o.job(decide_by=2 * DAY, prompt="")),
            "reminder": told(MessageKind.REMINDER, subject=o.job(decide_by=2 * DAY))[:1],
        },
        Sequence[Notice]: {
            **{kind.value: told(kind) for kind in PITCH_NOTICES},
            **{f"returned, {reason}": told(MessageKind.RETURNED, reason) for reason in PitchEndReason},
            **{
                f"{kind}, staff decides": told(kind, subject=replace(pitch, awaits_approval=True))
                for kind in (MessageKind.FUNDED, MessageKind.MADE)
            },
            "over, paid nothing": [
                replace(each, credits=0) for each in told(MessageKind.RETURNED, PitchEndReason.LAPSED)
            ],
            "charged": charged,
            "one was charged": [replace(charged[0], spent=0), charged[1]],
        },
    }


def staff(o: Outside) -> dict[Any, Named]:
    waiting = decided(o)["waiting"]
    movie = ReportedMovie(o.job(JobState.COMPLETED), ReportState.OPEN, 2, (o.why, "rude"), posted_at=o.there)
    removed = replace(movie, state=ReportState.REMOVED, decided_by=o.staff, reasons=(), reports=1)
    erased = replace(movie, job=o.job(JobState.COMPLETED, "", member_id=-5), posted_at=None)
    bare = GuildQuotas(600, None, None, (), (), (), None)
    blocked = o.many(*((o.id, each) for each in orders(o)[Block].values()), most=60)
    limits = replace(
        bare,
        default=o.part,
        server=0,
        spent=ServerSpending(Budget(0)),
        members=o.many((o.id, o.credits), most=60),
        roles=o.many((8, 0), most=60),
        blocked=blocked,
        staff_channel_id=5,
    )
    budgets = ((900, None), (900, 2000), (None, 2000), (2000, 2000), (9000, 2000))
    report = figures(o)

    def page(number: int, pages: int) -> NumberedPage[Job]:
        several = tuple(replace(waiting, id=f"{each:013}") for each in range(4 if o.crowded else 2))
        return NumberedPage(several if pages else (), number, max(1, pages), 2 * pages)

    return {
        AuditEntry: entries(o),
        AuditEvent: entries(o),
        "change_confirmation.entry": {
            name: entry
            for name, entry in entries(o).items()
            if "cleared" in name or name in {"grant, why", "reset_usage", "block, for ever", "request_credits, erased"}
        },
        "log_message.entry": {name: entries(o)[name] for name in ("request_credits", "grant")},
        NumberedPage[Job]: {
            "middle": page(1, 3),
            "first": page(0, 3),
            "last": page(2, 3),
            "one": page(0, 1),
            "none": page(0, 0),
        },
        "staff_subjects.staff_id": {"": o.staff, "own": o.id},
        StaffSubject: {
            "movie": StaffSubject(JOB_ID, o.id),
            "reported": StaffSubject(JOB_ID, o.id, report=movie),
            **{f"blocked: {name}": StaffSubject(JOB_ID, o.id, each) for name, each in orders(o)[Block].items()},
        },
        ReportedMovie: {
            "open": movie,
            "open, blocked": replace(movie, blocked_by=o.staff + 1),
            "removed": removed,
            "removed, blocked": replace(removed, blocked_by=-5),
            "removed by its member": replace(removed, decided_by=o.id),
            "dismissed": replace(movie, state=ReportState.DISMISSED, decided_by=o.staff),
            "erased": erased,
            "erased, blocked": replace(erased, blocked_by=o.staff + 1),
            "many reasons": replace(movie, reasons=("x" * 300,) * 9),
        },
        GuildQuotas: {
            "limits": limits,
            "none": bare,
            **{
                f"{own} of {operator}": replace(
                    bare,
                    server=own,
                    operator=operator,
                    spent=ServerSpending(
                        Budget(min(own or 9999, operator or 9999), 600, 40), failed=(operator and 250) or 0
                    ),
                )
                for own, operator in budgets
            },
            "failed channel": replace(limits, staff_channel_failed_at=DAY, default=0),
        },
        "role_id": {"with": 8, "without": 9},
        "movies": {"2": 2, "none": 0},
        "total": {"5": 5, "6": 6},
        "name": {"name": o.name, "invisible": "\u200b"},
        MonthlyReport: {
            "report": replace(report, failures=report.failures[:2]),
            "failures": replace(report, failures=report.failures[2:11], upstream_charge=0),
            "other failures": replace(report, failures=report.failures[11:], members=report.members[:1], server=None),
            "empty": MonthlyReport(NOVEMBER, 0, 0, 0, 0, 0, 0, 0, (), (), (), (), server=None, plan=Budget(5)),
        },
    }


def entries(o: Outside) -> Mapping[str, AuditEntry]:
    """Return changes for the log: each with every value, some without an amount, with a reason, or by someone else."""
    whole = AuditEntry(AuditContext(o.staff, 1), AuditAction.GRANT, o.id, 70, 5, JOB_ID, id="1", created_at=0)
    erased = {"actor_id": -7, "subject_id": -8}

    def entry(action: AuditAction, **more: Any) -> AuditEntry:
        by = {name: more.pop(name) for name in ("actor_id", "reason", "reason_code") if name in more}
        by.setdefault("reason", "20/30" if "deletion" in action else "")
        return replace(whole, action=action, by=replace(whole.by, **by), **more)

    refused, restored = AuditAction.PROMPT_REFUSED, AuditAction.RESTORE_BACKUP
    changes = [action for action in AuditAction if action is not AuditAction.CHANGE_SETTING]
    amounts = [action for action in AuditAction if "limit" in action]
    return {
        **{action.value: entry(action) for action in changes},
        **{f"{action}, cleared": entry(action, credits=None) for action in amounts},
        **{f"{action}, 0": entry(action, credits=0) for action in amounts},
        "block, for ever": entry(AuditAction.BLOCK, duration_hours=None),
        "grant, why": entry(AuditAction.GRANT, reason=o.why),
        "grant, by the operator": entry(AuditAction.GRANT, actor_id=0),
        "approve_movie, waived": entry(AuditAction.APPROVE_MOVIE, actor_id=0),
        "job_resolved, why": entry(AuditAction.JOB_RESOLVED, actor_id=0, reason_code=AuditReason.ENDED_AS_FAILED),
        **{
            f"{action}, erased": entry(action, **erased)
            for action in (AuditAction.GRANT, AuditAction.REQUEST_CREDITS, AuditAction.SET_MEMBER_LIMIT)
        },
        **{
            f"{action}, no movie": entry(action, job_id=None)
            for action in (AuditAction.MOVIE_REMOVED, AuditAction.APPROVE_MOVIE, restored)
        },
        **{
            f"deletion of {each!r}": entry(AuditAction.DELETION_REFUSED, reason=each, job_id=None)
            for each in ("", "20/", "/30", "a/b")
        },
        **{f"restored: {code}": entry(restored, reason="detail", reason_code=code, actor_id=0) for code in AuditReason},
        **{
            f"refused by {each or 'a rule'}": entry(
                refused, reason=o.prompt, rule=prompt_filter.FilterRule(o.why, each)
            )
            for each in ("", prompt_filter.OPERATOR, *prompt_filter.CATEGORIES)
        },
        "flagged": entry(
            AuditAction.PROMPT_FLAGGED,
            reason=o.prompt,
            rule=prompt_filter.FilterRule("", ModerationCategory.MINORS),
        ),
        "setting": entry(AuditAction.CHANGE_SETTING, setting=ServerSetup.approval_credits, setting_value=100),
    }


def figures(o: Outside) -> MonthlyReport:
    shares = (
        UsageShare("1", o.name, 2, 60, o.credits),
        UsageShare("2", "\u200b", 1, 30, o.part),
        UsageShare("-3", o.name, 1, 1, 10),
    )
    models = (UsageShare("LUMA", "LUMA", 3, 90, o.credits), UsageShare(o.why, o.why, 0, 1, 10))
    failures = tuple(FailureStats(reason, 2, o.part, number % 2 * 40) for number, reason in enumerate(EndReason))
    days = tuple(DailyUsage(day, day % 29 * 10, 30, 20, 5) for day in range(1, 31))
    charge = (o.part, 40, 20)
    return MonthlyReport(
        *(NOVEMBER, 3, 2, o.credits, 50, *charge, o.many(*shares, most=10), o.many(*models, most=10), failures, days),
        server=ServerSpending(Budget(o.credits, o.part, 200), failed=40),
        plan=Budget(10**6),
        discrepancies=("a", "b"),
    )


def chosen(o: Outside) -> dict[setting_kinds.Setting, setting_kinds.SettingValue]:
    return {setting: _chosen(o, setting) for setting in SETTINGS.values()}


def _chosen(o: Outside, setting: setting_kinds.Setting) -> setting_kinds.SettingValue:
    match setting:
        case setting_kinds.Channels() | setting_kinds.Roles():
            return o.many(o.id, 8)
        case setting_kinds.Channel():
            return 8 if setting is ServerSetup.staff_channel else o.id
        case setting_kinds.Models() | setting_kinds.Presets():
            return (str(setting.offered(o.catalogue())[0]), *o.many("GONE", most=23))
        case setting_kinds.Rules():
            return o.many("a", "b", most=1000)
        case setting_kinds.Number():
            return o.part if setting is ServerSetup.approval_credits else 13
        case _:
            return setting.decode(setting.offered(o.catalogue())[-1])


def setup(o: Outside) -> dict[Any, Named]:
    catalogue, values, of_channels = o.catalogue(), chosen(o), ServerSetup.channels
    everything = ServerSetup().changed(values)
    some = ServerSetup(gallery=8, longest_seconds=60, filter_rules=("a", "b", "c"), age=AgeRule.SPOILER)
    before = {"": Panel(some, catalogue), "deleted": Panel(some, catalogue, frozenset({8, 9}))}
    after = ServerSetup(longest_seconds=90, filter_rules=("c", "d"), age=AgeRule.SPOILER)
    named: dict[SetupRefusalCode, Mapping[str, Any]] = {
        "setup-not-a-list": {},
        "setup-not-an-id": {},
        "setup-not-in-server": {},
        "setup-everyone": {},
        "setup-too-many": {"max": 25},
        "setup-not-offered": {"names": ("LUMA", "VEO")},
        "setup-longer-than-longest": {"longest": 60},
        "setup-not-a-rule": {"problem": prompt_filter.RuleProblem.TOO_MANY_GAPS},
        "setup-rules-too-many": {"rules": 1001, "characters": 19_000, "max": 1000, "room": 18_000},
    }
    wrong_values = {code: of_channels.refuse(code, o.why, **more) for code, more in named.items()}
    closed = ServerSetup.gallery.refuse("setup-missing-permissions", channel=7, permissions=("send_messages",))
    open_to_all = ServerSetup.gallery.refuse("setup-not-age-restricted", channel=7)
    numbers = [each for each in SETTINGS.values() if isinstance(each, setting_kinds.Number)]
    in_file = {code: Refused(code) for code in get_args(SetupRefusalCode) if code.startswith("setup-file-")}
    bare = Panel(ServerSetup(), catalogue)
    wrong = prompt_filter.WrongRule(4, o.why, prompt_filter.RuleProblem.STAR_INSIDE)
    full = "\n".join(["x" * 99] * 40)
    no_list = DocumentProblem(4, o.why, wrong_values["setup-not-a-list"])
    panels: Named = {
        "chosen": Panel(everything, catalogue, frozenset({8}), (closed,)),
        "nothing": replace(bare, may_add_gallery=True),
        "narrowed": replace(
            bare, setup=ServerSetup(video_models=("LUMA",), image_models=("FLUX",), longest_seconds=60)
        ),
        "nothing offered": replace(
            bare, setup=ServerSetup(video_models=("OLD",), age=AgeRule.SPOILER, approval=ApprovalScope.EVERYONE)
        ),
    }
    of_2026 = replace(catalogue, limits=replace(catalogue.limits, operations=frozenset(Operation)))
    drawn_first = ServerSetup(approval=ApprovalScope.STORYBOARDS, storyboard_credits=300)
    return {
        Panel: panels,
        "panel_message.panel": panels | {"storyboards": Panel(drawn_first, of_2026)},
        "notes": {"": ("a note",)},
        "changed_notes.settings": {"": (ServerSetup.gallery, ServerSetup.age)},
        "problem_text.refused": {
            **wrong_values,
            "closed": closed,
            "open to all": open_to_all,
            **{f"range of {each}": each.check(-1, catalogue) for each in numbers},
        },
        "preset": {each: each for each in (*prompt_filter.PRESETS, o.why)},
        setting_kinds.Setting: SETTINGS,
        "section": {each.value: each for each, pages in SECTIONS.items() if len(pages) > 1},
        "page_modal.page": {
            each.value: each for each in setting_kinds.SetupPage if each is not setting_kinds.SetupPage.RULES
        },
        "suggested": {"": replace(bare, setup=ServerSetup(language=Language.GERMAN))},
        "first_message.credits": {"": 600},
        "first_modal.credits": {"": 600},
        **dict.fromkeys(("changes_message.panel", "reset_message.panel"), before),
        "after": {"": after},
        "expected": {"": "123456789abc"},
        "wrong_message.text": {"": "b*d"},
        "conflict_message.text": {"": "b*d"},
        "rules_modal.text": {
            "": "",
            "short": "a",
            "3000": "x" * 3000,
            "3001": "x" * 3001,
            "too long for an input": "z" * 4001,
            "full": full,
            "two": f"{full}\n{'x' * 99}",
            "many": "\n".join([full] * 6),
        },
        "wrong_message.problem": {
            "one": prompt_filter.WrongRules((wrong,)),
            "many": prompt_filter.WrongRules((wrong,) * 20),
            "too many": Refused("setup-rules-too-many", {**named["setup-rules-too-many"], "characters": 500}),
        },
        Sequence[DocumentProblem]: {
            **{code: [DocumentProblem(3, "", refused)] for code, refused in in_file.items()},
            "value": [no_list],
            "many": [no_list] * 100,
        },
    }


def storyboard(o: Outside) -> Storyboard:
    stills = tuple(
        Still(scene, words, f"{o.url}?{scene}") for scene, words in enumerate(o.many(o.prompt, "", most=MAX_STILLS), 1)
    )
    return Storyboard(stills, tuple(still_file(ENGLISH, each, b"\x89PNG\r\n\x1a\n", spoiler=False) for each in stills))


def newest_still(o: Outside) -> Storyboard:
    posted = posted_still(ENGLISH, Still(7, o.prompt, f"{o.url}"), ["SPOILER_scene-7.png"], spoiler=True)
    assert posted is not None
    return Storyboard((), (posted,))


@functools.lru_cache(maxsize=2)
def samples(o: Outside) -> dict[Any, Named]:
    return {
        **orders(o),
        **members(o),
        **movies(o),
        **staff(o),
        **setup(o),
        Catalogue: {"": o.catalogue()},
        RequestLimits: {"": AUTUMN_2026.limits},
        "member_id": {"": o.id, "erased": -7},
        "guild_id": {"": 2},
        "more": {"": ()},
        "hint": {"": ""},
        "not_deleter.shared": {"": False, "others paid, too": True},
        "computed_at": {"": DAY},
        "chart": {"": b"PNG", "no chart": None},
        Path: {"movie": Path("movie.mp4")},
        int: {"": 2},
    }
