# One file, a handful of words. `make help` lists them.
#
#   PYTHON  the interpreter to build on (python3; 3.11 or newer)
#   PORT    the port of `make demo` (8000)
#   SEQUENCES, STEPS   how long `make prove` plays (5000, 30)
#   DEMO    `make demo DEMO=large`: 244 members with ten offers each
#   DOCUMENTS  how many `make bench` measures with (10000)

PYTHON ?= python3
PORT ?= 8000
DOCUMENTS ?= 10000
PYTEST_ARGS ?=
SEQUENCES ?= 5000
STEPS ?= 30
VENV := .venv
VERSION := $(shell $(PYTHON) -c "import sys; print(sys.version.split()[0])")
RUN := $(VENV)/bin/python
LANGUAGES := $(patsubst %.po,%.mo,$(wildcard cms/locale/*/LC_MESSAGES/django.po))
# pytest-xdist spreads the suite over the machine's cores.
CORES := $(shell $(PYTHON) -c "import os; print(min(4, os.cpu_count() or 1))")

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres prove prove-mutants prove-search bench relevance check format elasticsearch lock messages clean interpreter browser

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

demo: $(VENV)/.demo $(LANGUAGES) ## start site and worker with demo content (PORT=8000)
	@$(RUN) manage.py demo --port $(PORT) $(if $(filter large,$(DEMO)),--large)

test: $(VENV)/.dev $(LANGUAGES) browser ## run the whole suite (PYTEST_ARGS=... for pytest)
	@$(RUN) -m tools.prepare
	$(RUN) -m pytest -n $(CORES) $(PYTEST_ARGS)

test-postgres: $(VENV)/.dev $(LANGUAGES) browser ## the same suite on a throw-away PostgreSQL
	@$(RUN) -m tools.prepare --postgres
	$(RUN) -m tools.postgres -- $(RUN) -m pytest -n $(CORES) $(PYTEST_ARGS)

prove: $(VENV)/.dev $(LANGUAGES) ## play thousands of random newsrooms against the promises (hours)
	PROVE_SEQUENCES=$(SEQUENCES) PROVE_STEPS=$(STEPS) $(RUN) -m pytest tests/proof/test_play.py -s $(PYTEST_ARGS)

prove-mutants: $(VENV)/.dev $(LANGUAGES) ## switch off each guard and print what notices it
	PROVE_MUTANTS=docs/proof.md $(RUN) -m pytest tests/proof/test_guards.py -p no:randomly -s $(PYTEST_ARGS)

prove-search: $(VENV)/.dev $(LANGUAGES) ## kill worker and rebuild 20 times while 2,000 documents change
	@$(RUN) -m tools.prepare
	PROVE_SEARCH=full $(RUN) -m pytest tests/search/test_kills.py tests/search/test_cluster.py $(PYTEST_ARGS)

bench: $(VENV)/.dev $(LANGUAGES) ## measure search; table and .bench/search.json (DOCUMENTS=10000)
	$(RUN) -m tools.bench --documents $(DOCUMENTS)

check: $(VENV)/.dev $(LANGUAGES) ## lint, format, types, rooms, templates, migrations, spelling
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy cms newsroom search tools
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --quiet --lint templates
	$(VENV)/bin/codespell
	$(VENV)/bin/yamllint --strict compose.yaml .yamllint.yaml
	$(RUN) -m tools.catalogues --check
	DJANGO_SETTINGS_MODULE=cms.settings.test $(RUN) manage.py check --fail-level WARNING
	DJANGO_SETTINGS_MODULE=cms.settings.test $(RUN) manage.py makemigrations --check --dry-run

relevance: $(VENV)/.dev ## measure how well the search finds; fails on a drop (docs/relevance.md)
	$(RUN) -m tools.relevance --json relevance.json $(RELEVANCE_ARGS)

format: $(VENV)/.dev ## format the code
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

elasticsearch: interpreter ## start a local Elasticsearch in the foreground
	@$(PYTHON) -m tools.elasticsearch run

lock: $(VENV)/.dev ## write the lock files anew from pyproject.toml
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-annotate \
		--no-header --upgrade --quiet --extra meaning pyproject.toml -o requirements.lock
	$(VENV)/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --no-annotate \
		--no-header --upgrade --quiet --extra meaning pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove the environment and the demo's data
	rm -rf $(VENV) .demo

interpreter:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try: make PYTHON=/path/to/python3.12 ...")'

# The environment belongs to one interpreter: another PYTHON builds it anew, and what is in it.
$(VENV)/python-$(VERSION): | interpreter
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.demo: requirements.lock $(VENV)/python-$(VERSION)
	@echo "Installing the locked dependencies ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/python-$(VERSION)
	@echo "Installing the locked dependencies and tools ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.demo

%.mo: %.po tools/catalogues.py | $(VENV)/python-$(VERSION)
	@$(RUN) -m tools.catalogues $<

browser: | interpreter
	@$(PYTHON) -m tools.browser
