#!/usr/bin/env bash
# Residents whom another agency names by NIK: taken down from a file, listed, accepted and refused. $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
printf '9911045501990003\n\n 9911045501990004 \n' >nik.txt
printf '123\n' >bad.txt
printf 'nik,name\n9911045501990003,Ani Contoh\n' >ani.csv
expect 'no database yet' 2 'belum' "$bin" nominations
"$bin" user create --login dinsos --role agency --organisation 'Dinas Sosial' --new-organisation --generate >/dev/null
add() { "$bin" nominations add "$1" --organisation "${2:-Dinas Sosial}"; }
expect 'nobody was named' 0 'Tidak ada usulan' "$bin" nominations
expect 'a file without a NIK' 2 'tidak berisi NIK' add /dev/null
expect 'a file that is not there' 2 'tidak dapat dibaca' add none.txt
expect 'a NIK that is none' 2 '16 angka' add bad.txt
expect 'an office that is none' 2 'organisasi tidak dikenal' add nik.txt 'Kantor lain'
expect 'two are named' 0 '2 usulan dari Dinas Sosial dicatat' add nik.txt
expect 'the same words for what was named before' 0 '2 usulan dari Dinas Sosial dicatat' add nik.txt
expect 'nobody is registered' 0 '^2$' sh -c "'$bin' nominations | grep -c 'belum terdaftar'"
"$bin" import people ani.csv >/dev/null
expect 'now one is' 0 'Ani Contoh +menunggu' "$bin" nominations
id_of() { "$bin" nominations --json | python3 -c 'import json,sys; print([row["id"][-8:] for row in json.load(sys.stdin) if bool(row["person_name"]) == (sys.argv[1] == "registered")][0])' "$1"; }
ani=$(id_of registered) other=$(id_of unknown)
expect 'nobody to accept' 2 'warga tidak dikenal' "$bin" nominations accept "$other"
expect 'refused' 0 'ditolak' "$bin" nominations refuse "$other"
expect 'accepted' 0 'diterima: Ani Contoh' "$bin" nominations accept "$ani"
expect 'once' 1 'wrong_state' "$bin" nominations accept "$ani"
expect 'the list of nominees' 0 'Ani Contoh +diterima' "$bin" nominations --state accepted
expect 'a state that is none' 2 'pilih: waiting' "$bin" nominations --state selesai
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
