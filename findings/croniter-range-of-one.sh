#!/usr/bin/env bash
# croniter 7.0.0 on CPython 3.10 or newer, seen on 2026-11-30.
#
# A range whose two ends are equal, such as `5-5`, is one value to other readers of cron expressions.
# croniter takes it for the whole field: `5-5 * * * *` runs every minute, `0 5-5 * * *` every hour and
# `0 0 * 5-5 *` every day. There is no error, and `5` alone, or `5-6`, is read as expected. A script that
# builds ranges from a first and a last value so gets up to 60 times the runs.
#
# Output seen:
#     5-5 * * * *: 00:01 00:02 00:03
#     5 * * * *:   00:05 01:05 02:05
#     0 5-5 * * *: 01:00 02:00 03:00
#     0 5-6 * * *: 05:00 06:00 05:00
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
    "5-5 * * * *": "00:01 00:02 00:03",
    "5 * * * *": "00:05 01:05 02:05",
    "0 5-5 * * *": "01:00 02:00 03:00",
    "0 5-6 * * *": "05:00 06:00 05:00",
}
seen = {}
for expression in EXPECTED:
    runs = croniter(expression, datetime(2026, 12, 1), ret_type=datetime)
    seen[expression] = " ".join(f"{next(runs):%H:%M}" for _ in range(3))
    print(f"    {expression + ':':12} {seen[expression]}")
raise SystemExit(seen != EXPECTED)
PYTHON
venv/bin/python run.py
