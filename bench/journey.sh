#!/usr/bin/env bash
# The spine on real input: imports a collection of advertisements (published as samples) and 20,000 invented people, starts the
# service, and lets bench/journey.py run a match through the API (reading statuses meanwhile), publish it, confirm 100
# proposals, record 80 consents and follow one person to `started`.
# Usage: bench/journey.sh ADS.jsonl [PADANKERJA]   Prints the figures; exit code 1 when something is not as promised.
set -eu
ads=$(realpath "$1")
bin=$(realpath "${2:-target/release/padankerja}")
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"

"$bin" sample --kind plain --people 20000 --vacancies 0 --seats 0 --out made >/dev/null
"$bin" import people made/people.jsonl
echo '-- without --publish-as'
"$bin" import vacancies "$ads" 2>/dev/null
"$bin" match --json | grep -E '^    "(vacancies|vacancies_matched|proposed)"'
echo '-- with --publish-as sample'
mkdir published && cd published
"$bin" import people ../made/people.jsonl
"$bin" import vacancies "$ads" --publish-as sample --valid-days 60 --place-seed 1 2>/dev/null
echo '-- match run from the command line: seconds and peak memory'
/usr/bin/env time -f '%e s wall, %M kB peak' "$bin" match --json | grep -E '_seconds|^    "(people|vacancies|vacancies_matched|pairs|proposed|optimum|dual)"'
password=sandi-$RANDOM-$RANDOM-petugas
"$bin" user create --login petugas --role staff --organisation Disperinaker --new-organisation \
  --rights verify,confirm,nominate,report <<<"$password" >/dev/null
"$bin" serve --listen 127.0.0.1:0 2>serve.log & server=$!
for _ in $(seq 100); do
  port=$(grep -oE '127\.0\.0\.1:[0-9]+' serve.log | head -n 1 | cut -d: -f2)
  [ -n "$port" ] && break
  sleep 0.1
done
PASSWORD=$password python3 "$here/journey.py" "http://127.0.0.1:$port"
kill "$server"; wait "$server" || true; server=
"$bin" doctor
