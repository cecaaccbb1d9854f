# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA ?= ../shared/data
HOURS ?= 2
# The models are on this disk; no hub is asked.
export HF_HUB_OFFLINE := 1
export GRADIO_ANALYTICS_ENABLED := False
# A notice that mkdocs-material prints at each build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help install browser chat test test-faults check docs train train-reader train-sentence bench-seed bench bench-quick clean
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(STAMP) ## The environment, with everything that chat and test need

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,train,docs]'
	touch $(STAMP)

browser: install ## The browser that the page's tests drive: one on the machine, else Debian's
	@$(BIN)/python -m tests.browser.chromium

index/library.sqlite: | install
	$(BIN)/rag update seeds

chat: install index/library.sqlite ## Ask in the browser; the index is built from seeds/ if there is none
	$(BIN)/rag chat

test: install browser check ## Lint, types, and all tests, the faults among them (cc is needed for those)
	$(BIN)/python -m pytest

test-faults: install ## Only the faults: kills, errors, power losses and damage at every file-system step
	$(BIN)/python -m pytest tests/faults

check: install ## ruff, mypy, and the documentation, strictly
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mkdocs build --strict --quiet

docs: install ## The documentation site, into site/; open site/index.html
	$(BIN)/mkdocs build --strict

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

bench-seed: install ## The figures on the seed article: index time, cold start, warm p50, memory
	$(BIN)/python -m benchmarks.seed

bench: install ## This project beside Haystack and txtai, each in its own environment; over an hour on two free cores
	$(BIN)/python -m benchmarks.peers.environments
	$(BIN)/python -m benchmarks.peers --data $(DATA)
	$(BIN)/python -m benchmarks.quick --data $(DATA) --write

bench-quick: install ## Minutes: the ratios that matter beside the committed ones; a report for CI, never a failing test
	$(BIN)/python -m benchmarks.quick --data $(DATA)

clean: ## Removes the environment and the built index
	rm -rf $(VENV) $(filter-out index/README.md,$(wildcard index/*))
