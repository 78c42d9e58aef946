# make app   sets everything up and opens the map at http://127.0.0.1:8501
# make test  sets everything up, lints and runs all tests
# make lint  formats checked, lint, types, arrows between the rooms
# make data  makes the tables of indicators anew from archived inputs and compares them byte for byte
# make docs  writes docs/cli.md and docs/fields.md anew
# make lock   pins what the map installs, by hash; make audit asks for known faults; make release builds wheel, source and SBOM
# make bench measures; make clean removes what make made
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INPUTS ?= inputs

.PHONY: app test lint bench data docs lock audit release clean
.DELETE_ON_ERROR:

# Every file that is installed for the map is known by its hash.
$(VENV)/.app: pyproject.toml requirements-app.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes --requirement requirements-app.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --constraint constraints.txt --editable '.[all,test]'
	touch $@ $(VENV)/.app

app: $(VENV)/.app
	$(BIN)/renkei app

test: lint
	$(BIN)/python -m pytest -m "" -n 2 --dist loadfile $(PYTEST_ARGS)

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
	$(BIN)/python -m scripts.build_field_reference

lock: $(VENV)/.test
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11.7 --generate-hashes --no-header --no-annotate \
	    --extra app --constraint constraints.txt --output-file requirements-app.txt pyproject.toml requirements-build.in

audit: $(VENV)/.test
	$(BIN)/python -m scripts.audit_dependencies

release: $(VENV)/.test
	$(BIN)/python -m scripts.build_release

clean:
	rm -rf $(VENV) static var dist
