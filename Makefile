# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Two workers, each of which takes whole files, so that what a file shares is made once.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile
DATA ?= ../shared/data
HOURS ?= 2
# The models are on this disk; no hub is asked.
export HF_HUB_OFFLINE := 1
export GRADIO_ANALYTICS_ENABLED := False

.PHONY: help install browser chat test test-fast test-random test-faults coverage check train train-reader train-sentence bench-seed bench bench-quick clean
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(STAMP) ## The environment, with everything that chat and test need

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,train]'
	touch $(STAMP)

browser: install ## The browser that the page's tests drive: one on the machine, else Debian's
	@$(BIN)/python -m tests.browser.chromium

index/library.sqlite: | install
	$(BIN)/rag update seeds

chat: install index/library.sqlite ## Ask in the browser; the index is built from seeds/ if there is none
	$(BIN)/rag chat

test: install browser check ## Lint, types, and all tests, the faults among them (cc is needed for those)
	$(PYTEST)

test-fast: install ## Only the tests that take under two seconds each
	$(PYTEST) -m "not slow"

test-random: install ## Only the property tests, each with EXAMPLES (2000) that no run had before
	$(PYTEST) -m "hypothesis and not slow" --hypothesis-profile=random

coverage: install ## Which lines and branches of src/rag the tests reach, those of faults and the page left out
	$(PYTEST) -m "not browser" --ignore=tests/faults --cov --cov-report=term

test-faults: install ## Only the faults: kills, errors, power losses and damage at every file-system step
	$(BIN)/python -m pytest tests/faults

check: install ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train: train-reader train-sentence ## All shipped models, from DATA (../shared/data) to weights and model card

RUNS := training/runs

$(RUNS)/pool.safetensors: | install
	$(BIN)/python -m training.draw --data $(DATA) --out $@

train-reader: install $(RUNS)/pool.safetensors ## The reader: HOURS for its teacher, HOURS for itself (resumes), export, threshold
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,train,teacher]'
	$(BIN)/python -m training.teacher --data $(DATA) --hours $(HOURS)
	$(BIN)/python -m training.reader --data $(DATA) --hours $(HOURS) --labels $(RUNS)/teacher/labels.safetensors
	$(BIN)/python -m training.export
	$(BIN)/python -m training.calibrate --data $(DATA)
	$(BIN)/python -m training.plot

train-sentence: install ## The sentence-level answerer's weights and its calibration
	$(BIN)/python -m training.sentence_reader --data $(DATA)
	$(BIN)/python -m training.calibrate --data $(DATA) --reader sentence --questions 150

bench-seed: install ## The README's figures on the seed article: index time, cold start, warm p50, memory
	$(BIN)/python -m benchmarks.seed

bench: install ## This project beside Haystack and txtai, each in its own environment; over an hour on two free cores
	$(BIN)/python -m benchmarks.peers.environments
	$(BIN)/python -m benchmarks.peers --data $(DATA)
	$(BIN)/python -m benchmarks.quick --data $(DATA) --write

bench-quick: install ## Minutes: the ratios that matter beside the committed ones; a report for CI, never a failing test
	$(BIN)/python -m benchmarks.quick --data $(DATA)

clean: ## Removes the environment and the built index
	rm -rf $(VENV) $(filter-out index/README.md,$(wildcard index/*))
