#!/usr/bin/env bash
# 64 tasks on SQLite, and two processes with 32 tasks each on one PostgreSQL, fight for 200 vacancies of 1 to 3 seats; an SQL
# query judges. $1 = the padankerja binary; contend lies beside it. CONTEND_OPERATIONS confirms and hires are tried on each
# database: 10,000 here, to keep the whole run short; bench/run.sh asks for 50,000.
set -u
operations=${CONTEND_OPERATIONS:-10000}
contend=$(dirname "$1")/contend
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $*"; fi; }

lite="sqlite://$work/contend.db"
check "$contend" setup "$lite"
check "$contend" run "$lite" --tasks 64 --operations "$operations"
check "$contend" judge "$lite"

server=${TEST_POSTGRES_URL:?TEST_POSTGRES_URL is not set: this check needs a PostgreSQL server}
name=pk_contend_$$
psql -qX "$server" -c "create database $name" || exit 1
url=${server%/*}/$name
check "$contend" setup "$url"
"$contend" run "$url" --tasks 32 --operations $((operations / 2)) --seed 1 & first=$!
"$contend" run "$url" --tasks 32 --operations $((operations / 2)) --seed 2 & second=$!
check wait $first
check wait $second
check "$contend" judge "$url"
psql -qX "$server" -c "drop database $name with (force)"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
