"""Names of integrations in another spelling than the reference asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted, split_camel_case
from amp_lint.yaml.nodes import Scalar
from amp_schema.patterns import pattern

_FORMAT = pattern(r"[a-z0-9_-]+\Z")
_NOT_NAME_CHARACTERS = pattern(r"[^a-z0-9]+")
_LONGEST = 64
# A name of emoji or single letters leaves nothing to suggest.
_SHORTEST = 3


@rule(
    "integration-name-format",
    group=Group.NAMES,
    scope=Scope.FILE,
    severity=Severity.INFO,
    on=False,
    url=doc_urls.INTEGRATION,
)
def check(context: Context) -> Iterator[Finding]:
    """An integration's `name` holds something else than lower-case letters, digits, `-` and `_`.

    The manifest reference asks for these characters. The platform deploys other names as well, so
    this is advice: one spelling throughout is easier to remember and to type.

    ## Fix

    Write the name in lower case with hyphens between the words. Wherever your application refers
    to the integration by its name, the name has to change too; for an integration that is already
    in use it may be better to leave it.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: readAndWriteSalesforce
        provider: salesforce
        proxy:
          enabled: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: read-and-write-salesforce
        provider: salesforce
        proxy:
          enabled: true
    ```
    """
    named = [one.name for one in context.manifest.integrations if one.name is not None]
    taken = {name.value for name in named}
    for name in named:
        if _FORMAT.match(name.value):
            continue
        better = _kebab_case(name.value)
        usable = _SHORTEST <= len(better) <= _LONGEST and better not in taken
        taken.add(better)
        hint = f", such as {quoted(better)}" if usable else ""
        yield context.finding(
            name,
            "the reference asks for names of lower-case letters, digits, `-` and `_`" + hint,
            fixes=[_renamed(context, name, better) if usable else None],
        )


def _renamed(context: Context, name: Scalar, better: str) -> Fix | None:
    # An anchored name may serve as something else, too.
    if name.anchor is not None:
        return None
    return context.fix(f"Change to {quoted(better)}", context.edit.set_text(name, better))


def _kebab_case(name: str) -> str:
    """`readAndWriteCRM Übersicht` as `read-and-write-crm-ubersicht`; empty where nothing of the
    name can be kept."""
    # No name of this length becomes a usable one.
    start = unicodedata.normalize("NFKD", name[: 4 * _LONGEST])
    letters = "".join(c for c in start if not unicodedata.combining(c))
    return _NOT_NAME_CHARACTERS.sub("-", split_camel_case(letters, "-").lower()).strip("-")
