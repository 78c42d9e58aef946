# make app   sets everything up and opens the map at http://127.0.0.1:8501
# make test  sets everything up, lints and runs all tests
# make lint  formats checked, lint, types, arrows between the rooms
# make data  makes the tables of indicators anew from archived inputs and compares them byte for byte
# make docs  writes docs/cli.md anew
# make bench measures; make clean removes what make made
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INPUTS ?= inputs

.PHONY: app test lint bench data docs clean
.DELETE_ON_ERROR:

$(VENV)/.app: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --constraint constraints.txt --editable '.[app]'
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --constraint constraints.txt --editable '.[all,test]'
	touch $@ $(VENV)/.app

app: $(VENV)/.app
	$(BIN)/renkei app

test: lint
	$(BIN)/python -m pytest -m "browser or not browser" -n 2 --dist loadfile $(PYTEST_ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

data: $(VENV)/.test
	$(BIN)/renkei data build --check --inputs $(INPUTS)

docs: $(VENV)/.test
	$(BIN)/python -m scripts.build_cli_reference

clean:
	rm -rf $(VENV) static var
