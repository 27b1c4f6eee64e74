"""What Schemathesis has to know of this service: who asks, which ids, versions and numbers there are, and that 503 with
`Retry-After` is no fault. It also counts what was asked, for run.py.

Only values that were drawn as valid ones are replaced; what was made to be refused stays.
"""

import atexit
import collections
import datetime
import json
import os
import random

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode

TOKEN = os.environ["CONTRACT_TOKEN"]
ROLE = os.environ["CONTRACT_ROLE"]
COUNTS = os.environ["CONTRACT_COUNTS"]
with open(os.environ["CONTRACT_POOL"]) as file:
    POOL = json.load(file)

# Which list the ids of a field are from, where its name does not say so.
LISTS = {"vacancy": "vacancies", "person": "people", "employer": "employers", "application": "applications", "policy": "policies",
         "run": "runs", "organisation": "organisations", "account": "accounts", "first": "policies", "second": "policies"}
TEXTS = {
    "nib": lambda: f"99{draw.randrange(10**11):011}",
    "phone": lambda: f"0860{draw.randrange(10**8):08}",
    "number_dialled": lambda: f"0860{draw.randrange(10**8):08}",
    "village": lambda: draw.choice(POOL["villages"]),
    "education": lambda: draw.choice(["SMA sederajat", "S1", "junior_secondary"]),
    "education_min": lambda: draw.choice(["SMK", "D3", "primary"]),
    "employment_type": lambda: draw.choice(["tetap", "kontrak", "magang"]),
    "sex": lambda: draw.choice(["L", "P", "perempuan"]),
    "title": lambda: draw.choice(["Operator jahit", "Sopir truk", "Kasir"]),
    "job": lambda: draw.choice(["Penjahit", "Welder"]),
    "transport": lambda: draw.choice(["motor", "angkutan umum"]),
    "hour": lambda: "09:00",
    "reason": lambda: draw.choice(["far", "wage", "Kursi dikurangi oleh pabrik bulan ini"]),
    "text": lambda: "Sudah dibicarakan lewat telepon kemarin",
    "said": lambda: "Yang dikirim belum pernah menjahit kemeja",
    "source": lambda: "DTSEN",
}

draw = random.Random(ROLE)
counts = collections.Counter()
versions = dict(POOL["versions"])
made = 0


def nik():
    """A NIK of a sample person: it begins with 99."""
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(60, 99)
    return f"991104{day:02}{month:02}{year:02}{draw.randrange(1, 10000):04}"


TEXTS["nik"] = nik


def an_id(name):
    """An id of the kind a field names, if one is known."""
    known = POOL["ids"].get(LISTS.get(name.removesuffix("_id"), name))
    return draw.choice(known) if known else None


def person():
    """A body that registers somebody."""
    return {"nik": nik(), "name": "Contoh Warga", "village": draw.choice(POOL["villages"]), "education": "SMK",
            "skills": ["menjahit"], "ranking_consent": True}


def day(first=3, last=300):
    """A day, so many days from today at the earliest and before so many."""
    return str(datetime.date.today() + datetime.timedelta(days=draw.randrange(first, last)))


VACANCY = {"title": "Operator jahit", "description": "Menjahit pakaian jadi", "village": "33.11.01.2001", "seats": 5,
           "wage_min": 2500000, "employment_type": "kontrak", "education_min": "SMP"}
# Bodies that the service takes, by operation: what is drawn at random rarely is one, and what lies behind the judging of a body
# would not be reached.
BODIES = {
    "take_in_class": lambda: {"programme": "Operator Jahit", "name": f"Angkatan {made}", "starts_on": day(20, 30),
                              "ends_on": day(60, 90), "members": [person()]},
    "add_class_members": lambda: {"members": [person()]},
    "register_person": person,
    "register_employer": lambda: {"nib": TEXTS["nib"](), "name": f"PT Contoh {made}", "login": f"pabrik-{ROLE}-{made}",
                                  "password": "kata sandi contoh", "village": "33.11.01.2001"},
    "store_policy": lambda: {"name": f"kebijakan {ROLE} {made}", "body": {"reserve": draw.randrange(20)}},
    "post_vacancy": lambda: VACANCY | {"employer_id": an_id("employer_id")},
    "edit_vacancy": lambda: VACANCY,
    "put_holiday": lambda: {"name": "Libur contoh", "kind": "local", "estimate": draw.random() < 0.5},
    "move_holiday": lambda: {"to": day()},
    "announce_plan": lambda: {"job": "Penjahit", "seats": 30, "month": day(), "certainty": "likely"},
    "ask_for_change": lambda: {"change": {"education": "D3"}, "reason": "Sudah lulus"},
    "add_evidence": lambda: {"criterion": "desil", "value": draw.randint(1, 10), "source": f"DTSEN {made}",
                             "dated_on": day(-90, 0)},
    "nominate": lambda: {"nik": nik()},
    "decide_nomination": lambda: {"accept": draw.random() < 0.7},
    "add_attempt": lambda: {"channel": "phone", "outcome": "no_answer"},
    "begin_application": lambda: {"person_id": an_id("person_id"), "vacancy_id": an_id("vacancy_id"), "event": "propose"},
    "move_application": lambda: {"consent": {"channel": "counter", "self_spoke": True}, "starts_on": day(0, 30)},
    "move_vacancy": lambda: {"closes_on": day(1, 60)},
    "decide_employer": lambda: {"reason": "Berkasnya lengkap menurut petugas"},
    "answer_follow_up": lambda: {"month": 1, "still_working": True},
    "make_activation_code": lambda: {"saw_card": True},
}


