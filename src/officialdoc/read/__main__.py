"""`python -m officialdoc.read FILE`: one plan document in, its JSON out.

Reads: a file. Writes: the plan as JSON on standard output, exit 0; or, where it cannot be
read, one line on standard error (with `--refusal-json` a JSON object on standard output),
exit 2. `--seconds` and `--megabytes` bind this process itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from officialdoc.read.bounds import bind


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    bind(options.seconds, options.megabytes)
    # Imported only now, so that the limits hold for the libraries as well.
    from officialdoc.model import UnreadableDocumentError  # noqa: PLC0415
    from officialdoc.read.as_json import plan_json  # noqa: PLC0415
    from officialdoc.read.formats import read_source, refusal  # noqa: PLC0415
    from officialdoc.read.plan import read_plan  # noqa: PLC0415

    try:
        text = json.dumps(plan_json(read_plan(read_source(options.file))), ensure_ascii=False)
    except UnreadableDocumentError as error:
        if not isinstance(error.__cause__, MemoryError):
            return _refuse(error.code, error.vi, error.en, as_json=options.refusal_json)
    except MemoryError:
        pass
    else:
        sys.stdout.buffer.write(text.encode() + b"\n")
        return 0
    full = refusal("too_big", megabytes=options.megabytes or 0)
    return _refuse(full.code, full.vi, full.en, as_json=options.refusal_json)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m officialdoc.read", description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--refusal-json", action="store_true", help="print a refusal as JSON")
    parser.add_argument("--seconds", type=int, help="processor time this process may use")
    parser.add_argument("--megabytes", type=int, help="memory this process may use")
    return parser.parse_args(arguments)


def _refuse(code: str, vi: str, en: str, *, as_json: bool) -> int:
    if as_json:
        sys.stdout.buffer.write(json.dumps({"code": code, "vi": vi, "en": en}).encode() + b"\n")
    else:
        sys.stderr.buffer.write(f"{vi}\n".encode())
    return 2


if __name__ == "__main__":
    sys.exit(main())
