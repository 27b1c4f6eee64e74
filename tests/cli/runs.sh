#!/usr/bin/env bash
# Match runs at the terminal: the rule, runs, the price of priority, compare, fairness, gap, replay, publish, explain.
# $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
# The value of a JSON path in a file, by python.
value() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval("d"+sys.argv[2]))' "$1" "$2"; }

for command in runs unknown-desil undated-evidence next-steps people vacancies applications fairness gap doctor reindex 'rank --vacancy kasir' 'audit verify' \
  'replay 01990000-0000-7000-8000-000000000001' 'person export 5e4f3c21 --out siti.json' 'person erase 5e4f3c21 --reason requested --yes'; do
  # shellcheck disable=SC2086 # words on purpose
  expect "nothing there: $command" 2 'belum ada basis data.*padankerja demo' "$bin" $command
done
expect 'and nothing was made' 0 '^0$' sh -c 'ls -A | wc -l'
"$bin" sample --kind plain --people 600 --vacancies 40 --seats 200 --seed 5 --out sample >sample.txt 2>&1
for kind in employers vacancies people; do
  expect "import $kind" 0 'disimpan' "$bin" import "$kind" "sample/$kind.jsonl" --publish-as sample --valid-days 60 --place-seed 1
done
expect 'no run yet' 0 'Belum ada proses' "$bin" runs
expect 'no run to report on' 2 'daftar: padankerja runs' "$bin" fairness
expect 'no list without a run' 0 'Belum ada proses' "$bin" unknown-desil
expect 'nor as JSON' 0 '^\[\]$' "$bin" unknown-desil --json
expect 'an unknown run' 2 'tidak ada; daftar' "$bin" replay 01990000-0000-7000-8000-000000000001
expect 'an unknown short id' 2 'proses 5e4f3c21 tidak ada; daftar' "$bin" replay 5e4f3c21

floor() { printf '{"floors": [%s]}' "$2" >"$1.json"; }
poor='{"group": "desil_1_4", "share": 0.5, "per": "vacancy"}'
floor overlap "$poor, {\"group\": \"disability\", \"share\": 0.1, \"per\": \"vacancy\"}"
expect 'overlapping floors' 2 'overlap\.json: isian "floors": kelompok desil_1_4 dan disability tumpang tindih' "$bin" match --policy overlap.json
floor above '{"group": "desil_1_4", "share": 1.5, "per": "vacancy"}'
expect 'a floor above 1' 2 'baris 1, kolom [0-9]+: bagian harus antara 0 dan 1' "$bin" match --policy above.json
floor unknown '{"group": "women", "share": 0.5, "per": "vacancy"}'
expect 'an unknown criterion' 2 'baris 1, kolom [0-9]+: kelompok ini tidak dikenal' "$bin" match --policy unknown.json
floor sum "$poor, {\"group\": \"desil_5_8\", \"share\": 0.6, \"per\": \"vacancy\"}"
expect 'floors that sum to more than there is' 2 '1100 per seribu' "$bin" compare default sum.json
printf '{"priority": {"disability": -5}}' >negative.json
expect 'a negative weight' 2 'negative\.json: .*baris 1, kolom [0-9]+: nilainya di luar batas' "$bin" match --policy negative.json
printf '{"fit_floor": 220,\n "floor": []}' >field.json
expect 'an unknown field, with its line' 2 'baris 2, kolom [0-9]+: isian "floor" tidak dikenal' "$bin" match --policy field.json
expect 'still no run' 0 'Belum ada proses' "$bin" runs

