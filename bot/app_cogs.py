"""Builds the cogs and the component router on the other parts."""

from __future__ import annotations

from bot.app_parts import App
from bot.discord_client.publisher import DiscordPublisher
from bot.domain.order import ConfirmationRule
from bot.services.estimates import Estimator
from bot.services.exports import ExportService
from bot.services.rankings import RankingService
from bot.services.refused_prompts import RefusedPrompts
from bot.services.reports import ReportService
from bot.services.request_limits import LimitFactory, OrderLimit
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


def add_cogs(
    app: App, publisher: DiscordPublisher, estimator: Estimator, limits: LimitFactory, refused_prompts: RefusedPrompts
) -> None:
    """Give the client its cogs and the component router.

    Longer than other functions, because it names each part once.
    """
    database, client, catalogue = app.database, app.client, app.database.policy.catalogue
    confirm = ConfirmationRule(app.settings.confirm_above_credits, app.settings.confirm_above_percent)
    order_limit = OrderLimit(limits, app.settings.orders_per_minute)
    order_flow = OrderFlow(database, app.orders, estimator.for_order, confirm, order_limit, refused_prompts)
    order_components = OrderComponents(database, order_flow)
    quote_prompts = QuotePrompts(catalogue, order_flow)
    queued = QueuedMovies(database, update_messages=publisher.update_messages)
    access = JobAccess(database)
    sequels = SequelButtons(access, order_flow, order_components, catalogue)
    job_buttons = (
        CancelButtons(database, access, app.cancellations, update_messages=publisher.update_messages),
        DeleteButtons(database, access),
        ReportButtons(database, access, queued),
        JobButtons(database, access, order_flow=order_flow, links=app.links, update_card=publisher.update_card),
        StarButtons(database, access),
    )
    movie = MovieCommands(order_flow, catalogue, DurationChoices(database))
    pitch = movie.pitch(PitchFlow(database, order_flow, refused_prompts).submit)
    pitch_buttons = PitchButtons(database, order_flow)
    credits = CreditsCog(database, ExportService(database, app.clock, limits))
    approval_buttons = ApprovalButtons(database, update_messages=publisher.update_messages)
    movies = MoviesCog(
        database,
        links=app.links,
        estimate=estimator.for_job,
        pending=approval_buttons.show,
        cancellable=app.cancellations.supported,
    )
    pitch_list = PitchListCog(database)
    preferences = PreferencesCog(database)
    policy = Policy(app.settings.retention_days, app.settings.privacy_url, app.settings.terms_url)
    privacy = PrivacyCog(database, app.privacy, policy, publisher.update_card)
    setup = SetupCog(database, SetupFiles(database), SetupFilter(database))
    components = (
        *(order_components, quote_prompts, CreditRequestButtons(database), approval_buttons, queued, sequels),
        *(*job_buttons, pitch_buttons, pitch_list, credits, movies, preferences, privacy, setup),
        MovieNightButtons(database, app.links),
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
        HelpCog(database, confirm=confirm, command_ids=lambda: client.command_ids),
        GiftCog(database, limits.limit("gift", 1, GIFT_BURST), limits.limit("gift-try", TRIES, TRIES)),
        TopCog(database, RankingService(database, app.clock)),
        QuotaCog(database, ReportService(database, app.clock, limits), queued),
        setup,
        router,
        built=(movie.movie(), pitch, movie.context_menu()),
    )
