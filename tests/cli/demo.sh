#!/usr/bin/env bash
# The demo and its folder: the port first, no second demo, found again by --data-dir alone; modes of the files; the
# verdicts of doctor. $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
port=$((34000 + RANDOM % 20000))
python3 -m http.server "$port" --bind 127.0.0.1 >/dev/null 2>&1 &
other=$!
trap 'kill -9 "$other" "${demo:-$other}" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 50); do (: </dev/tcp/127.0.0.1/"$port") 2>/dev/null && break; sleep 0.1; done
expect 'a port that is taken is told first' 2 "porta $port tidak dapat dipakai: sudah dipakai" "$bin" demo --port "$port"
expect 'and nothing was filled' 0 '^0$' sh -c 'ls -A | wc -l'
expect 'the demo says what comes next' 0 'padankerja --data-dir data/demo explain' "$bin" demo --no-serve --people 60
expect 'it shows the first run and tells what became of half a year' 0 'Hasil pertama .* detik' "$bin" demo --no-serve --people 60
expect 'by state' 0 '^berhenti karena diterima di tempat lain +[0-9]+' "$bin" demo --no-serve --people 60 --seed 2
in_demo=("$bin" --data-dir data/demo)
expect 'its folder alone is enough' 0 'mencari kerja' "${in_demo[@]}" people --limit 3
expect 'nobody else may read it' 0 '^0$' sh -c 'find data -perm /077 | wc -l'

DOCTOR=("${in_demo[@]}" doctor)
expect 'a verdict on the whole' 0 'Kesimpulan: berjalan, 1 hal perlu perhatian' "${DOCTOR[@]}"
expect 'no backup has a cure' 0 'sqlite3 data/demo/padankerja.db ".backup' "${DOCTOR[@]}"
mkdir data/demo/backup && touch data/demo/backup/today.db && chmod 700 data/demo/backup
behind() { PADANKERJA_PUBLIC_URL=https://kerja.example.go.id "$@"; }
expect 'a proxy that nobody named' 0 'perhatian +batas per alamat: mati' behind "${DOCTOR[@]}"
PADANKERJA_TRUSTED_PROXIES=127.0.0.1 expect 'a proxy that was named' 0 'baik +batas per alamat: jalan: 1 proksi' behind "${DOCTOR[@]}"
for year in $(date +%Y) $(($(date +%Y) + 1)); do
  "${in_demo[@]}" calendar add "$year-12-31" --name 'Libur kantor' --kind local >/dev/null
done
expect 'all is well' 0 'Kesimpulan: baik' "${DOCTOR[@]}"
expect 'as JSON' 0 '"verdict": "good"' "${DOCTOR[@]}" --json
chmod 755 data/demo && chmod 644 data/demo/padankerja.db
expect 'loose modes have a cure' 0 'perhatian +izin berkas.*padankerja.db \(0644\)' "${DOCTOR[@]}"
expect 'and are left to it' 0 '^644$' stat -c %a data/demo/padankerja.db
expect 'a start corrects them with a word' 0 'padankerja.db dipersempit dari 0644 menjadi 0600' "${in_demo[@]}" runs
expect 'the file and the folder' 0 '^600 700 $' sh -c 'stat -c %a data/demo/padankerja.db data/demo | tr "\n" " "'
mv data/demo/keys.json kept.json
expect 'keys that are lost' 3 'rusak +kunci: .*tidak ada' "${DOCTOR[@]}"
expect 'without them no NIK is read' 0 'keys.json tidak ada: NIK' "${in_demo[@]}" people --limit 2
expect 'and no new ones are made' 1 '' test -e data/demo/keys.json
"$bin" --data-dir elsewhere import people /dev/null >/dev/null 2>&1
printf 'nik,name\n9911045501990003,Ani Contoh\n' >ani.csv
"$bin" --data-dir elsewhere import people ani.csv >/dev/null 2>&1
cp elsewhere/keys.json data/demo/keys.json
expect 'keys of another database' 3 'rusak +kunci: .*bukan kunci basis data ini' "${DOCTOR[@]}"
cp kept.json data/demo/keys.json && chmod 600 data/demo/keys.json
rm -rf data/demo/index
expect 'an index that is not there' 0 'perhatian +indeks pencarian: belum ada' "${DOCTOR[@]}"

"$bin" demo --port 0 --people 60 >demo.txt 2>&1 &
demo=$!
until_says 'Layanan:' demo.txt
expect 'it serves' 0 'Layanan: http://127.0.0.1:' cat demo.txt
expect 'no second demo in its folder' 2 'sedang dipakai demo' "$bin" demo --no-serve --people 60
expect 'the first one is unharmed' 0 'mencari kerja' "${in_demo[@]}" people --limit 3
kill -9 "$demo"; wait "$demo" 2>/dev/null
expect 'a killed one leaves nothing behind' 0 'Berikutnya:' "$bin" demo --no-serve --people 60
"$bin" --data-dir data/demo serve --listen 127.0.0.1:0 >serve.txt 2>&1 &
demo=$!
until_says listening serve.txt
expect 'nor beside a service on that folder' 2 'sedang dipakai demo' "$bin" demo --no-serve --people 60
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
