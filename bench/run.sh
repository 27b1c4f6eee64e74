#!/usr/bin/env bash
# All benchmarks that need nothing but this repository; bench/journey.sh additionally wants a file of advertisements.
# Usage: bench/run.sh [PADANKERJA]   (default target/release/padankerja)
set -eu
cd "$(dirname "$0")/.."
bin=${1:-target/release/padankerja}
[ -x "$bin" ] || cargo build --locked --release
cargo build --locked --release --example contend
echo '== demo: first result'
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
(cd "$work" && /usr/bin/env time -f '%e s wall, %M kB peak' "$OLDPWD/$bin" demo --no-serve | grep -E 'Hasil pertama|usulan untuk')
echo '== contention: 64 tasks on SQLite, two processes on PostgreSQL (TEST_POSTGRES_URL)'
if [ -n "${TEST_POSTGRES_URL:-}" ]; then CONTEND_OPERATIONS=50000 bash tests/cli/contention.sh "$bin"
else contend=$(dirname "$bin")/examples/contend; url=sqlite://$work/contend.db
  "$contend" setup "$url" && "$contend" run "$url" && "$contend" judge "$url"; fi
[ ! -x bench/assign.sh ] || { echo '== assignment against peers'; bash bench/assign.sh; }
