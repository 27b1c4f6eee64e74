#!/usr/bin/env bash
# How long a shortlist takes at 100,000 people: 200 real advertisements as texts in one process, on SQLite and, when
# TEST_POSTGRES_URL names a server, on PostgreSQL. Exit code 1 when the order differs from that of a match run.
# Usage: bench/rank.sh ADS.jsonl [RANK]   (default target/release/examples/rank)
set -eu
ads=$(realpath "$1")
cd "$(dirname "$0")/.."
rank=${2:-target/release/examples/rank}
[ -x "$rank" ] || cargo build --locked --release --example rank
people=${RANK_PEOPLE:-100000}
work=$(mktemp -d)
name=
trap '[ -z "$name" ] || psql -qX "$TEST_POSTGRES_URL" -c "drop database $name with (force)"; rm -rf "$work"' EXIT
"$rank" "$ads" --dir "$work/lite" --people "$people"
[ -n "${TEST_POSTGRES_URL:-}" ] || exit 0
name=pk_rank_$$
psql -qX "$TEST_POSTGRES_URL" -c "create database $name"
"$rank" "$ads" --dir "$work/server" --url "${TEST_POSTGRES_URL%/*}/$name" --people "$people"
