"""Break the code in one place at a time, and print the breakages that no test notices: `make breakages`.

Places are drawn at random from bot/, cogs/ and data/, and broken in a copy of the working tree. The tests that reach a
place run first, then the rest of each tier. Which tests reach a place is recorded once for a state of code and tests.
tests/equivalent_breakages.toml lists breakages that change no behavior, each with its reason; they don't count.

Neither library would save much: mutmut breaks no conditions, awaits, SQL or decorated functions, and forks its mutants
from one process; cosmic-ray drops no calls, arguments, awaits or SQL clauses, and brings SQLAlchemy, aiohttp and Git.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue

import coverage
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from scripts.breakages import Breakage, find

ROOT = Path(__file__).parent.parent

TIERS = {"test": "not full and not slow", "test-all": "full and not slow"}
"""The tests that each target of the Makefile adds to the one before, by their markers."""

FOLDERS = ("bot", "cogs", "data")
EQUIVALENT = ROOT / "tests/equivalent_breakages.toml"
REACHES = ROOT / "var/breakages"

FIRST = 30
"""So many of the tests that reach a place run first: most breakages are noticed without collecting the others."""

TEST_SECONDS = 180
RUN_SECONDS = 2 * 3600
"""A test or run that takes longer hangs, which is noticed."""

_MEMORY = Path("/dev/shm")  # noqa: S108 - Linux' own folder in memory
_UNNOTICED = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
_COVERAGE_SETTINGS = """[run]
source = {sources}
data_file = {data_file}
parallel = true
patch = _exit
core = ctrace
concurrency = thread, greenlet
context = ${{BREAKAGES_TEST-}}
disable_warnings = no-data-collected, module-not-imported, couldnt-parse, module-not-measured
"""
"""A process that a test starts records what it runs under that test's name. Only ctrace knows names."""


# The command


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw breakages, run the tests against each, and print a report."""
    options = parse(arguments)
    print(
        f"Seed {options.seed}. To repeat: make breakages COUNT={options.count} SEED={options.seed} TIER={options.tier}"
    )
    tiers = dict(list(TIERS.items())[: list(TIERS).index(options.tier) + 1])
    paths = [path for path in git_files(*options.paths) if path.endswith(".py")]
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in paths}
    drawn = draw(sources, options.count, options.seed)
    if options.list:
        print("\n".join(describe(number, each, sources) for number, each in enumerate(drawn, 1)))
        return 0
    reasons = read_reasons()
    with tempfile.TemporaryDirectory(prefix="matinee-breakages-", dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        lanes = [Lane(path, options.tests) for path in make_copies(Path(folder), options.lanes)]
        reach = read_reach(lanes[0], " or ".join(f"({each})" for each in tiers.values()))
        free: SimpleQueue[Lane] = SimpleQueue()
        for lane in lanes:
            free.put(lane)

        def judge(numbered: tuple[int, Breakage]) -> Verdict:
            number, breakage = numbered
            reason = reasons.get(identity(breakage.key(sources[breakage.path])))
            if reason is None:
                lane = free.get()
                try:
                    verdict = lane.judge(breakage, sources[breakage.path], tiers, reach)
                finally:
                    free.put(lane)
            else:
                verdict = Verdict(breakage, outcome=f"equivalent: {reason}", counts=False)
            print(f"{describe(number, breakage, sources)}\n    {verdict.outcome}", flush=True)
            return verdict

        with ThreadPoolExecutor(len(lanes)) as pool:
            verdicts = list(pool.map(judge, enumerate(drawn, 1)))
    print("\n".join(summary(verdicts, tiers, sources)))
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Break the code, and print the breakages that no test notices.")
    parser.add_argument("--count", type=int, default=40, help="how many breakages to draw")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="draws the same ones again")  # noqa: S311 (no secret)
    parser.add_argument("--tier", choices=TIERS, default="test", help="the last tier that runs")
    parser.add_argument("--paths", nargs="+", default=FOLDERS, help="break only what is in these")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="run only these")
    parser.add_argument("--lanes", type=int, default=2, help="how many breakages are tested at once")
    parser.add_argument("--list", action="store_true", help="only print what is drawn")
    return parser.parse_args(arguments)


def draw(sources: Mapping[str, str], count: int, seed: int) -> list[Breakage]:
    """Draw from all places with equal chances, and then one of the breakages of a place."""
    places: dict[tuple[str, int, int], list[Breakage]] = {}
    for path, source in sources.items():
        for each in find(path, source):
            places.setdefault((path, each.start, each.end), []).append(each)
    chance = random.Random(seed)  # noqa: S311 (repeatable randomness)
    shuffled = chance.sample(list(places.values()), len(places))
    drawn = (chance.choice(each) for each in shuffled)
    compiling = (each for each in drawn if each.changes_code(sources[each.path]))
    return [each for each, _ in zip(compiling, range(count), strict=False)]


def git_files(*patterns: str) -> list[str]:
    """Return the files of the working tree that git doesn't ignore."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns)
    return sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file())


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, and return what it prints."""
    names = [word for role in ("user.name", "user.email") for word in ("-c", f"{role}=breakages")]
    command = [shutil.which("git") or "git", *names, *arguments]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout.strip("\n")


def make_copies(folder: Path, count: int) -> list[Path]:
    """Copy the working tree, each time as a repository with one commit, as some tests need."""
    copies = [folder / str(number) for number in range(count)]
    for path in git_files():
        (copies[0] / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, copies[0] / path, follow_symlinks=False)
    git(copies[0], "init", "--quiet")
    git(copies[0], "add", ".")
    git(copies[0], "commit", "--quiet", "--message", "Copy")
    for copy in copies[1:]:
        shutil.copytree(copies[0], copy, symlinks=True)
    return copies


# Running tests against a breakage


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a breakage; `tier` is the one that noticed it."""

    breakage: Breakage
    outcome: str
    tier: str | None = None
    counts: bool = True


