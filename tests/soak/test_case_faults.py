"""Citizens write and officers answer while web, worker and database are killed at random instants.

200 cases sent in and 200 answered in `make soak`, 12 and 12 in `make test`, through the site's own pages, by browsers
on a bad line that send again what was not answered and sometimes press a button twice. On SQLite the processes that
write are killed; on PostgreSQL the server too, which has a cluster of its own here with all its care switched on.
"""

import json
import os
import random
import re
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from fresh_database import copy_file
from soak.browsers import Answers
from soak.case_stories import (
    answer_a_case,
    answer_of,
    content_of,
    open_with,
    paper_of,
    write_to_the_city,
)
from soak.installation import IS_POSTGRES, Installation, answers, free_port
from soak.postgres import Cluster
from soak.sinks import MailSink, begin

IS_FULL = os.environ.get("LOA_SOAK") == "full"
CASES = 200 if IS_FULL else 12
SEED = int(os.environ.get("LOA_SOAK_SEED", "5"))
# answers of the site between two kills: on a slow machine as on a fast one
BETWEEN = (15, 90) if IS_FULL else (8, 40)
CITIZENS, OFFICERS = 8, 8 if IS_FULL else 4  # at once
BROKEN = (  # what a request may meet while the database or the process is killed; anything else is a fault of ours
    "django.db.utils.OperationalError",
    "django.db.utils.InterfaceError",
    "django.db.utils.DatabaseError",
    "psycopg.",
    "ConnectionResetError",
    "BrokenPipeError",
)

