# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV_INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile
# Two workers, each of which takes whole files, so that what a file shares is made once; the longest are begun first.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
DATA ?= ../shared/data
HOURS ?= 2
# The models are on this disk; no hub is asked.
export HF_HUB_OFFLINE := 1
export GRADIO_ANALYTICS_ENABLED := False
export ORT_DISABLE_TELEMETRY := 1
# uv trusts the certificates that pip trusts.
export UV_SYSTEM_CERTS := 1
# Tests start hundreds of processes. Without stored bytecode, each would compile this project's modules again.
unexport PYTHONDONTWRITEBYTECODE
# mkdocs-material says at each build that it has a successor.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help install lock browser programs chat test test-fast test-random test-faults test-faults-all coverage check lint
.PHONY: types layers docs mutants licences audit version release train train-reader train-speaker train-sentence
.PHONY: bench-seed bench bench-quick clean
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

install: $(STAMP) ## Make the environment: all packages of requirements.lock, torch, and this project

# pip installs uv alone, as the lock file states it, and torch, whose CPU build it may find where uv does not look.
$(STAMP): pyproject.toml requirements.lock constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	awk '/^[^ ]/ { found = /^uv==/ } found' requirements.lock > $(VENV)/uv.lock
	$(PIP_INSTALL) --require-hashes --requirement $(VENV)/uv.lock
	$(UV_INSTALL) --no-deps --require-hashes --requirements requirements.lock
	$(PIP_INSTALL) --constraint constraints.txt torch
	$(UV_INSTALL) --no-deps --no-build-isolation --editable .
	touch $(STAMP)

lock: install ## Write requirements.lock anew from pyproject.toml; UPGRADE=1 takes the newest versions
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra docs --extra postgres --extra serve --extra train --constraint constraints.txt \
		--universal --python-version 3.11 --generate-hashes --no-emit-package torch $(if $(UPGRADE),--upgrade) \
		--no-header --annotation-style line --quiet --output-file requirements.lock

browser: install ## Find or install the Chromium that the page's tests drive
	@$(BIN)/python -m tests.browser.chromium

programs: install ## Find or install strace, nginx, openssl and systemd-analyze, which some tests run
	@$(BIN)/python -m tests.programs

index/library.sqlite: | install
	$(BIN)/rag update seeds

chat: install index/library.sqlite ## Ask in the browser; builds the index from seeds/ if there is none
	$(BIN)/rag chat

test: install browser programs ## Run `check`, two parts at a time, then all tests (those of faults need cc)
	$(MAKE) --jobs=2 check
	$(PYTEST)

test-fast: install ## Run only the quick tests, in about three minutes
	$(PYTEST) -m "not slow"

test-random: install ## Run only the property tests, each with EXAMPLES (2000) new random inputs
	$(PYTEST) -m "hypothesis and not slow" --hypothesis-profile=random

coverage: install ## Show the lines and branches of src/rag that the tests reach (without faults, browser and traced runs)
	$(PYTEST) --ignore=tests/faults --ignore=tests/browser --ignore=tests/test_nothing_leaves.py --cov --cov-report=term

mutants: install ## Break the code that cuts quotes in some 1,200 small ways and list what no test notices
	$(BIN)/python -m mutmut run
	$(BIN)/python -m mutmut results

test-faults: install ## Run only the tests of kills, I/O errors, power losses and damaged files, as `test` does
	$(PYTEST) tests/faults

test-faults-all: install ## Run these tests with a fault at every step: 15 minutes
	FAULTS=all $(BIN)/python -m pytest tests/faults

check: lint types layers docs ## Check everything that a commit must pass, but the tests

lint: install ## Check style and format with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## Check types with mypy
	$(BIN)/mypy

layers: install ## Check that each room imports only from the rooms below it
	$(BIN)/lint-imports

docs: install ## Build the documentation into site/; any warning is an error
	$(BIN)/mkdocs build --strict

licences: install ## Write docs/licences.md: the licence of each package that is installed
	$(BIN)/python -m tools.licences

audit: install ## Report known vulnerabilities of the packages; never an error
	$(BIN)/python -m tools.audit

version: install ## Write VERSION into the code, the changelog and the description of REST
	$(BIN)/python -m tools.release.prepare $(VERSION)

release: install ## Check, build and try out the release of this commit, and list its packages; files in dist/
	$(BIN)/python -m tools.release

train: train-reader train-speaker train-sentence ## Train all shipped models from DATA (../shared/data), with their model cards

RUNS := training/runs

$(RUNS)/pool.safetensors: | install
	$(BIN)/python -m training.draw --data $(DATA) --out $@

train-reader: install $(RUNS)/pool.safetensors ## Train, export and calibrate the reader: HOURS for its teacher, HOURS for itself (resumes)
	$(UV_INSTALL) --no-build-isolation --editable '.[teacher]'
	$(BIN)/python -m training.teacher --data $(DATA) --hours $(HOURS)
	$(BIN)/python -m training.reader --data $(DATA) --hours $(HOURS) --labels $(RUNS)/teacher/labels.safetensors
	$(BIN)/python -m training.export
	$(BIN)/python -m training.calibrate --data $(DATA)
	$(BIN)/python -m training.plot

train-speaker: install ## Train and export the speaker tagger; an hour on one core (resumes)
	$(BIN)/python -m training.speaker_tagger --data $(DATA)
	$(BIN)/python -m training.export_tagger --data $(DATA)

train-sentence: install ## Train and calibrate the sentence-level answerer
	$(BIN)/python -m training.sentence_reader --data $(DATA)
	$(BIN)/python -m training.calibrate --data $(DATA) --reader sentence --questions 150

bench-seed: install ## Measure on the seed article: index time, cold start, warm p50, memory
	$(BIN)/python -m benchmarks.seed

bench: install index/library.sqlite ## Measure all figures of the documentation, peers in their own environments; three hours on two free cores
	$(BIN)/python -m benchmarks.peers.environments
	$(BIN)/python -m benchmarks.peers --data $(DATA)
	$(BIN)/python -m benchmarks.figures --data $(DATA)
	$(BIN)/python -m benchmarks.quick --data $(DATA) --write

bench-quick: install ## Compare the main ratios with the committed ones, in minutes; a report, never an error
	$(BIN)/python -m benchmarks.quick --data $(DATA)

clean: ## Remove the environment and the built index
	rm -rf $(VENV) $(filter-out index/README.md,$(wildcard index/*))
