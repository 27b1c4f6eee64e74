"""Schemathesis against a running service, as one role after another: run.py ADDRESS ACCOUNTS [REQUESTS]

ACCOUNTS is a file with lines "role login password". The requests of all roles together are at least REQUESTS (1500 when left out).
When more than 1500 are wanted, everybody asks every boundary of every parameter besides (the phase "coverage", some 5,000
requests of an officer). Closes with "N passed, M failed": one for each role, one for the number of requests.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
LISTS = ["vacancies", "people", "applications", "employers", "runs", "policies", "classes", "complaints", "change-requests",
         "next-steps", "plans", "nominations", "interests"]
USUAL = 1500
# Examples of an operation for so many requests, and how many operations must be answered with success: an officer reaches
# nearly every use case; the others are refused by most operations, which needs few requests to be seen.
EXAMPLES = {"staff": 5, "supervisor": 3, "employer": 2, "trainee": 2, "companion": 2, "agency": 2}
REACHED = {"staff": 50, "supervisor": 30}
REACHED_BY_OTHERS = 5


def ask(address, path, token=None, body=None):
    """One answer of the service."""
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body is not None else None
    if token and body is not None:
        headers["idempotency-key"] = "prepare-" + path.replace("/", ".")
    request = urllib.request.Request(f"{address}/api/v1/{path}", data, headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def log_in(address, login, password):
    """An access token; it holds for ten minutes."""
    return ask(address, "auth/login", body={"login": login, "password": password})["access_token"]


def prepare(address, tokens):
    """Makes what the demo leaves out: a plan, a complaint, a nomination, a change that somebody asks for."""
    plan = {"job": "Penjahit", "seats": 20, "month": "2099-01-01", "certainty": "idea"}
    ask(address, "plans", tokens["employer"], plan)
    ask(address, "complaints", body={"kind": "fee", "said": "Diminta Rp500.000 sebelum wawancara"})
    ask(address, "nominations", tokens["agency"], {"nik": "9911045501990003"})
    own = ask(address, "me/people", tokens["trainee"])["items"][0]["id"]
    change = {"change": {"education": "D3"}, "reason": "Sudah lulus"}
    ask(address, f"people/{own}/change-requests", tokens["trainee"], change)


def pool(address, tokens):
    """Ids of what is there, and what else a request may name."""
    token = tokens["staff"]
    lists = {name: ask(address, f"{name}?limit=100", token)["items"] for name in LISTS}
    found = {name: [item["id"] for item in items] for name, items in lists.items()}
    versions = {item["id"]: item["version"] for items in lists.values() for item in items if "version" in item}
    offices = [ask(address, "auth/me", tokens[role]) for role in ("staff", "agency")]
    found["organisations"] = [office["organisation"] for office in offices]
    found["accounts"] = [office["account"] for office in offices]
    # Whoever asks as an employer must not be suspended meanwhile.
    found["employers"].remove(ask(address, "auth/me", tokens["employer"])["employer"])
    year = datetime.date.today().year
    days = [day["day"] for day in ask(address, f"holidays?year={year + 1}", token)["items"]]
    people = [ask(address, f"people/{one}", token) for one in found["people"][:5]]
    villages = sorted({person["village"] for person in people if person.get("village")})
    return {"ids": found, "versions": versions, "villages": villages or ["Nguter"], "days": days}


def run(address, role, token, wanted, folder):
    """Runs one role; what it says, whether it is content, how many requests by operation and status."""
    counts = folder / f"{role}.json"
    env = os.environ | {"CONTRACT_TOKEN": token, "CONTRACT_ROLE": role, "CONTRACT_POOL": str(folder / "pool.json"),
                        "CONTRACT_COUNTS": str(counts), "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)}
    examples = -(-EXAMPLES[role] * wanted // USUAL)
    phases = "examples,coverage,fuzzing" if wanted > USUAL else "examples,fuzzing"
    program = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
               f"{address}/api/v1/openapi.json", "--max-examples", str(examples), "--phases", phases, "--no-color"]
    done = subprocess.run(program, env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout, done.returncode == 0, json.loads(counts.read_text()) if counts.exists() else {}


def main():
    address, accounts, *rest = sys.argv[1:]
    wanted = int(rest[0]) if rest else USUAL
    logins = [line.split() for line in pathlib.Path(accounts).read_text().splitlines()]
    missing = set(EXAMPLES) - {role for role, *_ in logins}
    if missing:
        sys.exit(f"no login for {', '.join(sorted(missing))}")
    total, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        tokens = {role: log_in(address, login, password) for role, login, password in logins}
        prepare(address, tokens)
        (folder / "pool.json").write_text(json.dumps(pool(address, tokens)))
        for role, login, password in logins:
            began = time.monotonic()
            token = log_in(address, login, password)
            said, content, counts = run(address, role, token, wanted, folder)
            requests = sum(counts.values())
            good = {key.rsplit(" ", 1)[0] for key in counts if key[-3] == "2"}
            print(f"{role:<11} {requests:5} requests, {len(good):3} operations answered with success, "
                  f"{time.monotonic() - began:.0f} s: {'no fault' if content else 'FAULTS'}", flush=True)
            total += requests
            # A login that ended would be refused everywhere, and those answers are described too.
            ended = sum(number for key, number in counts.items() if key.startswith("GET ") and key.endswith(" 401"))
            if ended:
                failed += 1
                print(f"{ended} readings refused: the login ended", flush=True)
            reached = len(good) >= REACHED.get(role, REACHED_BY_OTHERS)
            if not content or not reached:
                failed += 1
                print(said if not content else "too few operations answered with success", flush=True)
    print(f"{total} requests")
    enough = total >= wanted
    if not enough:
        print(f"fewer than {wanted} requests were made")
    failed += not enough
    print(f"{len(logins) + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
