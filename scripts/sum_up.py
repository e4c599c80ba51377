"""Add up the runs and close with one line; exit 1 when anything failed or a run is missing."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

extra_failures, *reports = sys.argv[1:]
passed = skipped = 0
failed = int(extra_failures)
for report in reports:
    if not Path(report).exists():
        print(f"missing: {Path(report).stem} did not finish")
        failed += 1
        continue
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  written by our own run
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        left_out = int(suite.get("skipped", 0))
        failed += bad
        skipped += left_out
        passed += int(suite.get("tests", 0)) - bad - left_out
print(f"skipped: {skipped}")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
