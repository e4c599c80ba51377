.DEFAULT_GOAL := help
.PHONY: help setup demo test check soak bench messages lock

help: ## list what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## the environment alone: .venv, requirements, translations
	@scripts/setup base

demo: ## set up, load the sample city with a living year, serve on 127.0.0.1:8000, print logins
	@scripts/setup base
	@.venv/bin/loa demo $(if $(PORT),--port $(PORT))

check: ## the fast part of the tests: style, types, architecture, quick tests on SQLite
	@scripts/setup dev
	@scripts/check

test: ## everything: both databases, browser journeys, documents rendered
	@scripts/setup dev
	@scripts/test

soak: ## the long fault and load tests at full size
	@scripts/setup dev
	@LOA_SOAK=full scripts/test tests/soak tests/architecture/test_access.py $$(grep -lE "long_on_postgres|^from hypothesis" tests/*/test_*.py)

bench: ## benchmarks: ratios measured in one run (LOA_BENCH=small: in minutes)
	@scripts/setup dev
	@scripts/bench

messages: ## collect the strings of the interface into the catalogues
	@.venv/bin/python scripts/messages.py

lock: ## lock the requirements again
	@scripts/lock
