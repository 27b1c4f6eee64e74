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
# The past, in the configured database and only where it is empty.
expect 'a past into a database' 0 'Kabupaten contoh, 2 bulan: [0-9]+ orang' "$bin" --data-dir lived sample --people 60 --months 2 --into-database --seed 3
expect 'it can be looked at' 0 '[0-9a-f]{8} ' "$bin" --data-dir lived applications --limit 5
expect 'the audit holds' 0 '' "$bin" --data-dir lived audit verify
expect 'no second one beside it, and it is said what is there' 2 'lived/padankerja.db sudah berisi [0-9]+ orang, [0-9]+ pemberi kerja, .*hanya masuk ke basis data yang kosong' "$bin" --data-dir lived sample --months 2 --into-database
expect 'nor beside employers of a file' 2 'sudah berisi 24 pemberi kerja; data contoh' "$bin" --data-dir waiting sample --into-database
expect 'months are for a past' 2 'into-database' "$bin" sample --months 6
expect 'and for no files' 2 'months' "$bin" sample --months 6 --out nowhere
expect 'and at least two' 2 '.' "$bin" --data-dir short sample --months 1 --into-database
expect 'no files beside it' 2 '.' "$bin" --data-dir short sample --into-database --kind plain
expect 'nothing was made' 1 '' test -e short
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
