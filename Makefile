# Everything that a person or a machine runs on a checkout. `make` alone lists it.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test prove bench bench-search bench-sms lock messages assets guides lint format run-venv dev-venv

help: ## list these
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

demo: run-venv ## set up and run with demonstration data (PORT=… changes the port)
	@$(BIN)/python tools/catalogues.py compile
	@exec $(BIN)/taawon demo

demo-reset: run-venv ## the same, from the beginning
	@$(BIN)/python tools/catalogues.py compile
	@$(BIN)/taawon demo --reset
	@exec $(BIN)/taawon demo

test: dev-venv ## set up and pass every check and every test
	@$(BIN)/python tools/catalogues.py compile
	@exec $(BIN)/python tools/test.py

prove: dev-venv ## the long proofs in full; what they print is kept in docs/proofs
	@$(BIN)/python tools/catalogues.py compile
	@exec $(BIN)/python tools/test.py prove

bench: dev-venv ## measure the pages and the checkout (DB=sqlite for SQLite)
	@$(BIN)/python tools/catalogues.py compile
ifeq ($(DB),sqlite)
	@exec $(BIN)/taawon bench
else
	@exec $(BIN)/python tools/machine.py with-postgres $(BIN)/taawon bench
endif

bench-search: dev-venv ## measure how words are found, alone
	@$(BIN)/python tools/catalogues.py compile
	@exec $(BIN)/python tools/machine.py with-postgres $(BIN)/taawon bench --search

bench-sms: dev-venv ## measure the SMS line: texts in, texts out by Kannel and by SMPP
	@$(BIN)/python tools/catalogues.py compile
	@$(BIN)/python tools/machine.py ensure kannel
	@exec $(BIN)/python tools/machine.py with-postgres $(BIN)/python tools/bench_sms.py

lint: dev-venv ## ruff, djade, types, import contracts, migrations, catalogues
	@exec $(BIN)/python tools/test.py lint

format: dev-venv ## bring code and templates into the shape that lint wants
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@find src -path '*/templates/*' -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version=5.2

lock: ## pin every dependency again, with hashes, in requirements
	@PYTHON="$(PYTHON)" tools/lock.sh

messages: dev-venv ## bring the catalogues of translations up to date with the code
	@$(BIN)/python tools/machine.py ensure gettext
	@$(BIN)/python tools/catalogues.py extract

assets: dev-venv ## build the style sheet, icons and fonts that the package ships
	@$(BIN)/python tools/build_assets.py

guides: dev-venv ## print the guides of the SMS line, docs/sms/guide.*.pdf
	@$(BIN)/python tools/guides.py

run-venv:
	@PYTHON="$(PYTHON)" tools/install.sh run

dev-venv:
	@PYTHON="$(PYTHON)" tools/install.sh dev
