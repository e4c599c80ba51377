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
    from django.core.management import call_command  # noqa: PLC0415  after the apps are loaded

    from loa.directory.queries import importing_agency  # noqa: PLC0415
    from loa.plans.actions import imports  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)  # a fresh data directory has no tables yet
    agency = importing_agency(options.agency)
    if agency is None:
        complain(_no_agency(options.agency))
        return 2
    reading = imports.import_file(options.file, options.file.name, agency=agency)
    if reading.state == "failed":
        complain(f"{options.file.name}: {reading.error_vi} / {reading.error_en}")
        return 2
    if not options.confirm and reading.state != "confirmed":
        print(
            f"{reading.proposals.count()} đề xuất chờ xác nhận / proposals waiting: {reading.get_absolute_url()}"
        )
        return 0
    return _confirm(reading, imports)


def _no_agency(code: str) -> str:
    if code:
        return f"Danh bạ không có cơ quan mã {code} (--agency). / No agency has the code {code}."
    return (
        "Danh bạ chưa có UBND thành phố nào để nhập kế hoạch: nhập danh bạ trên trang Danh bạ, "
        "nạp dữ liệu mẫu bằng `loa demo --no-serve`, hoặc nêu mã cơ quan bằng --agency. / "
        "The directory is empty: import it, load the sample with `loa demo --no-serve`, or name an --agency."
    )


def _confirm(reading: Any, imports: Any) -> int:
    from loa.core.workflow import FlowError  # noqa: PLC0415  after the apps are loaded

    plan = reading.document.plan if reading.state == "confirmed" else imports.twin_of(reading)
    if plan is not None:
        complain(f"Kế hoạch {plan.number} đã có từ trước. / This plan was imported before.")
    else:
        unresolved = imports.unresolved_fields(reading)
        for field in unresolved:
            complain(f"{field.where}: {field.sentence}")
        if unresolved:
            return UNRESOLVED
        try:
            plan = imports.confirm_reading(reading, by=None, actor="import")
        except FlowError as refusal:
            complain(str(refusal))
            return 2
    print(f"{plan.number}: {plan.tasks.count()} nhiệm vụ, {plan.assignments.count()} phân công")
    return 0
