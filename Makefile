# Every target that needs the environment builds it first: .venv, and what Qt lacks (see .ci/setup.py).
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-long test-formats test-agreement test-agreement-full test-xcb bench bench-coding lint format lock wheel screenshots clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Build or update .venv and find out what Qt lacks
	@$(PYTHON) .ci/setup.py

run: ## Open the sample project in a window (without a display: run the demo)
	@$(PYTHON) .ci/start.py

demo: ## Drive the window through the main job, offscreen
	@$(PYTHON) .ci/start.py --demo

test: setup ## Run all checks: format, lint, types, tests
	@$(BIN)/python .ci/check.py

test-long: setup ## Run the tests that repeat one fault many times
	@$(BIN)/python -m pytest -m slow

test-agreement: ## Check the measures of agreement against other implementations
	@$(PYTHON) .ci/agreement.py

test-agreement-full: ## The same, and compute the recorded values of the largest of them again
	@$(PYTHON) .ci/agreement.py --full

test-formats: ## Let other people's readers read what is exported (one environment: ONLY=nlp)
	@$(PYTHON) .ci/formats.py $(ONLY)

test-xcb: ## Run the window's tests on a virtual X display
	@$(PYTHON) .ci/setup.py --platform xcb
	@# A display for each: two windows on one take the keyboard from each other.
	@export QT_QPA_PLATFORM=xcb; \
	xvfb-run --auto-servernum --server-num=200 $(BIN)/python -m pytest -q tests/ui & ui=$$!; \
	xvfb-run --auto-servernum --server-num=300 $(BIN)/python -m pytest -q tests/e2e; e2e=$$?; \
	wait $$ui && exit $$e2e

bench: setup ## Measure speed; figures go to benchmarks/results
	@$(BIN)/python -m benchmarks

bench-coding: setup ## Count keys and hand seconds of a scripted coder with each help; sum up a log of timings: LOG=timing.jsonl
	@$(BIN)/python -m $(if $(LOG),benchmarks.timing "$(LOG)",benchmarks.coding_help)

lint: setup ## Check format, lint and types only
	@$(BIN)/python .ci/check.py --static

format: setup ## Put the code into its format
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

lock: ## Choose the newest fitting versions anew: requirements.lock, requirements-dev.lock
	@$(PYTHON) .ci/lock.py

wheel: setup ## Build dist/*.whl
	@$(BIN)/python -m build --wheel --no-isolation

screenshots: setup ## Draw the pictures of the README anew
	@QT_QPA_PLATFORM=offscreen $(BIN)/python docs/screenshots.py

clean: ## Remove everything that was built, but no project
	@rm -rf .venv .venv-formats .venv-agreement .venv-agreement-full build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache projects/demo
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
