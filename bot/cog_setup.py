"""The cogs and the component router of a process that answers members."""

from __future__ import annotations

from discord.ext import commands

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
from bot.ui.privacy import Policy as PrivacyPolicy
from cogs.approvals import ApprovalButtons
from cogs.component_router import ComponentRouter
from cogs.copies import CopyComponents, SceneButtons
from cogs.credits import GIFT_BURST, TRIES, CreditsCog
from cogs.help import HelpCog
from cogs.job_buttons import JobButtons
from cogs.member_credits import MemberCredits
from cogs.movie import MovieCommands
from cogs.movie_list import MoviesCog
from cogs.movie_nights import MovieNightButtons
from cogs.movie_reports import ReportButtons
from cogs.order_flow import OrderFlow
from cogs.orders import OrderComponents
from cogs.pitches import PitchesCog
from cogs.preferences import PreferencesCog
from cogs.privacy import PrivacyCog
from cogs.quota import QuotaCog
from cogs.rankings import TopCog
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
    settings, database = app.settings, app.database
    confirm = ConfirmationRule(
        settings.confirm_above_credits, settings.confirm_above_percent, first_order=settings.confirm_first_order
    )
    limit, orders = OrderLimit(limits, settings.orders_per_minute), OrderService(database, app.clock)
    flow = OrderFlow(database, orders, estimator.for_order, confirm, limit, moderator, uploads)
    movie, pitches = MovieCommands(database, flow, offered=app.offered), PitchesCog(database, flow)
    member_credits = MemberCredits(database, flow)
    answering = (
        ApprovalButtons(database, flow, publisher=publisher),
        CopyComponents(database, flow),
        CreditsCog(
            database,
            flow,
            exports=ExportService(database, limits),
            gifts=limits.limit("gift", 1, GIFT_BURST, "gifts-too-fast"),
            gift_tries=limits.limit("gift-try", TRIES, TRIES, "gifts-too-fast"),
        ),
        HelpCog(database, flow, client=app.client),
        JobButtons(database, flow, links=app.links, cancellations=app.cancellations, publisher=publisher),
        MoviesCog(database, flow, links=app.links, estimator=estimator, cancellations=app.cancellations),
        MovieNightButtons(database, flow, links=app.links),
        OrderComponents(database, flow),
        PreferencesCog(database, flow),
        PrivacyCog(database, flow, service=app.privacy, policy=_privacy_policy(app), publisher=publisher),
        QuotaCog(database, flow, reports=ReportService(database, app.clock, limits), publisher=publisher),
        ReportButtons(database, flow),
        SceneButtons(database, flow, quotes=SceneQuotes(app.samsar, limits), publisher=publisher),
        SetupCog(database, flow),
        StaffSubjectButtons(database, flow),
        StoryboardButtons(database, flow, publisher=publisher),
        TopCog(database, flow, rankings=RankingService(database, app.clock), links=app.links),
        pitches,
        member_credits,
    )
    app.client.set_cogs(
        *(each for each in answering if isinstance(each, commands.Cog)),
        ComponentRouter(answering, refuse_unserved=app.client.refuse_unserved),
        built=(movie.movie(), movie.pitch(pitches.submit), movie.context_menu(), member_credits.context_menu()),
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
