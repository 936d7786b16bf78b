#!/bin/sh
# Repeat assurance checks with other seeds: make long CHECK=A-91 SEED=1 MINUTES=10.
# Each run is a line of docs/assurance/long-runs.tsv: date, commit, check, seed, outcome.
set -eu
check=${CHECK:-}
seed=${SEED:-1}
until=$(($(date +%s) + ${MINUTES:-10} * 60))
record=docs/assurance/long-runs.tsv
commit=$(git rev-parse --short HEAD)
failed=0
while :; do
  if .venv/bin/python -m pytest tests -n 2 --dist loadgroup -q -m assurance \
    --check "$check" --randomly-seed "$seed"; then outcome=passed; else outcome=failed failed=1; fi
  printf '%s\t%s\t%s\t%s\t%s\n' "$(date -u +%FT%TZ)" "$commit" "${check:-all}" "$seed" "$outcome" >>"$record"
  seed=$((seed + 1))
  [ "$(date +%s)" -lt "$until" ] || break
done
exit $failed
