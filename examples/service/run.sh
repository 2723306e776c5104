#!/bin/bash
# Starts a PostgreSQL of its own in a temporary folder, starts the service, asks it once, and stops both.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

find_postgres() {
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}
bin=$(find_postgres)
if [ -z "$bin" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    bin=$(find_postgres)
fi
if [ -z "$bin" ]; then
    echo "this example needs PostgreSQL: install Debian's package postgresql" >&2
    exit 1
fi

cargo build --quiet -p service
data=$(mktemp -d)
# PostgreSQL does not run as root.
as=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$data"
    as=(runuser -u postgres --)
fi
cleanup() {
    [ -z "${service:-}" ] || kill "$service" 2>/dev/null || :
    (cd / && "${as[@]}" "$bin/pg_ctl" -D "$data/db" -m immediate stop >/dev/null 2>&1) || :
    rm -rf "$data"
}
trap cleanup EXIT

password=$(sed -n 's/^password = "\(.*\)"$/\1/p' "$here/.secrets/secrets.toml")
cd /
printf '%s' "$password" | "${as[@]}" tee "$data/password" >/dev/null
"${as[@]}" "$bin/initdb" -D "$data/db" -U service --auth=scram-sha-256 --pwfile="$data/password" >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$data/db" -w -l "$data/log" \
    -o "-p 54917 -h 127.0.0.1 -k $data" start >/dev/null
PGPASSWORD=$password "$bin/createdb" -h 127.0.0.1 -p 54917 -U service service 2>/dev/null || :
cd "$here"

SERVICE_SECRETS_KEY_FILE=$here/key.txt cargo run --quiet -p service &
service=$!
for _ in $(seq 100); do
    if answer=$(curl --silent --fail http://127.0.0.1:8917/); then
        echo "$answer"
        exit 0
    fi
    sleep 0.1
done
echo "the service did not answer" >&2
exit 1
