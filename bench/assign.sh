#!/usr/bin/env bash
# The assignment alone against OR-Tools and LEMON on six shapes of 400,000 edges, a seventh, and one of 10 million; every
# optimum must agree. The time of the certificate is shown as a share of the solving time.
# Usage: bench/assign.sh [PADANKERJA]   (default target/release/padankerja)   REPEATS=5 LARGE_REPEATS=1 SHAPES="random rivals"
# OR-Tools comes from pip into a temporary environment (or PYTHON names an interpreter that has ortools and numpy);
# LEMON (Debian: liblemon-dev) is left out, and said to be, when it is not installed (LEMON_ROOT: where it is instead of /usr).
set -eu
cd "$(dirname "$0")/.."
bin=$(realpath "${1:-target/release/padankerja}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${PYTHON:-}" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet ortools numpy
  PYTHON=$work/venv/bin/python
fi
lemon=
root=${LEMON_ROOT:-/usr}
if [ -f "$root/include/lemon/network_simplex.h" ]; then
  library=$(find "$root/lib" -name 'liblemon.a' -o -name 'libemon.a' | head -1)
  g++ -O3 -march=native -DNDEBUG -w -I"$root/include" -o "$work/lemon" bench/assign_lemon.cpp "$library"
  lemon=$work/lemon
fi
"$PYTHON" bench/assign_peers.py "$bin" "$work" $lemon
