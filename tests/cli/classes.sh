#!/usr/bin/env bash
# A class of training taken in from a file, its list and results, and its codes on paper: printed, the QR code read by another
# program, eight slips on a page.
# $1 = the padankerja binary.
set -u
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
chromium=${CHROMIUM:-/usr/bin/chromium}
# members FROM TO: rows of a class, after their headings.
members() {
  echo 'NIK,Nama,Tgl. Lahir,Desa/Kel,No. HP,Setuju Dipadankan'
  for number in $(seq "$1" "$2"); do
    printf '991104550190%04d,Contoh %d,05-05-1990,Nguter,0860123%05d,%s\n' "$number" "$number" "$number" \
      "$([ $((number % 5)) = 0 ] && echo tidak || echo ya)"
  done
}
members 1 9 >nine.csv
members 1 41 >many.csv
sed '4s/,ya$/,/' nine.csv >silent.csv
take_in() { "$bin" class take-in "$1" --programme "${2:-Operator Jahit}" --name "Angkatan ${3:-1}" --starts-on 2027-01-04 --ends-on 2027-02-26; }

expect 'no class yet' 2 'belum' "$bin" class list
expect 'a class of 41' 2 '40' take_in many.csv
expect 'somebody was not asked' 2 'baris 4.*Setuju Dipadankan' take_in silent.csv
expect 'then nobody is taken in' 0 'Belum ada warga' "$bin" people
expect 'judged only' 0 'Hanya diperiksa' sh -c "'$bin' class take-in nine.csv --programme Jahit --name A --starts-on 2027-01-04 --ends-on 2027-02-26 --dry-run"
expect 'ends before it starts' 2 'lebih awal' sh -c "'$bin' class take-in nine.csv --programme Jahit --name A --starts-on 2027-01-04 --ends-on 2026-02-26"
expect 'a class of nine' 0 '9 peserta, dipadankan mulai 12 Februari 2027' take_in nine.csv
expect 'the same again' 1 'sudah tercatat' take_in nine.csv
id=$("$bin" class list --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["id"])')
short=${id: -8}
expect 'the list' 0 "^$short +Operator Ja.* Angkatan 1 .* 9 +0/0/0" "$bin" class list
expect 'the newest of several' 0 'Angkatan 2' sh -c "sed 's/9911045501900/9911045501901/' nine.csv >more.csv; '$bin' class take-in more.csv --programme Las --name 'Angkatan 2' --starts-on 2027-01-04 --ends-on 2027-02-26 >/dev/null; '$bin' class list --limit 1"
expect 'that there are more' 0 'limit' "$bin" class list --limit 1
expect 'no date' 2 'ends-on' "$bin" class take-in nine.csv --programme Las --name X --starts-on 2027-01-04 --ends-on besok
expect 'its members' 0 'Contoh 5 .* tidak +berjalan' "$bin" class show "$short"
person=$("$bin" class show "$short" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["people"][0]["person_id"][-8:])')
expect 'results' 0 '8 kompeten, 1 belum kompeten, 0 keluar, 0 tanpa hasil' "$bin" class results "$short" --all K --result "$person=BK"
expect 'a result nobody knows' 2 'K, BK, keluar' "$bin" class results "$short" --all lulusan
expect 'no such class' 2 'class list' "$bin" class show 00000000

expect 'where people reach it is not known' 2 'public_url' "$bin" code-slip --class "$short" --out slips.html
expect 'for whom is not said' 2 '\-\-person.*\-\-class' "$bin" code-slip --out slips.html
expect 'nine slips' 0 '9 kode' "$bin" code-slip --class "$short" --out slips.html --address https://kerja.example.go.id/
expect 'a file is not written over' 2 'sudah ada' "$bin" code-slip --class "$short" --out slips.html --address https://kerja.example.go.id
expect 'for its owner alone' 0 '^600$' stat -c %a slips.html
expect 'a code in fours' 0 '>[0-9]{4} [0-9]{4} [0-9]{4}<' cat slips.html
expect 'nothing from elsewhere' 1 '' grep -E '(src|href)=' slips.html
expect 'one for a person' 0 '1 kode' env PADANKERJA_PUBLIC_URL=https://kerja.example.go.id "$bin" code-slip --person "$person" --out one.html
expect 'nobody' 2 'tidak ada' env PADANKERJA_PUBLIC_URL=https://kerja.example.go.id "$bin" code-slip --person 00000000 --out none.html
expect 'and no file' 1 '' test -e none.html
look() { "$chromium" --headless --no-sandbox --disable-gpu --user-data-dir="$work/browser" "$@" 2>/dev/null; }
look --screenshot=one.png --window-size=820,1200 "file://$work/one.html"
expect 'the picture holds the address and nothing else' 0 '^https://kerja.example.go.id/aktivasi$' zbarimg -q --raw one.png
look --print-to-pdf=slips.pdf --no-pdf-header-footer "file://$work/slips.html"
pages() { python3 -c 'import re,sys; print(len(re.findall(rb"/Type\s*/Page\b", open(sys.argv[1],"rb").read())))' "$1"; }
expect 'eight slips on a page' 0 '^2$' pages slips.pdf

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
