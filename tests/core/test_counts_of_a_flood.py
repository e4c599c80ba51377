"""On one machine counts and used proofs lie in files; a flood must not push them out."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROOFS = """
import django
django.setup()
from django.core.cache import cache
for number in range(600):
    cache.add(f"human:{number}", 1, timeout=7200)
print(sum(cache.add(f"human:{number}", 1, timeout=7200) for number in range(600)))
"""


def test_proof_that_was_used_is_not_taken_again_after_a_flood(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DATABASE_URL")}
    environment = kept | {
        "LOA_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "loa.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    done = subprocess.run(
        [sys.executable, "-c", PROOFS], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["0"]
