"""The page of `report --html`: a month's money, what failed and why, and what needs the operator.

It is one file that loads nothing and runs no script. Nobody's words are in it, unless they were asked for.
"""

from __future__ import annotations

import html
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.cli.servers import ServerRow
from bot.cli.terminal import format_count, format_member
from bot.core.program import PROGRAM
from bot.domain.credits import Budget
from bot.domain.jobs import EndReason, Job
from bot.domain.reports import DailyUsage, MonthlyReport, UsageShare
from bot.domain.text import Language, clean_text
from bot.locales.texts import texts_in
from bot.ui.formatting import format_month
from bot.ui.reports import REASON_LABELS

_STYLE: Final = Path(__file__).with_name("report.css")

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""The browser loads nothing, whatever a name or a prompt may hold."""

_SERIES: Final = (
    ("spent", "spent", "spent on movies"),
    ("upstream_charge", "lost", "lost to failed movies"),
    ("held", "held", "on hold"),
    ("released", "refunded", "refunded"),
)
"""Fields of DailyUsage with their classes, from the bottom of a bar to its top."""

_TEXTS: Final = texts_in(Language.ENGLISH)

_GRID_LINES: Final = 4


class Html(str):
    """Text that is HTML already, so it isn't escaped again."""

    __slots__ = ()


def _element(name: str, *content: object, **attributes: object) -> Html:
    """Build an element; what is no Html is escaped. `class_` is the attribute class, `data_label` data-label."""
    named = ((each.rstrip("_").replace("_", "-"), value) for each, value in attributes.items() if value is not None)
    start = "".join(f' {each}="{html.escape(str(value))}"' for each, value in named)
    return Html(f"<{name}{start}>{_joined(*content)}</{name}>")


def report_page(
    figures: MonthlyReport,
    *,
    place: str,
    made_at: int,
    balance: int | None,
    servers: Sequence[ServerRow],
    stuck: Sequence[Job],
    failed: Sequence[Job],
    prompts: bool,
) -> str:
    """Build the page. `place` names what it covers, and `prompts` shows what members and the API wrote."""
    title = f"Report for {format_month(_TEXTS, figures.month)}"
    body = _element(
        "body",
        _element("header", _element("h1", title), _element("p", f"{place} · made {_minute(made_at)} UTC")),
        _tiles(figures),
        *_warnings(figures, stuck, prompts=prompts),
        _plan(figures.plan, balance),
        _days(figures),
        _servers(servers),
        _models(figures.models),
        _members(figures.members),
        _failures(figures, failed, prompts=prompts),
        _element("footer", "All figures are credits, in months of UTC. Matinee made this page from its ledger."),
    )
    style = Html(_STYLE.read_text(encoding="utf-8"))
    head = _element(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        _element("title", f"Matinee: {title}"),
        Html(f"<style>\n{style}</style>"),
    )
    return f"<!doctype html>\n{_element('html', head, body, lang='en')}\n"


# What it says first ---------------------------------------------------------------------------------------------------


def _tiles(figures: MonthlyReport) -> Html:
    charged = figures.spent + figures.charge_difference + figures.upstream_charge
    cost = f"{charged / figures.spent:.2f}" if figures.spent else "–"
    tiles = [
        _tile("Credits spent", f"{figures.spent:,}", f"on {format_count(figures.movies, 'movie')}"),
        _tile(
            "A spent credit really cost",
            cost,
            f"credits at the API, which charged {charged:,}",
            "bad" if charged > figures.spent else "good",
        ),
        _tile(
            "Lost to failed movies",
            f"{figures.upstream_charge:,}",
            f"{format_count(sum(each.movies for each in figures.failures), 'movie')} failed",
            "bad" if figures.upstream_charge else "",
        ),
        _tile("Refunded", f"{figures.released:,}", "to members"),
        _tile("On hold", f"{figures.held:,}", f"for {format_count(figures.running, 'movie')} in progress"),
        _tile("Bonus credits granted", f"{figures.granted:,}", "by managers and you"),
    ]
    return _element("div", *tiles, class_="tiles")


