"""The alerts' runbook paragraphs, and the metrics that alerts and dashboard use."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.domain.process import ProcessInfo, Role
from bot.observability.metrics import Metrics
from bot.services.orders import DeliveryTimes
from bot.services.reports import DEARER_SHARE
from tests.helpers.prometheus import program

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "deploy" / "prometheus"
RULES = (FOLDER / "alerts.yaml").read_text(encoding="utf-8")
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "matinee.json").read_text(encoding="utf-8"))
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")

METRIC = re.compile(r"\bmatinee_\w+")


def heading(alert: str) -> str:
    return " ".join(re.findall(r"[A-Z][a-z]+", alert)).capitalize()


def full_metrics() -> Metrics:
    metrics = Metrics(ProcessInfo("0a1b2c3d", Role.ALL, "host", 1, "1.2.3", 0))
    metrics.show_delivery_times(DeliveryTimes())
    return metrics


def series() -> set[str]:
    page = full_metrics().render(None)[0].decode()
    typed = re.findall(r"^# TYPE (\w+) (\w+)", page, re.MULTILINE)
    histograms = {f"{name}_bucket" for name, kind in typed if kind == "histogram"}
    return {name for name, _ in typed} | histograms


def labels_by_name() -> dict[str, set[str]]:
    registry = full_metrics().registry
    collectors = registry._names_to_collectors.items()
    known = {name: set[str](getattr(of, "_labelnames", ())) for name, of in collectors}
    for metric in registry.collect():
        for sample in metric.samples:
            known.setdefault(sample.name, set()).update(sample.labels)
    return {name: of | {"le"} if name.endswith("_bucket") else of for name, of in known.items()}


def test_each_alert_has_its_paragraph_in_the_runbook_and_no_paragraph_is_left_over() -> None:
    alerts = re.findall(r"- alert: (\w+)", RULES)
    assert re.findall(r"^## (.+)$", RUNBOOK, re.MULTILINE) == [heading(alert) for alert in alerts]
    anchors = [f"docs/runbook.md#{heading(alert).lower().replace(' ', '-')}" for alert in alerts]
    assert re.findall(r"runbook: (\S+)", RULES) == anchors


def test_each_figure_and_label_of_an_alert_and_of_the_dashboard_exists() -> None:
    """Prometheus takes a missing label for empty, so results are silently wrong."""
    for text in (RULES, json.dumps(DASHBOARD["panels"])):
        assert METRIC.findall(text)
        assert set(METRIC.findall(text)) <= series()
    expressions = [rule["expr"] for rule in yaml.safe_load(RULES)["groups"][0]["rules"]]
    expressions += [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    known = labels_by_name()
    for expression in expressions:
        used = re.findall(r"\b(\w+)(?:=|!=|=~|!~)\"", expression)
        for listed in re.findall(r"\b(?:by|on|group_left) \(([\w, ]+)\)", expression):
            used += listed.split(", ")
        of_figures = {each for metric in METRIC.findall(expression) for each in known[metric]}
        assert set(used) <= of_figures | {"instance", "alertstate"}, expression
    assert known["matinee_samsar_requests_total"] == {"call", "outcome"}


def test_a_price_drifts_where_the_log_warns_of_it() -> None:
    assert f"> {1 + DEARER_SHARE:g} * sum by (model) (matinee_movie_credits_paid)" in RULES


@pytest.mark.full
def test_a_bar_of_the_credits_is_the_day_that_begins_where_it_stands(tmp_path: Path) -> None:
    """Grafana evaluates once for each midnight, and needs today's bar, too."""
    promtool = program("promtool")
    [panel] = [panel for panel in DASHBOARD["panels"] if panel["title"] == "Credits a day by outcome"]
    [target] = panel["targets"]
    labels = '{outcome="captured"}'
    bars = {"0h": [100], "24h": [300], "48h": []}
    test = {
        "interval": "7h",
        "input_series": [{"series": f"matinee_credits_today{labels}", "values": "10 50 100 100 20 200 300"}],
        "promql_expr_test": [
            {
                "expr": target["expr"],
                "eval_time": at,
                "exp_samples": [{"labels": labels, "value": each} for each in bar],
            }
            for at, bar in bars.items()
        ],
    }
    file = tmp_path / "bars_test.yaml"
    file.write_text(json.dumps({"tests": [test]}), encoding="utf-8")  # JSON is YAML
    ended = subprocess.run([promtool, "test", "rules", str(file)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert panel["interval"] == "1d"


@pytest.mark.full
def test_the_rules_keep_their_own_tests() -> None:
    promtool = program("promtool")
    for arguments in (["check", "config", "prometheus.yaml"], ["test", "rules", "alerts_test.yaml"]):
        ended = subprocess.run([promtool, *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
