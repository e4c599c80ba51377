"""Add up the runs and close with one line; exit 1 when anything failed or a run is missing."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

extra_failures, *reports = sys.argv[1:]
passed = skipped = 0
failed = int(extra_failures)
if failed:
    print(f"failed: {failed} of style, types and the line of apps")
for report in reports:
    if not Path(report).exists():
        print(f"missing: {Path(report).stem} did not finish")
        failed += 1
        continue
    root = ET.parse(report).getroot()  # noqa: S314  written by our own run
    for case in root.iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            print(f"failed on {Path(report).stem}: {case.get('classname')}::{case.get('name')}")
    for suite in root.iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        left_out = int(suite.get("skipped", 0))
        failed += bad
        skipped += left_out
        passed += int(suite.get("tests", 0)) - bad - left_out
print(f"skipped: {skipped}")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
