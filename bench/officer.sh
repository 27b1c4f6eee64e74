#!/usr/bin/env bash
# Whom an officer would refer: imports the people of a judged set, ranks every advertisement as it was posted, and prints how
# well, beside BM25 and character TF-IDF in the same run, with the worst ads and their reasons.
# Usage: bench/officer.sh DIR [PADANKERJA] [--worst N]   (default target/release/padankerja)
#        bench/officer.sh DIR --guards                   the same with the vocabulary emptied, and without a random fifth of
#                                                        its skills and occupations (built in release; PROFILE=dev is faster)
#   DIR  ads/NN.txt, people.csv, qrels.tsv; tests/judged/officer holds such a set
set -eu
dir=${1:?usage: bench/officer.sh DIR [PADANKERJA] [--worst N] [--guards]}
[ -f "$dir/qrels.tsv" ] || { echo "officer: no judged set in $dir (qrels.tsv is missing)" >&2; exit 2; }
shift
here=$(realpath "$(dirname "$0")")
profile=${PROFILE:-release}
built=$here/../target/${profile/#dev/debug}
if [ "${1:-}" = --guards ]; then
  (cd "$here/.." && cargo build --quiet --profile "$profile" --example quality)
  exec python3 "$here/officer.py" "$built/examples/quality" "$dir" --guards
fi
bin=$here/../target/release/padankerja
if [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; then bin=$1; shift; fi
exec python3 "$here/officer.py" "$bin" "$dir" "$@"
