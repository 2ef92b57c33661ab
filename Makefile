# make run    builds the graph of the sample reports into output/
# make test   lint, types and all tests
# make bench  speeds, memory and ratios, appended to bench/results.md
# Needs Python >= 3.10 and make; everything else is put into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPORTS ?= 1000

.PHONY: run test bench lint clean
.DEFAULT_GOAL := run

run: $(VENV)/installed
	@$(BIN)/kg build seeds/reports -o output || [ $$? -eq 1 ]  # 1: some problems were found, and listed

test: $(VENV)/tested lint
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/tested
	$(BIN)/python -m bench.run --reports $(REPORTS)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "Python >= 3.10 is needed: make PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no venv module; on Debian and Ubuntu: apt install python3-venv"; exit 2; }

$(VENV)/installed: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/tested: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .hypothesis
