#!/usr/bin/env bash
# Are there known holes in what we depend on, or mistakes in the scripts that CI runs? `make audit` calls this.
#
# Exit status: 0 nothing found; 1 something found; 2 a tool is missing; 3 the vulnerability service can't be reached, so
# nothing is known about the dependencies. What was found elsewhere wins over 3.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

bin=${BIN:-.venv/bin}
status=0

worse() { # found > a tool is missing > not known > all well
    if [ "$1" -ne 0 ] && { [ "$status" -eq 0 ] || [ "$1" -lt "$status" ]; }; then status=$1; fi
}

# The first is what pip-audit makes of a connection that timed out. The others are names and words of requests and urllib3.
unreachable="Could not connect to PyPI's vulnerability feed|\\b(ConnectionError|NameResolutionError|ProxyError)\\b"
unreachable="$unreachable|\\btimed out\\b|Max retries exceeded"

if [ ! -x "$bin/pip-audit" ]; then
    echo "$bin/pip-audit is missing: run make env" >&2
    exit 2
fi

# The other lists hold the same releases as requirements.lock (tests/unit/test_requirements.py), so it stands for all.
echo "== Dependencies: requirements.lock against the vulnerability service"
output=$("$bin/pip-audit" --disable-pip --require-hashes --progress-spinner off --timeout 20 \
    --requirement requirements.lock 2>&1)
audited=$?
unchecked=$(grep -c 'could not be audited' <<<"$output")
if [ "$audited" -eq 0 ] && [ "$unchecked" -eq 0 ]; then
    echo "$output"
elif [ "$audited" -eq 0 ]; then # pip-audit calls this a success: a mirror without the service answers like an empty one
    echo "NOT CHECKED: the vulnerability service knows nothing of $unchecked packages; it cannot be reached from here."
    worse 3
elif grep -qE '^Name +Version +ID' <<<"$output"; then
    echo "$output"
    worse 1
elif grep -v '^ ' <<<"$output" | grep -E "$unreachable" >/dev/null; then # indented lines are code in a traceback
    echo "NOT CHECKED: the vulnerability service cannot be reached from here. Nothing is known about the dependencies."
    grep -vE '^ |^Traceback' <<<"$output" | tail -n 3
    worse 3
else
    echo "$output"
    worse 1
fi

echo "== What CI and the operator run: shellcheck"
scripts=(.ci/run)
for each in scripts/*.sh; do
    if [ -f "$each" ]; then scripts+=("$each"); fi
done
shellcheck=$(command -v "$bin/shellcheck" || command -v shellcheck) # no wheel for ARM on Linux: then the system's
if [ -z "$shellcheck" ]; then
    echo "NOT CHECKED: there is no shellcheck (on Debian: apt install shellcheck)"
    worse 2
elif "$shellcheck" "${scripts[@]}"; then
    echo "nothing found in ${scripts[*]}"
else
    worse 1
fi

echo "== Workflow files: zizmor"
if [ ! -x "$bin/zizmor" ]; then
    echo "NOT CHECKED: $bin/zizmor is missing"
    worse 2
else
    "$bin/zizmor" --offline --quiet .github || worse 1
fi

# Its package for Python downloads a program that no hash of ours holds, so it is not among the development dependencies.
echo "== Workflow files: actionlint"
if ! command -v actionlint >/dev/null; then
    echo "NOT CHECKED: there is no actionlint here; the Audit workflow installs it"
elif actionlint; then
    echo "nothing found"
else
    worse 1
fi

exit "$status"
