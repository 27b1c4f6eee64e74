"""What make.sh asks of Python: `live` moves things through the API of a running old service, as an office, employers and
residents would; `expect` writes down what a database holds, for tests/it/survival to find again."""
import json
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import date, datetime, timedelta, timezone

PASSWORD = "kata sandi contoh"
WIB = timezone(timedelta(hours=7))
VILLAGE = "33.11.05.2010"
BY_PHONE = {
    "consent": {"channel": "phone", "number_dialled": "086012345678", "self_spoke": True},
    "number_dialled": "086012345678",
}


class Client:
    """Somebody who logged in."""

    def __init__(self, base, login):
        self.base, self.token = base, None
        self.token = self.post("/auth/login", {"login": login, "password": PASSWORD})["access_token"]

    def ask(self, method, path, body=None, version=None, key=None):
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid.uuid4())}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {path} {body}: {error.code} {error.read().decode()}")

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body, key=None):
        return self.ask("POST", path, body, key=key)

    def all(self, path):
        """Every item of a paged list."""
        items, cursor = [], ""
        while cursor is not None:
            page = self.get(f"{path}{'&' if '?' in path else '?'}limit=100{cursor}")
            items += page["items"]
            cursor = f"&cursor={page['next']}" if page.get("next") else None
        return items


class Office:
    """The people of the story."""

    def __init__(self, base):
        self.base = base
        self.staff, self.chief = Client(base, "petugas"), Client(base, "pengawas")

    def step(self, who, application, event, body=None):
        """An event, by somebody who saw the application as it is now."""
        version = self.staff.get(f"/applications/{application}")["version"]
        path = f"/applications/{application}/{event}"
        return who.ask("POST", path, body or {}, version)["application"]["state"]

    def vacancy(self, who, vacancy, event, body=None):
        version = self.staff.get(f"/vacancies/{vacancy}")["version"]
        return who.ask("POST", f"/vacancies/{vacancy}/{event}", body or {}, version)

    def decide(self, employer, decision, reason=None):
        version = self.staff.get(f"/employers/{employer}")["version"]
        body = {} if reason is None else {"reason": reason}
        return self.staff.ask("POST", f"/employers/{employer}/{decision}", body, version)

    def refer(self, application):
        self.step(self.staff, application, "consent", BY_PHONE)
        state = self.step(self.staff, application, "confirm")
        assert state == "referred", state

    def try_to_reach(self, application, channel, outcome):
        self.staff.post(f"/applications/{application}/contact-attempts", {"channel": channel, "outcome": outcome})


def pick(base):
    """Prints, as shell words, whom the logins of the story are for: `EMPLOYER PERSON EMPLOYER_TO_SUSPEND`."""
    staff = Client(base, "petugas")
    proposed = staff.all("/applications?state=proposed")
    count = {}
    for application in proposed:
        count.setdefault(application["employer_id"], []).append(application)
    busiest = sorted(count, key=lambda employer: -len(count[employer]))
    print(busiest[0], count[busiest[0]][0]["person"]["id"], busiest[1])


