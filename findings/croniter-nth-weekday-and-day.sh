#!/usr/bin/env bash
# croniter 7.0.0 on CPython 3.10 or newer, seen on 2026-11-30.
#
# Where both the day of the month and the day of the week are given, cron runs on each day that fits one
# of the two, and so does croniter by default (`day_or=True`): `0 0 13 * 5` runs on the 13th and on each
# Friday. With one Friday of the month, written as `5#2` (the second) or `L5` (the last), the day of the
# month is lost: `0 0 13 * 5#2` never runs on the 13th, unless that is the second Friday, and
# `0 0 13 * L5`, where the two never meet, has no next run at all and raises CroniterBadDateError.
# `croniter.match` says the same. Both expressions pass `croniter.is_valid`.
#
# Output seen:
#     0 0 13 * 5:   December 4 11 13 18 25
#     0 0 13 * 5#2: December 11
#     0 0 13 * L5:  CroniterBadDateError; December
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip --disable-pip-version-check --quiet install croniter==7.0.0

cat >run.py <<'PYTHON'
from datetime import datetime

from croniter import CroniterBadDateError, croniter

seen = {}
for expression in ("0 0 13 * 5", "0 0 13 * 5#2", "0 0 13 * L5"):
    assert croniter.is_valid(expression)
    try:
        croniter(expression, datetime(2026, 12, 1)).get_next()
        error = ""
    except CroniterBadDateError:
        error = "CroniterBadDateError; "
    days = [day for day in range(1, 32) if croniter.match(expression, datetime(2026, 12, day))]
    seen[expression] = " ".join([f"{error}December", *map(str, days)])
    print(f"    {expression + ':':13} {seen[expression]}")
raise SystemExit(
    list(seen.values())
    != ["December 4 11 13 18 25", "December 11", "CroniterBadDateError; December"]
)
PYTHON
venv/bin/python run.py
