#!/usr/bin/env bash
# Make .venv hold what requirements/$1.lock pins ($1 is run or dev), and this checkout.
# A second call compares fingerprints and does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=$1
python=${PYTHON:-python3}
stamp=.venv/$kind.stamp

fail() {
    echo "$1" >&2
    exit 1
}

fingerprint() {
    # Installed scripts name their folder, so a checkout that moved is another one.
    { pwd; cat "requirements/$1.lock" requirements/build.lock; sed '/^\[tool\./,$d' pyproject.toml; } \
        | sha256sum
}

current() {
    [ -f ".venv/$1.stamp" ] && [ "$(fingerprint "$1")" = "$(cat ".venv/$1.stamp")" ]
}

if .venv/bin/python -c "" 2>/dev/null && current "$kind"; then
    exit 0
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    || fail "Python 3.11 or later is needed; PYTHON=/path/to/python3 names another one than $python."

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c "import ensurepip" 2>/dev/null; then
        "$python" tools/machine.py ensure python3-venv
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

echo "Installing what requirements/$kind.lock pins ..."
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
    -r "requirements/$kind.lock" -r requirements/build.lock
.venv/bin/python -m pip install -qq --disable-pip-version-check \
    --no-deps --no-build-isolation --editable .
fingerprint "$kind" >"$stamp"
