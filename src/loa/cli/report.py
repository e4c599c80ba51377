"""`loa report build --plan NUMBER --period 2019 --out DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path

from loa.cli.main import complain, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    build = verbs.add_parser("build", help="write report.docx, report.pdf and figures.xlsx")
    build.add_argument("--plan", required=True, help="number of the plan, such as 42/KH-UBND")
    build.add_argument("--period", required=True, help="such as 2019 or 2019-Q1")
    build.add_argument("--out", type=Path, required=True)
    build.add_argument("--issuer", default="", help="code or name of the issuing agency")
    build.add_argument("--year", type=int, help="year of the plan")


def run(options: argparse.Namespace) -> int:
    start_django()
    from loa.plans.queries import plans_numbered  # noqa: PLC0415  after the apps are loaded
    from loa.reports.actions import build_report_files  # noqa: PLC0415

    plans = list(plans_numbered(options.plan, issuer=options.issuer, year=options.year)[:2])
    if len(plans) != 1:
        complain(
            f"Không có kế hoạch số {options.plan}. / There is no such plan."
            if not plans
            else f"Có nhiều kế hoạch số {options.plan}; hãy thêm --issuer hoặc --year. / The number is not unique."
        )
        return 2
    try:
        paths = build_report_files(plans[0], options.period, options.out)
    except LookupError as error:
        complain(str(error))
        return 2
    for path in paths:
        print(path)
    return 0
