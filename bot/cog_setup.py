"""The cogs and the component router of a process that answers members."""

from __future__ import annotations

from bot.app import App
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.uploads import PictureUploads
from bot.domain.operations import Operation
from bot.domain.orders import ConfirmationRule
from bot.services.moderation import Moderator
from bot.services.orders import Estimator, OrderService
from bot.services.privacy import ExportService
from bot.services.reports import RankingService, ReportService
from bot.services.request_limits import LimitFactory, OrderLimit
from bot.services.scenes import SceneQuotes
from bot.settings import Settings
from bot.ui.privacy import Policy as PrivacyPolicy
from cogs.approvals import ApprovalButtons
from cogs.component_router import ComponentRouter
from cogs.copies import CopyComponents
from cogs.credits import CreditsCog, GiftCog
from cogs.help import HelpCog
from cogs.job_access import JobAccess
from cogs.job_buttons import JobButtons
from cogs.member_credits import MemberCredits
from cogs.movie import MovieCommands
from cogs.movie_list import MoviesCog
from cogs.movie_nights import MovieNightButtons
from cogs.movie_reports import ReportButtons
from cogs.orders import OrderComponents, OrderFlow
from cogs.pitches import PitchesCog
from cogs.preferences import PreferencesCog
from cogs.privacy import PrivacyCog
from cogs.quota import QueuedMovies, QuotaCog
from cogs.rankings import TopCog
from cogs.scenes import SceneButtons
from cogs.server_setup import SetupCog
from cogs.staff_subjects import StaffSubjectButtons
from cogs.storyboards import StoryboardButtons


def add_cogs(
    app: App,
    publisher: DiscordPublisher,
    estimator: Estimator,
    limits: LimitFactory,
    moderator: Moderator,
    uploads: PictureUploads,
) -> None:
    """Give the client its cogs and the component router."""
    client, database, clock = app.client, app.database, app.clock
    confirm = _confirmation(app.settings)
    limit = OrderLimit(limits, app.settings.orders_per_minute)
    flow = OrderFlow(database, OrderService(database, clock), estimator.for_order, confirm, limit, moderator, uploads)
    queued = QueuedMovies(database, update_messages=publisher.update_messages)
    access = JobAccess(database)
    job_buttons = JobButtons(
        database,
        access,
        order_flow=flow,
        links=app.links,
        cancellations=app.cancellations,
        update_card=publisher.update_card,
        update_messages=publisher.update_messages,
    )
    pitches = PitchesCog(database, flow, moderator)
    movie = MovieCommands(database, flow, app.offered)
    credits = CreditsCog(database, ExportService(database, limits))
    approval_buttons = ApprovalButtons(database, update_messages=publisher.update_messages)
    movies = MoviesCog(
        database,
        access,
        links=app.links,
        estimate=estimator.for_job,
        pending=approval_buttons.show,
        cancellable=app.cancellations.supported,
    )
    member_credits = MemberCredits(database, queued)
    answering = (
        *(credits, movies, pitches, PreferencesCog(database), SetupCog(database)),
        PrivacyCog(database, app.privacy, _privacy_policy(app), publisher.update_card),
        TopCog(database, RankingService(database, clock), access, app.links),
        HelpCog(database, confirm=confirm, command_ids=lambda: client.command_ids),
    )
    components = (
        *(OrderComponents(database, flow, access), approval_buttons, queued, job_buttons),
        *(*answering, MovieNightButtons(database, app.links), member_credits, ReportButtons(database, access)),
        StoryboardButtons(database, access, publisher.storyboard),
        SceneButtons(access, flow, SceneQuotes(app.samsar, limits), publisher.stills),
        StaffSubjectButtons(database, queued),
        CopyComponents(database, flow, access),
    )
    router = ComponentRouter(*(each.component_handlers for each in components), refuse_unserved=client.refuse_unserved)
    client.set_cogs(
        *answering,
        GiftCog(database, limits),
        QuotaCog(database, ReportService(database, clock, limits), queued),
        router,
        built=(movie.movie(), movie.pitch(pitches.submit), movie.context_menu(), member_credits.context_menu()),
    )


def _confirmation(settings: Settings) -> ConfirmationRule:
    return ConfirmationRule(
        settings.confirm_above_credits, settings.confirm_above_percent, first_order=settings.confirm_first_order
    )


def _privacy_policy(app: App) -> PrivacyPolicy:
    settings = app.settings
    return PrivacyPolicy(
        settings.retention_days,
        settings.privacy_url,
        settings.terms_url,
        is_moderated=settings.is_moderated,
        takes_pictures=Operation.PICTURES in app.offered.limits.operations,
    )
