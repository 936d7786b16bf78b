#!/bin/sh
# Repeat assurance checks with long counts and other seeds: make long CHECK=A-91 SEED=1 MINUTES=10.
# Without CHECK everything runs once more often than that, and the benchmarks whose targets are promises.
# Each run is a line of docs/assurance/long-runs.tsv: date, commit, check, seed, outcome.
set -eu
check=${CHECK:-}
seed=${SEED:-1}
until=$(($(date +%s) + ${MINUTES:-10} * 60))
record=docs/assurance/long-runs.tsv
commit=$(git rev-parse --short HEAD)
failed=0
note() {
  printf '%s\t%s\t%s\t%s\t%s\n' "$(date -u +%FT%TZ)" "$commit" "$1" "$2" "$3" >>"$record"
}
if [ "$check" = A-111 ]; then
  # Mutants are drawn by the seed until the time is over; what was found is in docs/assurance/mutants.tsv.
  if .venv/bin/python -m tools.mutants --seed "$seed" --minutes "${MINUTES:-10}"; then outcome=passed; else outcome=failed; fi
  note "$check" "$seed" "$outcome"
  [ "$outcome" = passed ]
  exit
fi
while :; do
  if .venv/bin/python -m pytest tests -n 2 --dist loadgroup -q -m assurance --long \
    --check "$check" --randomly-seed "$seed"; then outcome=passed; else outcome=failed failed=1; fi
  note "${check:-all}" "$seed" "$outcome"
  seed=$((seed + 1))
  [ "$(date +%s)" -lt "$until" ] || break
done
if [ -z "$check" ]; then
  # 60 kills, 50 trickling uploads, backup and restore of 10,000 proposals; the ledger at 200 acts/s; the start.
  for name in recovery ledger start; do
    if .venv/bin/banso bench "$name"; then outcome=passed; else outcome=failed failed=1; fi
    note "bench-$name" "" "$outcome"
  done
fi
exit $failed
