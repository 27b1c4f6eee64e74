#!/usr/bin/env bash
# An invented regency from its files to proposals, by the commands that `sample` names and by nothing else: both kinds.
# $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
# The value of a JSON path in a file, by python.
value() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval("d"+sys.argv[2]))' "$1" "$2"; }

for kind in plain believable; do
  "$bin" sample --kind "$kind" --people 200 --vacancies 20 --seats 80 --employers 24 --seed 5 --out "$kind" >"$kind.txt"
  expect "$kind: what was made" 0 '24 pemberi kerja, 20 lowongan, 200 orang contoh' cat "$kind.txt"
  mkdir "in_$kind"
  grep -E '^  padankerja' "$kind.txt" | sed "s|padankerja|'$bin' --data-dir in_$kind|" >"$kind.sh"
  expect "$kind: four commands take it in and match it" 0 '^4$' sh -c "wc -l <$kind.sh"
  expect "$kind: they do what they say" 0 'Diterbitkan: [1-9][0-9]* lamaran baru' sh -e "$kind.sh"
  expect "$kind: every ad is open" 0 '^20$' sh -c "'$bin' --data-dir in_$kind vacancies --state open --limit 100 --json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)))'"
  "$bin" sample --kind "$kind" --people 200 --vacancies 20 --seats 80 --employers 24 --seed 5 --out again >/dev/null
  expect "$kind: the same seed, the same files" 0 '' diff -r "$kind" again
  rm -r again
done
expect 'the two kinds differ' 1 '' cmp -s plain/people.jsonl believable/people.jsonl
expect 'an unknown kind' 2 'believable, plain' "$bin" sample --kind real
expect 'employers of a file wait for an officer' 0 '24 pemberi kerja menunggu verifikasi petugas' "$bin" --data-dir waiting import employers plain/employers.jsonl
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
