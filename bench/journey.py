"""Drives the spine through the API of a running service; see journey.sh. Standard library only."""
import http.client
import json
import os
import sys
import threading
import time
import uuid
from datetime import date
from urllib.parse import urlsplit

HOST = urlsplit(sys.argv[1])


class Client:
    """One connection with a token."""

    def __init__(self, token=None):
        self.connection = http.client.HTTPConnection(HOST.hostname, HOST.port, timeout=60)
        self.token = token

    def call(self, method, path, body=None, version=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if method == "POST" and self.token:
            headers["Idempotency-Key"] = str(uuid.uuid4())
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        text = json.dumps(body) if body is not None else None
        self.connection.request(method, "/api/v1" + path, text, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {content.decode()}")
        return json.loads(content) if content else None


def statuses(token, ids, stop, times):
    """Reads statuses as fast as the answers come."""
    client = Client(token)
    number = 0
    while not stop.is_set():
        started = time.perf_counter()
        client.call("GET", f"/applications/{ids[number % len(ids)]}")
        times.append(time.perf_counter() - started)
        number += 1
        time.sleep(0.005)


def run(client, seed):
    begun = client.call("POST", "/runs", {"seed": seed})
    while True:
        found = client.call("GET", f"/runs/{begun['id']}")
        if found["state"] != "running":
            return found
        time.sleep(0.1)


def proposed(client):
    found, cursor = [], ""
    while len(found) < 500:
        page = client.call("GET", f"/applications?state=proposed&limit=200{cursor}")
        found += page["items"]
        if not page.get("next"):
            break
        cursor = f"&cursor={page['next']}"
    return found


def main():
    tokens = Client().call("POST", "/auth/login", {"login": "petugas", "password": os.environ["PASSWORD"]})
    client = Client(tokens["access_token"])
    first = run(client, 1)
    assert first["state"] == "done", first
    published = client.call("POST", f"/runs/{first['id']}/publish", {})
    print(f"published: {published['created']} applications, {len(published['dropped'])} dropped")
    ids = [one["id"] for one in proposed(client)]

    stop, times = threading.Event(), []
    readers = [threading.Thread(target=statuses, args=(client.token, ids, stop, times)) for _ in range(2)]
    for reader in readers:
        reader.start()
    time.sleep(0.5)
    del times[:]
    started = time.perf_counter()
    second = run(client, 2)
    seconds = time.perf_counter() - started
    during = sorted(times)
    stop.set()
    for reader in readers:
        reader.join()
    assert second["state"] == "done", second
    p99 = during[int(len(during) * 0.99)] * 1000
    print(f"match run through the API: {seconds:.1f} s; {len(during)} status reads meanwhile, "
          f"p50 {during[len(during) // 2] * 1000:.1f} ms, p99 {p99:.1f} ms")

    confirmed = []
    for one in proposed(client):
        if len(confirmed) == 100:
            break
        confirmed.append(client.call("POST", f"/applications/{one['id']}/confirm", {}, one["version"])["application"])
    print(f"confirmed: {len(confirmed)}")
    consent = {"consent": {"channel": "phone", "number_dialled": "+6286012345678", "self_spoke": True},
               "number_dialled": "+6286012345678"}
    states = {}
    consented = []
    for one in confirmed[:80]:
        after = client.call("POST", f"/applications/{one['id']}/consent", consent, one["version"])["application"]
        states[after["state"]] = states.get(after["state"], 0) + 1
        consented.append(after)
    print(f"consents: {len(consented)}, states after: {states}")
    one = next(each for each in consented if each["state"] == "referred")
    for action, body in [("invite", {}), ("offer", {}), ("hire", {"starts_on": date.today().isoformat()}), ("start", {})]:
        one = client.call("POST", f"/applications/{one['id']}/{action}", body, one["version"])["application"]
    events = client.call("GET", f"/applications/{one['id']}/events")["items"]
    print("one person:", " -> ".join(each["to"] for each in events))
    if one["state"] != "started" or len(confirmed) != 100 or len(consented) != 80:
        raise SystemExit("not as promised")
    if p99 > 50:
        raise SystemExit(f"status reads: p99 {p99:.1f} ms is over 50 ms")


main()
