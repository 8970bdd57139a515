# Yigao. `make run` opens the studio, `make test` checks everything; both set up what they need first.

VENV := .venv
PY := $(VENV)/bin/python

# The first Python on this machine that is new enough; override with `make PYTHON=/path/to/python3 ...`.
PYTHON ?=
BOOT := $(shell for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 || continue; \
	$$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	command -v $$p; break; done)

.DEFAULT_GOAL := help
.PHONY: help python setup setup-test setup-bench run demo test torture fidelity bench lint format lock clean

help:
	@echo "make run      open the studio (sets everything up the first time)"
	@echo "make test     the same set-up, then linting, types and every test"
	@echo "make demo     the whole main job without a window, into build/demo"
	@echo "make bench    measure, print a table, write benchmarks/out/"
	@echo "make torture  the long tests: 200 kills at random moments, 2,000 random plans against a model"
	@echo "make fidelity how like its platform each preview is, by reference cases"
	@echo "also: setup lint format lock clean"

python:
	@test -n "$(BOOT)" || { echo "Yigao needs Python 3.11 or newer, and found none. Install it, or name one: make PYTHON=/path/to/python3 run" >&2; exit 1; }

setup: python
	@"$(BOOT)" tools/setup.py run

setup-test: python
	@"$(BOOT)" tools/setup.py test

setup-bench: python
	@"$(BOOT)" tools/setup.py bench

# On Linux the window needs a display; without one the same job is shown by the demo.
run: setup
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "No display found (DISPLAY and WAYLAND_DISPLAY are empty), so the demo runs instead of the window."; \
		exec $(PY) main.py demo --out build/demo; \
	else exec $(PY) main.py --workspace build/workspace; fi

demo: setup
	@$(PY) main.py demo --out build/demo

lint: setup-test
	$(PY) -m ruff check .
	$(PY) -m mypy

test: lint
	$(PY) -m pytest -n 2 --dist loadgroup

torture: setup-test
	$(PY) -m pytest -n 0 -q -s tests/torture --kills=200 --runs=2000

fidelity: setup-test
	@$(PY) -m tests.previews.fidelity

bench: setup-bench
	$(PY) -m benchmarks

format: setup-test
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

# Two hash-locked requirements files; see CONTRIBUTING.md, "The lock".
lock: setup-test
	@$(PY) tools/lock.py

clean:
	rm -rf build dist tests/out benchmarks/out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -f studio/ui/*.rcc assets/i18n/*.qm assets/i18n/*.ts
	find studio tools tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
