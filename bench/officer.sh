#!/usr/bin/env bash
# Whom an officer would refer: imports the people of a judged set, ranks every advertisement as it was posted, and prints how
# well, beside BM25 and character TF-IDF in the same run, with the worst ads and their reasons.
# Usage: bench/officer.sh DIR [PADANKERJA] [--worst N]   (default target/release/padankerja)
#   DIR  ads/NN.txt, people.csv, qrels.tsv; tests/judged/officer holds such a set
set -eu
dir=${1:?usage: bench/officer.sh DIR [PADANKERJA] [--worst N]}
[ -f "$dir/qrels.tsv" ] || { echo "officer: no judged set in $dir (qrels.tsv is missing)" >&2; exit 2; }
shift
here=$(realpath "$(dirname "$0")")
bin=$here/../target/release/padankerja
if [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; then bin=$1; shift; fi
exec python3 "$here/officer.py" "$bin" "$dir" "$@"
