#!/usr/bin/env bash
# The image and the compose file, as an office would run them: builds what is committed, starts service and database, imports,
# matches, restarts, looks at the confinement, and removes everything again. Needs a Docker engine with compose and an image
# registry, which is why it is not part of tests/all.sh. Takes 5 to 10 minutes, most of it the build.
# CONTAINER_BUILD=0 uses the image `padankerja` as it is.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
place=$(mktemp -d)
git archive HEAD | tar -x -C "$place" || exit 1
source tests/lib/expect.sh "$(command -v docker)"
cd "$place" || exit 1
export COMPOSE_PROJECT_NAME=padankerja-test PADANKERJA_PORT=${PADANKERJA_PORT:-18080}
trap 'docker compose down --volumes --timeout 20 >/dev/null 2>&1; rm -rf "$work" "$place"' EXIT
in_service() { docker compose exec -T padankerja /usr/local/bin/padankerja "$@"; }
look() { docker inspect "$(docker compose ps -q "$1")" --format "$2"; }
confinement='{{.HostConfig.ReadonlyRootfs}} {{.Config.User}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}'
# An engine without a proxy of its own needs the host's way out for the build; CONTAINER_BUILD_OPTIONS passes it.
if [ "${CONTAINER_BUILD:-1}" = 1 ]; then
  expect 'the image is built' 0 '' docker build ${CONTAINER_BUILD_OPTIONS:-} -t padankerja .
fi
expect 'secrets are made once' 0 '' bash deploy/secrets.sh
expect 'both become healthy' 0 '' docker compose up --no-build --wait
expect 'service: read-only root, not root, no capability' 0 '^true 65532:65532 \[ALL\] \[no-new-privileges:true\]$' look padankerja "$confinement"
expect 'database: read-only root, not root, no capability' 0 '^true postgres \[ALL\] \[no-new-privileges:true\]$' look postgres "$confinement"
expect 'no shell inside' 126 'no such file' docker compose exec -T padankerja /bin/sh -c true
expect 'answers on this machine' 0 '^ok$' curl -fsS "http://127.0.0.1:$PADANKERJA_PORT/healthz"
expect 'the database is not published' 0 '^map\[5432/tcp:\[\]\]$|^map\[\]$' look postgres '{{.NetworkSettings.Ports}}'
expect 'sample data in /tmp' 0 '2000 orang contoh' in_service sample --kind plain --out /tmp/sample
for what in employers vacancies people; do
  expect "import of $what" 0 ' 0 ditolak' in_service import "$what" "/tmp/sample/$what.jsonl"
done
expect 'a match run' 0 'optimum = dual: ya' in_service match --top 1
expect 'restart' 0 '' docker compose restart padankerja
expect 'healthy again' 0 '' docker compose up --no-build --wait
expect 'data and counters are still there' 0 'orang: 2000' in_service doctor
expect 'stops in time' 0 '' docker compose stop --timeout 20
expect 'requests in flight are answered first' 0 'stopping: running requests are answered first' docker compose logs padankerja
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
