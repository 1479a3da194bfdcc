# Descent Lab: `make run` and `make test` need Python 3.11 or newer and nothing else.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STAMPS := $(VENV)/.stamps

.PHONY: run test check bench races lock clean browser
.DEFAULT_GOAL := run

run: $(STAMPS)/run
	@exec $(BIN)/python -m descent_lab serve --host $(HOST) --port $(PORT) --workers $(WORKERS) --open

test: $(STAMPS)/test check browser
	$(BIN)/python -m pytest $(PYTEST)

check: $(STAMPS)/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright --pythonpath $(BIN)/python

# Peers (torch, jax, optax) are measured where they are installed: $(BIN)/pip install '.[bench]'
bench: $(STAMPS)/test browser
	$(BIN)/python -m benchmarks

# Finds the rates of the suggested races anew, and writes them where the surfaces read them.
races: $(STAMPS)/run
	$(BIN)/python -m descent_lab tune --all --write

$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "Descent Lab needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu, first: apt-get install python3-venv"; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements.lock $(STAMPS)/venv
	@echo "Installing what Descent Lab needs (once)"
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(STAMPS)/test: requirements-test.lock $(STAMPS)/run
	@echo "Installing what the tests need (once)"
	@$(PIP) install --require-hashes -r $<
	@touch $@

# Any Chromium will do: $$CHROMIUM, one on the PATH, Playwright's own, or Debian's.
browser: $(STAMPS)/test
	@$(BIN)/python -m tests.browser.chromium >/dev/null || \
	$(BIN)/playwright install chromium || \
	{ apt-get update && apt-get install --yes --no-install-recommends chromium; }
	@echo "Chromium: $$($(BIN)/python -m tests.browser.chromium)"

# Newer versions of everything, for every Python and system at once, with the hashes of all published files.
lock: $(STAMPS)/venv
	$(PIP) install uv
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra test --constraint requirements.lock --output-file requirements-test.lock
	$(COMPILE) --group build --constraint requirements-test.lock --output-file requirements-build.lock

COMPILE := $(BIN)/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command 'make lock'

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
