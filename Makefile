# `make` lists the targets. Every environment holds exactly what hash-locked lists name, and wheels only:
#   .venv-bot  the bot and nothing else (not even pip), from requirements.txt: `make install`, for operators. With extras, from
#              theirs, such as requirements-postgresql.txt, which hold all of it.
#   .venv      the demo, from requirements-demo.txt: `make demo`. All other targets complete it from requirements.lock.
#   .venv-docs what builds the site, from requirements-docs.txt: `make docs` where there is no whole .venv.
#   .venv-3.13 and the like hold requirements.lock for another Python: `make test-on VERSION=3.13`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-requirements.lock
DEMO_STAMP := $(VENV)/.made-from-requirements-demo.txt
BOT_VENV := .venv-bot
empty :=
space := $(empty) $(empty)
OPTIONAL := postgresql traces
# `make install` adds EXTRAS to those that .venv-bot has: the stamp names the lists that it was made from. Remove .venv-bot
# to have fewer.
BOT_EXTRAS := $(EXTRAS) $(filter $(OPTIONAL),$(patsubst requirements-%.txt,%,$(subst +,$(space),$(patsubst $(BOT_VENV)/.made-from-%,%,$(wildcard $(BOT_VENV)/.made-from-requirements-*)))))
$(if $(filter-out $(OPTIONAL),$(EXTRAS)),$(error EXTRAS can name $(subst $(space), and ,$(OPTIONAL)), with a space between them))
BOT_LISTS := $(or $(patsubst %,requirements-%.txt,$(sort $(BOT_EXTRAS))),requirements.txt)
BOT_STAMP := $(BOT_VENV)/.made-from-$(subst $(space),+,$(BOT_LISTS))
DOCS_STAMP := .venv-docs/.made-from-requirements-docs.txt
PATHS := bot cogs data tests scripts benchmarks
MAKE_ENVIRONMENT := @$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Python 3.11 or newer is needed (set PYTHON=...)"; exit 1; } && $(PYTHON) scripts/make_environment.py
# An environment whose Python no longer starts is made anew.
made_anew = $(shell $(1)/bin/python -c '' 2>/dev/null || echo FORCE)
COMPILE := $(BIN)/uv pip compile --quiet --universal --only-binary :all: --generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help install env demo test test-all test-slow test-on bench coverage breakages check format audit sbom lock docs pictures clean FORCE

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(BOT_STAMP)  ## make the environment that runs the bot; EXTRAS="postgresql traces" adds optional parts
	@echo "$(BOT_VENV) is ready. Next: $(BOT_VENV)/bin/python -m bot init"

env: $(STAMP)  ## make the environment with everything, for those who work on the bot

$(BOT_STAMP): $(BOT_LISTS) $(call made_anew,$(BOT_VENV))
	$(MAKE_ENVIRONMENT) $(BOT_VENV) $(BOT_LISTS) --remove-installer --swap

$(DEMO_STAMP): requirements-demo.txt $(call made_anew,$(VENV))
	$(MAKE_ENVIRONMENT) $(VENV) requirements-demo.txt

$(STAMP): requirements.lock $(call made_anew,$(VENV))
	$(MAKE_ENVIRONMENT) $(VENV) requirements.lock --on-top-of requirements-demo.txt

$(DOCS_STAMP): requirements-docs.txt $(call made_anew,.venv-docs)
	$(MAKE_ENVIRONMENT) .venv-docs requirements-docs.txt

# The tests start hundreds of processes. Where nothing compiled may be kept, each would compile the bot anew.
unexport PYTHONDONTWRITEBYTECODE

SAMSAR_API ?= 2025-03

demo: $(if $(wildcard $(STAMP)),$(STAMP),$(DEMO_STAMP))  ## play a short session with the real bot, offline; on a terminal, its page stays open
	@$(BIN)/python -m bot.sandbox demo --api $(SAMSAR_API)

# Three tiers. tests/conftest.py says which tests are in which.
PYTEST := $(BIN)/python -m pytest -n 3 --dist worksteal --durations 10

