#!/bin/sh
# Mounts a volume as Kubernetes does, builds, swaps its contents, and builds again.
set -eu
cd "$(dirname "$0")"

# mount STATE PASSWORD: a new state beside the old one, and one rename of the link `..data`.
mount() {
    mkdir -p "volume/database/..$1"
    printf 'service\n' >"volume/database/..$1/username"
    printf '%s\n' "$2" >"volume/database/..$1/password"
    ln -s "..$1" volume/database/..data_tmp
    mv -T volume/database/..data_tmp volume/database/..data
    ln -sf ..data/username volume/database/username
    ln -sf ..data/password volume/database/password
}

# expect PASSWORD: the program that is built now has it.
expect() {
    printed=$(cargo run --quiet -p kubernetes)
    echo "$printed"
    echo "$printed" | grep -qx "password: $1"
}

rm -rf volume
expect "dummy for development"
mount 2026_11_23_10_00_00 "the first dummy"
expect "the first dummy"
mount 2026_11_23_11_00_00 "the second dummy"
expect "the second dummy"
rm -rf volume
expect "dummy for development"
