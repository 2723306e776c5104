#!/bin/bash
# Builds a clean copy of this repository without a key, without sources and without the crate age; runs what
# was built, with the key; and builds it once more in another folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
targets=$(realpath -m "${CARGO_TARGET_DIR:-target}")/sealed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "$1" >&2
    exit 1
}

# copy NAME: what a clean clone has. The sources and the key of this example are dummies, and therefore in
# the repository. A real clone has neither, and so this copy has not.
copy() {
    mkdir "$work/$1"
    tar --create --exclude=./target --exclude=./.git . | tar --extract --touch --directory "$work/$1"
    rm -r "$work/$1/examples/sealed/.secrets" "$work/$1/examples/sealed/key.txt"
}

# build NAME: an optimised build of a copy, in a target folder of its own.
build() {
    (
        unset SECRETS_AGE_KEY SECRETS_AGE_KEY_FILE SECRETS_FILES SECRETS_PROFILE SECRETS_STUB
        cd "$work/$1"
        CARGO_TARGET_DIR=$targets/$1 cargo build --quiet --release --locked -p sealed
    )
}

echo "-- the crate age is compiled neither for the program nor for its build script"
uses_age() {
    cargo tree --package "$1" --edges normal,build --prefix none | grep '^age v'
}
! uses_age sealed || fail "the program or its build script needs the crate age"
uses_age seal || fail "age is not found where it is"

echo "-- the sealed file fits: it is built without sources, run with the key"
copy a
build a
binary=$targets/a/release/sealed
output=$(SEALED_SECRETS_KEY_FILE=$here/key.txt "$binary")
echo "$output"
grep -qx "password: dummy of the sealed password" <<<"$output"
! "$binary" || fail "it ran without a key"

echo "-- the binary has the plain value, and no other"
grep -qa "dummy region" "$binary" || fail "grep does not find what is there"
! grep -a "dummy of the sealed" "$binary" || fail "a value is in the binary"

echo "-- a second build, in another folder, gives the same binary"
copy b
# What was compiled of other crates is taken over.
rm -rf "$targets/b"
cp -a "$targets/a" "$targets/b"
(cd "$work/b" && CARGO_TARGET_DIR=$targets/b cargo clean --quiet --release -p sealed -p secrets-embed -p secrets-build)
[ ! -e "$targets/b/release/sealed" ] || fail "the first binary is still there"
build b
cd "$targets"
sha256sum a/release/sealed b/release/sealed
cmp a/release/sealed b/release/sealed
