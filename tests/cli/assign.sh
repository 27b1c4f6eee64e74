#!/usr/bin/env bash
# `padankerja assign` on right and wrong files: the optimum, or a message with file, row, column and value, exit code 2,
# and no result written. $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
good_seats='vacancy,seats\nlas,1\njahit,2\n'
good_edges='profile,vacancy,score\nani,las,9\nbudi,las,8\nani,jahit,7\ncitra,jahit,-1\n'
# wrong NAME PATTERN SEATS EDGES: refused, and no result is left behind.
wrong() {
  printf '%b' "$3" >seats.csv
  printf '%b' "$4" >edges.csv
  expect "$1" 2 "$2" "$bin" assign --edges edges.csv --seats seats.csv --out out.csv --json
  if [ -e out.csv ]; then failed=$((failed + 1)); echo "failed: $1: a result was written"; rm out.csv; fi
}
head='profile,vacancy,score\n'

printf '%b' "$good_seats" >seats.csv
printf '%b' "$good_edges" >edges.csv
expect 'optimum and dual' 0 '"optimum": 15' "$bin" assign --edges edges.csv --seats seats.csv --out out.csv --json
expect 'times' 0 '"certificate_seconds": [0-9.e-]+' "$bin" assign --edges edges.csv --seats seats.csv --json
expect 'the rows of the result' 0 '^profile,vacancy,score ani,jahit,7 budi,las,8 $' tr '\n' ' ' <out.csv
rm out.csv
expect 'in words' 0 'optimum 15 = dual 15, 2 ditugaskan' "$bin" assign --edges edges.csv --seats seats.csv
printf '%b' "$head" >none.csv
expect 'nobody wants anything' 0 '"optimum": 0' "$bin" assign --edges none.csv --seats seats.csv --json

wrong 'a score with a fraction' 'edges.csv: baris 3: kolom "score", isi "1\.5": bukan bilangan bulat' "$good_seats" "${head}ani,las,1\nani,jahit,1.5\n"
wrong 'a score in words' 'edges.csv: baris 2: .*"sembilan"' "$good_seats" "${head}ani,las,sembilan\n"
wrong 'no score' 'edges.csv: baris 2: kolom "score", isi ""' "$good_seats" "${head}ani,las,\n"
wrong 'a score beyond 64 bits' 'baris 2: .*"9223372036854775808": bukan' "$good_seats" "${head}ani,las,9223372036854775808\n"
wrong 'a score too large' 'baris 2: kolom "score", isi "9223372036854775807": lebih besar' "$good_seats" "${head}ani,las,9223372036854775807\n"
wrong 'a duplicate edge, past blank lines' 'edges.csv: baris 5: pasangan "ani" dan "las" sudah ada' "$good_seats" "${head}ani,las,1\n\nani,jahit,1\nani,las,2\n"
wrong 'an unknown vacancy' 'edges.csv: baris 2: lowongan "supir" tidak ada di berkas kursi' "$good_seats" "${head}ani,supir,1\n"
wrong 'nobody named' 'edges.csv: baris 2: kolom "profile" kosong' "$good_seats" "${head},las,1\n"
wrong 'a row too short' 'edges.csv: baris 2: kolom "score" tidak ada' "$good_seats" "${head}ani,las\n"
wrong 'a quote left open' 'edges.csv: baris 2: tanda kutip' "$good_seats" "${head}\"ani,las,1\n"
wrong 'no column of scores' 'edges.csv: baris 1: judul kolom "score" tidak ada' "$good_seats" 'profile,vacancy\nani,las\n'
wrong 'no headings' 'edges.csv: baris 1: judul kolom "profile"' "$good_seats" 'ani,las,1\n'
wrong 'empty edges' 'edges.csv: baris 1: judul kolom "profile"' "$good_seats" ''
wrong 'empty seats' 'seats.csv: baris 1: judul kolom "vacancy"' '' "$good_edges"
wrong 'no column of seats' 'seats.csv: baris 1: judul kolom "seats"' 'vacancy,kursi\nlas,1\n' "$good_edges"
wrong 'negative seats' 'seats.csv: baris 2: kolom "seats", isi "-1": tidak boleh negatif' 'vacancy,seats\nlas,-1\n' "$good_edges"
wrong 'seats in words' 'seats.csv: baris 3: kolom "seats", isi "dua"' 'vacancy,seats\nlas,1\njahit,dua\n' "$good_edges"
wrong 'a vacancy twice' 'seats.csv: baris 3: lowongan "las" sudah punya' 'vacancy,seats\nlas,1\nlas,2\n' "$good_edges"
wrong 'bytes that are no text' 'edges.csv: baris 2: bukan teks UTF-8' "$good_seats" "${head}\\0377ani,las,1\n"
wrong 'a file with zeros' 'edges.csv: baris 2: lowongan' "$good_seats" "${head}ani,\\0000las,1\n"

head -c 5000 /dev/urandom >noise.csv
printf '%b' "$good_seats" >seats.csv
printf '%b' "$good_edges" >edges.csv
expect 'noise as edges' 2 'noise.csv: baris [0-9]+: ' "$bin" assign --edges noise.csv --seats seats.csv
expect 'noise as seats' 2 'noise.csv: baris [0-9]+: ' "$bin" assign --edges edges.csv --seats noise.csv
{ printf '%b' "$head"; head -c 3000000 /dev/zero | tr '\0' 'x'; } >long.csv
expect 'a line that does not end' 2 'long.csv: baris 2 lebih panjang dari 1 MiB' "$bin" assign --edges long.csv --seats seats.csv
expect 'a file that is not there' 2 'nowhere.csv: tidak dapat dibaca' "$bin" assign --edges nowhere.csv --seats seats.csv
expect 'a folder instead of a file' 2 '\./: tidak dapat dibaca' "$bin" assign --edges ./ --seats seats.csv
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
