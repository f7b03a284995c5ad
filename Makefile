# One file to start from: `make` says what there is, `make demo` shows it, `make test` proves it.

PYTHON ?= python3
PORT ?= 8000
ONCE ?=
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
LOCKER := .venv-lock
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
COMPILE := -m uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --no-annotate

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo drill test lint rules bench format lock clean python

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.runtime-stamp ## Show the register with made-up people on PORT (8000); ONCE=1 starts, checks and stops
	$(PY) -m adapters.cli demo --port $(PORT) $(if $(filter-out 0,$(ONCE)),--once)

drill: $(VENV)/.runtime-stamp ## Rehearse a restore after an erasure: refuse, reapply, rotate, search every byte
	$(PY) -m adapters.cli drill

test: lint ## Check everything: style, types, import contracts, then all tests, of the pages in a real browser
	@# Before the first test, because fetching a browser takes longer than a test may.
	@$(PY) -m tests.browser.chromium
	$(PY) -m pytest --numprocesses=2 --dist=worksteal $(ARGS)

lint: $(VENV)/.dev-stamp ## Check style, types and import contracts only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	@# The program's own entry point, because a console script does not survive a moved folder.
	$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

rules: $(VENV)/.dev-stamp ## Run the rules of the club and the town only, the fastest tests
	$(PY) -m pytest tests/rules $(ARGS)

bench: $(VENV)/.dev-stamp ## Measure, and print what was measured
	$(PY) -m pytest -m bench --capture=no --timeout=0 $(ARGS)

format: $(VENV)/.dev-stamp ## Put the code in its agreed form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: python ## Choose and lock the versions we build on; ARGS=--upgrade takes the newest
	@$(LOCKER)/bin/python -c 'import uv' 2>/dev/null || { \
	  $(PYTHON) -m venv --clear $(LOCKER) && $(LOCKER)/bin/python -m pip install --quiet --disable-pip-version-check uv; }
	$(LOCKER)/bin/python $(COMPILE) $(ARGS) pyproject.toml -o requirements/runtime.lock
	$(LOCKER)/bin/python $(COMPILE) $(ARGS) --constraint requirements/runtime.lock --extra test pyproject.toml -o requirements/dev.lock
	@! grep -nE '://|^-|file:|@ ' requirements/*.lock || { echo 'A lock holds names, versions and hashes only.' >&2; exit 1; }

clean: ## Remove what these commands made, the environment included
	rm -rf $(VENV) $(LOCKER) build *.egg-info .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo 'Tillid needs Python 3.11 or newer, and there is no "$(PYTHON)" here. Try: make PYTHON=/path/to/python3' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Tillid needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" --version 2>&1). Try: make PYTHON=python3.12" >&2; exit 1; }

# The environment is made anew when it is missing or broken, as when the Python it was made from is gone.
ifneq ($(shell $(PY) -c 'import pip; print("works")' 2>/dev/null),works)
.PHONY: $(VENV)/.runtime-stamp $(VENV)/.dev-stamp
endif

define environment
@$(PY) -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
@echo 'Installing $(1) (the first time takes a minute) …'
@$(PIP_INSTALL) -r $(1)
endef

$(VENV)/.runtime-stamp: requirements/runtime.lock | python
	$(call environment,requirements/runtime.lock)
	@touch $@

# The packages for development hold those for running, in the same versions: so the one environment serves both.
$(VENV)/.dev-stamp: requirements/dev.lock requirements/runtime.lock | python
	$(call environment,requirements/dev.lock)
	@touch $(VENV)/.runtime-stamp $@
