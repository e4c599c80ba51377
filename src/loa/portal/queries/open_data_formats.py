"""Open data as files: CSV and JSON piece by piece, the table's schema, and the catalogue for machines.

Schemas follow CSV on the Web (W3C, 2015), the catalogue follows DCAT 2 (W3C, 2020) as JSON-LD.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from loa.core.sheets import guarded_text
from loa.portal.models import CityHome
from loa.portal.queries.open_data import Dataset, Value, as_record

AT_ONCE = 200  # rows of one piece
DATATYPES = {"uri": "anyURI"}  # the other kinds are called the same there
LANGUAGES = ("vi", "en")
FORMS = {"csv": "text/csv", "json": "application/json"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class _Echo:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_pieces(dataset: Dataset, rows: Iterable[tuple[Value, ...]]) -> Iterator[bytes]:
    """UTF-8 with the mark by which spreadsheets know it; no cell begins as a formula."""
    writer = csv.writer(_Echo())
    yield b"\xef\xbb\xbf" + writer.writerow([field.name for field in dataset.fields]).encode()  # type: ignore[attr-defined]
    waiting: list[str] = []
    for row in rows:
        waiting.append(writer.writerow([_cell(value) for value in row]))  # type: ignore[arg-type]
        if len(waiting) == AT_ONCE:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if isinstance(value, int) else guarded_text(value)


def json_pieces(dataset: Dataset, rows: Iterable[tuple[Value, ...]], *, updated: datetime) -> Iterator[bytes]:
    """{"dataset", "licence", "updated", "schema", "rows": [{field: value}]}."""
    head = {
        "dataset": dataset.name,
        "licence": dataset.licence,
        "updated": updated.isoformat(),
        "schema": url_of("portal:dataset_schema", dataset.name),
    }
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [').encode()
    waiting: list[str] = []
    separator = "\n"
    for row in rows:
        waiting.append(separator + json.dumps(as_record(dataset, row), ensure_ascii=False))
        separator = ",\n"
        if len(waiting) == AT_ONCE:
            yield "".join(waiting).encode()
            waiting.clear()
    yield ("".join(waiting) + "\n]}\n").encode()


def url_of(name: str, *args: Any) -> str:
    return str(settings.BASE_URL + reverse(name, args=args))


def file_url(dataset: Dataset, form: str) -> str:
    return url_of("portal:dataset_file", dataset.name, form)


def schema_of(dataset: Dataset, *, updated: datetime) -> dict[str, Any]:
    """What the columns of the CSV are, in both languages."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "url": file_url(dataset, "csv"),
        "dc:title": _in_languages(dataset.title),
        "dc:description": _in_languages(dataset.description),
        "dc:license": {"@id": dataset.licence_url},
        "dc:modified": {"@value": updated.isoformat(), "@type": "xsd:dateTime"},
        "tableSchema": {
            "columns": [_column(field) for field in dataset.fields],
            "primaryKey": list(dataset.key),
        },
    }


def _column(field: Any) -> dict[str, Any]:
    column = {
        "name": field.name,
        "titles": {language: [field.name, _said(field.title, language)] for language in LANGUAGES},
        "datatype": DATATYPES.get(field.kind, field.kind),
    }
    return column | ({"dc:description": _in_languages(field.description)} if field.description else {})


def catalogue_of(datasets: Iterable[Dataset], *, updated: datetime) -> dict[str, Any]:
    """Every table with its files, its licence and its schema."""
    home = CityHome.objects.select_related("agency").first()
    publisher = home.agency.name if home else "Loa"
    return {
        "@context": CONTEXT,
        "@id": url_of("portal:open_data"),
        "@type": "dcat:Catalog",
        "dct:title": _texts("Dữ liệu mở", "Open data"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": publisher},
        "dct:language": list(LANGUAGES),
        "dct:modified": _moment(updated),
        "dcat:dataset": [_dataset(dataset, updated) for dataset in datasets],
    }


def _dataset(dataset: Dataset, updated: datetime) -> dict[str, Any]:
    return {
        "@id": url_of("portal:dataset", dataset.name),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.name,
        "dct:title": _texts(*(_said(dataset.title, language) for language in LANGUAGES)),
        "dct:description": _texts(*(_said(dataset.description, language) for language in LANGUAGES)),
        "dct:license": {"@id": dataset.licence_url},
        "dct:modified": _moment(updated),
        "dct:conformsTo": {"@id": url_of("portal:dataset_schema", dataset.name)},
        "dcat:keyword": [_said(word, "vi") for word in dataset.keywords],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:format": form.upper(),
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
                "dcat:accessURL": {"@id": url_of("portal:dataset", dataset.name)},
                "dcat:downloadURL": {"@id": file_url(dataset, form)},
                "dct:license": {"@id": dataset.licence_url},
            }
            for form, media_type in FORMS.items()
        ],
    }


def _moment(at: datetime) -> dict[str, str]:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}


def _texts(vietnamese: str, english: str) -> list[dict[str, str]]:
    return [{"@value": vietnamese, "@language": "vi"}, {"@value": english, "@language": "en"}]


def _in_languages(text: Any) -> list[dict[str, str]]:
    return _texts(*(_said(text, language) for language in LANGUAGES))


def _said(text: Any, language: str) -> str:
    with override(language):
        return str(text)
