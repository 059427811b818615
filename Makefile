# One verb each. PYTHON=, PORT=, ARGS= and every setting of docs/how-to/run-in-production.md may follow the verb.
PYTHON ?=
ARGS ?=
FUZZED = tests/journeys/touchpoint_page/test_concurrent_edits.py tests/journeys/maps/test_many_editors.py \
	tests/governance/test_a_year.py tests/governance/test_any_order.py
BOOTSTRAP = @PYTHON='$(PYTHON)' sh cxhub/local/bootstrap.sh

.PHONY: help run test check bench faults load fuzz manage
.DEFAULT_GOAL := help

help: ## show this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: ## start CX Hub on this machine; PORT=8001 for another port, Ctrl-C to stop
	$(BOOTSTRAP) requirements-local.txt -m cxhub.local run

test: ## run the tests; ARGS="tests/orgs -k sign_in" for some of them
	$(BOOTSTRAP) requirements-dev.txt -m cxhub.local test -- $(ARGS)

check: ## lint, import contracts, types, templates, migrations, production settings
	$(BOOTSTRAP) requirements-dev.txt -m cxhub.local check

bench: ## measure serving, lists and refreshing, as ratios; ARGS="writing" for one of them
	$(BOOTSTRAP) requirements-dev.txt -m bench $(ARGS)

faults: ## break what can break while feeds refresh, and judge the numbers; ARGS=--quick for a short run
	$(BOOTSTRAP) requirements-dev.txt -m faults $(ARGS)

load: ## let twenty people work on one map for five minutes, and judge what was lost; ARGS="map --minutes 1"
	$(BOOTSTRAP) requirements-dev.txt -m load $(ARGS)

fuzz: ## two thousand runs of people who edit over a bad line and sign off, and twenty years of reminders; ARGS="-k map" for one of them
	EDIT_RUNS=2000 YEARS=20 $(MAKE) test ARGS="-n 0 $(FUZZED) $(ARGS)"

manage: ## a Django command on the local servers, e.g. ARGS="create_workspace --email ada@acme.example"
	$(BOOTSTRAP) requirements-local.txt -m cxhub.local manage -- $(ARGS)
