# `make start` opens the course, `make test` proves it. Needs make and Python 3.11 or newer; the rest is fetched.

VENV := .venv
BIN := $(VENV)/bin
# Tests that wait for browsers and for nbgrader leave time on two cores for a third.
WORKERS ?= 3
LOCK_FLAGS ?=
LESSON ?=
WHAT ?=

# The first Python on this computer that is new enough; `make start PYTHON=...` names another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c '$(NEW_ENOUGH)' 2>/dev/null && { echo "$$p"; break; }; done)

# Python keeps what it has compiled: else every process of the tests compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

# What the page of `make taste` brings along beside the course: an interpreter, and what is compiled for it.
TASTE := $(VENV)/.taste

# The hub's proxy runs on Node.js.
PROXY := deploy/jupyterhub/node_modules/.package-lock.json

# pip-audit has an environment of its own, so that nothing of it is beside what is tested.
AUDIT := $(VENV)/.audit

# --no-deps: the pins are complete, and leave out one slow package on purpose (see pyproject.toml).
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
	--no-header --python-version 3.11 $(LOCK_FLAGS)

.PHONY: help start mlflow team doctor test check journeys proofs lint browser postgres bubblewrap bench bench-cohort quality build taste wheel bom audit lock clean

help:
	@echo "make start   install what is missing and open the course"
	@echo "make mlflow  install MLflow as well, for its page in one lesson (500 MB; the lesson works without)"
	@echo "make team    install what several people need to write in one notebook at the same time (5 MB)"
	@echo "make doctor  check this installation and say what to do"
	@echo "make test    install what the tests need and run them"
	@echo "make check   the fast part of the tests, in about a minute"
	@echo "make journeys  whole lessons by hand, in a real browser"
	@echo "make bench   measure how fast things are"
	@echo "make bench-cohort  measure grading for groups, against nbgrader"
	@echo "make proofs  prove every lesson over all its worlds"
	@echo "make quality measure what is said about prose, failures included"
	@echo "make build   build the lessons' notebooks from their sources"
	@echo "make taste   build a page that runs the first lesson in any browser, without installing anything"
	@echo "make wheel   pack the whole course into one file, in dist"
	@echo "make bom     list what learners install, with licences, in dist"
	@echo "make audit   ask whether a pinned package has a known vulnerability; needs a network"
	@echo "make lock    compile the pinned requirements from pyproject.toml"
	@echo "make clean   remove what was installed and built here; never anybody's work"

start: $(VENV)/.learn
	@$(BIN)/curriculum start

mlflow: $(VENV)/.mlflow

team: $(VENV)/.team

doctor: $(VENV)/.learn
	@$(BIN)/curriculum doctor

# Only root can start a hub with real system users; anybody else tests all but that.
ROOT := $(filter 0,$(shell id -u))
NOT_ROOT = $(if $(ROOT),, and not hub)

test: $(VENV)/.test browser postgres bubblewrap $(if $(ROOT),$(PROXY)) $(TASTE)/.fetched lint
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not long and not repeated$(NOT_ROOT)"

# What each lesson proves of itself stays out, so that it hardly grows with the lessons.
check: $(VENV)/.test lint
	$(BIN)/pytest -n 2 --dist loadgroup -m "not slow and not browser and not nbgrader" \
		--ignore=tests/lessons --ignore=tests/e2e --ignore=tests/hub --ignore=tests/nbgrader

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Whole lessons by hand in a real browser, what stock nbgrader does, and the ways of installing without uv, also where
# `make test` leaves them out.
journeys: $(VENV)/.test $(VENV)/.together browser
	$(BIN)/pytest -n 2 --dist loadgroup -m "long or browser" \
		-k "journey or parity or tamper_stock or session_of_four or container_built or pip_route"

# Finds or installs a browser; the tests read its path from the file.
browser: $(VENV)/.test
	$(BIN)/python tests/e2e/find_browser.py $(VENV)/.browser

# Finds or installs a PostgreSQL server; the tests read its path from the file.
postgres: $(VENV)/.test
	$(BIN)/python tests/cohort/find_postgres.py $(VENV)/.postgres

# Finds or installs bubblewrap, in which the tests of the sandbox run.
bubblewrap: $(VENV)/.test
	$(BIN)/python tests/cohort/find_bubblewrap.py

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench

# `make bench-cohort WHAT=scale` measures one thing: throughput, scale, export, report, dask, execution, class or teams.
bench-cohort: $(VENV)/.test
	$(BIN)/python -m tests.bench.cohort $(WHAT)

# Every proof of every lesson over all its worlds, and every test of worlds in all that it names; `make test` takes
# fewer. `make proofs LESSON=welcome` proves one lesson.
proofs: $(VENV)/.test
	$(BIN)/curriculum author check $(LESSON)
	$(if $(LESSON),,$(BIN)/pytest -n 2 -m "slow and repeated")

