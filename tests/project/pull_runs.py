"""Runs of `amp-lint pull` in this process, against an API on loopback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crmWebhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
"""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
