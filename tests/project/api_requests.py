"""One request for a project, with limits of less than a second."""

from __future__ import annotations

import dataclasses
import json

from amp_lint.project.address import parse_address
from amp_lint.project.api import ApiError, Client, Limits
from amp_lint.project.workers import ask_all

from .mock_api import KEY, project

QUICK = Limits(total=20.0, connect=5.0, idle=5.0, retry_waits=(0.0, 0.0, 0.0), longest_wait=0.0)
BRIEF = dataclasses.replace(QUICK, total=0.3, idle=0.2)
PROJECT = ("projects", "acme-dev")
GOOD = json.dumps(project()).encode()


def client(url: str, limits: Limits = QUICK) -> Client:
    return Client(parse_address(url), KEY, limits)


def failure(url: str, limits: Limits = QUICK) -> ApiError:
    """Return the error of a request for the project, which must come within the time limit."""
    asking = client(url, limits)
    answer = ask_all(asking, {"it": lambda: asking.json(PROJECT)}, lambda _: None)["it"]
    assert isinstance(answer, ApiError)
    assert answer.reason.isprintable()
    assert KEY not in answer.reason
    return answer