floor half "$poor"
"$bin" match --json >first.json 2>first.err
"$bin" match --policy half.json --json >second.json 2>second.err
expect 'first run proved' 0 '^True$' python3 -c 'import json; s=json.load(open("first.json"))["summary"]; print(s["optimum"] == s["dual"] and s["proposed"] > 100)'
expect 'the floor is met as far as it can be' 0 '^True$' python3 -c 'import json; f=json.load(open("second.json"))["summary"]["floors"][0]; print(0 < f["met"] <= f["wanted"])'
expect 'the price of the priority is told' 0 '^True$' python3 -c 'import json; p=json.load(open("first.json"))["summary"]["priority_price"]; print(p["poor_households"] >= 0 and p["fit_permille"] <= 0)'
run=$(value second.json '["run"]')
expect 'the runs are listed' 0 'half r1' "$bin" runs
expect 'fairness by desil' 0 'desil 1' "$bin" fairness "$run"
expect 'fairness as JSON' 0 '"dimension": "sex"' "$bin" fairness --json
expect 'compare two policies' 0 'rumah tangga desil 1-4' "$bin" compare default half.json
expect 'a policy compared with itself changes nothing' 0 'di lowongan lain: 0; hanya oleh yang pertama: 0, hanya oleh yang kedua: 0' "$bin" compare default default
expect 'a run by its last digits' 0 'desil 1' "$bin" fairness "${run: -8}"
expect 'whose desil is to be asked' 0 '^[0-9a-f]{8} .* (tergeser|belum diusulkan|sudah diusulkan)' "$bin" unknown-desil
expect 'the same of a run, as JSON' 0 '"to_do": "Desil' "$bin" unknown-desil --run "$run" --json
expect 'no line is wider than a terminal' 0 '^True$' sh -c "'$bin' unknown-desil | python3 -c 'import sys; print(max(len(l.rstrip()) for l in sys.stdin) <= 80)'"
expect 'a run that is none' 2 'proses pemadanan tidak dikenal' "$bin" unknown-desil --run 00000000-0000-0000-0000-000000000001
expect 'no number of people' 2 '.' "$bin" unknown-desil --top 0
expect 'who paid is told' 0 'orang tidak jadi diusulkan karena prioritas: [0-9]+ belum diketahui' "$bin" match
expect 'who pays between two policies' 0 'karena kebijakan kedua' "$bin" compare default half.json
expect 'the rule is printed in the run' 0 'Kebijakan half revisi 1: .*desil_1_4' "$bin" match --policy half.json
expect 'comparing stores no run' 0 '^4$' sh -c "'$bin' runs --json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)))'"
expect 'classes to open' 0 'kelas pelatihan|Tidak ada pelatihan' "$bin" gap
expect 'classes as JSON' 0 '"programme"|\[\]' "$bin" gap --json
expect 'replay proves the run' 0 'bita demi bita' "$bin" replay "$run"
expect 'replay as JSON' 0 '"dual_gap": 0' "$bin" replay "$run" --json
expect 'no step yet' 0 'Tidak ada langkah' "$bin" next-steps
"$bin" publish "$run" >published.txt 2>&1
expect 'publish' 0 'Diterbitkan: [1-9]' cat published.txt
expect 'whoever has priority and no proposal gets a step' 0 'Langkah berikutnya: [1-9][0-9]* dibuat .*; 0 tanpa langkah' cat published.txt
expect 'the steps are listed' 0 '^[0-9a-f]{8}  .* [0-9]{4}-[0-9]{2}-[0-9]{2}' "$bin" next-steps
expect 'of a kind, as JSON' 0 '"kind": "desil_check"|^\[\]$' "$bin" next-steps --kind desil_check --json
expect 'a kind that is none' 2 'pilih: proposal' "$bin" next-steps --kind hadiah
expect 'nothing is late' 0 'Tidak ada langkah yang cocok' "$bin" next-steps --overdue
expect 'that there is more' 0 '\-\-top 4' "$bin" next-steps --top 1
step=$("$bin" next-steps --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["id"][-8:])')
expect 'an outcome that is none' 2 'pilih: ' "$bin" next-steps answer "$step" --outcome selesai
expect 'no such step' 2 'tidak ada langkah terbuka' "$bin" next-steps answer 00000000 --outcome not_reached
expect 'what came of it is stored' 0 'tidak terhubungi' "$bin" next-steps answer "$step" --outcome not_reached --note 'Rumah kosong'
expect 'once' 2 'tidak ada langkah terbuka' "$bin" next-steps answer "$step" --outcome not_reached
expect 'steps fit a terminal' 0 '^True$' sh -c "COLUMNS=80 '$bin' next-steps | python3 -c 'import sys; print(max(len(l.rstrip()) for l in sys.stdin) <= 80)'"
short() { sed -n '3{s/ .*//;p}'; }
vacancy=$("$bin" vacancies --state open | short)
application=$("$bin" applications --state proposed | short)
person=$("$bin" people --limit 1 | short)
expect 'every line of a table fits' 0 '^0$' sh -c "for list in runs people vacancies applications 'rank --vacancy $vacancy'; do COLUMNS=80 '$bin' \$list; done | python3 -c 'import sys; print(sum(len(line.rstrip()) > 80 for line in sys.stdin))'"
expect 'a person by name' 0 "^$person " "$bin" people --name "$("$bin" people --limit 1 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["name"])')"
expect 'a person by the end of the NIK' 0 "^$person " "$bin" people --nik "$("$bin" people --limit 1 --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["nik_tail"])')"
expect 'nobody of that name' 0 'Tidak ada yang cocok' "$bin" people --name 'Tidak Mungkin Ada'
expect 'a district that is not there' 2 'tidak ada kecamatan' "$bin" people --district Entah
expect 'a state that is not there' 2 'pilih: seeking \(mencari kerja\)' "$bin" people --state happy
expect 'times as the office has them' 0 'mulai \(WIB\)' "$bin" runs
expect 'a shortlist by short id' 0 '^ +1  [0-9a-f]{8}  |Tidak ada orang' "$bin" rank --vacancy "$vacancy"
expect 'an application by short id' 0 'cocok|sebidang|kecocokan' "$bin" explain "$application"
expect 'of several vacancies a list' 2 'pilih salah satu id ini:' "$bin" rank --vacancy operator
expect 'several people of a name' 2 'pilih salah satu id ini:' "$bin" explain a
expect 'nobody is late' 0 'Tidak ada yang cocok' "$bin" applications --overdue
expect 'an advertisement without a job' 2 'tidak ada pekerjaan yang terbaca' sh -c "printf '\n' >empty.txt; '$bin' rank --text empty.txt"
expect 'publishing twice is refused' 1 'run_not_publishable' "$bin" publish "$run"
expect 'replay still holds' 0 '"proposals_foreign": 0' "$bin" replay "$run" --json
expect 'a newer run renews what nobody answered' 0 ' [1-9][0-9]* usulan diperbarui,' "$bin" match --publish
expect 'help has examples' 0 'Contoh' "$bin" gap --help
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
