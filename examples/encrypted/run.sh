#!/bin/sh
# Builds once, and runs with the key from a file, from the environment, and without one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cargo build --quiet -p encrypted

ENCRYPTED_SECRETS_KEY_FILE=$here/key.txt cargo run --quiet -p encrypted
echo
ENCRYPTED_SECRETS_KEY=$(grep '^AGE-SECRET-KEY-' "$here/key.txt") cargo run --quiet -p encrypted
echo
if cargo run --quiet -p encrypted; then
    echo "it ran without a key" >&2
    exit 1
fi
