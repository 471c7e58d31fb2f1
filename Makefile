# Waymark. Everything is done by tools/; this file only names it. `make` alone lists the targets.
PYTHON = .venv/bin/python

.PHONY: help run chat test check smoke train knowledge evaluate bench load soak sizes screenshots audit sbom setup lock clean distclean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

run: setup ## start the assistant on this machine (Ctrl-C stops it)
	@$(PYTHON) -m tools.run

chat: setup ## talk to the assistant in the terminal
	@$(PYTHON) -m tools.chat

test: setup ## every check and test
	@$(PYTHON) -m tools.test

check: setup ## linter and type checker only
	@$(PYTHON) -m tools.test --lint

smoke: setup ## look at a running assistant as its visitors do: make smoke URL=https://bot.example.edu
	@$(PYTHON) -m tools.smoke $(or $(URL),http://127.0.0.1:5005)

train: setup ## train the model if something it learns from changed (FORCE=1: in any case)
	@$(PYTHON) -m tools.prepare model $(if $(FORCE),--force)

knowledge: setup ## build the knowledge database if something in it changed (FORCE=1: in any case)
	@$(PYTHON) -m tools.prepare knowledge $(if $(FORCE),--force)

evaluate: setup ## measure the answers on the held-out questions
	@$(PYTHON) -m tests.evaluation

bench: setup ## measure speed side by side
	@$(PYTHON) -m bench $(ARGS)

load: setup ## measure many students at once side by side (about 20 minutes; ARGS="--rounds 1" for less)
	@$(PYTHON) -m bench.curves $(ARGS)

soak: setup ## fifteen minutes of the same load (ARGS="--minutes 3" for less)
	@$(PYTHON) -m bench.soak $(ARGS)

sizes: setup ## measure 10 and 100 times the knowledge
	@$(PYTHON) -m bench.sizes $(ARGS)

screenshots: setup ## take the pictures in docs/screenshots anew (needs Chromium)
	@$(PYTHON) -c "from tools import setup; setup.ensure(setup.E2E)"
	@.venv-e2e/bin/python -m tools.screenshots

audit: setup ## known weaknesses of the locked packages (needs the network)
	@$(PYTHON) -m tools.audit

sbom: setup ## the list of all packages, as CycloneDX JSON in var/sbom.json
	@$(PYTHON) -m tools.sbom

setup: ## make the Python environment (others call it; a second time takes no time)
	@sh tools/python.sh -m tools.setup

lock: ## write the lock files anew from requirements*.in (needs uv)
	@sh tools/python.sh -m tools.lock

clean: ## remove what is rebuilt: model, knowledge database, logs, caches (conversations stay)
	@rm -rf models .rasa var/log var/knowledge.sqlite var/*.stamp .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

distclean: clean ## and the Python environments
	@rm -rf .venv .venv-dev .venv-e2e widget/node_modules
