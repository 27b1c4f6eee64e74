#!/usr/bin/env bash
# How long 1,000 mails take: 1,000 employers, each with a vacancy that is soon over, written to over a mail server on this
# machine. Prints the seconds, and fails when a mail is missing or came twice.
# Usage: bench/messages.sh [PADANKERJA] [COUNT]   (default target/release/padankerja, 1000)
#        DATABASE_URL=postgres://.. for an empty PostgreSQL database, else SQLite in a temporary folder
set -euo pipefail
here=$(realpath "$(dirname "$0")")
bin=$(realpath "${1:-$here/../target/release/padankerja}")
count=${2:-1000}
work=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
export PADANKERJA_DATA_DIR=$work/data PADANKERJA_LOG=error
"$bin" sample --kind plain --people 0 --employers "$count" --vacancies "$count" --seats "$count" --out sample >/dev/null
python3 - "$count" <<'PY'
import datetime, json, sys
soon = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
employers = [json.loads(line) for line in open("sample/employers.jsonl")]
vacancies = [json.loads(line) for line in open("sample/vacancies.jsonl")]
for number, employer in enumerate(employers):
    employer["email"] = f"hrd{number:05}@pabrik.example"
for number, vacancy in enumerate(vacancies):
    vacancy["employer"] = employers[number % len(employers)]["name"]
    for name in ("employer_nib", "nib"):
        vacancy.pop(name, None)
    vacancy["closes_on"] = soon
for name, rows in (("employers", employers), ("vacancies", vacancies)):
    with open(f"sample/{name}.jsonl", "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
PY
"$bin" import employers sample/employers.jsonl --publish-as sample >/dev/null
"$bin" import vacancies sample/vacancies.jsonl --publish-as sample >/dev/null
mkdir box
/usr/bin/python3 "$here/../tests/lib/smtpd.py" box >port &
server=$!
until [ -s port ]; do sleep 0.1; done
export PADANKERJA_MAIL_URL="smtp://127.0.0.1:$(cat port)" PADANKERJA_MAIL_FROM=kerja@contoh.example PADANKERJA_OFFICE_PHONE="(0271) 000000"
began=$(date +%s.%N)
"$bin" messages send --json
ended=$(date +%s.%N)
mails=$(find box -type f | wc -l)
readers=$(cat box/* | grep -h '^X-Rcpt: hrd' | sort -u | wc -l)
echo "$mails mails to $readers employers in $(echo "$ended - $began" | bc) s"
[ "$mails" -eq "$count" ] && [ "$readers" -eq "$count" ]
