"""Builds the cogs and the component router on the other parts."""

from __future__ import annotations

import functools

from bot.app_parts import App
from bot.discord_client.publisher import DiscordPublisher
from bot.domain.catalogue import Catalogue
from bot.domain.order import ConfirmationRule
from bot.services.approvals import ApprovalService
from bot.services.credit_requests import CreditRequestService
from bot.services.estimates import Estimator
from bot.services.exports import ExportService
from bot.services.gifts import GiftService
from bot.services.job_actions import JobActionService
from bot.services.movie_reports import MovieReportService
from bot.services.preferences import PreferenceService
from bot.services.quotas import QuotaService
from bot.services.rankings import RankingService
from bot.services.removals import RemovalService
from bot.services.reports import ReportService
from bot.services.request_limits import LimitFactory, OrderLimit
from bot.services.server_setup import ServerSetupService
from bot.services.stars import StarService
from bot.ui.privacy import Policy
from cogs.approvals import ApprovalButtons
from cogs.cancel_buttons import CancelButtons
from cogs.component_router import ComponentRouter
from cogs.credit_requests import CreditRequestButtons
from cogs.credits import CreditsCog
from cogs.delete_buttons import DeleteButtons
from cogs.duration_choices import DurationChoices
from cogs.gift import GIFT_BURST, TRIES, GiftCog
from cogs.help import HelpCog
from cogs.job_access import JobAccess
from cogs.job_buttons import JobButtons
from cogs.movie import MovieCommands
from cogs.movie_night import MovieNightButtons
from cogs.movie_reports import ReportButtons
from cogs.movies import MoviesCog
from cogs.order_components import OrderComponents
from cogs.order_flow import OrderFlow
from cogs.pitch import PitchFlow
from cogs.pitch_buttons import PitchButtons
from cogs.pitch_channels import PitchChannelsCog
from cogs.pitch_list import PitchListCog
from cogs.preferences import PreferencesCog
from cogs.privacy import PrivacyCog
from cogs.queued_movies import QueuedMovies
from cogs.quota import QuotaCog
from cogs.quote_prompts import QuotePrompts
from cogs.sequels import SequelButtons
from cogs.setup import SetupCog
from cogs.setup_files import SetupFiles
from cogs.setup_filter import SetupFilter
from cogs.stars import StarButtons
from cogs.top import TopCog
from data import breakers
from data.compiled_filters import CompiledFilters


def add_cogs(
    app: App,
    catalogue: Catalogue,
    publisher: DiscordPublisher,
    estimator: Estimator,
    limits: LimitFactory,
    filters: CompiledFilters,
) -> None:
    """Give the client its cogs and the component router.

    Longer than other functions, because it names each part once.
    """
    orders, client = app.orders, app.client
    quotas = QuotaService(app.database, app.settings.limits)
    setups = ServerSetupService(app.database, catalogue)
    requests = CreditRequestService(app.database, app.settings.limits, app.clock)
    order_limit = OrderLimit(limits, app.settings.orders_per_minute)
    confirm = ConfirmationRule(app.settings.confirm_above_credits, app.settings.confirm_above_percent)
    preference_service = PreferenceService(app.database)
    order_flow = OrderFlow(orders, setups, catalogue, estimator.for_order, confirm, order_limit, preference_service)
    order_components = OrderComponents(orders, order_flow)
    quote_prompts = QuotePrompts(catalogue, order_flow)
    queued = QueuedMovies(setups, app.cancellations, update_messages=publisher.update_messages)
    access = JobAccess(app.database, catalogue, RemovalService(app.database), setups)
    sequels = SequelButtons(access, order_flow, order_components, catalogue)
    stars = StarButtons(access, StarService(app.database), setups)
    actions = JobActionService(app.database)
    job_buttons = _build_job_buttons(app, access, actions, setups, publisher, order_flow, queued)
    movie = MovieCommands(order_flow, catalogue, DurationChoices(orders, setups))
    pitch = movie.pitch(PitchFlow(app.pitches, order_flow, catalogue).submit)
    pitch_buttons = PitchButtons(setups, app.pitches, order_flow, catalogue)
    exports = ExportService(app.database, app.clock, limits)
    credits = CreditsCog(app.accounts, exports, quotas, requests, setups, catalogue)
    approvals = ApprovalService(app.database, catalogue, filters)
    approval_buttons = ApprovalButtons(approvals, setups, catalogue, update_messages=publisher.update_messages)
    movies = MoviesCog(
        app.database,
        catalogue=catalogue,
        links=app.links,
        actions=actions,
        estimate=estimator.for_job,
        outage=functools.partial(app.database.read, breakers.outage),
        pending=approval_buttons.show,
        cancellable=app.cancellations.supported,
    )
    pitch_list = PitchListCog(app.pitches, setups)
    preferences = PreferencesCog(preference_service, setups)
    policy = Policy(app.settings.retention_days, app.settings.privacy_url, app.settings.terms_url)
    privacy = PrivacyCog(app.database, app.privacy, policy, publisher.update_card)
    help_cog = HelpCog(
        app.database,
        accounts=app.accounts,
        quotas=quotas,
        requests=requests,
        setups=setups,
        confirm=confirm,
        command_ids=lambda: client.command_ids,
    )
    setup = SetupCog(setups, SetupFiles(setups), SetupFilter(setups))
    request_buttons = CreditRequestButtons(requests, catalogue)
    components = (
        *(order_components, quote_prompts, request_buttons, approval_buttons, queued, sequels, stars, *job_buttons),
        *(pitch_buttons, pitch_list, credits, movies, preferences, privacy, setup),
        MovieNightButtons(app.database, app.links),
    )
    handlers = (each.component_handlers for each in components)
    router = ComponentRouter(*handlers, refuse_unserved=client.refuse_unserved)
    client.set_cogs(
        credits,
        movies,
        pitch_list,
        PitchChannelsCog(app.pitches),
        preferences,
        privacy,
        help_cog,
        GiftCog(
            GiftService(app.database),
            limits.limit("gift", 1, GIFT_BURST),
            limits.limit("gift-try", TRIES, TRIES),
        ),
        TopCog(RankingService(app.database, app.clock), app.accounts),
        QuotaCog(quotas, app.accounts, ReportService(app.accounts, app.clock, limits), catalogue, queued),
        setup,
        router,
        built=(movie.movie(), pitch, movie.context_menu()),
    )


def _build_job_buttons(
    app: App,
    access: JobAccess,
    actions: JobActionService,
    setups: ServerSetupService,
    publisher: DiscordPublisher,
    order_flow: OrderFlow,
    queued: QueuedMovies,
) -> tuple[CancelButtons, DeleteButtons, ReportButtons, JobButtons]:
    """Build what answers the buttons of cards and movies."""
    removals = RemovalService(app.database)
    report_service = MovieReportService(app.database)
    reports = ReportButtons(setups, access, report_service, queued)
    cancel = CancelButtons(access, app.cancellations, update_messages=publisher.update_messages)
    delete = DeleteButtons(access, removals)
    others = JobButtons(
        access,
        actions,
        order_flow=order_flow,
        links=app.links,
        accounts=app.accounts,
        setups=setups,
        update_card=publisher.update_card,
    )
    return cancel, delete, reports, others
