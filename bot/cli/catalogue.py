"""`catalogue compare|allow`: the catalogue beside the API's models."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence

from bot.cli.databases import open_database
from bot.cli.terminal import Output, format_count, format_table, format_utc
from bot.core.errors import CatalogueError, CommandError, SamsarError, StartupError
from bot.core.program import PROGRAM
from bot.domain.catalogue import Catalogue, Difference, DifferenceType, ListedModel, compare
from bot.domain.credit_request import usual_price
from bot.domain.credits import MOVIES_PER_ALLOWANCE, Limits
from bot.domain.server_setup import NOTHING_SET, narrow
from bot.domain.text import clean_text
from bot.samsar.client import SamsarClient
from bot.settings import Settings
from data import availability
from data.catalogue import load_catalogue

_TEXTS = {
    DifferenceType.NOT_LISTED: "not in the API's list",
    DifferenceType.DEARER: "costs more at the API",
    DifferenceType.CHEAPER: "costs less at the API",
    DifferenceType.NOT_IN_CATALOGUE: "not in the catalogue",
}

_FOLLOWED = "What isn't listed isn't offered, and what costs more is sold at the API's price."
_NOT_FOLLOWED = "Movies with what isn't listed fail, and you pay what costs more."
_TO_CHANGE = "To change that, correct a copy of the catalogue, and set CATALOGUE_PATH to it."


async def compare_catalogue(settings: Settings, _options: argparse.Namespace) -> Output:
    """Print how the catalogue differs from the API's list.

    Refused models, too. Return 1 where movies would fail or cost more than the catalogue says.
    """
    catalogue = load_catalogue(settings.catalogue_path, settings.api_profile.limits)
    differences = compare(catalogue, await _listed(settings))
    refused = await _refused(settings)
    rows = [
        (each.kind.value, each.key, _price(each.price), _price(each.listed_price), _TEXTS[each.type])
        for each in differences
    ]
    head = ("kind", "model", "catalogue", "API", "")
    table = format_table(head, rows, empty="The catalogue matches the API's models and prices.")
    is_wrong = any(each.type.is_wrong for each in differences)
    notes = [f"\n\n{_advice(settings)}"] if is_wrong else []
    notes += [
        f"\n\nThe API refused {each.model} on {format_utc(each.refused_at)} ({each.message})."
        f"\nIt isn't offered. To offer it again: {PROGRAM} catalogue allow {each.model}"
        for each in refused
    ]
    values = {
        "differences": [dataclasses.asdict(each) for each in differences],
        "refused": [dataclasses.asdict(each) for each in refused],
    }
    return Output("".join([table, *notes]), values, 1 if is_wrong else 0)


async def allow_model(settings: Settings, options: argparse.Namespace) -> Output:
    """Re-enable a model that the API refused."""
    async with open_database(settings) as database:
        allowed = await database.write(availability.allow, options.model)
    if not allowed:
        raise CommandError(
            f"The API hasn't refused {options.model}. To list refused models: {PROGRAM} catalogue compare"
        )
    text = f"{options.model} can be ordered again. It appears in the list after the bot's next start."
    return Output(text, {"allowed": options.model})


async def describe_comparison(settings: Settings, api: SamsarClient) -> list[str]:
    """Compare the catalogue with the API's list, and return what is worth knowing, line by line."""
    try:
        catalogue = load_catalogue(settings.catalogue_path)
        listed = await api.list_models()
    except CatalogueError:  # another check says so
        return []
    except SamsarError as exc:
        return [f"Warning: the API's list of models can't be read, so the catalogue isn't compared with it ({exc})"]
    if listed is None:
        return []
    differences = compare(catalogue, listed)
    lines = [
        f"{'Warning: ' if each.type.is_wrong else ''}{each.key}: {_TEXTS[each.type]}{_prices(each)}"
        for each in sorted(differences, key=lambda each: not each.type.is_wrong)
    ]
    if any(each.type.is_wrong for each in differences):
        return [*lines, _advice(settings)]
    return ["The catalogue matches the API's models and prices", *lines]


def describe_budgets(limits: Limits, catalogue: Catalogue, servers: int) -> list[str]:
    """Say what a movie with all defaults costs, how many the budgets pay for, and which of them don't fit."""
    offered = narrow(catalogue, NOTHING_SET) or catalogue
    model, seconds = offered.video_models_for(offered.limits.default_aspect_ratio)[0], offered.limits.default_seconds
    price = usual_price(offered)
    lines = [
        f"A movie with all defaults costs {format_count(price, 'credit')} ({clean_text(model.label)}, {seconds} s)",
        f"A month's plan of {format_count(limits.plan, 'credit')} pays for {limits.plan // price:,} of them",
        f"A member's allowance of {format_count(limits.member, 'credit')} pays for {limits.member // price:,}",
    ]
    if price * MOVIES_PER_ALLOWANCE > limits.member:
        lines.append(
            "Warning: That is more than a third of a member's allowance."
            f" Set MEMBER_MONTHLY_CREDITS to {price * MOVIES_PER_ALLOWANCE}"
        )
    if limits.server is not None and limits.server * servers > limits.plan:  # without a limit, that is meant
        lines.append(
            f"Warning: {format_count(servers, 'server')} with up to {format_count(limits.server, 'credit')} each exceed"
            f" the plan. Set SERVER_MONTHLY_CREDITS to {limits.plan // max(servers, 1)}"
        )
    return lines


def _advice(settings: Settings) -> str:
    return f"{_FOLLOWED if settings.api_profile.has_price_list else _NOT_FOLLOWED} {_TO_CHANGE}"


async def _listed(settings: Settings) -> Sequence[ListedModel]:
    async with SamsarClient.open(settings.samsar_config) as api:
        try:
            listed = await api.list_models()
        except SamsarError as exc:
            raise CommandError(f"Unexpected answer from the API: {exc}. For details: {PROGRAM} check") from exc
    if listed is None:
        raise CommandError("This API doesn't list its models.")
    return listed


async def _refused(settings: Settings) -> Sequence[availability.RefusedModel]:
    """Return the refused models; none where there is no database yet."""
    try:
        async with open_database(settings) as database:
            return await database.read(availability.refused)
    except StartupError:
        return ()


def _price(credits: int | None) -> str:
    return "" if credits is None else f"{credits:,}"


def _prices(difference: Difference) -> str:
    if difference.price is None or difference.listed_price is None:
        return ""
    return f" ({difference.listed_price:,} credits per second; catalogue: {difference.price:,})"
