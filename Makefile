# Each target sets up all that it needs, in .venv beside this file. Nothing else has to be typed first.
#
#   make demo      compare a family of articles: verdict here, report in demo/report.html; then a week of news as an archive
#   make test      run the tests (those in a browser are skipped by name where there is no Chromium)
#   make check     style, types and the import contract
#   make bench     measure speed and memory
#   make docs      write the generated pages anew
#   make pictures  take the pictures of docs/images anew, in a Chromium
#   make pins      write constraints.txt anew, from the newest versions that pyproject.toml allows
#   make clean     take away all that was built

BIN := .venv/bin
READY := .venv/ready
FAMILY ?= tests/golden/agency_five_outlets
ARGS ?=

.PHONY: demo test check bench docs pictures pins clean
.DEFAULT_GOAL := test

$(READY): pyproject.toml constraints.txt scripts/venv
	scripts/venv .venv
	touch $@

demo: $(READY)
	mkdir -p demo
	$(BIN)/retold compare $(FAMILY)/[a-z]_*
	$(BIN)/retold compare $(FAMILY)/[a-z]_* --format html -o demo/report.html
	$(BIN)/retold add examples/week.jsonl --archive demo/week.retold --learn
	$(BIN)/retold stories --archive demo/week.retold

test: $(READY)
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m bench $(ARGS)

docs: $(READY)
	$(BIN)/python scripts/docs.py

pictures: $(READY)
	$(BIN)/python scripts/pictures.py

pins:
	rm -rf build/pins
	PINS=new scripts/venv build/pins
	echo '# Exact versions that the tests run with, on CPython 3.11 to 3.13. Made by: make pins' > constraints.txt
	build/pins/bin/python -m pip freeze --exclude-editable >> constraints.txt

clean:
	rm -rf .venv build dist demo .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
