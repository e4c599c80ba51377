"""`loa plan read FILE [--json]` and `loa plan import FILE [--confirm]`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from loa.cli.main import complain, start_django
from officialdoc.model import UnreadableDocumentError
from officialdoc.read.safe import read_bounded

UNRESOLVED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    read = verbs.add_parser("read", help="print what a document says; needs no database")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true", help="the whole reading as JSON (else a summary)")
    imported = verbs.add_parser(
        "import", help="read a document into proposals, or with --confirm into a plan"
    )
    imported.add_argument("file", type=Path)
    imported.add_argument("--confirm", action="store_true", help="confirm what the screen would confirm")
    imported.add_argument(
        "--agency", default="", help="code of the importing agency (default: the city's committee)"
    )


def run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        complain(f"{options.file}: không có tệp này. / There is no such file.")
        return 2
    return read_plan(options) if options.verb == "read" else import_plan(options)


def read_plan(options: argparse.Namespace) -> int:
    try:
        reading = read_bounded(options.file)
    except UnreadableDocumentError as error:
        complain(f"{options.file.name}: {error}")
        return 2
    for warning in reading["warnings"]:
        complain(f"{warning['code']}: {warning['message']}")
    if options.json:
        json.dump(reading, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _print_summary(reading)
    return 0


def _print_summary(reading: dict[str, Any]) -> None:
    print(" ".join(filter(None, (reading["kind"], reading["number"], reading["issued_on"]))))
    print(reading["title"] or "")
    for task in reading["tasks"]:
        print(
            f"{task['no'] or '-'}\t{'; '.join(task['lead'])}\t{task['due_text'] or ''}\t{task['content'][:80]}"
        )
    counts = (len(reading[key]) for key in ("tasks", "duties", "reporting", "topics", "forms"))
    print("{} nhiệm vụ, {} trách nhiệm, {} quy định báo cáo, {} nội dung, {} hình thức".format(*counts))


def import_plan(options: argparse.Namespace) -> int:
    start_django()
    from loa.directory.queries import importing_agency  # noqa: PLC0415  after the apps are loaded
    from loa.plans.actions import imports  # noqa: PLC0415

    agency = importing_agency(options.agency)
    if agency is None:
        complain(
            "Danh bạ chưa có cơ quan để nhập kế hoạch; hãy nạp danh bạ hoặc nêu --agency. / No importing agency."
        )
        return 2
    reading = imports.import_file(options.file, options.file.name, agency=agency)
    if reading.state == "failed":
        complain(f"{options.file.name}: {reading.error_vi}")
        return 2
    if not options.confirm and reading.state != "confirmed":
        print(
            f"{reading.proposals.count()} đề xuất chờ xác nhận / proposals waiting: {reading.get_absolute_url()}"
        )
        return 0
    return _confirm(reading, imports)


def _confirm(reading: Any, imports: Any) -> int:
    if reading.state != "confirmed":
        unresolved = imports.unresolved_fields(reading)
        for field in unresolved:
            complain(f"{field.where}: {field.sentence}")
        if unresolved:
            return UNRESOLVED
        imports.confirm_reading(reading, by=None, actor="import")
    plan = reading.document.plan
    print(f"{plan.number}: {plan.tasks.count()} nhiệm vụ, {plan.assignments.count()} phân công")
    return 0
