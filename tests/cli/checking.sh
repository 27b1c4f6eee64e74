#!/usr/bin/env bash
# What officers have to look up, what is read of an ad, and that a command answers without a word beside its answer.
# $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
# Runs a command; its exit code and how many bytes it wrote beside its answer.
beside() { "$@" >out.txt 2>err.txt; echo "$? $(wc -c <err.txt)"; }
# How many lines of a command's answer are wider than a terminal.
wide() { COLUMNS=80 "$@" | python3 -c 'import sys; print(sum(len(line.rstrip("\n")) > 80 for line in sys.stdin))'; }
# One change of the database, as an earlier program left it.
changed() { python3 -c 'import sqlite3,sys; db=sqlite3.connect("data/padankerja.db"); print(db.execute(sys.argv[1]).rowcount); db.commit()' "$1"; }

"$bin" sample --kind plain --people 60 --vacancies 10 --seats 30 --seed 5 --out sample >sample.txt 2>&1
for kind in employers vacancies people; do
  expect "import $kind" 0 'disimpan' "$bin" import "$kind" "sample/$kind.jsonl" --publish-as sample --valid-days 60 --place-seed 1
done

vacancy=$("$bin" vacancies --state open | sed -n '3{s/ .*//;p}')
rank() { rm -rf data/index; "$@" "$bin" rank --vacancy "$vacancy" --json; }
expect 'an index is built without a word' 0 '^0 0$' beside rank env
expect 'and the answer is JSON' 0 '^True$' sh -c "python3 -c 'import json; print(isinstance(json.load(open(\"out.txt\")), list))'"
expect 'a filter of the log decides' 0 'building the search index' rank env PADANKERJA_LOG=info
expect 'so does the usual variable' 0 'building the search index' rank env RUST_LOG=info
expect 'ours goes before' 0 '^0 0$' beside rank env RUST_LOG=info PADANKERJA_LOG=error
printf 'log = "info"\n' >told.toml
expect 'so does the file' 0 'building the search index' sh -c "rm -r data/index; '$bin' --config told.toml rank --vacancy $vacancy"
expect 'the log goes beside the answer' 0 '^True$' sh -c "rm -r data/index; PADANKERJA_LOG=info '$bin' rank --vacancy $vacancy --json 2>/dev/null | python3 -c 'import json,sys; print(isinstance(json.load(sys.stdin), list))'"
served() {
  PADANKERJA_LISTEN=127.0.0.1:0 "$bin" serve >served.txt 2>&1 &
  until_says listening served.txt
  kill -TERM $! && wait $! && cat served.txt
}
expect 'the service tells what it does' 0 'listening' served

expect 'all evidence is dated' 0 'Semua bukti' "$bin" undated-evidence
expect 'as JSON' 0 '^\[\]$' "$bin" undated-evidence --json
expect 'an earlier program dated some itself' 0 '^[1-9]' changed "update criteria set undated = 1, dated_on = date('now'), expires_on = date('now', '+1 year') where criterion = 'desil' and value < 4"
expect 'a line for each' 0 "^[0-9a-f]{8}  .* desil [123] .* $(date -u +%Y)-" "$bin" undated-evidence
expect 'what to do' 0 'Dinas Sosial' "$bin" undated-evidence --top 1
expect 'that there is more' 0 '\-\-top 4' "$bin" undated-evidence --top 1
expect 'what to do, as JSON' 0 '"to_do": "Tanyakan' "$bin" undated-evidence --json
expect 'evidence fits a terminal' 0 '^0$' wide "$bin" undated-evidence
expect 'no number of lines' 2 'top' "$bin" undated-evidence --top 0
expect 'doctor names the list' 0 'diperiksa: [1-9].*padankerja undated-evidence' "$bin" doctor

expect 'no flag waits' 0 'Tidak ada lowongan tayang yang menunggu' "$bin" vacancies --flags-open
flags='[{"kind":"age","evidence":[{"column":"description","sentence":"maks 27 th"}],"reason":null,"misread":false,"found_later":true},{"kind":"sex","evidence":[],"reason":"menjaga asrama putri","misread":false,"found_later":true},{"kind":"fee","evidence":[],"reason":null,"misread":false,"found_later":true}]'
expect 'a finder learnt something' 0 '^1$' changed "update vacancies set flags = '$flags', flags_open_since = '2026-11-27T01:00:00+00:00' where id = (select min(id) from vacancies where state = 'open')"
expect 'the kinds that wait' 0 '^[0-9a-f]{8}  .*  usia, biaya$' "$bin" vacancies --flags-open
expect 'a line a vacancy' 0 '^3$' sh -c "'$bin' vacancies --flags-open | wc -l"
expect 'flags fit a terminal' 0 '^0$' wide "$bin" vacancies --flags-open
expect 'flags as JSON' 0 "^\['age', 'fee'\]$" sh -c "'$bin' vacancies --flags-open --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0][\"flags_waiting\"])'"
expect 'of another employer none' 0 'Tidak ada yang cocok' "$bin" vacancies --flags-open --state draft
expect 'doctor names that list too' 0 'petugas: 1; lihat: padankerja vacancies --flags-open' "$bin" doctor

cat >ad.txt <<'AD'
DIBUTUHKAN SEGERA
1. Operator Jahit (12 orang)
- pengalaman minimal 1 tahun, bisa mesin obras
- usia maks. 30 tahun
2. Sopir truk
- SIM B1, gaji 2,7 jt - 3,2 jt
AD
expect 'the first position' 0 '^Posisi 1 dari 2: Operator Jahit' "$bin" read ad.txt
expect 'its seats' 0 '^  kursi +12$' "$bin" read ad.txt
expect 'its experience' 0 'paling sedikit 1 tahun' "$bin" read ad.txt
expect 'the code with its title' 0 '^  jabatan \(KBJI\) +[0-9]{4} [A-Z]' "$bin" read ad.txt
expect 'the pay of the second' 0 'Rp2.700.000 sampai Rp3.200.000 sebulan' "$bin" read ad.txt
expect 'what it does not say' 0 '^  tempat kerja +tidak terbaca$' "$bin" read ad.txt
expect 'the sentence to decide about' 0 'batas usia: "usia maks. 30 tahun"' "$bin" read ad.txt
expect 'a report fits a terminal' 0 '^0$' wide "$bin" read ad.txt
expect 'the same for programs' 0 '^2 operator jahit age$' sh -c "'$bin' read ad.txt --json | python3 -c 'import json,sys; d=json.load(sys.stdin); print(len(d[\"positions\"]), d[\"title\"], d[\"flags\"][0][\"kind\"])'"
printf ' \n' >empty.txt
expect 'no job, no report' 2 'tidak ada pekerjaan yang terbaca' "$bin" read empty.txt
head -c 500 /dev/urandom >noise.txt
expect 'noise is no ad' 2 'noise.txt: bukan teks UTF-8' "$bin" read noise.txt
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
