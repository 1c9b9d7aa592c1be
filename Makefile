# The commands of this project. What they need is installed when it is first wanted, by .ci/install.
.PHONY: help run run-oidc test check bench screenshots browser provider lock clean
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready
INSTALLED_BY := .ci/install .ci/tools.txt pyproject.toml $(BIN)/python
LOCKS := requirements.txt requirements-dev.txt .ci/tools.txt
COMPILE := env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS $(BIN)/uv pip compile --no-config --quiet \
	--universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" $(ARGS)

help:  ## tell what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: export ASPEN_DEMO = 1
run: export ASPEN_DATA_DIR ?= $(CURDIR)/.data
run: $(READY)/app  ## start the demo on http://localhost:8080 (ASPEN_PORT and ASPEN_DATA_DIR change where)
	@$(BIN)/aspen serve

run-oidc: export ASPEN_DATA_DIR ?= $(CURDIR)/.data
run-oidc: $(READY)/dev provider  ## start the demo behind a real sign-in, a provider on this machine
	@$(BIN)/python -m tests.oidc

test: check browser provider  ## check, then run every test (ARGS="tests/pages -k claim" runs some)
	$(BIN)/python -m pytest $(ARGS)

check: $(READY)/dev  ## style, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)/dev browser provider  ## measure, and print a table
	$(BIN)/python -m tests.benchmarks $(ARGS)

screenshots: $(READY)/dev browser provider  ## take a picture of every screen
	$(BIN)/python -m tests.screenshots $(ARGS)

lock: $(READY)/app  ## choose the exact packages again (ARGS=--upgrade: the newest ones)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
	printf 'setuptools\nuv\n' | $(COMPILE) --no-annotate - -o .ci/tools.txt
	@! grep -nE '://|^ *-(-index|-extra-index|-find-links|f )' $(LOCKS)

clean:  ## remove what was installed and made here, but not the data in .data
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +

browser:
	@.ci/install browser

provider: $(READY)/dev
	@.ci/install provider

$(READY)/app: requirements.txt $(INSTALLED_BY)
	@.ci/install app pdf
	@mkdir -p $(@D) && touch $@

$(READY)/dev: requirements-dev.txt $(INSTALLED_BY)
	@.ci/install dev pdf
	@mkdir -p $(@D) && touch $@

$(BIN)/python:
	@.ci/install environment
