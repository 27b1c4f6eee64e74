#!/usr/bin/env bash
# How long the jobs of a day take on a regency: 100,000 people, 20,000 applications, 500 of them past their day. Fills an SQLite
# file through the command line (a match run and its publishing), moves 500 deadlines by SQL, lets the service do each job
# once, and prints what each took.
# Usage: bench/jobs.sh [PADANKERJA] [PEOPLE]   (default target/release/padankerja, 100000); some minutes, most of them the run
set -euo pipefail
here=$(realpath "$(dirname "$0")")
bin=$(realpath "${1:-$here/../target/release/padankerja}")
people=${2:-100000}
work=$(mktemp -d)
service=
trap 'kill $service 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
export PADANKERJA_DATA_DIR=$work/data PADANKERJA_LOG=error
"$bin" sample --kind plain --people "$people" --employers 100 --vacancies 400 --seats $((people / 10)) --seed 5 --out sample >/dev/null
"$bin" import employers sample/employers.jsonl --publish-as sample >/dev/null
"$bin" import vacancies sample/vacancies.jsonl --publish-as sample >/dev/null
"$bin" import people sample/people.jsonl >/dev/null
"$bin" match --publish >/dev/null
python3 - <<'PY'
import datetime, sqlite3
file = sqlite3.connect("data/padankerja.db", isolation_level=None)
past = (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
rows = file.execute("""select id, vacancy_id, person_id from (select a.*, row_number() over (partition by a.person_id) as n
  from applications a where a.state = 'proposed') where n = 1 limit 500""").fetchall()
file.execute("begin immediate")
for application, vacancy, person in rows:
    file.execute("update applications set state = 'confirmed', deadline = ? where id = ?", (past, application))
    file.execute("update vacancies set live = live + 1 where id = ?", (vacancy,))
    file.execute("update people set live = live + 1 where id = ?", (person,))
file.execute("commit")
count = lambda what: file.execute(f"select count(*) from {what}").fetchone()[0]
print(count("people"), "people,", count("applications"), "applications,", len(rows), "past their day")
PY
"$bin" serve --listen 127.0.0.1:0 >/dev/null 2>&1 &
service=$!
python3 - <<'PY'
import sqlite3, time
file = sqlite3.connect("file:data/padankerja.db?mode=ro", uri=True)
ended = lambda: file.execute("select name, duration_ms, done from jobs where ended_at is not null").fetchall()
listed = lambda: file.execute("select count(*) from jobs").fetchone()[0]
until = time.time() + 180
while time.time() < until and (listed() == 0 or len(ended()) < listed()):
    time.sleep(1)
jobs = ended()
for name, took, done in sorted(jobs, key=lambda job: -job[1]):
    print(f"{name:20} {took / 1000:8.2f} s {done:8} done")
print(f"all {len(jobs)} of {listed()} jobs, one after the other: {sum(took for _, took, _ in jobs) / 1000:.2f} s")
lapsed = file.execute("select count(*) from applications where state = 'lapsed'").fetchone()[0]
print(lapsed, "lapsed")
assert lapsed == 500 and len(jobs) == listed()
PY
