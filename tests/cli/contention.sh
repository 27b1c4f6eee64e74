#!/usr/bin/env bash
# 64 tasks on SQLite, and two processes with 32 tasks each on one PostgreSQL, fight for 200 vacancies of 1 to 3 seats; an SQL
# query judges. $1 = the padankerja binary; contend lies in examples/ beside it. CONTEND_OPERATIONS confirms and hires are tried on each
# database: 5,000 here, to keep the whole run short; bench/run.sh asks for 50,000. Both databases are fought for at once,
# since the fights wait for the disk and for locks most of the time; CONTEND_APART=1 measures one after the other.
set -u
operations=${CONTEND_OPERATIONS:-5000}
contend=$(dirname "$1")/examples/contend
server=${TEST_POSTGRES_URL:?TEST_POSTGRES_URL is not set: this check needs a PostgreSQL server}
work=$(mktemp -d)
name=pk_contend_$$
leave() {
  psql -qX "$server" -c "drop database if exists $name with (force)" 2>/dev/null
  rm -rf "$work"
}
trap leave EXIT
passed=0 failed=0
check() { if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $*"; fi; }

lite="sqlite://$work/contend.db"
psql -qX "$server" -c "create database $name" || exit 1
url=${server%/*}/$name
"$contend" setup "$lite" & alone=$!
"$contend" setup "$url" & shared=$!
check wait $alone
check wait $shared

"$contend" run "$lite" --tasks 64 --operations "$operations" & alone=$!
[ -z "${CONTEND_APART:-}" ] || check wait $alone
"$contend" run "$url" --tasks 32 --operations $((operations / 2)) --seed 1 & first=$!
"$contend" run "$url" --tasks 32 --operations $((operations / 2)) --seed 2 & second=$!
[ -n "${CONTEND_APART:-}" ] || check wait $alone
check wait $first
check wait $second
check "$contend" judge "$lite"
check "$contend" judge "$url"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
