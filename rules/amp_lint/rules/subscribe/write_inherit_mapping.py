"""Write objects that inherit a mapping nobody defines."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import add_read_object, add_read_section, drop, rename
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.linter.rule_bases.misread import misread
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import WriteObject
from amp_lint.manifest.snippets import ReadStub, destination, read_object
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import Scalar


@rule(
    "write-inherit-mapping",
    group=Group.SUBSCRIBE,
    severity=Severity.WARNING,
    url=doc_urls.WRITE_OBJECT,
    needs=("inheritMapping",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """`inheritMapping: true` on an object that the integration does not read.

    A write object takes its field mapping from the read object of the same name. Where no such
    read object exists there is nothing to take, and records are written under the names the
    application sends.

    ## Fix

    Read the object as well, or remove `inheritMapping`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        write:
          objects:
            - objectName: lead
              inheritMapping: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        write:
          objects:
            - objectName: lead
    ```
    """
    hints = context.hints
    for integration in context.manifest.integrations:
        inheriting = [item for item in integration.write_objects if item.flag("inheritMapping")]
        if not inheriting or not integration.knows_its_reads:
            continue
        if integration.lacks("read") and integration.misspelt("read"):
            continue
        for item in inheriting:
            name, value = item.name, item.value("inheritMapping")
            if name is None or value is None or name.value in integration.read_by_name:
                continue
            if name_slip(name.value) is not None:
                continue
            near = hints.read_name(name.value, integration)
            other = misread(context, integration, name.value, near) if near else None
            if other is not None:
                yield other
                continue
            target = destination(context.manifest.destination_uses, context.destinations)
            stub = read_object(name.value, target, schedule=True)
            hint = (
                f"write {quoted(f'objectName: {near}')}, which is read"
                if near
                else "add it under `read`"
            )
            yield context.finding(
                value,
                f"{quoted(name.value)} is not read by this integration, so there is no mapping to "
                f"inherit; {hint}, or remove `inheritMapping`",
                fixes=[
                    _named(context, integration, item, near)
                    if near
                    else _read(context, integration, stub),
                    drop(context, item, "inheritMapping"),
                ],
            )


def _named(context: Context, integration: Integration, item: WriteObject, near: str) -> Fix | None:
    """Write the name of the object that is read, unless another write object has it."""
    own = item.own("objectName")
    others = {one.name.value for one in integration.write_objects if one.name is not None}
    if own is None or not isinstance(own.value, Scalar) or near in others:
        return None
    return rename(context, [own.value], near)


def _read(context: Context, integration: Integration, stub: ReadStub) -> Fix | None:
    if not integration.lacks("read"):
        return add_read_object(context, integration, stub)
    # What is subscribed to has to be read as well, which another rule fixes.
    if integration.has("subscribe"):
        return None
    return add_read_section(context, integration, [stub], before="write")
