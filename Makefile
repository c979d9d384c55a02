# Works with GNU make 3.81 (the one macOS ships) and later.

# The interpreter that makes .venv; where none is named, scripts/setup.sh looks for one.
PYTHON ?=
export PYTHON

# Passed on, for instance: make site ARGS="--as-of 2025-12-31"
ARGS ?=

BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
CSVW := .venv-csvw/.csvw-installed
AUDIT := .venv-audit/.audit-installed
TOOLS := node_modules/.tools-installed
BIOME := node_modules/.bin/biome
WORKFLOWS := $(wildcard .github/workflows/*.yml)

# Environments that have nothing to do with each other are made side by side.
INSTALL = $(MAKE) --no-print-directory -j3 SIDE_BY_SIDE=1
PYTEST = CHROMIUM="$$(sh scripts/setup.sh browser)" $(BIN)/python -m pytest -n auto --dist worksteal

.DEFAULT_GOAL := help
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif
.PHONY: help venv site serve validate test test-unit test-site test-browser bench screenshots check
.PHONY: audit sbom format lock clean browser installed pythons

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(RUNTIME) ## make .venv and install the locked packages

site: $(RUNTIME) ## build the site into site/ (options: ARGS="...")
	$(BIN)/python build_site.py build $(ARGS)

serve: $(RUNTIME) ## preview the site, following edits (options: ARGS="...")
	$(BIN)/python build_site.py serve $(ARGS)

validate: $(RUNTIME) ## check the data package (options: ARGS="...")
	$(BIN)/python build_site.py validate $(ARGS)

test: installed browser check pythons ## run the checks, then all tests (for pytest: ARGS="...")
	$(PYTEST) $(ARGS)

test-unit: $(DEV) ## run the tests of single modules, a minute's worth
	$(BIN)/python -m pytest -n auto --dist worksteal tests/unit $(ARGS)

pythons: $(DEV) ## run the unit tests on every other supported Python that is here, and name them
	@sh scripts/pythons.sh

test-site: installed browser ## run the tests of whole sites, commands and servers
	$(PYTEST) tests/site $(ARGS)

test-browser: browser ## run the tests that look at sites in Chromium
	$(PYTEST) tests/browser $(ARGS)

bench: $(RUNTIME) ## measure builds of 10, 100 and 1,000 indicators (others: ARGS="50 500")
	$(BIN)/python -m benchmarks $(ARGS)

screenshots: browser site ## take pictures of every kind of page: build/screenshots/
	rm -rf build/screenshots
	CHROMIUM="$$(sh scripts/setup.sh browser)" PYTHONPATH=. \
		$(BIN)/python -m tests.browser.screenshots site build/screenshots

check: $(DEV) $(TOOLS) ## check style, types, imports between folders, licences and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIOME) check --error-on-warnings
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/licences.py
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/data.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.gitlab-ci .gitlab-ci.yml
	$(BIN)/check-jsonschema --check-metaschema site_src/plansite/output/diff/schema.json site_src/plansite/output/site_files/manifest.schema.json
	$(BIN)/zizmor --offline --no-progress .github/workflows

# The lock with the other engine has all that the site is built with otherwise.
audit: $(AUDIT) ## ask whether weaknesses are known of the locked packages (needs the network)
	.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
		-r requirements-zensical.lock

sbom: $(RUNTIME) $(AUDIT) ## write what the program is made of: build/sbom.cdx.json (CycloneDX)
	.venv-audit/bin/python scripts/sbom.py $(BIN)/python build/sbom.cdx.json

format: $(DEV) $(TOOLS) ## format code, scripts and style sheets and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIOME) check --write

lock: ## pin the dependencies anew (all to their newest: ARGS=--upgrade)
	sh scripts/lock.sh $(ARGS)

clean: ## remove what builds and checks made; .venv and its like and node_modules stay
	rm -rf build site .site.new .site.old .site.lock .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

browser:
	@$(INSTALL) $(DEV) $(TOOLS)
	@sh scripts/setup.sh browser >/dev/null

installed:
	@$(INSTALL) $(DEV) $(CSVW) $(TOOLS)

$(RUNTIME): requirements.lock pyproject.toml
	@sh scripts/setup.sh runtime

$(DEV): requirements.lock requirements-dev.lock pyproject.toml
	@sh scripts/setup.sh dev

$(CSVW): requirements-csvw.lock
	@sh scripts/setup.sh csvw

$(AUDIT): requirements-audit.lock
	@sh scripts/setup.sh audit

$(TOOLS): package.json package-lock.json
	@sh scripts/setup.sh tools