class Reach:
    """Which tests reach a place, the fastest first."""

    def __init__(self, folder: Path) -> None:
        results = json.loads((folder / "tests.json").read_text(encoding="utf-8"))
        self.seconds: dict[str, float] = results["seconds"]
        self.failed: list[str] = results["failed"]
        self._data = coverage.CoverageData(str(folder / "coverage"))
        self._data.read()
        self._files = {os.path.relpath(file, results["root"]): file for file in self._data.measured_files()}

    def tests(self, breakage: Breakage) -> list[str]:
        """Return the tests that run the statement; where it runs on import, those that run anything of the file.

        Before Python 3.12, no line is seen that a coroutine runs after an exception from what it awaits
        (https://github.com/coveragepy/coveragepy/issues/2124), so tests that only run others of the function follow.
        Where none runs any, as in a process that gets no environment, those that run anything of the file do.
        """
        if breakage.path not in self._files:
            return []
        by_line = self._data.contexts_by_lineno(self._files[breakage.path])

        def found(lines: Iterable[int]) -> set[str]:
            return {test for line in lines for test in by_line.get(line, ())} & self.seconds.keys() - set(self.failed)

        first = found(breakage.lines or by_line)
        rest = found(breakage.function) - first if sys.version_info < (3, 12) else set[str]()
        if not first and not rest:
            rest = found(by_line)
        return [test for tests in (first, rest) for test in sorted(tests, key=self.seconds.__getitem__)]


