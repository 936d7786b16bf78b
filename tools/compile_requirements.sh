#!/bin/sh
# Compile the requirements with hashes; run it after a change of dependencies.
set -eu
compile() { .venv/bin/uv pip compile --quiet --generate-hashes --no-header "$@"; }
compile pyproject.toml --extra s3 --extra providers --group dev -o requirements/dev.txt
# What runs is what was tested: the same versions, whatever else could be had.
tested='--constraint requirements/dev.txt'
compile pyproject.toml $tested -o requirements/runtime.txt
compile pyproject.toml $tested --extra s3 -o requirements/s3.txt
compile pyproject.toml $tested --extra providers -o requirements/providers.txt
echo uv | compile - -o requirements/uv.txt
