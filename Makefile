# The front door. `make demo` runs the main job, `make test` passes the tests; both set themselves up.
PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check
PY := .venv/bin/python
FILES ?=
DEMO ?= demo
CASES := tests/typology/test_cases.py
GATHER := SUYUAN_NOT_RUN=build/not-run.txt

.PHONY: help setup dev system demo test format lint types arrows unit spark typologies not-run bench pages lock clean

help:            ## say what can be made
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: .venv/.core            ## set up .venv with what suyuan needs; leaves .venv/bin/suyuan
dev: .venv/.dev               ## add what the tests need

.venv/.core: requirements/core.txt pyproject.toml
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(PIP) install -q --require-hashes -r requirements/core.txt
	$(PIP) install -q --require-hashes -r requirements/build.txt
	$(PIP) install -q --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: .venv/.core requirements/dev.txt
	$(PIP) install -q --require-hashes -r requirements/dev.txt
	touch $@

system:                       ## install the Debian packages of packages.txt (as root), else print them
	@if dpkg -s $$(cat packages.txt) >/dev/null 2>&1; then echo "system packages: present"; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -y -q --no-install-recommends $$(cat packages.txt); \
	else echo "please install:" $$(cat packages.txt); fi

demo: setup                   ## forge a small world, find its ring, write a report; FILES=DIR adds real files
	.venv/bin/suyuan demo $(DEMO) $(if $(FILES),--files $(FILES))

test: dev format lint types arrows unit spark typologies not-run ## everything that must be green

format:
	$(PY) -m ruff format --check .

lint:
	$(PY) -m ruff check .

types:
	$(PY) -m mypy

arrows:
	.venv/bin/lint-imports

unit:
	mkdir -p build && rm -f build/not-run.txt
	$(GATHER) $(PY) -m pytest -q -m "not spark" -n 2 --dist loadfile tests --ignore $(CASES)
	$(PY) -m pytest -q --doctest-modules -o python_files= suyuan

spark:
	$(GATHER) $(PY) -m pytest -q -m spark tests --ignore $(CASES)

typologies:
	.venv/bin/suyuan typology check
	$(GATHER) $(PY) -m pytest -q $(CASES)

not-run:
	@if [ -s build/not-run.txt ]; then echo "not run, why:"; sort -u build/not-run.txt; else echo "not run: nothing was left out"; fi

bench: dev                    ## measure speed and memory, compare with the saved baseline, write JSON
	$(PY) -m benchmarks

pages: setup                  ## write the generated pages of docs/
	.venv/bin/suyuan contract page
	.venv/bin/suyuan typology page
	$(PY) -m suyuan.world.institutions.mapping_text

lock: dev                     ## renew the hash-locked requirements
	$(PY) -m piptools compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements/core.txt pyproject.toml
	$(PY) -m piptools compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe -o requirements/build.txt requirements/build.in
	$(PY) -m piptools compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --allow-unsafe --extra spark --extra describe -c requirements/core.txt -c requirements/build.txt -o requirements/dev.txt pyproject.toml requirements/dev.in

clean:
	rm -rf .venv build demo
