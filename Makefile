# make demo | test | lint | format | docs | check-docs | editors | test-editors
#      | extension [TARGET=linux-x64] | extensions | lint-extension | screenshots
#      | bench | bench-against BASE=REVISION | bench-server | bench-format | bench-instructions
#      | check-instructions | near-misses | fuzz
#      | catalog FACTS=... | clean
#
# Works from a clean clone with Python 3.10 or newer and its venv module (Debian: python3-venv).
# Another interpreter: make test PYTHON=python3.13 VENV=.venv313

PYTHON ?= python3
VENV ?= .venv

BIN := $(VENV)/bin
TARGETS = linux-x64 linux-arm64 alpine-x64 alpine-arm64 darwin-x64 darwin-arm64 win32-x64
NODE = PATH="$$(PYTHON=$(PYTHON) tests/editors/install/node 24.19.0):$$PATH" &&
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --editable

.PHONY: demo test lint format docs check-docs editors test-editors extension extensions \
	lint-extension screenshots bench bench-against bench-server bench-format bench-instructions \
	check-instructions near-misses fuzz catalog clean

# The example is wrong on purpose, so only findings (exit code 1) are a success here.
demo: $(VENV)/.amp-lint
	@echo
	@echo '$$ amp-lint check docs/examples/amp.yaml'
	@status=0; $(BIN)/amp-lint check docs/examples/amp.yaml || status=$$?; \
	if [ $$status -ne 1 ]; then \
		echo "Expected findings (exit code 1), got exit code $$status." >&2; exit 1; \
	fi
	@echo
	@echo 'The findings above are expected: the example holds typical mistakes on purpose.'

test: $(VENV)/.amp-lint-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/.amp-lint-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

# The index first, because the other generators import it.
docs: $(VENV)/.amp-lint-dev
	$(BIN)/python docs/generate --only index
	$(BIN)/python docs/generate

check-docs: $(VENV)/.amp-lint-dev
	$(BIN)/python docs/generate --only index --check
	$(BIN)/python docs/generate --check

format: $(VENV)/.amp-lint-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Installs each editor in $AMP_LINT_EDITORS (default: ~/.cache/amp-lint-editors) unless it is there.
editors:
	@set -e; for script in tests/editors/install/*.sh; do \
		echo "$$script"; PYTHON="$(PYTHON)" bash "$$script"; \
	done

# The tests also install the extension that brings all packages; they know the one for this platform.
test-editors: $(VENV)/.amp-lint-dev
	$(MAKE) extension TARGET=linux-x64
	$(MAKE) extension
	$(BIN)/python -m pytest tests/editors --numprocesses 2 --dist worksteal

# vscode-extension/amp-lint.vsix, with the wheel of this tree in it. With TARGET, a platform of
# `vsce --target` such as linux-x64: amp-lint-$(TARGET).vsix, which also brings the wheels of the
# dependencies and installs its server without an index.
extension: $(VENV)/.amp-lint-dev vscode-extension/node_modules/.package-lock.json
	rm -rf vscode-extension/server
	$(BIN)/python -m build --wheel --no-isolation --outdir vscode-extension/server .
	$(if $(TARGET),$(BIN)/python vscode-extension/wheels.py $(TARGET))
	$(NODE) cd vscode-extension && npm run --silent build && npm run --silent package -- \
		$(if $(TARGET),--target $(TARGET)) --out amp-lint$(if $(TARGET),-$(TARGET)).vsix

# The universal extension and one for each platform.
extensions:
	@set -e; for target in '' $(TARGETS); do $(MAKE) extension TARGET=$$target; done

lint-extension: $(VENV)/.amp-lint-dev vscode-extension/node_modules/.package-lock.json
	$(NODE) cd vscode-extension && npm run --silent check && npm run --silent test

# Takes the pictures of the extension's README and of docs/editors.md in the editors.
screenshots: extension
	$(BIN)/python tests/editors/vscode/screenshots.py
	$(BIN)/python tests/editors/screenshots.py

vscode-extension/node_modules/.package-lock.json: vscode-extension/package-lock.json \
		| $(VENV)/.amp-lint-dev
	$(NODE) cd vscode-extension && npm ci --ignore-scripts --no-audit --no-fund

bench: $(VENV)/.amp-lint-dev
	$(BIN)/python benchmarks/run.py

# One table of this tree and an earlier revision: runs of the command line, and the server.
bench-against: $(VENV)/.amp-lint-dev
	$(BIN)/python benchmarks/against.py "$(BASE)"

# Fails if a short run needs more instructions than its budget; skipped without valgrind.
check-instructions: $(VENV)/.amp-lint-dev
	$(BIN)/python benchmarks/budget.py

# Needs npm, for the other server.
bench-server: $(VENV)/.amp-lint-dev
	$(BIN)/python benchmarks/language_servers.py

# Needs npm, for Prettier.
bench-format: $(VENV)/.amp-lint-dev
	$(BIN)/python benchmarks/formatters.py

# Needs valgrind, which counts the instructions.
bench-instructions: $(VENV)/.amp-lint-dev
	$(BIN)/python benchmarks/instructions.py

near-misses: $(VENV)/.amp-lint-dev
	$(BIN)/python benchmarks/near_misses.py

# Runs until it is stopped, or: make fuzz FUZZ="--count 1000000 --seed 7"
fuzz: $(VENV)/.amp-lint-dev
	cd tests && $(abspath $(BIN))/python -m fuzz $(FUZZ)

# FACTS is a folder with providers.json, objects.json, operations.json and objects-more.json.
catalog: $(VENV)/.amp-lint-dev
	$(BIN)/python -m amp_schema.build.refresh "$(FACTS)"

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	cd vscode-extension && rm -rf node_modules out server amp-lint*.vsix
	find server rules schemas tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second run quick; a change of pyproject.toml installs again.
$(VENV)/.amp-lint: pyproject.toml
	$(create_environment)
	$(INSTALL) .
	@touch $@

$(VENV)/.amp-lint-dev: pyproject.toml
	$(create_environment)
	$(INSTALL) '.[dev]'
	@touch $@ $(VENV)/.amp-lint

# Repeating this is harmless, and completes an interrupted installation.
define create_environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
	echo 'amp-lint needs Python 3.10 or newer; name one with PYTHON=...' >&2; exit 1; }
$(PYTHON) -m venv $(VENV)
endef
