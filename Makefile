# Everything a newcomer types; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help run install test fast check proof format clean dev

# Tests are kept as bytecode: writing their asserts anew takes each process ten seconds.
unexport PYTHONDONTWRITEBYTECODE

python := .venv/bin/python

help: ## List these commands
	@sed -n 's/^\([a-z]*\):[^#]*## /\1	/p' $(MAKEFILE_LIST) | while IFS='	' read name text; do \
		printf '  make %-8s  %s\n' "$$name" "$$text"; done

run: install ## Start Guildhall (PORT, HOST, DATA_DIR and DEMO=0 change it)
	@exec $(python) manage.py start

install: ## Make .venv and install what running needs
	@scripts/install requirements.lock

test: dev ## Run all tests with real services
	@scripts/services run -- scripts/test

fast: dev ## Run the quick tests that need no service
	@$(python) -m pytest -n 2 --dist loadfile --nomigrations --ignore=tests/browser --ignore=tests/proof -m "not service and not browser and not slow"

check: dev ## Format, lint, types, imports, migrations, templates, deployment settings
	@scripts/services run postgresql -- $(python) scripts/check

proof: dev ## Kill loops, soaks, mutants and whatever measures time
	@scripts/services run -- scripts/test -m proof -n 0

format: dev ## Rewrite the code and the templates in the house format
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .
	@find */templates -name "*.html" -exec .venv/bin/djade --target-version 5.2 {} +

clean: ## Remove .venv and caches; the data folder stays
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

dev:
	@scripts/install requirements-dev.lock
