# shellcheck shell=bash
# A PostgreSQL server of this run alone: its own data, port and socket, gone at the end. A server that happens
# to run on the machine is never used.

POSTGRES_OLDEST=15
POSTGRES_PID=

# Folder of the newest server installed; empty when there is none. A client alone (psql) is not enough.
postgres_bindir() {
  local folder newest='' found=0 version
  for folder in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin "$(pg_config --bindir 2>/dev/null)" \
    "$(dirname "$(readlink -f "$(command -v initdb)" 2>/dev/null)" 2>/dev/null)"; do
    if [ ! -x "$folder/initdb" ] || [ ! -x "$folder/postgres" ] || [ ! -x "$folder/pg_isready" ]; then continue; fi
    version=$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    if [ "$version" -ge "$POSTGRES_OLDEST" ] && [ "$version" -gt "$found" ]; then
      newest=$folder
      found=$version
    fi
  done
  printf '%s' "$newest"
}

# PostgreSQL refuses to run as root: then it runs as the user of its package, or as nobody.
postgres_user() {
  if [ "$(id -u)" -ne 0 ]; then
    id -un
  elif id postgres >/dev/null 2>&1; then
    echo postgres
  else
    echo nobody
  fi
}

# as_postgres COMMAND..: becomes the command (exec), as that user, killed by the kernel if this shell dies.
as_postgres() {
  cd / || return 1
  if [ "$(id -u)" -eq 0 ]; then
    local user
    user=$(postgres_user)
    exec setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --pdeathsig QUIT -- "$@"
  fi
  exec setpriv --pdeathsig QUIT -- "$@"
}

# The default collation is a linguistic one, as on an office's server: text that must sort by bytes has to say so.
postgres_init() {
  (as_postgres "$1/initdb" --pgdata="$2" --username=postgres --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=id-ID --no-instructions) >"$WORK/initdb.log" 2>&1 ||
    { cat "$WORK/initdb.log" >&2; return 1; }
}

# Nothing is waited for on the disk: the machine does not lose power in a test, and what a killed process wrote is kept by the
# system. Transactions, locks and their order are the same.
# postgres_try BINDIR DATA PORT: true once the server answers there; false when it ended, such as on a taken port.
postgres_try() {
  local bindir=$1 data=$2 port=$3 waited=0
  as_postgres "$bindir/postgres" -D "$data" -p "$port" -k "$WORK/socket" -c listen_addresses=127.0.0.1 \
    -c max_connections=200 -c fsync=off -c full_page_writes=off </dev/null >>"$WORK/postgres.log" 2>&1 &
  POSTGRES_PID=$!
  while kill -0 "$POSTGRES_PID" 2>/dev/null && [ "$waited" -lt 300 ]; do
    # Through the socket in the run's own folder: another server on the same port would not be there.
    if "$bindir/pg_isready" -q -h "$WORK/socket" -p "$port" && kill -0 "$POSTGRES_PID" 2>/dev/null; then
      return 0
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
  stop_postgres
  return 1
}

# Starts the server under $WORK and exports TEST_POSTGRES_URL. Not to be called in a subshell: the server lives
# as long as the shell that started it.
start_postgres() {
  local bindir data="$WORK/data" tries=0 port
  # Settings of the caller's own server must not leak into tests that name theirs in full.
  unset PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGPASSFILE PGDATABASE PGSERVICE PGOPTIONS PGSSLMODE DATABASE_URL
  bindir=$(postgres_bindir)
  if [ -z "$bindir" ]; then
    echo "no PostgreSQL server $POSTGRES_OLDEST or newer found" >&2
    return 1
  fi
  mkdir -p "$data" "$WORK/socket"
  chmod 711 "$WORK"
  chmod 700 "$data"
  if [ "$(id -u)" -eq 0 ]; then chown "$(postgres_user)" "$data" "$WORK/socket"; fi
  postgres_init "$bindir" "$data" || return 1
  while [ "$tries" -lt 20 ]; do
    port=$((20000 + RANDOM % 12000))
    if postgres_try "$bindir" "$data" "$port"; then
      export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
      echo "$("$bindir/postgres" --version) on port $port"
      return 0
    fi
    tries=$((tries + 1))
  done
  cat "$WORK/postgres.log" >&2
  return 1
}

# Its data are thrown away, so it need not end cleanly. Safe to call when nothing runs.
stop_postgres() {
  if [ -n "$POSTGRES_PID" ]; then
    kill -QUIT "$POSTGRES_PID" 2>/dev/null
    wait "$POSTGRES_PID" 2>/dev/null
    POSTGRES_PID=
  fi
}
