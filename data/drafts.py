"""What a server lets a member make of a draft."""

from __future__ import annotations

from bot.domain import order
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.order import ConfirmationRequired, ConfirmationRule, InvalidDraft, OrderContext
from bot.domain.preferences import Preferences
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.request import Draft, ValidatedRequest
from bot.domain.server_setup import AccessRefusal, ServerSetup
from data import availability, prompt_refusals
from data.compiled_filters import PromptRules
from data.database import Transaction


def decide(
    tx: Transaction,
    filters: PromptRules,
    setup: ServerSetup,
    kept: Preferences,
    context: OrderContext,
    draft: Draft,
    catalogue: Catalogue,
    defaults: Limits,
    *,
    use_preferences: bool,
    confirm: ConfirmationRule | None = None,
    own_words: str | None = None,
) -> ValidatedRequest | ConfirmationRequired | InvalidDraft | AccessRefusal | PromptRefusal:
    """Decide on a draft by the server's setup, catalogue and filter.

    See `order.decide`. Nothing is written, but a prompt that breaks a rule is counted: of `own_words` only, if the bot
    wrote the rest. `kept` are the member's preferences.
    """
    available = availability.catalogue_by_setup(tx, catalogue, setup, context)
    if isinstance(available, AccessRefusal):
        return available
    decided = order.decide(draft, kept, available, confirm, use_preferences=use_preferences)
    prompt = _valid_prompt(decided)
    refused = prompt_refusals.refusal(tx, filters, setup, context, prompt, defaults.risk, own_words=own_words)
    return decided if refused is None else refused


def _valid_prompt(decided: ValidatedRequest | ConfirmationRequired | InvalidDraft) -> str:
    """Return the prompt of a decision; '' for an invalid draft."""
    match decided:
        case ValidatedRequest(request):
            return request.prompt
        case ConfirmationRequired(checked):
            return checked.request.prompt
        case InvalidDraft():
            return ""
