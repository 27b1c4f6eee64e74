#!/usr/bin/env bash
# Status reads a second with few and with many applications in the table, on SQLite and, when TEST_POSTGRES_URL names a
# server, on PostgreSQL. Exit code 1 when a read makes more than 3 statements or the many cost more than a tenth of the rate.
# Usage: bench/status.sh [STATUS]   (default target/release/examples/status); STATUS_LARGE=1000000, STATUS_SECONDS=10
set -eu
cd "$(dirname "$0")/.."
status=${1:-target/release/examples/status}
[ -x "$status" ] || cargo build --locked --release --example status
large=${STATUS_LARGE:-1000000}
seconds=${STATUS_SECONDS:-10}
work=$(mktemp -d)
name=
drop() { [ -z "$name" ] || psql -qX "$TEST_POSTGRES_URL" -c "drop database if exists $name with (force)"; name=; }
trap 'drop; rm -rf "$work"' EXIT
failed=0

# The rate and the statements of one size.
ask() {
  if [ "$1" = sqlite ]; then url=sqlite://$work/status_$2.db
  else name=pk_status_$$; psql -qX "$TEST_POSTGRES_URL" -c "create database $name"; url=${TEST_POSTGRES_URL%/*}/$name; fi
  "$status" "$url" --applications "$2" --seconds "$seconds" | tail -1 > "$work/answer"
  drop
  rm -f "$work"/status_*
}

for database in sqlite ${TEST_POSTGRES_URL:+postgres}; do
  ask "$database" 1000; read -r few statements cheap < "$work/answer"
  ask "$database" "$large"; read -r many statements dear < "$work/answer"
  awk -v d="$database" -v few="$few" -v many="$many" -v n="$statements" -v large="$large" -v cheap="$cheap" -v dear="$dear" 'BEGIN {
    printf "%s: %.0f a second with 1000 applications, %.0f with %d: %.2f; %d statements a read; processor %d and %d microseconds a read: %.2f\n",
      d, few, many, large, many / few, n, cheap, dear, cheap / dear
    exit !(many / few >= 0.9 && n <= 3) }' || failed=1
done
exit $failed
