#!/bin/sh
# Compile the requirements with hashes; run it after a change of dependencies.
set -eu
uv=.venv/bin/uv
$uv pip compile --quiet --generate-hashes --no-header pyproject.toml -o requirements/runtime.txt
$uv pip compile --quiet --generate-hashes --no-header pyproject.toml --extra s3 -o requirements/s3.txt
$uv pip compile --quiet --generate-hashes --no-header pyproject.toml --extra providers -o requirements/providers.txt
$uv pip compile --quiet --generate-hashes --no-header pyproject.toml --extra s3 --extra providers --group dev -o requirements/dev.txt
echo uv | $uv pip compile --quiet --generate-hashes --no-header - -o requirements/uv.txt