quality: $(VENV)/.test
	$(BIN)/python -m tests.quality

build: $(VENV)/.test
	$(BIN)/curriculum author build $(LESSON)

# One lesson as one file, build/taste/index.html, which runs in a browser and loads nothing; see deploy/taste.
taste: $(TASTE)/.fetched
	$(BIN)/python deploy/taste/build.py $(TASTE) build/taste

wheel: $(VENV)/.test
	$(BIN)/python -m pip wheel . --quiet --no-deps --no-build-isolation --no-index --wheel-dir dist

bom: $(VENV)/.learn
	@$(BIN)/python -m tests.supply.bom dist/bom.json

# Ends with 0 where nothing is known, 1 where something is, 2 where the service does not answer.
audit: $(AUDIT)/.made
	@$(BIN)/python -m tests.supply.audit $(AUDIT)/bin/pip-audit

# `make lock LOCK_FLAGS=--upgrade` takes newer versions; without it only what pyproject.toml asks for changes.
lock: $(VENV)/.uv
	$(COMPILE) pyproject.toml -o requirements/learn.txt
	$(COMPILE) pyproject.toml --extra mlflow -c requirements/learn.txt -o requirements/mlflow.txt
	$(COMPILE) pyproject.toml --extra cohort -c requirements/learn.txt -c requirements/mlflow.txt -o requirements/cohort.txt
	$(COMPILE) pyproject.toml --extra cohort --extra hub -c requirements/learn.txt -c requirements/cohort.txt -o requirements/hub.txt
	$(COMPILE) pyproject.toml --extra dashboard -c requirements/learn.txt -o requirements/dashboard.txt
	$(COMPILE) pyproject.toml --extra team -c requirements/learn.txt -o requirements/team.txt
	$(COMPILE) pyproject.toml --extra test -c requirements/learn.txt -c requirements/cohort.txt -c requirements/dashboard.txt \
		-c requirements/hub.txt -c requirements/mlflow.txt -o requirements/test.txt
	echo uv | $(COMPILE) - -o requirements/uv.txt
	echo pip-audit | $(COMPILE) - -o requirements/audit.txt
	echo rfc3987-syntax | $(COMPILE) --no-config - -c requirements/learn.txt -o requirements/conda.txt
	@$(BIN)/python -m tests.supply.changed_pins

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each file below is a note that a step was done; a step is done again when what it was made from has changed.
$(VENV)/.uv: requirements/uv.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found: install it, or name it with \
	make start PYTHON=/path/to/python3." >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make virtual environments: install its venv module \
	(on Debian and Ubuntu: apt install python3-venv), then try again." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.learn: $(VENV)/.uv requirements/learn.txt pyproject.toml
	@echo "Installing the course; this takes a minute the first time ..."
	@$(INSTALL) --require-hashes --compile-bytecode -r requirements/learn.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.mlflow: $(VENV)/.learn requirements/mlflow.txt
	@echo "Installing MLflow; this takes some minutes ..."
	@$(INSTALL) --require-hashes --compile-bytecode -r requirements/mlflow.txt
	@touch $@

$(VENV)/.team: $(VENV)/.learn requirements/team.txt
	@echo "Installing what several people need to write in one notebook ..."
	@$(INSTALL) --require-hashes --compile-bytecode -r requirements/team.txt
	@touch $@

$(PROXY): deploy/jupyterhub/package-lock.json
	@command -v npm >/dev/null || { echo "The tests of the hub need Node.js 18 or newer with npm \
	(on Debian and Ubuntu: apt install npm)." >&2; exit 1; }
	@npm ci --silent --no-audit --no-fund --prefix deploy/jupyterhub
	@touch $@

# The journey of two people has an environment of its own, so that all other tests run on what learners get.
$(VENV)/.together: $(VENV)/.learn requirements/team.txt
	@echo "Installing the course once more, for several people in one notebook ..."
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/together
	@$(BIN)/uv pip install --quiet --python $(VENV)/together/bin/python --no-deps --require-hashes -r requirements/team.txt
	@touch $@

$(VENV)/.test: $(VENV)/.learn requirements/test.txt
	@echo "Installing what the tests need ..."
	@$(INSTALL) --require-hashes --compile-bytecode -r requirements/test.txt
	@touch $@

$(AUDIT)/.made: requirements/audit.txt | $(VENV)/.learn
	@$(BIN)/python -m venv --without-pip --clear $(AUDIT)
	@$(BIN)/uv pip install --quiet --python $(AUDIT)/bin/python --no-deps --require-hashes -r requirements/audit.txt
	@touch $@

$(TASTE)/.fetched: requirements/learn.txt deploy/taste/package-lock.json deploy/taste/fetch.py | $(VENV)/.test
	@echo "Fetching what the page in the browser needs (16 MB) ..."
	@$(BIN)/python deploy/taste/fetch.py $(TASTE)
	@touch $@
