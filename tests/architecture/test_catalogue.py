"""The Vietnamese catalogue is complete, fits the sources and keeps every placeholder."""

import re
import subprocess
import sys

from babel.messages.pofile import read_po

from architecture.tree import ROOT, SOURCE

CATALOGUE = SOURCE / "loa/core/locale/vi/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def messages():
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="vi") if message.id]


def texts(message):
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    return ids, strings


def test_catalogue_fits_the_sources_and_nothing_is_empty():
    result = subprocess.run(
        [sys.executable, "scripts/messages.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stdout.splitlines() == []
    assert result.returncode == 0


def test_nothing_is_fuzzy():
    assert [message.id for message in messages() if "fuzzy" in message.flags] == []


def test_placeholders_survive_translation():
    broken = []
    for message in messages():
        ids, strings = texts(message)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        broken += [ids[0] for text in strings if set(PLACEHOLDER.findall(text)) != wanted]

    assert broken == []


def test_flows_page_is_current():
    result = subprocess.run([sys.executable, "scripts/flows.py", "--check"], cwd=ROOT, check=False)

    assert result.returncode == 0
