#!/usr/bin/env bash
# Fills small databases with the program of commit bcef901 on both engines and keeps them here, compressed, with the keys
# that belong to them and expected.json, which says what is in them. tests/it/survival brings each to the present schema.
# They are made once: run this again only for another old program, never to let a failing test pass.
#
# Usage: tests/survival/make.sh [BINARY]    BINARY: padankerja as built at bcef901; built here when left out.
# Needs PostgreSQL 15 or newer (its own server is started), python3, zstd, sqlite3. Takes about five minutes: the audit
# is sealed two minutes after each minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
OLD=bcef901
here=$PWD/tests/survival
WORK=$(mktemp -d)
# shellcheck source=tests/lib/postgres.sh
source tests/lib/postgres.sh
SERVICE=
finish() {
  if [ -n "$SERVICE" ]; then kill "$SERVICE" 2>/dev/null || true; fi
  stop_postgres || true
  git worktree remove --force "$WORK/old" 2>/dev/null || true
  rm -rf "$WORK"
}
trap finish EXIT

if [ $# -gt 0 ]; then
  bin=$(realpath "$1")
else
  git worktree add --detach "$WORK/old" "$OLD"
  cargo build --release --bin padankerja --manifest-path "$WORK/old/Cargo.toml" --target-dir "$WORK/target"
  bin=$WORK/target/release/padankerja
fi

start_postgres
server=${TEST_POSTGRES_URL%/*}
export PADANKERJA_LOG=warn PADANKERJA_KEYS_FILE=$WORK/keys.json
unset PADANKERJA_CONFIG PADANKERJA_DATA_DIR
cd "$WORK"

# use NAME: sets it as $name, and as the database the commands that follow work on, `demo.sqlite` and so on.
use() {
  name=$1
  case $1 in
    *.sqlite) DATABASE_URL=sqlite://$WORK/$1 ;;
    *.postgres)
      DATABASE_URL=$server/${1%.*}
      psql -qX -c "create database ${1%.*}" "$TEST_POSTGRES_URL" 2>/dev/null || true
      ;;
  esac
  export DATABASE_URL PADANKERJA_DATA_DIR=$WORK/data.$1
}

# fill PEOPLE [SAMPLE-OPTIONS]: what `demo` does, by the commands that do the same on any database.
fill() {
  local people=$1 kind
  shift
  "$bin" sample --kind plain --people "$people" "$@" --out sample >/dev/null
  for kind in employers vacancies people; do
    "$bin" import "$kind" "sample/$kind.jsonl" --publish-as sample --valid-days 60 --place-seed 1 >/dev/null
  done
}

# login NAME ROLE [OPTIONS]
login() {
  local name=$1 role=$2
  shift 2
  echo 'kata sandi contoh' | "$bin" user create --login "$name" --role "$role" "$@" >/dev/null
}

logins_of_the_office() {
  login petugas staff --organisation 'Disperinaker (contoh)' --new-organisation --rights verify,confirm,nominate,report
  login pengawas supervisor --organisation 'Disperinaker (contoh)'
  login pendamping companion --organisation 'Desa (contoh)' --new-organisation --village 33.11.05.2010
  login dinsos agency --organisation 'Dinas Sosial (contoh)' --new-organisation
  login admin administrator
}

serve() {
  "$bin" serve --listen 127.0.0.1:18090 >serve.log 2>&1 &
  SERVICE=$!
  for _ in $(seq 100); do
    if "$bin" health --at 127.0.0.1:18090 >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  cat serve.log >&2
  return 1
}

stop_serving() {
  kill -TERM "$SERVICE"
  wait "$SERVICE" || true
  SERVICE=
}

# A database that has lived: three runs, applications in every state, an employer suspended, people erased.
live() {
  local employer person suspended base=http://127.0.0.1:18090
  fill 140 --vacancies 12 --seats 60 --employers 4 --seed 9
  # Vacancies of a file that lacks what publishing needs stay incomplete.
  python3 -c 'import json
for n, line in enumerate(open("sample/vacancies.jsonl")):
    row = json.loads(line) | {"seats": None, "reserved_seats": None, "wage_min": None, "title": f"Lowongan belum lengkap {n}"}
    if n < 3: print(json.dumps(row))' >incomplete.jsonl
  "$bin" import vacancies incomplete.jsonl --keep-going >/dev/null
  printf '{"floors": [{"group": "desil_1_4", "share": 0.5, "per": "vacancy"}]}' >half.json
  "$bin" match --policy half.json >/dev/null
  "$bin" match --seed 3 --publish >/dev/null
  logins_of_the_office
  serve
  read -r employer person suspended < <(python3 "$here/live.py" pick "$base")
  login pabrik employer --employer "$employer"
  login pencaker trainee --person "$person"
  python3 "$here/live.py" live "$base" "$employer" "$person" "$suspended"
  stop_serving
  mv erase "$name.erase"
}

PADANKERJA_DATA_DIR=$WORK "$bin" demo --no-serve --people 60 --data-dir "$WORK" >/dev/null
mv demo/keys.json keys.json
mv demo/padankerja.db demo.sqlite
if [ -e demo/padankerja.db-wal ]; then mv demo/padankerja.db-wal demo.sqlite-wal; fi
use demo.postgres
fill 60
"$bin" match --publish >/dev/null
for engine in sqlite postgres; do
  use "demo.$engine"
  login petugas staff --organisation 'Disperinaker (contoh)' --new-organisation --rights verify,confirm,nominate,report
  use "lived.$engine"
  live
done

# Another minute, so that the seals are a chain.
sleep 61
for engine in sqlite postgres; do
  use "lived.$engine"
  "$bin" person erase "$(cat "$name.erase")" --reason consent_withdrawn --asked-by person --yes >/dev/null
done
# A reminder comes after days; this one is put in by hand, as the service would.
reminder="insert into reminders (application_id, day, created_at) select id, 3, updated_at from applications
  where state = 'interview'"
sqlite3 lived.sqlite "$reminder"
psql -qX -c "$reminder" "$server/lived"

echo 'waiting until the audit can be sealed'
sleep 185
databases='demo.sqlite lived.sqlite demo.postgres lived.postgres'
for database in $databases; do
  use "$database"
  "$bin" audit seal
  # And something that is not sealed yet.
  login belum.disegel administrator
  "$bin" doctor
done

{
  printf '{"made_by": "%s", "password": "kata sandi contoh", "databases": {' "$OLD"
  comma=
  for database in $databases; do
    use "$database"
    printf '%s\n"%s": ' "$comma" "$database"
    python3 "$here/live.py" expect "$DATABASE_URL" "$bin"
    comma=,
  done
  printf '}}\n'
} | python3 -m json.tool --indent 1 >expected.json

for name in demo lived; do
  sqlite3 "$name.sqlite" "vacuum into '$WORK/$name.copy'"
  zstd -q -19 -f "$name.copy" -o "$here/$name.sqlite.zst"
  # Only SQL, and nothing that an older server does not know.
  pg_dump --no-owner --no-privileges --rows-per-insert=200 "$server/$name" |
    sed -E '/^\\(un)?restrict /d; /^SET transaction_timeout /d' |
    zstd -q -19 -f -o "$here/$name.postgres.sql.zst"
done
cp expected.json "$here/expected.json"
install -m 644 keys.json "$here/keys.json"
ls -l "$here"
