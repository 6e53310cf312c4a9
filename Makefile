# `make` lists the targets. Everything runs in .venv, made from requirements.lock alone.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-lock
PATHS := bot cogs data tests scripts benchmarks

.DEFAULT_GOAL := help
.PHONY: help env demo test test-slow bench coverage check format audit lock pictures clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(STAMP)  ## make .venv from the lock file, if it is missing or stale

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=...)"; exit 1; }
	@echo "Making $(VENV) from requirements.lock ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (on Debian: apt install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

demo: env  ## play a short session in the offline world, then keep its page open
	@$(BIN)/python -m bot.sandbox demo

test: env  ## run all tests (but the slow ones)
	@$(BIN)/python -m pytest -n 3 --dist worksteal -m "not slow"

test-slow: env  ## run the long versions too
	@$(BIN)/python -m pytest -n 3 --dist worksteal

bench: env  ## measure everything that is promised to be fast, and write benchmarks/results.md
	@$(BIN)/python -m benchmarks

coverage: env  ## run the tests and show which lines and branches they miss
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -m "not slow and not timed"
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=95

check: env  ## lint, format, types
	@$(BIN)/ruff check $(PATHS)
	@$(BIN)/ruff format --check $(PATHS)
	@$(BIN)/pyright

format: env  ## put the code into the project's format
	@$(BIN)/ruff check --fix $(PATHS)
	@$(BIN)/ruff format $(PATHS)

audit: env  ## look for known holes in the dependencies, and through the scripts that CI runs
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/audit.sh

lock: env  ## renew the lock files from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev --output-file requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --output-file requirements.txt pyproject.toml

pictures: env  ## take the README's pictures from the offline world
	@$(BIN)/python scripts/take_pictures.py

clean:  ## remove the environment and what was generated
	rm -rf $(VENV) var htmlcov .coverage* .pytest_cache .ruff_cache .hypothesis