SET_UP = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from factories.feedback import make_people
from loa.feedback.actions import Identity, Words, assign_case, classify_case, submit_case
from soak.browsers import Answers
from soak.case_stories import content_of
people = make_people()
cookies = {{}}
for who in ("officer", "head", "intake"):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(people[who].pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = people[who].get_session_auth_hash()
    session.save()
    cookies[who] = session.session_key
cases = []
for number in range(1000, 1000 + {count}):
    receipt = submit_case(
        Words(content_of(number)), key=f"before {{number}}", source="web",
        identity=Identity(email=f"hoi{{number}}@example.test"), consents={{"contact": "Cho phép"}},
    )
    classify_case(receipt.case, kind="question", subject=None, by=people["intake"])
    assign_case(receipt.case, people["agency"], by=people["intake"])
    cases.append({{"number": number, "pk": receipt.case.pk, "code": receipt.case.code, "secret": receipt.secret}})
people = {{who: person.username for who, person in people.items() if who not in ("desk", "agency")}} | {{
    "officer_pk": people["officer"].pk
}}
print(json.dumps({{"cases": cases, "cookies": cookies, "officer": people.pop("officer_pk"), "names": people}}))
"""
FINISH = """
from soak.finishing import finish
finish()
"""
STATE = """
import json, hashlib
from collections import defaultdict
from django.contrib.contenttypes.models import ContentType
from django_q.models import Failure
from loa.channels.models import Delivery, Letter, Notice
from loa.core.models import Entry, NumberSeries
from loa.core.sealing import open_sealed
from loa.feedback.models import Case, Draft, Publication
from soak.finishing import left_in_queue
kind = ContentType.objects.get_for_model(Case)
history, told, written = defaultdict(list), defaultdict(list), defaultdict(list)
for row in Entry.objects.filter(content_type=kind).order_by("pk"):
    history[row.object_id].append([row.action, row.data.get("from", ""), row.data.get("to", "")])
def split(key):
    _case, pk, what = key.split(":", 2)
    return int(pk), what
for key, who in Notice.objects.filter(key__startswith="case:").values_list("key", "receiver__username"):
    pk, what = split(key)
    told[pk].append([what, who])
sent = defaultdict(list)
for letter_pk, step in Delivery.objects.filter(letter__isnull=False).values_list("letter", "state"):
    sent[letter_pk].append(step)
for letter in Letter.objects.filter(key__startswith="case:"):
    pk, what = split(letter.key)
    written[pk].append([what, letter.address, sent[letter.pk]])
print(json.dumps({
    "cases": [{
        "pk": case.pk, "code": case.code, "content": case.content, "state": case.state, "answer": case.answer,
        "history": history[case.pk],
        "clocks": sorted([row.kind, row.number, row.stopped_on is not None, row.is_void] for row in case.clocks.all()),
        "notices": sorted(told[case.pk]), "letters": sorted(written[case.pk]),
        "consents": [row.purpose for row in case.consents.all()],
        "moves": [row.kind for row in case.moves.all()],
        "files": [hashlib.sha256(open_sealed(row.path)).hexdigest() for row in case.files.all()],
        "askers": 1 if hasattr(case, "asker") else 0,
        "publications": [
            [row.is_public, row.answer] for row in Publication.objects.filter(case=case)
        ],
        "is_draft_left": Draft.objects.filter(key=case.key, case__isnull=True).exists(),
    } for case in Case.objects.prefetch_related("clocks", "consents", "moves", "files").order_by("pk")],
    "public_entries": Entry.objects.filter(action="public_answer.publish").count(),
    "mails": [
        [row.message_id, row.state, Entry.objects.filter(action="delivery.finish", object_id=row.pk).count()]
        for row in Delivery.objects.all()
    ],
    "last_number": list(NumberSeries.objects.filter(key__startswith="feedback:").values_list("last", flat=True)),
    "queued": left_in_queue(),
    "failures": [row.result for row in Failure.objects.all()],
}))
"""


class City(Installation):
    """The whole city: site, worker, mail server and, on PostgreSQL, a database server of its own."""

    def __init__(self, folder, cluster):
        self.cluster, self.mail, self.port = cluster, begin(MailSink(0.02)), free_port()
        super().__init__(
            folder,
            cluster.url() if cluster else "",
            EMAIL_URL=f"smtp://127.0.0.1:{self.mail.server_address[1]}",
            LOA_BEHIND_PROXY="on",  # each citizen has an address of their own
            LOA_TODAY="2019-07-15",
        )
        self.sites, self.workers, self.kills, self.answers = [], [], Counter(), Answers()

    def open(self):
        self.start_site_again()
        self.workers.append(self.start_worker())
        self.wait_until_open()

    def wait_until_open(self):
        end = time.monotonic() + 120
        while not answers(self.port):
            assert time.monotonic() < end, "the site does not start"
            self.look_after()
            time.sleep(0.1)

    def start_site_again(self):
        self.sites.append(self.start_site(self.port))

    def kill_one(self, what):
        self.kills[what] += 1
        if what == "web":
            self.sites[-1].kill()
            while answers(self.port):  # on a busy machine what is killed takes its time to be gone
                time.sleep(0.05)
            self.start_site_again()
        elif what == "worker":
            self.workers[-1].kill()
            self.workers.append(self.start_worker())
        else:
            self.cluster.kill() if self.kills[what] % 2 else self.cluster.break_off()
            self.cluster.start()

    def look_after(self):
        """A service manager starts again what has ended by itself."""
        if not self.sites[-1].is_running:
            self.start_site_again()
        if not self.workers[-1].is_running:
            self.workers.append(self.start_worker())

    def close(self):
        self.end()
        self.mail.shutdown()
        self.mail.server_close()


@pytest.fixture
def city(tmp_path, django_db_setup, django_db_blocker):
    cluster = None
    if IS_POSTGRES:
        cluster = Cluster()
        cluster.copy(connection.settings_dict["NAME"])
    else:
        copy_file(tmp_path / "loa.sqlite3")
    made = City(tmp_path, cluster)
    try:
        yield made
    finally:
        made.close()
        if cluster:
            cluster.end()


class Killer(threading.Thread):
    """Kills at random instants for as long as anybody is at work."""

    def __init__(self, city):
        super().__init__(daemon=True)
        self.city, self.chance, self.is_over, self.error = city, random.Random(SEED), threading.Event(), None
        self.targets = self.choose()
        self.start()

    def choose(self):
        """Each as often as the others, in an order that is none; the site most often."""
        while True:
            targets = ["web", "web", "worker", *(["database"] * 2 if self.city.cluster else [])]
            self.chance.shuffle(targets)
            yield from targets

    def run(self):
        try:
            while not self.is_over.is_set():
                wanted = self.city.answers.count + self.chance.randint(*BETWEEN)
                while not self.city.answers.wait_for(wanted, 0.5) and not self.is_over.is_set():
                    self.city.look_after()
                time.sleep(self.chance.uniform(0, 0.2))
                self.city.kill_one(next(self.targets))
        except Exception as error:
            self.error = error
            raise

    def end(self):
        self.is_over.set()
        self.join(120)
        assert self.error is None
        self.city.wait_until_open()


@pytest.mark.slow
@pytest.mark.both_databases
def test_no_case_is_lost_or_doubled_whatever_is_killed(city):
    people = json.loads(city.run(SET_UP.format(count=CASES)))
    city.open()
    killer = Killer(city)
    with ThreadPoolExecutor(CITIZENS) as citizens, ThreadPoolExecutor(OFFICERS) as officers:
        sent = [citizens.submit(write_to_the_city, city, number, SEED) for number in range(CASES)]
        answered = [officers.submit(answer_a_case, city, case, people, SEED) for case in people["cases"]]
        receipts = [each.result() for each in sent]
        for each in answered:
            each.result()
    killer.end()
    city.run(FINISH)
    state = json.loads(city.run(STATE))
    sys.stdout.write(f"seed {SEED}, killed: {dict(city.kills)}\n")

    assert len({shown.code for shown in receipts}) == CASES
    for shown in receipts:
        page = open_with(city, shown, f"10.3.0.{shown.number % 250 + 1}")
        assert (page.status, content_of(shown.number) in page.text) == (200, True)
    assert_sent_in_once(state, receipts, people["names"])
    assert_answered_once(state, people)
    assert (state["queued"], state["last_number"]) == ([], [2 * CASES])
    assert [each for each in state["failures"] if not is_broken(each)] == []
    assert_mails_told_once(state, city)
    assert unexpected_errors(city) == []
    assert min(city.kills.values()) > 0


def assert_sent_in_once(state, receipts, names):
    """One case for each citizen, under the code that was shown, whole and as all the others."""
    cases = {case["code"]: case for case in state["cases"] if case["history"][-1][0] == "case.submit"}
    assert set(cases) == {shown.code for shown in receipts}
    for shown in receipts:
        case, address = cases[shown.code], f"hoi{shown.number}@example.test"
        assert without(case, "pk", "code") == {
            "content": content_of(shown.number),
            "state": "received",
            "answer": "",
            "history": [["case.submit", "", "received"]],
            "clocks": [[kind, 1, False, False] for kind in ("answer", "classify", "transfer")],
            "notices": [["received", names["intake"]]],
            "letters": [["received", address, ["sent"]]],
            "consents": ["contact"],
            "moves": [],
            "files": case["files"],
            "askers": 1,
            "publications": [],
            "is_draft_left": False,
        }
        assert len(case["files"]) == shown.had_file


def assert_answered_once(state, people):
    """Every answer approved by the head, sent and published once, with its history, its notices and its letters."""
    cases = {case["pk"]: case for case in state["cases"]}
    names = people["names"]
    for wanted in people["cases"]:
        case, number = cases[wanted["pk"]], wanted["number"]
        address, text = f"hoi{number}@example.test", answer_of(number)
        assert without(case, "pk", "code") == {
            "content": content_of(number),
            "state": "published",
            "answer": text,
            "history": [
                ["case.submit", "", "received"],
                ["case.classify", "received", "classified"],
                ["case.assign", "classified", "assigned"],
                ["case.accept", "assigned", "answering"],
                ["case.hand_to_head", "answering", "with_head"],
                ["case.approve", "with_head", "approved"],
                ["case.send", "approved", "answered"],
                ["case.publish", "answered", "published"],
            ],
            "clocks": [[kind, 1, True, False] for kind in (
                "answer", "classify", "publication", "result", "transfer", "update"
            )],
            "notices": sorted([
                ["received", names["intake"]],
                ["assigned:1", names["focal_point"]],
                ["assigned:1", names["head"]],
                ["with_head:1", names["head"]],
                ["approved:1", names["intake"]],
            ]),
            "letters": [[what, address, ["sent"]] for what in (
                "answered:1", "assigned:1", "published:1", "received"
            )],
            "consents": ["contact"],
            "moves": ["assign"],
            "files": [],
            "askers": 1,
            "publications": [[True, text]],
            "is_draft_left": False,
        }  # fmt: skip
    assert state["public_entries"] == CASES


def without(case, *names):
    return {name: value for name, value in case.items() if name not in names}


def assert_mails_told_once(state, city):
    """Each mail left as one message; only what was in hand at a kill came again, under the same Message-ID."""
    assert {tuple(row[1:]) for row in state["mails"]} == {("sent", 1)}
    assert {row[0] for row in state["mails"]} == set(city.mail.received)
    again = sum(count - 1 for count in city.mail.received.values())
    assert again <= 2 * (city.kills["worker"] + city.kills["database"])  # two hands of a worker


CHAINED = ("During handling of the above exception", "The above exception was the direct cause")


def unexpected_errors(city):
    """What the site and the workers complained of, in the end, that is no broken connection."""
    found = []
    for child in (*city.sites, *city.workers):
        for line in child.errors.read_text(encoding="utf-8").splitlines():
            if line.startswith(CHAINED) and found:
                found.pop()  # it was only on the way to the one that follows
            elif re.match(r"[\w.]+(?:Error|Exception|Exit)\b", line):
                found.append(line[:200])
    return sorted({line for line in found if not line.startswith(BROKEN)})


def is_broken(failure):
    """Work that met a database which was gone: an administrator sees it; what it was for, the clocks have done."""
    lines = [line for line in failure.splitlines() if line and not line[0].isspace()]
    return any(line.startswith(BROKEN) for line in lines[-3:])


def test_papers_are_told_apart():
    assert paper_of(1) != paper_of(257)
