#!/usr/bin/env bash
# Pin what pyproject.toml asks for, with the hashes of every file: requirements/{run,dev,build}.lock.
# Versions that are locked already stay, unless UPGRADE=yes. The locks name no package index.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check uv
upgrade=()
[ "${UPGRADE:-no}" = yes ] && upgrade=(--upgrade)

compile() {
    "$scratch/venv/bin/uv" pip compile --quiet --python-version 3.11 --generate-hashes \
        --no-header --no-annotate "${upgrade[@]}" "$@"
}

compile pyproject.toml --output-file requirements/run.lock
compile pyproject.toml --group dev --constraint requirements/run.lock \
    --output-file requirements/dev.lock
# What builds the package: the same line as in pyproject.toml's [build-system].
sed -n 's/^requires = \["\(.*\)"\]$/\1/p' pyproject.toml >"$scratch/build.in"
compile "$scratch/build.in" --output-file requirements/build.lock
