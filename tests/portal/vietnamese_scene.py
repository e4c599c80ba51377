"""A newsroom with one of everything an editor meets, and the words a page shows."""

from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page

from factories.directory import make_agency, make_user
from loa.portal.models import Attachment, CityHome, Column, Picture, Story

SHOWN = ("title", "aria-label", "aria-description", "placeholder", "alt", "label")
BUTTONS = ("submit", "button", "reset")


class Newsroom:
    def __init__(self):
        office = make_agency("Văn phòng")
        self.editor = make_user(
            office, "editor", "approver", "administrator", username="toasoan", full_name="Biên tập viên"
        )
        root = Page.objects.get(depth=1)
        root.get_children().update(
            title="Cổng", draft_title="Cổng"
        )  # Wagtail's own first page says welcome in English
        self.home = root.add_child(instance=CityHome(title="Cổng thành phố", slug="cong", agency=office))
        self.column = self.home.add_child(instance=Column(title="Cải cách hành chính", slug="cchc"))
        self.story = self.column.add_child(
            instance=Story(title="Một cửa ở phường", slug="mot-cua", kind="news", lead="Sa-pô của tin.")
        )
        first = self.story.save_revision(user=self.editor)
        first.publish(user=self.editor, skip_permission_checks=True)
        self.story.title = "Một cửa ở phường, tháng thứ hai"
        second = self.story.save_revision(user=self.editor)
        self.revisions = first, second
        self.workflow = self.column.get_workflow()
        self.story.refresh_from_db()
        self.workflow_state = self.workflow.start(self.story, self.editor)
        self.picture = Picture.objects.create(
            title="Bộ phận Một cửa",
            alt_text="Người dân ở quầy",
            file=ImageFile(BytesIO(jpeg()), name="mot-cua.jpg"),
            uploaded_by_user=self.editor,
        )
        self.attachment = Attachment.objects.create(
            title="Tờ gấp", file=ContentFile(b"%PDF-", name="to-gap.pdf"), uploaded_by_user=self.editor
        )


def jpeg():
    written = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def furnished(db):
    return Newsroom()


class Words(HTMLParser):
    """Reads: a page. Keeps: what a person sees or hears of it."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in ("script", "style"):
            self.hidden += 1
        self.found += [told[name] for name in SHOWN if told.get(name)]
        if tag == "input" and told.get("type") in BUTTONS and told.get("value"):
            self.found.append(told["value"])

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.hidden -= 1

    def handle_data(self, data):
        if not self.hidden and data.strip():
            self.found.append(data)


def words_of(html):
    reader = Words()
    reader.feed(html)
    return {" ".join(text.split()) for text in reader.found}
