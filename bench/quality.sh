#!/usr/bin/env bash
# Quality of reading, coding and ranking on the judged sets, beside BM25 and character TF-IDF, with an ablation.
# Usage: bench/quality.sh EVAL [ADS.jsonl]
#   EVAL        folder with placement-dev/{corpus,queries,none}.jsonl, qrels/test.tsv and occupation-coding-dev/titles.tsv
#   ADS.jsonl   collected advertisements (default EVAL/../data/ads.jsonl): share of titles coded, speed of reading
# Prints Markdown; exit code 2 when EVAL does not hold the sets. Built in release for the speed; PROFILE=dev builds faster.
set -eu
eval=${1:?usage: bench/quality.sh EVAL [ADS.jsonl]}
[ -f "$eval/placement-dev/corpus.jsonl" ] || { echo "quality: no judged sets in $eval (placement-dev/corpus.jsonl is missing)" >&2; exit 2; }
eval=$(realpath "$eval")
ads=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
cargo run --quiet --profile "${PROFILE:-release}" --example quality -- "$eval" ${ads:+"$ads"}
