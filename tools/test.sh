#!/bin/sh
# Everything that has to hold: the checks, then every test; browser journeys where Chromium is.
set -eu
# Some shells forbid it, and then every process of every test compiles the whole program anew.
unset PYTHONDONTWRITEBYTECODE
sh tools/chromium.sh
sh tools/check.sh
.venv/bin/python -m compileall -q src benchmarks
exec .venv/bin/python -m pytest -n 2 --dist loadgroup "$@"
