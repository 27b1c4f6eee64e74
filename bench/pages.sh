#!/usr/bin/env bash
# What pages weigh and how quickly they are answered: a demo of so many people, one request after the other.
# bench/pages.sh [PEOPLE] [REQUESTS]; needs curl, node with what tests/e2e uses, and the release build. Prints for each kind of
# page the bytes of its HTML (gzip) and milliseconds (p50, p95) as curl sees them, what a first visit loads, and when its largest
# part is there on a slow phone.
set -euo pipefail
people=${1:-20000} requests=${2:-200}
bin=${PADANKERJA:-target/release/padankerja}
work=$(mktemp -d)
trap 'kill "${demo:-$$}" 2>/dev/null || true; rm -rf "$work"' EXIT
"$bin" --data-dir "$work/data" demo --port 0 --people "$people" >"$work/demo.txt" 2>&1 &
demo=$!
until grep -q 'ketik kode' "$work/demo.txt"; do
  kill -0 "$demo" || { cat "$work/demo.txt"; exit 1; }
  sleep 1
done
base=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/demo.txt" | head -1)
code=$(grep -o 'ketik kode [0-9 ]*' "$work/demo.txt" | tr -dc 0-9)
year=$(grep -o 'tahun lahir [0-9]*' "$work/demo.txt" | tr -dc 0-9)
get() { curl -s -b "$work/cookies" -H 'Accept-Encoding: gzip' -o /dev/null "$@"; }
curl -s -c "$work/cookies" -o /dev/null -H 'Sec-Fetch-Site: same-origin' --data-urlencode "code=$code" --data "birth_year=$year" \
  --data 'phone=086012345678' --data-urlencode 'password=kucing naik becak' "$base/aktivasi"
own=$(curl -s -b "$work/cookies" "$base/saya" | grep -o '/saya/lamaran/[0-9a-f-]*' | head -1)
vacancy=$(curl -s "$base/lowongan" | grep -o '/lowongan/[0-9a-f-]*' | head -1)
style=$(curl -s "$base/" | grep -o '/static/[^"]*css')
icon=$(curl -s "$base/" | grep -o '/static/[^"]*svg' | head -1)

printf '%-28s %8s %8s %8s\n' page bytes p50 p95
measure() {
  local bytes
  bytes=$(get -w '%{size_download}' "$base$2")
  for _ in $(seq "$requests"); do get -w '%{time_total}\n' "$base$2"; done | sort -n |
    awk -v name="$1" -v bytes="$bytes" '{ t[NR] = $1 * 1000 } END {
      printf "%-28s %8d %8.1f %8.1f\n", name, bytes, t[int(NR * .5 + .5)], t[int(NR * .95 + .5)] }'
}
measure 'applications' /saya
measure 'status' "$own"
measure 'check before a yes' "$own/bersedia"
measure 'what suits' /saya/lowongan
measure 'profile' /saya/profil
measure 'vacancies' /lowongan
measure 'search' '/lowongan?q=operator+jahit'
measure 'vacancy' "$vacancy"
measure 'home' /
sum=0
for one in "$own" "$style" "$icon"; do sum=$((sum + $(get -w '%{size_download}' "$base$one"))); done
echo "a first visit of the status page: 3 requests, $sum bytes, no script"
cookie=$(awk '/masuk/ { print $6 "=" $7 }' "$work/cookies")
node tests/e2e/lcp.js "$base$own" "$cookie"
