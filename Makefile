# banso: `make demo` shows it, `make test` proves it. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
DATA ?= banso-data
VENV := .venv
BIN := $(VENV)/bin
export PORT DATA

.PHONY: help setup demo dev test one test-rules test-app test-house check fmt coverage bench long

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/banso: requirements/dev.txt requirements/uv.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

setup: $(BIN)/banso ## Build .venv with everything, and the Japanese catalogues
	@$(BIN)/python tools/catalogues.py build
	@$(BIN)/python -m compileall -q src

demo: export BANSO_DEMO = 1
demo: setup ## Play the sample program on DATA and serve it on PORT
	$(BIN)/banso rehearse
	$(BIN)/banso serve

dev: setup ## Serve DATA to its developer on PORT, following every change
	$(BIN)/banso dev

check: setup ## Format, lint, types, contracts, catalogues
	sh tools/check.sh

fmt: setup ## Put the code in its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .

test: setup ## Check and run every test
	sh tools/test.sh

one: setup ## Run one file of tests: make one T=tests/calls/test_visibility.py
	$(BIN)/python -m pytest $(T)

test-rules: setup ## Run the tests of the rulebook
	$(BIN)/python -m pytest tests/rulebook

test-app: setup ## Run the tests of an app: make test-app APP=councils
	$(BIN)/python -m pytest tests/$(APP) -n 2

test-house: setup ## Run the tests that walk the whole project
	$(BIN)/python -m pytest tests/house -n 2

coverage: setup ## Measure branch coverage, and hold it to docs/house.md 11
	sh tools/coverage.sh

bench: setup ## Measure, print tables and write benchmarks/results
	for name in public-pages lists ledger recovery start expertise assignment manuscript; do $(BIN)/banso bench $$name || exit 1; done

long: setup ## Long assurance runs: make long CHECK=A-91 SEED=1 MINUTES=10
	sh tools/long.sh
