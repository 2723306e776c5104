#!/bin/sh
# Plays systemd's part: a directory that only the service can read, with the key under the name that the
# unit's LoadCredential= gives it, and the variable that tells where it is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
CREDENTIALS_DIRECTORY=$(mktemp -d)
export CREDENTIALS_DIRECTORY
trap 'rm -rf "$CREDENTIALS_DIRECTORY"' EXIT
install -m 0400 "$here/key.txt" "$CREDENTIALS_DIRECTORY/systemd-example-secrets-key"
cargo run --quiet -p systemd