class Lane:
    """A copy of the working tree, in which one breakage at a time is tested."""

    def __init__(self, copy: Path, tests: Sequence[str]) -> None:
        self.copy = copy
        self.paths = list(tests)
        self._selection = copy.with_suffix(".json")

    def judge(self, breakage: Breakage, source: str, tiers: Mapping[str, str], reach: Reach) -> Verdict:
        """Break the copy, run the tests until one fails, and mend the copy."""
        reaching = reach.tests(breakage)
        self._write(breakage.path, breakage.broken(source))
        started = time.monotonic()
        try:
            for tier, markers in tiers.items():
                for only in (reaching[:FIRST], reaching[FIRST:], None):
                    noticed = self._run(markers, only, reaching, reach) if only is None or only else None
                    if noticed:
                        part = "" if only is None else f", one of {len(reaching)} that reach it"
                        took = time.monotonic() - started
                        return Verdict(breakage, f"noticed by {noticed} ({tier}{part}, {took:.0f} s)", tier)
        finally:
            self._write(breakage.path, source)
        return Verdict(
            breakage, f"NOT NOTICED ({len(reaching)} of the tests reach it, {time.monotonic() - started:.0f} s)"
        )

    def _write(self, path: str, text: str) -> None:
        (self.copy / path).write_text(text, encoding="utf-8")
        # One of the same length, written in the same second, would look compiled.
        Path(cache_from_source(str(self.copy / path))).unlink(missing_ok=True)

    def _run(self, markers: str, only: list[str] | None, reaching: list[str], reach: Reach) -> str | None:
        """Run tests until one fails, and return which."""
        without = [*reach.failed, *(reaching if only is None else ())]
        selection = {"only": only, "without": without, "known": [] if only is None else list(reach.seconds)}
        self._selection.write_text(json.dumps(selection), encoding="utf-8")
        files = self.paths if only is None else sorted({test.partition("::")[0] for test in only})
        status, output = self.pytest(markers, files, ["-x"], {"BREAKAGES_SELECTION": str(self._selection)})
        if status in _UNNOTICED:
            return None
        failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", output, re.MULTILINE)
        return failed[1] if failed else f"status {status}: {output.strip().rpartition(chr(10))[2][:200]}"

    def pytest(
        self, markers: str, paths: Sequence[str], options: Sequence[str], environ: Mapping[str, str]
    ) -> tuple[int, str]:
        """Run pytest in the copy, and return its status and output."""
        command = [sys.executable, "-m", "pytest", "-p", "scripts.break_code", "-p", "no:cacheprovider", *options]
        command += ["--tb=no", "-rfE", f"--timeout={TEST_SECONDS}"]
        process = subprocess.Popen(
            [*command, "-m", markers, *paths],
            cwd=self.copy,
            env={**os.environ, "TEST_DATABASE_URL": "", **environ},  # lanes must not share a database
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=RUN_SECONDS)
        except subprocess.TimeoutExpired:
            output = "the run took too long"
        finally:
            with contextlib.suppress(ProcessLookupError):  # what a test that hangs has started
                os.killpg(process.pid, signal.SIGKILL)
        return process.wait(), output


def read_reach(lane: Lane, markers: str) -> Reach:
    """Return which tests reach a place, recorded now unless that was done for the same code and tests."""
    trees = git(lane.copy, "rev-parse", *(f"HEAD:{folder}" for folder in (*FOLDERS, "tests")))
    name = hashlib.sha256(json.dumps([trees, markers, lane.paths]).encode()).hexdigest()[:16]
    folder = REACHES / name
    if not folder.exists():
        REACHES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=REACHES) as unfinished:
            record(lane, markers, Path(unfinished))
            shutil.copytree(unfinished, folder)
    reach = Reach(folder)
    for test in reach.failed:
        print(f"Left out, because it fails without a breakage: {test}")
    return reach


