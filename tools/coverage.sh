#!/bin/sh
# Branch coverage of every test that runs in pytest's own processes, held to docs/house.md 11.
# It is a lane of its own; what tracing costs a whole run, and the floors, are still to be measured (decision 0025).
set -eu
unset PYTHONDONTWRITEBYTECODE
report=$(mktemp)
trap 'rm -f "$report"' EXIT
.venv/bin/python -m pytest -n 2 --dist loadgroup -m "not journey" --cov --cov-report= "$@"
.venv/bin/python -m coverage json --quiet -o "$report"
.venv/bin/python tools/coverage_gate.py "$report"