def live(base, employer, resident, suspended):
    office = Office(base)
    staff, chief = office.staff, office.chief
    factory, person = Client(base, "pabrik"), Client(base, "pencaker")
    proposed = staff.all("/applications?state=proposed")
    ours = [a for a in proposed if a["employer_id"] == employer]
    first = next(a["id"] for a in ours if a["person"]["id"] == resident)
    others = iter([a for a in ours if a["person"]["id"] != resident])
    today = datetime.now(WIB).date()
    outcomes(office, factory, person, first, [next(others)["id"] for _ in range(14)], today)
    posting(office, factory, today)
    people(office, today)
    suspend(office, suspended, [a["id"] for a in proposed if a["employer_id"] == suspended])
    closing = next(a for a in proposed if a["employer_id"] not in (employer, suspended))
    office.vacancy(staff, closing["vacancy_id"], "close", {"reason": "filled_otherwise"})
    erasures(office, next(others), next(others))
    policy = chief.post("/policies", {"name": "default", "body": {"reserve": 4}})
    run = staff.post("/runs", {"policy_id": policy["id"], "seed": 7})["id"]
    while staff.get(f"/runs/{run}")["state"] == "running":
        time.sleep(0.2)
    staff.post(f"/runs/{run}/publish", {})
    tokens = factory.post("/auth/login", {"login": "pabrik", "password": PASSWORD})
    tokens = factory.post("/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    factory.post("/auth/logout", {"refresh_token": tokens["refresh_token"]})


def outcomes(office, factory, person, first, others, today):
    """Every way an application can go in one day."""
    staff, step = office.staff, office.step
    step(staff, first, "confirm")
    step(person, first, "consent")
    for event, body in [("invite", {}), ("offer", {}), ("hire", {"starts_on": str(today)}), ("start", {})]:
        step(factory, first, event, body)
    follow_up = {"month": 1, "still_working": True, "note": "betah"}
    staff.post(f"/applications/{first}/follow-ups", follow_up, "kunci-tindak-lanjut")
    staff.post(f"/applications/{first}/follow-ups", follow_up, "kunci-tindak-lanjut")

    refused, withdrawn, dismissed, declined, waiting, tried, undone, *others = others
    corrected, ended, hired, invited, offered, extended, consented = others
    office.refer(refused)
    step(factory, refused, "refuse", {"reason": "skill_missing", "text": "belum bisa obras"})
    office.refer(withdrawn)
    step(staff, withdrawn, "withdraw", {"reason": "family_care", **BY_PHONE, "consent": None})
    step(staff, dismissed, "dismiss", {"reason": "entered_by_mistake"})
    step(staff, declined, "confirm")
    office.try_to_reach(declined, "phone", "reached")
    step(staff, declined, "decline", {"reason": "too_far", "number_dialled": "086012345678"})
    step(staff, waiting, "confirm")
    step(staff, tried, "confirm")
    for channel, outcome in [("phone", "no_answer"), ("whatsapp", "wrong_number"), ("visit", "someone_else")]:
        office.try_to_reach(tried, channel, outcome)
    step(staff, undone, "confirm")
    step(staff, undone, "undo")
    step(staff, corrected, "dismiss", {"reason": "other", "text": "salah orang"})
    step(office.chief, corrected, "correct", {"target": "proposed", "text": "ternyata orang yang benar"})
    for placed in (ended, hired):
        office.refer(placed)
        step(factory, placed, "hire", {"starts_on": str(today)})
    step(staff, ended, "start")
    end = {"ended_on": str(today), "reason": "resigned"}
    step(staff, ended, "end", end)
    office.refer(invited)
    step(factory, invited, "invite")
    office.refer(offered)
    step(factory, offered, "offer")
    step(staff, consented, "consent", BY_PHONE)
    office.refer(extended)
    step(staff, extended, "extend", {"deadline": str(today + timedelta(days=21))})


def posting(office, factory, today):
    """A company that registers, and vacancies in every state."""
    staff, base = office.staff, office.base
    registration = {
        "name": "PT Baru Terdaftar", "industry": "14111", "village": VILLAGE, "contact_name": "Bagian Personalia",
        "contact_phone": "0271 555 0101", "password": PASSWORD,
    }
    made = [
        staff.post("/employers", {**registration, "nib": f"912000{n:07}", "login": f"pt.baru{n}"})["id"]
        for n in range(1, 4)
    ]
    office.decide(made[0], "verify")
    office.decide(made[1], "reject", "alamat tidak ditemukan")
    owner = Client(base, "pt.baru1")
    vacancy = {
        "title": "Operator Jahit", "seats": 2, "wage_min": 2600000, "education_min": "SMP", "skills": ["menjahit"],
        "conditions": "Dalam ruangan", "description": "Mengoperasikan mesin jahit. Bisa menjahit.", "prefill": True,
    }
    drafts = [owner.post("/vacancies", {**vacancy, "title": f"Operator Jahit {n}"})["id"] for n in range(6)]
    for draft in drafts[1:]:
        office.vacancy(owner, draft, "submit")
    for handed_in in drafts[2:5]:
        office.vacancy(staff, handed_in, "publish")
    office.vacancy(staff, drafts[5], "send-back", {"reason": "upah belum jelas"})
    office.vacancy(owner, drafts[3], "pause")
    office.vacancy(owner, drafts[4], "close", {"reason": "not_needed"})
    office.vacancy(owner, drafts[2], "extend", {"closes_on": str(today + timedelta(days=70))})
    staff.post(f"/vacancies/{drafts[2]}/said", {"said": "syarat obras dilonggarkan"})
    month = date(today.year + (today.month > 9), (today.month + 2) % 12 + 1, 1)
    for certainty in ("idea", "likely", "decided"):
        owner.post("/plans", {"job": "Operator jahit", "seats": 40, "month": str(month), "certainty": certainty,
                              "village": VILLAGE, "occupation_code": "8153"})
    assert staff.get(f"/vacancies/{drafts[2]}")["state"] == "open"


def people(office, today):
    """People taken in by an agency, with evidence and a change of profile."""
    staff, agency = office.staff, Client(office.base, "dinsos")
    row = {
        "village": VILLAGE, "education": "SMK", "address": "Jalan Contoh 7", "programme": "Menjahit Pakaian",
        "training_end": str(today - timedelta(days=90)), "skills": ["menjahit"], "phone": "086012345678", "desil": 2,
        "desil_source": "DTSEN", "desil_date": str(today - timedelta(days=30)), "status": "seeking",
    }
    for number in range(1, 4):
        body = {**row, "nik": f"991104550190{number:04}", "name": f"Contoh {number}"}
        made = agency.post("/people", body)["id"]
    evidence = {"criterion": "laid_off", "source": "Surat PHK", "dated_on": str(today - timedelta(days=20))}
    agency.post(f"/people/{made}/criteria", evidence)
    staff.ask("PATCH", f"/people/{made}", {"wage_floor": 2500000, "objects_to_ranking": True}, 1)
    companion = Client(office.base, "pendamping")
    companion.get("/people")


def suspend(office, employer, applications):
    """An employer suspended in the middle of things: its vacancies stay open, referrals too (as it was then)."""
    office.refer(applications[0])
    office.step(office.staff, applications[1], "confirm")
    office.decide(employer, "suspend", "laporan pungutan liar")


def erasures(office, one, other):
    """Two people who leave traces; one goes by its officer here, one at the terminal afterwards."""
    for application in (one["id"], other["id"]):
        office.refer(application)
        reason = {"reason": "other", "text": "tidak cocok dengan Bu Contoh"}
        office.step(office.staff, application, "refuse", reason)
    ground = {"ground": "requested", "asked_by": "family"}
    office.staff.post(f"/people/{one['person']['id']}/erasure", ground)
    with open("erase", "w", encoding="utf-8") as file:
        file.write(other["person"]["id"])


class Sqlite:
    """Questions to an SQLite file."""

    TABLES = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
    SEAL = "select lower(hex(seal)) from audit_seals order by minute desc limit 1"

    def __init__(self, url):
        self.connection = sqlite3.connect(url.removeprefix("sqlite://"))

    def column(self, text):
        return [str(row[0]) for row in self.connection.execute(text)]


class Postgres:
    """Questions to a PostgreSQL server, through psql."""

    TABLES = "select tablename from pg_tables where schemaname = 'public'"
    SEAL = "select encode(seal, 'hex') from audit_seals order by minute desc limit 1"

    def __init__(self, url):
        self.url = url

    def column(self, text):
        told = subprocess.run(["psql", "-AtX", "-c", text, self.url], check=True, capture_output=True, text=True)
        return told.stdout.split()


def expect(url, binary):
    """What is in a database now, told by itself and by the old program."""
    base = (Sqlite if url.startswith("sqlite") else Postgres)(url)

    def old(*arguments):
        told = subprocess.run([binary, *arguments, "--json"], check=True, capture_output=True, text=True)
        return json.loads(told.stdout)

    tables = sorted(set(base.column(base.TABLES)) - {"_sqlx_migrations"})
    runs = []
    for run in old("runs"):
        proof = old("replay", run["id"])
        kept = ("pairs", "assigned", "optimum", "proposals_found", "program")
        runs.append({"id": run["id"], "state": run["state"], **{name: proof[name] for name in kept}})
    (seal,) = base.column(base.SEAL)
    verdict = old("audit", "verify", "--known", seal)
    placed = "select count(*) from applications where state in ('hired', 'started')"
    return {
        "made_at": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "rows": {table: int(base.column(f"select count(*) from {table}")[0]) for table in tables},
        "seal": seal,
        "sealed_minutes": verdict["minutes"],
        "sealed_rows": verdict["rows"],
        "placed": int(base.column(placed)[0]),
        "runs": runs,
    }


if __name__ == "__main__":
    {"pick": pick, "live": live}[sys.argv[1]](*sys.argv[2:]) if sys.argv[1] != "expect" else print(
        json.dumps(expect(*sys.argv[2:]))
    )
