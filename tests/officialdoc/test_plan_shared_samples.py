"""The samples handed to the project, scored where they are present."""

from __future__ import annotations

import importlib.util
import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from officialdoc.read.formats import read_source
from officialdoc.read.plan import read_plan

SHARED = Path(os.environ.get("LOA_SHARED_DIR") or Path(__file__).resolve().parents[3] / "shared")
PLANS = SHARED / "data" / "plans"
SCORER = SHARED / "tools" / "score_plan.py"

pytestmark = [
    pytest.mark.skipif(not SCORER.is_file(), reason="the shared samples and their scorer are not here"),
    pytest.mark.slow,
]


def as_json(name: str) -> dict:
    reading = asdict(read_plan(read_source(PLANS / name)))
    return json.loads(
        json.dumps(reading, default=lambda value: value.isoformat() if isinstance(value, date) else None)
    )


def score_of(name: str, truth: str) -> float:
    spec = importlib.util.spec_from_file_location("score_plan", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    measures = scorer.score(as_json(name), json.loads((PLANS / truth).read_text(encoding="utf-8")))
    return 100 * sum(measures.values()) / len(measures)


@pytest.mark.parametrize(
    ("name", "truth", "least"),
    [
        ("ke_hoach_42_kh_ubnd_2019.txt", "ke_hoach_42_kh_ubnd_2019.truth.json", 100),
        ("ke_hoach_42_kh_ubnd_2019.docx", "ke_hoach_42_kh_ubnd_2019.truth.json", 100),
        ("kon_tum_435_qd_ubnd_2020.txt", "kon_tum_435_qd_ubnd_2020.truth.json", 97),
        ("ha_noi_173_kh_ubnd_2026.pdf", "ha_noi_173_kh_ubnd_2026.truth.json", 97),
    ],
)
def test_sample_plan_scores_at_least(name, truth, least):
    assert score_of(name, truth) >= least


def test_sample_land_use_decision_holds_no_task():
    assert as_json("tay_ninh_3745_qd_ubnd_2021_no_tasks.txt")["tasks"] == []