def record(lane: Lane, markers: str, folder: Path) -> None:
    """Run the tests once, recording which lines each of them runs, in its own process and in those that it starts."""
    print("Recording which tests reach which lines...", flush=True)
    started = time.monotonic()
    settings, data = folder / "coveragerc", folder / "parts"
    data.mkdir()
    sources = ",".join(str(lane.copy / each) for each in FOLDERS)
    settings.write_text(_COVERAGE_SETTINGS.format(sources=sources, data_file=data / "coverage"), encoding="utf-8")
    environ = {"COVERAGE_PROCESS_START": str(settings), "BREAKAGES_RESULTS": str(folder / "tests.json")}
    workers = ["-n", "2", "--dist=worksteal"]
    status, output = lane.pytest(f"({markers}) and not timed", lane.paths, workers, environ)
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:  # everything would look noticed
        sys.exit(f"The tests don't run without a breakage, either:\n{output}")
    combined = coverage.Coverage(data_file=str(folder / "coverage"), config_file=False)
    combined.combine([str(data)])
    combined.save()
    settings.unlink()
    data.rmdir()
    print(f"Recorded in {time.monotonic() - started:.0f} s.", flush=True)


# The report


def describe(number: int, breakage: Breakage, sources: Mapping[str, str]) -> str:
    """Show a breakage as a difference."""
    key = breakage.key(sources[breakage.path])
    line = sources[breakage.path].count("\n", 0, breakage.start) + 1
    return (
        f"{number}. {breakage.path}:{line} {breakage.scope} ({breakage.kind})\n  - {key['before']}\n  + {key['after']}"
    )


def summary(verdicts: Sequence[Verdict], tiers: Mapping[str, str], sources: Mapping[str, str]) -> Iterator[str]:
    """Say how many breakages each tier noticed, and give those that none noticed, ready for the list of equivalents."""
    counted = [each for each in verdicts if each.counts]
    unnoticed = [each.breakage for each in counted if each.tier is None]
    noticed = 0
    for tier in tiers:
        noticed += sum(each.tier == tier for each in counted)
        share = f"{noticed / len(counted):.0%}" if counted else "-"
        yield f"make {tier} notices {noticed} of {len(counted)}: {share}"
    yield f"{len(verdicts) - len(counted)} more change no behavior."
    if unnoticed:
        yield f"\nNo test notices these. One that changes no behavior belongs into {EQUIVALENT.relative_to(ROOT)}:"
    for breakage in unnoticed:
        key = {**breakage.key(sources[breakage.path]), "reason": ""}
        yield "\n".join(
            ["", "[[equivalent]]", *(f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in key.items())]
        )


def read_reasons() -> dict[tuple[str, ...], str]:
    """Return why listed breakages change no behavior."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {identity(each): each["reason"] for each in listed.get("equivalent", ())}


def identity(key: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a listed breakage is found by."""
    return tuple(key[name] for name in ("path", "scope", "before", "after"))


# What pytest loads in a copy: `-p scripts.break_code`

_seconds: dict[str, float] = {}
_failed: set[str] = set()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the selected tests in their order, and those whose name the breakage may have changed."""
    if (file := os.environ.get("BREAKAGES_SELECTION")) is None:
        return
    selection = json.loads(Path(file).read_text(encoding="utf-8"))
    left_out, known = set(selection["without"]), set(selection["known"])
    places: dict[str, int] = {test: place for place, test in enumerate(selection["only"] or ())}
    if selection["only"] is not None:
        left_out |= known - places.keys()
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]
    if places:
        items.sort(key=lambda item: places.get(item.nodeid, len(places)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Record lines under the test that runs them."""
    recorder = coverage.Coverage.current() if "BREAKAGES_RESULTS" in os.environ else None
    if recorder is None:
        return (yield)
    os.environ["BREAKAGES_TEST"] = item.nodeid
    recorder.switch_context(item.nodeid)
    try:
        return (yield)
    finally:
        recorder.switch_context("")
        del os.environ["BREAKAGES_TEST"]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep how long each test took, and which failed."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0) + report.duration
    if report.failed:
        _failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was kept; xdist's workers don't."""
    file = os.environ.get("BREAKAGES_RESULTS")
    if file is not None and not hasattr(session.config, "workerinput"):
        results = {"seconds": _seconds, "failed": sorted(_failed), "root": str(session.config.rootpath)}
        Path(file).write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
