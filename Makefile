# Every target says what it is for: `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PORT ?= 8000
export HUIYIN_HOME ?= $(CURDIR)/var
# without kept bytecode every process of a test reads and compiles the whole house anew
unexport PYTHONDONTWRITEBYTECODE
PY := .venv/bin/python
T ?=

.PHONY: help run test check fix bench demo install install-dev lock screenshots clean

help: ## What can be made here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: ## The running house: Python environment, locked packages, static files
	@scripts/install.sh base

install-dev: ## What tests and checks need on top, system packages included
	@scripts/install.sh dev
	@scripts/system-packages.sh

run: install ## Start the demonstration: web, worker and simulated phone (PORT=8000)
	@exec .venv/bin/huiyin serve --demo --port $(PORT)

demo: install ## Load the demonstration afresh (removes var/ first, asks before)
	@.venv/bin/huiyin demo reset

test: install-dev ## Everything: checks, both databases, browser; T=path for some of it on SQLite
ifneq ($(T),)
	@.venv/bin/pytest $(T)
else
	@scripts/test.sh
endif

check: install-dev ## Linters, types, layers, migrations, templates
	@scripts/check.sh

fix: install-dev ## Let the tools mend what they can
	@.venv/bin/ruff check --fix src tests conftest.py manage.py
	@.venv/bin/ruff format src tests conftest.py manage.py

bench: install-dev ## Timings, as ratios against a reference measured in the same run
	@.venv/bin/huiyin bench deadlines
	@.venv/bin/huiyin bench start
	@.venv/bin/huiyin bench imports --rows 1000
	@.venv/bin/huiyin bench casework --rows 5000

screenshots: install-dev ## Take the pictures of the manual anew, in a real browser
	@rm -rf build/screenshots/manual
	@.venv/bin/pytest -q -m browser tests/browser/test_screenshots.py
	@.venv/bin/python scripts/keep-screenshots.py

lock: ## Renew the lock files (hashes, no addresses)
	@scripts/lock.sh

clean: ## Remove what can be made again
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
