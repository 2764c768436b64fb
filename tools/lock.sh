#!/bin/sh
# Writes requirements.lock and requirements-dev.lock anew from pyproject.toml, with the sha256 of every file.
# Pins that still fit are kept; `tools/lock.sh --upgrade` moves all of them, `--upgrade-package NAME` one.
# Run it with Python 3.11, the oldest that the program supports.
set -eu
cd "$(dirname "$0")/.."

compile() {
    CUSTOM_COMPILE_COMMAND=tools/lock.sh .venv/bin/python -m piptools compile --quiet --generate-hashes \
        --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
        --no-emit-options "$@" pyproject.toml
}

compile --build-deps-for=editable --output-file=requirements.lock "$@"
compile --constraint=requirements.lock --extra=dev --output-file=requirements-dev.lock "$@"
