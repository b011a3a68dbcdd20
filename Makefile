# Each target uses .venv where there is one, else python3. CI runs .ci/run, which makes its own.

PYTHON := $(shell test -x .venv/bin/python && echo .venv/bin/python || echo python3)
LINT_IMPORTS := $(shell test -x .venv/bin/lint-imports && echo .venv/bin/lint-imports || echo lint-imports)
SHARED ?= ../shared

.PHONY: check format quality pictures

check:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	PYTHONPATH=. $(LINT_IMPORTS)
	$(PYTHON) -m pytest -q

format:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

quality:
	PYTHONPATH=. $(PYTHON) benchmarks/quality.py $(SHARED)/gold

pictures:
	PYTHONPATH=. $(PYTHON) benchmarks/pictures.py examples/articles/first.txt examples/articles/later.txt examples/articles/agency.txt
