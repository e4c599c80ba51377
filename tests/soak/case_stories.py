"""What citizens and officers do in the soak, each in a browser of their own, until they have what they came for."""

import base64
import hashlib
import html
import json
import random
import re
import time
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from soak.browsers import Browser

FORM, PLACE, FILES, SEND = "/gop-y/gui/", "/gop-y/gui/o-dau/", "/gop-y/gui/tep/", "/gop-y/gui/gui-di/"
RECEIPT, FOLLOW = "/gop-y/gui/da-nhan/", "/gop-y/theo-doi/"
LEAST_SECONDS = 3.2  # of writing: who is quicker is asked to look it over
TRIES = 40
TAKEN, CONFLICT, FORBIDDEN = 302, 409, 403


@dataclass(frozen=True)
class Shown:
    """What a citizen has seen and written down."""

    number: int
    code: str
    secret: str
    had_file: bool


def content_of(number):
    return f"Việc {number:04d}: tôi nộp hồ sơ từ tuần trước mà chưa thấy phiếu hẹn trả kết quả."


def answer_of(number):
    return f"Trả lời việc {number:04d}: hồ sơ đã xong, mời đến bộ phận một cửa nhận kết quả."


def paper_of(number):
    """A small picture of its own for each citizen."""
    kept = BytesIO()
    Image.new("RGB", (64, 64), (number % 256, number // 256, 7)).save(kept, "PNG")
    return kept.getvalue()


def write_to_the_city(city, number, seed):
    """The four steps of the public form, on a bad line; ends with the receipt on the screen."""
    chance = random.Random(f"{seed}:{number}")
    browser = Browser(city, chance, address=f"10.1.{number // 250}.{number % 250 + 1}")
    had_file = number % 3 == 0
    page = browser.get(FORM)
    page = browser.post(FORM, {"ban": page.field("ban"), "content": content_of(number)} | token(page))
    began = time.monotonic()
    assert page.status == TAKEN, page.text
    if had_file:
        page = browser.get(FILES)
        sent = [("attached", f"anh{number}.png", "image/png", paper_of(number))]
        page = browser.post(FILES, {"ban": page.field("ban")} | token(page), sent)
        assert page.status == TAKEN, page.text
    time.sleep(max(0.0, LEAST_SECONDS - (time.monotonic() - began)))
    for _ in range(TRIES):
        page = browser.get(SEND)
        if 'name="viec"' not in page.text:  # it has arrived already: this is another page
            break
        fields = {"ban": page.field("ban"), "viec": worked_out(page), "email": f"hoi{number}@example.test"}
        page = browser.post(SEND, fields | {"contact": "on"} | token(page))
        if page.status == TAKEN:
            break
    page = browser.get(RECEIPT)
    code, secret = re.findall(r"data-copy-text>([^<]+)<", page.text)[:2]
    return Shown(number, code.strip(), secret.replace(" ", ""), had_file)


def token(page):
    return {"csrfmiddlewaretoken": page.field("csrfmiddlewaretoken")}


def worked_out(page):
    """The work that the page does for the citizen: which number has this digest."""
    work = json.loads(html.unescape(re.search(r'data-work="([^"]*)"', page.text)[1]))
    for number in range(work["maxNumber"] + 1):
        if hashlib.sha256(f"{work['salt']}{number}".encode()).hexdigest() == work["challenge"]:
            done = {name: work[name] for name in ("algorithm", "challenge", "salt", "signature")}
            return base64.b64encode(json.dumps(done | {"number": number}).encode()).decode()
    raise AssertionError(work)


def open_with(city, shown, address):
    """What a citizen reads who comes back with code and secret, on a good line."""
    browser = Browser(city, random.Random(shown.code), address=address, losses=0, twice=0)
    page = browser.get(FOLLOW)
    page = browser.post(FOLLOW, {"code": shown.code, "secret": shown.secret} | token(page))
    return browser.get(page.location) if page.status == TAKEN else page


def answer_a_case(city, case, people, seed):
    """Taken on, written, handed to the head, approved, sent, published: each by whose act it is."""
    chance = random.Random(f"{seed}:{case['pk']}")
    hands = {
        who: Browser(city, chance, address=f"10.2.0.{place}", cookies={"sessionid": cookie})
        for place, (who, cookie) in enumerate(people["cookies"].items(), 1)
    }
    steps, pk = f"/phan-anh/{case['pk']}/buoc", case["pk"]
    step(hands["officer"], f"{steps}/accept/", {"officer": people["officer"]})
    write(hands["officer"], f"/phan-anh/{pk}/du-thao/", answer_of(case["number"]))
    step(hands["officer"], f"{steps}/hand_to_head/", {"note": ""})
    step(hands["head"], f"{steps}/approve/", {"note": ""})
    step(hands["intake"], f"{steps}/send/", {"note": ""})
    publish(hands["intake"], f"/tiep-nhan/cong-khai/{pk}/")


def step(browser, path, fields):
    """Until the page says that it cannot be done any more, because it is."""
    for _ in range(TRIES):
        page = browser.get(path)
        if page.status == CONFLICT:
            return
        assert page.status == 200, (path, page.status, page.text[-2000:])
        page = browser.post(path, fields | token(page))
        if page.status == TAKEN:
            return
    raise AssertionError(f"{path} {page.status}")


def write(browser, path, text):
    for _ in range(TRIES):
        page = browser.get(path)
        if page.path != path or page.long_field("text") == text:
            return
        page = browser.post(path, {"text": text, "edition": page.field("edition")} | token(page))
        if page.status == TAKEN:
            return
    raise AssertionError(f"{path} {page.status}")


def publish(browser, path):
    for _ in range(TRIES):
        page = browser.get(path)
        assert page.status == 200, (path, page.status)
        said = {
            "title": page.field("title"),
            **{name: page.long_field(name) for name in ("question", "answer")},
        }
        page = browser.post(path, said | {"then": "publish"} | token(page))
        if page.status == TAKEN:
            return
    raise AssertionError(f"{path} {page.status} {page.text[-3000:]}")
