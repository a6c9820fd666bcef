#!/usr/bin/env bash
# croniter 7.0.0 on CPython 3.10 or newer, seen on 2026-11-30.
#
# croniter accepts a range that ends before it begins and continues it at the start of the field:
# `22-6` are the hours from 22 to 6. With a step, it loses count at the end of the field. Every two
# hours from 21 to 6 are 21, 23, 1, 3 and 5, and croniter runs at 21, 23, 2, 4 and 6; every 15 minutes
# from :50 to :20 are :50, :05 and :20, and it runs at :50 and :06. There is no error. Where the last
# value before the end happens to be one step away from zero (`22-6/2`), all is as expected.
#
# Output seen:
#     0 21-6/2 * * *:   21:00 23:00 02:00 04:00 06:00
#     0 22-6/2 * * *:   22:00 00:00 02:00 04:00 06:00
#     50-20/15 * * * *: 20:50 21:06 21:50 22:06 22:50
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip --disable-pip-version-check --quiet install croniter==7.0.0

cat >run.py <<'PYTHON'
from datetime import datetime

from croniter import croniter

EXPECTED = {
    "0 21-6/2 * * *": "21:00 23:00 02:00 04:00 06:00",
    "0 22-6/2 * * *": "22:00 00:00 02:00 04:00 06:00",
    "50-20/15 * * * *": "20:50 21:06 21:50 22:06 22:50",
}
seen = {}
for expression in EXPECTED:
    runs = croniter(expression, datetime(2026, 12, 1, 20, 30), ret_type=datetime)
    seen[expression] = " ".join(f"{next(runs):%H:%M}" for _ in range(5))
    print(f"    {expression + ':':17} {seen[expression]}")
raise SystemExit(seen != EXPECTED)
PYTHON
venv/bin/python run.py
