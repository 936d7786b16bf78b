#!/bin/sh
# Format, lint, types, contracts, templates, catalogues, dead code, dependencies.
set -eu
bin=.venv/bin
export DATA="${TMPDIR:-/tmp}/banso-check" BANSO_SECRET_KEY=check-only
$bin/ruff format --check --quiet .
$bin/ruff check --quiet .
$bin/lint-imports --no-cache >/dev/null || $bin/lint-imports --no-cache
$bin/mypy
$bin/djlint src --lint --quiet
$bin/python tools/catalogues.py check
$bin/vulture
$bin/deptry . 2>&1 | grep -v "^Assuming\|^Scanning\|^Success" || true
$bin/deptry . >/dev/null 2>&1
echo "check: all good"
