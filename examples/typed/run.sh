#!/bin/sh
# Builds with secrets, with such that are wrong, without any, and without any as a stub.
set -eu

# refused TEXT...: the build fails, and its errors have each of these texts.
refused() {
    if errors=$(cargo build --quiet -p typed 2>&1); then
        echo "it was built" >&2
        exit 1
    fi
    echo "$errors"
    for text in "$@"; do
        echo "$errors" | grep -qF "$text"
    done
}

# printed LINE: what the program prints has this line.
printed() {
    output=$(cargo run --quiet -p typed)
    echo "$output"
    echo "$output" | grep -qxF "$1"
}

echo "-- with its secrets"
printed "stub:     false"

echo "-- with secrets that are wrong: everything is reported at once"
export SECRETS_FILES=wrong.toml
refused 'wrong.toml:3:1: `log-level` is not of type `enum:debug|info|warn`' \
    '`database.user` is missing: the template has it at secrets.example.toml:17:1' \
    'wrong.toml:9:1: `database.password` is the example that the template has at secrets.example.toml:19:1'

echo "-- without any secrets"
unset SECRETS_FILES
here=$(dirname "$0")
away=$(mktemp -d)
mv "$here/.secrets" "$away"
trap 'mv "$away/.secrets" "$here"; rmdir "$away"' EXIT
refused 'SECRETS_STUB=1'

echo "-- without any secrets, as a stub"
export SECRETS_STUB=1
printed "stub:     true"
