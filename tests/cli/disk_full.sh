#!/usr/bin/env bash
# A disk that fills up under the running service, 20 times: writes are refused with 503 and Retry-After and readiness says
# so; nothing that was acknowledged is lost; within a second after there is space again writes go through by themselves.
# The database lies on a small file system of its own (tmpfs in a mount namespace). $1 = the padankerja binary.
set -u
if [ "${IN_NAMESPACE:-}" != yes ]; then
  if [ "$(id -u)" -eq 0 ]; then how='--mount'; else how='--mount --map-root-user'; fi
  # shellcheck disable=SC2086 # two words on purpose
  IN_NAMESPACE=yes exec unshare $how -- bash "$0" "$@"
fi
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"

mkdir disk && mount -t tmpfs -o size=16m tmpfs disk || { echo 'no file system of its own could be mounted' >&2; exit 1; }
export DATABASE_URL="sqlite://$work/disk/padankerja.db" PADANKERJA_DATA_DIR="$work/data"
"$bin" user create --login petugas --role staff --organisation Disperinaker --new-organisation \
  --rights verify,confirm,nominate,report --generate >made.txt 2>&1
port=$((34000 + RANDOM % 20000))
"$bin" serve --listen "127.0.0.1:$port" >serve.txt 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; cd /; umount "$work/disk"; rm -rf "$work"' EXIT

cat >client.py <<'PYTHON'
import json, os, re, sys, time, urllib.error, urllib.request

base, made, disk = sys.argv[1:4]
password = re.search(r"[Kk]ata sandi[^:]*: *(\S+)", open(made).read()).group(1)
count = 0


def ask(method, path, body=None, token=None, key=None):
    request = urllib.request.Request(base + path, method=method)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    if key:
        request.add_header("Idempotency-Key", key)
    data = None
    if body is not None:
        request.add_header("Content-Type", "application/json")
        data = json.dumps(body).encode()
    try:
        with urllib.request.urlopen(request, data, timeout=60) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or b"null") if "json" in answer.headers.get("Content-Type", "") else None
    except urllib.error.HTTPError as error:
        return error.code, error.headers, None
    except OSError:
        return 0, {}, None


for _ in range(1200):
    if ask("GET", "/readyz")[0] == 200:
        break
    time.sleep(0.1)
token = ask("POST", "/api/v1/auth/login", {"login": "petugas", "password": password})[2]["access_token"]


def person():
    """Takes in an invented resident."""
    global count
    count += 1
    body = {"nik": f"991104550190{count:04d}", "name": f"Contoh {count}", "education": "SMK", "village": "33.11.05.2010",
            "skills": ["menjahit"], "address": "Jalan Contoh " + "x" * 300}
    return ask("POST", "/api/v1/people", body, token, f"kunci-{count:08d}")


kept, wrong, refused, late, unready = 0, [], 0, [], 0
for _ in range(20):
    with open(os.path.join(disk, "filler"), "wb", buffering=0) as filler:
        size = 65536
        while size:
            try:
                filler.write(b"x" * size)
            except OSError:
                size //= 2
    told = 0
    for _ in range(40):
        status, headers, _ = person()
        if status == 201:
            kept += 1
        elif status == 503:
            told += 1
            if not headers.get("Retry-After"):
                wrong.append("503 without Retry-After")
            if told == 3:
                break
        else:
            wrong.append(status)
    refused += told
    until, ready = time.monotonic() + 2, 200
    while ready == 200 and time.monotonic() < until:
        ready = ask("GET", "/readyz")[0]
    unready += ready == 503
    os.remove(os.path.join(disk, "filler"))
    free = time.monotonic()
    while True:
        status, _, _ = person()
        if status == 201:
            kept += 1
            break
        if status not in (503,) or time.monotonic() - free > 10:
            wrong.append(("after", status))
            break
    late.append(time.monotonic() - free)
    if ask("GET", "/readyz")[0] != 200:
        wrong.append("not ready again")

found, cursor = 0, ""
while True:
    page = ask("GET", "/api/v1/people?limit=100" + cursor, token=token)[2]
    found += len(page["items"])
    if not page.get("next"):
        break
    cursor = "&cursor=" + page["next"]
print(json.dumps({"kept": kept, "found": found, "wrong": wrong, "refused": refused, "unready": unready,
                  "slowest": round(max(late), 3)}))
PYTHON
python3 client.py "http://127.0.0.1:$port" made.txt "$work/disk" >told.json
is() { expect "$1" 0 '^True$' python3 -c "import json; d=json.load(open('told.json')); print($2)"; }
is 'the disk was full in every round' 'd["refused"] >= 20'
is 'readiness said so in every round' 'd["unready"] == 20'
is 'nothing but 503 with Retry-After' 'd["wrong"] == []'
is 'what was acknowledged is there, and nothing else' 'd["kept"] == d["found"] and d["kept"] >= 20'
is 'the first write within a second after there is space' 'd["slowest"] <= 1.0'
cat told.json
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
