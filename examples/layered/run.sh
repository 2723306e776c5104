#!/bin/sh
# Builds and runs the example without and with a variable that overrides a key.
set -eu
cargo run --quiet -p layered
echo
LAYERED__DATABASE__PORT=6432 cargo run --quiet -p layered