def _tile(what: str, number: str, note: str, mood: str = "") -> Html:
    return _element(
        "div", _element("span", what), _element("b", number), _element("small", note), class_=f"tile {mood}".strip()
    )


def _warnings(figures: MonthlyReport, stuck: Sequence[Job], *, prompts: bool) -> Iterator[Html]:
    if figures.discrepancies:
        rows = [(each,) for each in figures.discrepancies]
        note = f"The ledger and its totals differ. {PROGRAM} pause stops new orders; see the runbook."
        yield _section("Accounting mismatches", note, _table(("mismatch",), rows), class_="warning")
    if stuck:
        heads = ("movie", "state", "ordered", "model", "#on hold", "what to do")
        rows = [
            (
                _named_job(job, prompts=prompts),
                job.state.value,
                _minute(job.created_at),
                job.request.video_model,
                job.price,
                _element("code", f"{PROGRAM} jobs show {job.id}"),
            )
            for job in stuck
        ]
        note = "Unknown movies wait for your decision. The others have been in progress for longer than movies take."
        yield _section("Stuck movies", note, _table(heads, rows), class_="warning")


# The parts ------------------------------------------------------------------------------------------------------------


def _plan(plan: Budget, balance: int | None) -> Html:
    parts = (("spent", plan.used, "used"), ("held", plan.held, "on hold"))
    bars = [_element("i", class_=color, style=_share(value, plan.limit)) for color, value, _ in parts]
    legend = [_key(color, f"{value:,} {label}") for color, value, label in parts]
    account = "" if balance is None else f" Your account at the API has {balance:,} right now."
    note = f"{plan.available:,} of {plan.limit:,} credits are left.{account}"
    meter = _element("div", *bars, class_="meter", role="img", aria_label=note)
    return _section("Your plan", note, meter, _element("div", *legend, class_="legend"))


def _days(figures: MonthlyReport) -> Html:
    tallest = _round_up(max(sum(amount for _, _, amount in _parts(day)) for day in figures.days))
    scale = [_element("span", f"{tallest * line // _GRID_LINES:,}") for line in range(_GRID_LINES, -1, -1)]
    chart = _element(
        "div",
        _element("div", *scale, class_="scale"),
        _element("div", *(_day(day, tallest) for day in figures.days), class_="days"),
        class_="chart",
    )
    legend = [_key(color, label) for _, color, label in _SERIES]
    busy = max(figures.days, key=lambda day: day.spent)
    note = f"Most was spent on day {busy.day}: {busy.spent:,}." if busy.spent else "Nothing was spent yet."
    return _section("Day by day", note, chart, _element("div", *legend, class_="legend"))


def _day(day: DailyUsage, tallest: int) -> Html:
    bars = [_element("i", class_=color, style=_share(amount, tallest)) for color, _, amount in _parts(day)]
    said = ", ".join(f"{amount:,} {label}" for _, label, amount in _parts(day))
    label = [_element("span", str(day.day))] if day.day == 1 or day.day % 5 == 0 else []
    return _element("div", *bars, *label, class_="day", title=f"Day {day.day}: {said or 'nothing'}")


def _servers(servers: Sequence[ServerRow]) -> Html:
    used = [row for row in sorted(servers, key=lambda row: -row.used) if row.used or row.held or row.failed]
    rows = [
        (
            _named(row.name or f"Server {row.id}", str(row.id) if row.name else ""),
            row.used,
            row.held,
            row.failed,
            f"{row.above_price:+,}",
            "no limit" if row.limit is None else row.limit,
        )
        for row in used
    ]
    heads = ("server", "#spent", "#on hold", "#lost to failures", "#API above price", "#limit today")
    return _section("By server", "", _table(heads, rows, bar=1))


def _models(models: Sequence[UsageShare]) -> Html:
    rows = [
        (
            _named(each.name, each.key if each.key != each.name else ""),
            each.movies,
            each.credits,
            each.charged,
            f"{each.charged - each.credits:+,}",
            f"{each.charged / each.credits:.2f}" if each.credits else "–",
        )
        for each in models
    ]
    note = "What members paid for finished movies, and what the API charged for them."
    heads = ("model", "#movies", "#paid", "#API charge", "#difference", "#a credit cost")
    return _section("By model", note, _table(heads, rows, bar=2))