test: env  ## run what every change must pass: rules, the database on SQLite, each promise end to end
	@$(PYTEST) -m "not full and not slow"

test-all: test  ## run what CI runs, besides: PostgreSQL, processes, browsers, the API's older and newer version
	@$(PYTEST) -m "full and not slow"

test-slow: env  ## run all tests, with soaks and with a process killed at each step
	@$(PYTEST)

# What differs from one Python to another shows here. What also needs a process, a browser or PostgreSQL runs on one Python.
# None of these waits for anything, so there are no more of them at once than cores. Texts are the same on each Python.
FAST_TESTS := tests/unit tests/data --ignore tests/unit/ui --ignore tests/unit/locales \
	'tests/process/test_demo.py::test_the_demo_without_a_terminal_plays_its_session_and_ends_with_status_0[2025]'
VERSION ?= 3.13
OTHER := .venv-$(VERSION)

test-on: env  ## run the fast tests on another Python, such as VERSION=3.13
	@$(BIN)/uv venv --quiet --clear --no-python-downloads --python "$$(command -v python$(VERSION))" $(OTHER)
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(OTHER)/bin/python --require-hashes --only-binary :all: --requirement requirements.lock
	@$(OTHER)/bin/python -m pytest -n 2 --dist worksteal -m "not full and not slow" $(FAST_TESTS)

bench: env  ## run the benchmarks and write benchmarks/results.md
	@$(BIN)/python -m benchmarks

coverage: env  ## run the tests and show which lines and branches they miss
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -m "not slow and not timed"
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=95

COUNT ?= 40
TIER ?= test

breakages: env  ## break the code in COUNT places, one at a time, and show what the tests up to TIER don't notice
	@$(BIN)/python scripts/break_code.py --count $(COUNT) --tier $(TIER) $(if $(SEED),--seed $(SEED))

check: env  ## lint, format, directions of imports, types
	@$(BIN)/ruff check $(PATHS)
	@$(BIN)/ruff format --check $(PATHS)
	@$(BIN)/lint-imports --no-logo --cache-dir var/import-linter
	@$(BIN)/pyright

format: env  ## put the code into the project's format
	@$(BIN)/ruff check --fix $(PATHS)
	@$(BIN)/ruff format $(PATHS)

audit: env  ## check dependencies for vulnerabilities and lint CI scripts
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/audit.sh

sbom: env $(BOT_STAMP)  ## write what `make install` installs to var/sbom.cdx.json (CycloneDX), and validate it
	@mkdir -p var
	@$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible --validate \
		--output-format JSON --output-file var/sbom.cdx.json $(BOT_VENV)
	@echo "var/sbom.cdx.json is written, and valid."

lock: env  ## update the lock files from pyproject.toml
	@$(COMPILE) --all-extras --group dev --output-file requirements.lock pyproject.toml
	@$(COMPILE) --constraint requirements.lock --group docs --output-file requirements-docs.txt
	@$(COMPILE) --constraint requirements.lock --output-file requirements.txt pyproject.toml
	@for extra in demo $(OPTIONAL); do \
		$(COMPILE) --constraint requirements.lock --extra $$extra --output-file requirements-$$extra.txt pyproject.toml || exit; done

docs: $(if $(wildcard $(STAMP)),$(STAMP),$(DOCS_STAMP))  ## build the documentation as a site in var/site; a link to nothing fails
	@NO_MKDOCS_2_WARNING=1 $(dir $<)bin/mkdocs build --strict
	@echo "The site is in var/site: open var/site/index.html."

pictures: env  ## take the README's pictures from the demo
	@$(BIN)/python scripts/take_pictures.py
	@$(BIN)/python scripts/record_flow.py

# The database and its backups are in var, and the bot may be running from .venv-bot: both stay.
clean:  ## remove the development environment, the caches and what was generated
	rm -rf $(VENV) .venv-docs .venv-3.* htmlcov .coverage* .pytest_cache .ruff_cache .hypothesis var/demo var/pictures var/sbom.cdx.json var/benchmarks var/breakages var/import-linter var/site
