"""What the tests of the public form share: a visitor without a script, who reads the sum and answers it."""

import re
from datetime import timedelta
from html import unescape

from django.core.cache import cache

from loa.core.sealing import unseal
from loa.feedback.models import Draft

SAID = "Tôi nộp hồ sơ từ tuần trước mà chưa thấy phiếu hẹn trả kết quả."


def mark_in(answer):
    """The hidden field that says to which draft a page belongs."""
    found = re.search(r'name="ban" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


def sum_in(answer):
    """The fields of the human check, answered as a person without a script does."""
    sealed = unescape(re.search(r'name="phep_tinh" value="([^"]*)"', answer.content.decode())[1])
    return {"phep_tinh": sealed, "ket_qua": unseal(sealed).split(":")[0]}


def tell(client, content=SAID, **more):
    """The first step."""
    page = client.get("/gop-y/gui/")
    return client.post("/gop-y/gui/", {"ban": mark_in(page), "content": content, **more})


def send(client, **more):
    """The last step, some seconds after the first word."""
    Draft.objects.update(began_at=Draft.objects.latest("pk").began_at - timedelta(seconds=10))
    page = client.get("/gop-y/gui/gui-di/")
    return client.post("/gop-y/gui/gui-di/", {"ban": mark_in(page), **sum_in(page), **more})


def secret_in(answer):
    found = re.findall(r"data-copy-text>([^<]+)<", answer.content.decode())
    return found[0].strip(), found[1].replace(" ", "")


def forget_counts():
    cache.clear()
