"""Write docs/costs.md: what movies cost, computed from the catalogues, the settings and the rules of the ledger."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "costs.md"
TEMPLATE = ROOT / "scripts" / "costs_page.md"

sys.path.insert(0, str(ROOT))

from bot.domain.catalogue import Catalogue, VideoModel  # noqa: E402 - found only now
from bot.domain.operations import Operation  # noqa: E402
from bot.domain.preferences import Preferences, default_request  # noqa: E402
from bot.samsar.config import PROFILES, ApiVersion  # noqa: E402
from bot.settings import load_settings  # noqa: E402
from data.catalogue import bundled_path, load_catalogue  # noqa: E402

PLAN_PRICE = 50
"""An example's price of a plan, in any currency: it is between the operator and the API."""

TABLE = """
`SAMSAR_API={version}`:

| model | a second | {default} s | {long} s | movies of {default} s in an allowance of {member:,} |
|---|---|---|---|---|
"""

LONG_SECONDS = 60


def page() -> str:
    """Return the whole page."""
    version = ApiVersion.AUTUMN_2026
    settings = load_settings({"SAMSAR_API": version.value}, Path(os.devnull), secrets_needed=False)
    limits, confirm = settings.limits, settings.confirm_above_credits
    member, server, plan = limits.member, limits.server, limits.plan
    assert server is not None
    assert limits.risk is not None
    catalogue = catalogue_of(version)
    movie = default_request(Preferences(), catalogue)
    price, seconds = movie.price, movie.request.duration_seconds
    model = next(each for each in catalogue.video_models if each.key == movie.request.video_model)
    parts = Operation.STORYBOARD.declared.parts(price, seconds)
    left = {
        f"{name}_{count}": budget - count * price
        for name, budget in (("member", member), ("server", server), ("plan", plan))
        for count in (1, 2)
    }
    money = {
        f"money_{name}": f"{PLAN_PRICE * credits / plan:,.2f}"
        for name, credits in (("1", 1), ("price", price), ("member", member), ("server", server), ("plan", plan))
    }
    return TEMPLATE.read_text(encoding="utf-8").format(
        version=version.value,
        seconds=seconds,
        model=model.label,
        rate=model.credits_per_second,
        price=price,
        member=member,
        server=server,
        plan=plan,
        member_movies=member // price,
        server_movies=server // price,
        plan_movies=plan // price,
        failed=limits.risk.failed_credits,
        confirm=confirm,
        plan_price=PLAN_PRICE,
        drawing=parts.now // seconds,
        now=parts.now,
        later=parts.later,
        tables="".join(table(version, member) for version in reversed(ApiVersion)),
        **left,
        **money,
    )


def catalogue_of(version: ApiVersion) -> Catalogue:
    """Return the catalogue that comes with the bot."""
    return load_catalogue(bundled_path(version.value), PROFILES[version].limits)


def table(version: ApiVersion, member: int) -> str:
    """Return the models of a version with what they cost."""
    catalogue = catalogue_of(version)
    default = catalogue.limits.default_seconds
    rows = [row(model, default, member) for model in catalogue.enabled_video_models]
    head = TABLE.format(version=version.value, default=default, long=LONG_SECONDS, member=member)
    return head + "".join(rows)


def row(model: VideoModel, default: int, member: int) -> str:
    """Return a model's row."""
    rate = model.credits_per_second
    cells = (model.label, rate, f"{rate * default:,}", f"{rate * LONG_SECONDS:,}", member // (rate * default))
    return f"| {' | '.join(map(str, cells))} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
