# Each target uses .venv where there is one, else python3. CI runs .ci/run, which makes its own.

PYTHON := $(shell test -x .venv/bin/python && echo .venv/bin/python || echo python3)
LINT_IMPORTS := $(shell test -x .venv/bin/lint-imports && echo .venv/bin/lint-imports || echo lint-imports)
SHARED ?= ../shared

.PHONY: check format quality fuzz lowest pictures docs journeys

check:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	PYTHONPATH=. $(LINT_IMPORTS)
	$(PYTHON) -m pytest -q $(PYTEST)

journeys:
	.ci/journeys

docs:
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --strict --quiet

format:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

quality:
	PYTHONPATH=. $(PYTHON) benchmarks/quality.py $(SHARED)/gold

# Bent input for every door: so many that a run ends; FUZZ=1000000 is for a night.
FUZZ ?= 20000
fuzz:
	PYTHONPATH=. $(PYTHON) benchmarks/fuzz.py --count $(FUZZ)

# The core and the corpus tests with the lowest version of each requirement that setup.cfg allows.
CORE := $(addprefix tests/test_,comparer.py reading.py report.py html.py checks.py check_command.py cli.py fuzz.py \
	corpus.py corpus_faults.py)
lowest:
	rm -rf .venv-lowest
	python3 -m venv .venv-lowest
	.venv-lowest/bin/python .ci/lowest.py > .venv-lowest/constraints.txt
	.venv-lowest/bin/python -m pip install -q -c .venv-lowest/constraints.txt '.[test,corpus]'
	PYTHONPATH=. .venv-lowest/bin/python -m pytest -q $(PYTEST) $(CORE)

pictures:
	PYTHONPATH=. $(PYTHON) benchmarks/pictures.py examples/articles/first.txt examples/articles/later.txt examples/articles/agency.txt