def filled(value, name=""):
    """A body with ids, numbers and words that mean something in most of the fields that take them."""
    if isinstance(value, dict):
        return {key: filled(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, name) for item in value]
    if not isinstance(value, str) or draw.random() < 0.25:
        return value
    if name.endswith("_id") or name in ("run", "person", "vacancy", "employer"):
        return an_id(name) or value
    return TEXTS[name]() if name in TEXTS else value


def accepted(case, body):
    """Half of the bodies are such as the service takes, most of these with one field as it was drawn."""
    make = BODIES.get(case.operation.definition.raw.get("operationId"))
    if make is None or draw.random() < 0.5:
        return body
    whole = make()
    if body and draw.random() < 0.7:
        name = draw.choice(sorted(body))
        whole[name] = body[name]
    return whole


def is_valid(case, place):
    """Whether this part of a request was drawn as a valid one."""
    part = case.meta.components.get(place) if case.meta else None
    return part is not None and part.mode == GenerationMode.POSITIVE


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts ids that exist, versions and fresh keys in most requests."""
    global made
    made += 1
    if case.path_parameters and is_valid(case, ParameterLocation.PATH):
        resource = case.path.removeprefix("/api/v1/").split("/")[0]
        known = POOL["ids"].get(resource)
        if known and "id" in case.path_parameters and draw.random() < 0.9:
            case.path_parameters["id"] = draw.choice(known)
        if "day" in case.path_parameters:
            case.path_parameters["day"] = draw.choice(POOL["days"] + [day()])
    if case.query and is_valid(case, ParameterLocation.QUERY):
        for name in case.query:
            case.query[name] = filled(case.query[name], name)
    if isinstance(case.body, dict) and is_valid(case, ParameterLocation.BODY):
        case.body = accepted(case, filled(case.body))
    if case.headers is not None and is_valid(case, ParameterLocation.HEADER):
        # A key again means the same request again.
        if "Idempotency-Key" in case.headers and draw.random() < 0.95:
            case.headers["Idempotency-Key"] = f"contract-{ROLE}-{made}"
        if "If-Match" in case.headers and draw.random() < 0.9:
            version = versions.get((case.path_parameters or {}).get("id"), 1)
            case.headers["If-Match"] = f'"{version}"'
    case.headers["Authorization"] = f"Bearer {TOKEN}"


@schemathesis.hook
def after_call(context, case, response):
    """Counts the request, and learns the ids and versions that the answer tells."""
    status = response.status_code
    counts[f"{case.operation.method.upper()} {case.operation.path} {status}"] += 1
    known = (case.path_parameters or {}).get("id")
    tag = (response.headers.get("etag") or [""])[0].strip('"')
    if tag.isdigit() and known:
        versions[known] = int(tag)
    elif status == 412:
        versions[known] = versions.get(known, 1) % 4 + 1
    if status == 201:
        resource = case.path.removeprefix("/api/v1/").split("/")[0]
        told = response.json()
        if isinstance(told, dict) and isinstance(told.get("id"), str) and case.path.count("/") == 3:
            POOL["ids"].setdefault(resource, []).append(told["id"])


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """"Try again" is an answer: 503 that says when."""
    return not (response.status_code == 503 and "retry-after" in response.headers)


@atexit.register
def tell():
    """Leaves the numbers for run.py."""
    with open(COUNTS, "w") as file:
        json.dump(counts, file)
