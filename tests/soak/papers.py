"""Papers to read during the soak."""

import io
import zipfile

from loa.demo.sample_plan import SAMPLE_PLAN


def variant(folder, number):
    """The sample plan as another file of the same content: a comment is added to its container."""
    content = io.BytesIO(SAMPLE_PLAN.read_bytes())
    with zipfile.ZipFile(content, "a") as archive:
        archive.comment = f"variant {number}".encode()
    path = folder / f"plan{number}.docx"
    path.write_bytes(content.getvalue())
    return path