def _members(members: Sequence[UsageShare]) -> Html:
    rows = [(format_member(int(each.key), each.name), each.movies, each.credits) for each in members]
    return _section("By member", "The ten who spent most.", _table(("member", "#movies", "#spent"), rows, bar=2))


def _failures(figures: MonthlyReport, failed: Sequence[Job], *, prompts: bool) -> Html:
    reasons = [
        (_named(_reason(each.reason), each.reason.value), each.movies, each.credits, each.upstream_charge)
        for each in figures.failures
    ]
    latest = [
        (
            _named_job(job, prompts=prompts),
            _minute(job.created_at),
            job.request.video_model,
            job.price,
            _reason(job.end_reason) if job.end_reason else "",
        )
        for job in failed
    ]
    tables = [_table(("why", "#movies", "#refunded", "#lost"), reasons, bar=1)]
    if latest:
        tables += [_element("h3", "The latest"), _table(("movie", "ordered", "model", "#price", "why"), latest)]
    return _section("What failed, and why", "Members were refunded. What the API kept is lost.", *tables)


def _reason(reason: EndReason) -> str:
    return _TEXTS(REASON_LABELS[reason])


# Elements -------------------------------------------------------------------------------------------------------------


def _section(title: str, note: str, *content: Html, class_: str | None = None) -> Html:
    lead = [_element("p", note)] if note else []
    return _element("section", _element("h2", title), *lead, *content, class_=class_)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]], *, bar: int | None = None) -> Html:
    """Build a table. A head that begins with # is one of numbers; `bar` is the column that the first cells draw."""
    if not rows:
        return _element("p", "None.")
    names = [head.removeprefix("#") for head in heads]
    classes = ["number" if head.startswith("#") else None for head in heads]
    largest = 0 if bar is None else max(int(str(row[bar])) for row in rows)
    head = [_element("th", name, class_=kind) for name, kind in zip(names, classes, strict=True)]
    lines = [
        _element(
            "tr",
            *(
                _element("td", f"{cell:,}" if isinstance(cell, int) else cell, class_=kind, data_label=name)
                for cell, kind, name in zip(_barred(row, bar, largest), classes, names, strict=True)
            ),
        )
        for row in rows
    ]
    return _element("table", _element("thead", _element("tr", *head)), _element("tbody", *lines))


def _barred(row: Sequence[object], bar: int | None, largest: int) -> Sequence[object]:
    if bar is None or not largest:
        return row
    drawn = _element("span", _element("i", style=_share(int(str(row[bar])), largest)), class_="bar")
    return [_joined(row[0], drawn), *row[1:]]


def _joined(*parts: object) -> Html:
    return Html("".join(part if isinstance(part, Html) else html.escape(clean_text(str(part))) for part in parts))


def _named(name: str, note: str) -> Html:
    return _joined(name, _element("small", f" {note}")) if note else _joined(name)


def _key(color: str, label: str) -> Html:
    return _element("span", _element("i", class_=color), label)


def _share(part: int, whole: int) -> str:
    return f"--share:{100 * part / max(whole, 1):.2f}%"


def _parts(day: DailyUsage) -> list[tuple[str, str, int]]:
    """Return the class, the label and the amount of each part of a day's bar."""
    parts = [(color, label, int(getattr(day, name))) for name, color, label in _SERIES]
    return [part for part in parts if part[-1]]


def _round_up(number: int) -> int:
    """Return a round number from this on that the grid's lines divide."""
    step = _GRID_LINES * 10 ** max(0, len(str(number)) - 2)
    return max(step, -(-number // step) * step)


def _minute(at: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime(at / 1000))


def _named_job(job: Job, *, prompts: bool) -> Html:
    words = (job.request.prompt, job.upstream_message) if prompts else ()
    return _named(job.id, " · ".join(filter(None, words)))
