#!/bin/sh
# Everything that has to hold: the checks, then every test; browser journeys where Chromium is.
set -eu
sh tools/chromium.sh
sh tools/check.sh
exec .venv/bin/python -m pytest -n 2 --dist loadgroup "$@"
