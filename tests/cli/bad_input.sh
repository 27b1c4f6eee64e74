#!/usr/bin/env bash
# Wrong input at the terminal: a clear message with row, column and value, the right exit code, nothing written.
# $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
people() { "$bin" doctor 2>/dev/null | grep -E '^orang: ' || echo 'orang: none'; }

head='nik,name,sex,village,programme'
printf '%s\n9911045501990001,Siti Contoh,P,33.11.05.2010,Menjahit\n9911049901990002,Budi Contoh,L,33.11.05.2010,Las\n' "$head" >day.csv
expect 'impossible day in a NIK' 2 'baris 3: ditolak: Kolom nik.*tanggal lahir' "$bin" import people day.csv
expect 'nothing half-written' 0 '^orang: 0' people
printf '%s\n9911045501990001,Siti Contoh,P,Desa Entah,Menjahit\n' "$head" >village.csv
expect 'unknown village' 2 'baris 2: ditolak: Kolom village, isi "Desa Entah"' "$bin" import people village.csv
printf '{"nik": 9911045501990001, "name": "Siti"}\n' >numeric.jsonl
expect 'NIK as a number' 2 'baris 1: ditolak: Kolom nik.*angka' "$bin" import people numeric.jsonl
head -c 5000 /dev/urandom >noise.csv
expect 'binary noise as csv' 2 'bukan teks UTF-8|tidak ada judul kolom' "$bin" import people noise.csv
head -c 5000 /dev/urandom >noise.jsonl
expect 'binary noise as jsonl' 2 'baris [0-9]+: berkas ini bukan teks' "$bin" import vacancies noise.jsonl
{ printf '{"nik": "9911045501990001", "name": "'; head -c 200000000 /dev/zero | tr '\0' 'x'; printf '"}\n'; } >long.jsonl
expect 'a line of 200 MB' 2 'baris 1: lebih panjang dari 1 MiB' "$bin" import people long.jsonl
rm long.jsonl
printf 'title,seats,closes_on,village,employer\nOperator Jahit,0,2030-01-01,33.11.05.2010,PT Contoh\n' >seats.csv
expect 'zero seats' 2 'baris 2: ditolak: Kolom seats, isi "0".*tidak boleh 0' "$bin" import vacancies seats.csv
printf 'title,seats,closes_on,village,employer\nOperator Jahit,2,2020-01-01,33.11.05.2010,PT Contoh\n' >past.csv
expect 'closing date in the past' 2 'Kolom closes_on, isi "2020-01-01"' "$bin" import vacancies past.csv
printf 'foo,bar\n1,2\n' >headings.csv
expect 'no known heading' 2 'tidak ada judul kolom yang dikenal' "$bin" import people headings.csv
expect 'an empty file' 2 'berkas ini kosong' sh -c ": >empty.csv; '$bin' import people empty.csv"
expect 'a file that is not there' 2 'berkas tidak ada' "$bin" import people nowhere.csv
expect 'a kind of file that is not known' 2 'CSV UTF-8' "$bin" import people day.xlsx
expect 'still nothing written' 0 '^orang: 0' people
expect 'keep going takes the good row' 0 '1 disimpan.*1 ditolak' "$bin" import people day.csv --keep-going
expect 'one person now' 0 '^orang: 1' people
expect 'a second time it is known' 0 '0 disimpan, 1 sudah ada' "$bin" import people day.csv --keep-going
expect 'dry run writes nothing' 0 'tidak ada yang disimpan' "$bin" import people day.csv --dry-run --keep-going
printf 'Perusahaan;Jabatan;Jumlah\r\nPT Contoh;Kasir;2\r\npt. contoh;Kasir;x\r\n' >list.csv
expect 'lines are those of an editor, columns those of the file' 2 'baris 3: ditolak: Kolom Jumlah, isi "x"' "$bin" import vacancies list.csv
expect 'problems are summed up' 2 'ditolak: 1 baris: kolom Jumlah' "$bin" import vacancies list.csv
expect 'keep going and nothing good' 2 '0 disimpan' "$bin" import vacancies seats.csv --keep-going
printf 'N I K,Nama\n9911045501990003,Ani Contoh\n' >map.csv
expect 'a heading nobody reads is named' 2 'Kolom yang tidak dipakai: "N I K"' "$bin" import people map.csv
expect 'somebody says what it means' 0 '1 disimpan' "$bin" import people map.csv --map 'N I K=nik'
expect 'a field that is not there' 2 'bidang "nikk" tidak ada' "$bin" import people map.csv --map 'N I K=nikk'
printf '[{"nik": "9911045501990003", "name": "Ani Contoh"}]' >list.json
expect 'one list of objects' 0 '1 sudah ada' "$bin" import people list.json
printf 'NIK,Nama,Alamat\n9911045501990004,Edi,Jl. A, RT 1\n' >long.csv
expect 'a row of another length' 2 'baris 2: ditolak: 4 kolom di bawah 3 judul' "$bin" import people long.csv
printf '{"fit_flor": 5}' >policy.json
expect 'policy with an unknown field' 2 'isian "fit_flor" tidak dikenal' "$bin" match --policy policy.json
printf 'vacancy,seats\nA,1\n' >seats2.csv
printf 'profile,vacancy,score\np,A,5\np,A,6\n' >twice.csv
expect 'duplicate edge' 2 '3' "$bin" assign --edges twice.csv --seats seats2.csv
printf 'profile,vacancy,score\np,B,5\n' >unknown.csv
expect 'unknown vacancy' 2 '2.*B|B.*2' "$bin" assign --edges unknown.csv --seats seats2.csv
printf 'profile,vacancy,score\np,A,1.5\n' >half.csv
expect 'score that is no integer' 2 '1\.5' "$bin" assign --edges half.csv --seats seats2.csv
printf 'profile,vacancy,score\np,A,5\nq,A,7\n' >good.csv
expect 'a good instance' 0 '"optimum": 7' "$bin" assign --edges good.csv --seats seats2.csv --json
seq -f 'kasir %.0f' 5000 >many.txt
expect 'a reader that has enough is no fault' 1 '' bash -c '"$0" code many.txt 2>err.txt | head -n 1 >/dev/null; grep . err.txt' "$bin"
head -c 3000000 /dev/zero | tr '\0' 'a' >word.txt
expect 'a word of 3 MB is read at once' 0 '' timeout 90 "$bin" code word.txt
expect 'help has examples' 0 'Contoh' "$bin" --help
expect 'a second match run waits for nothing' 0 'usulan' "$bin" match
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
