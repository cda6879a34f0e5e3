# make demo   compile specs and call them, on the default base model, in a virtual environment of its own
# make test   every check that the project has, in another one
PYTHON ?= python3

.PHONY: demo test clean

demo: .venv/installed
	.venv/bin/paw demo

test: .venv-test/installed
	.venv-test/bin/ruff check .
	.venv-test/bin/ruff format --check .
	.venv-test/bin/mypy
	.venv-test/bin/lint-imports
	PAW_THREADS=1 OMP_NUM_THREADS=1 .venv-test/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --editable .
	touch $@

.venv-test/installed: pyproject.toml
	$(PYTHON) -m venv .venv-test
	.venv-test/bin/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv .venv-test build dist
