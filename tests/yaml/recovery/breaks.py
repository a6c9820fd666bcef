"""Syntax errors, each written into one integration: what is replaced, and what is to blame."""

from __future__ import annotations

from typing import NamedTuple


class Break(NamedTuple):
    """What is replaced in an integration, by what, and the characters that are to blame."""

    id: str
    old: str
    new: str
    blamed: str


BREAKS = [
    Break("no-space-colon", "provider: hubspot", "provider:hubspot", "provider:"),
    Break("no-colon-key", "provider: hubspot", "provider hubspot", "provider hubspot"),
    Break(
        "half-typed-key",
        "          optionalFieldsAuto: all\n",
        "          optionalFieldsAuto: all\n          sched\n",
        "sched",
    ),
    Break(
        "half-typed-key-first",
        '          destination: NAME-hook\n          schedule: "*/5',
        '          destination: NAME-hook\n          sched\n          schedule: "*/5',
        "sched",
    ),
    Break("unquoted-cron", '"*/5 * * * *"', "*/5 * * * *", "*/5 * * * *"),
    Break(
        "unquoted-at",
        'NAME-hook\n          schedule: "*/25',
        '@hook\n          schedule: "*/25',
        "@hook",
    ),
    Break("backtick", "fieldName: phone", "fieldName: `phone`", "`phone`"),
    Break("percent-value", "fieldName: phone", "fieldName: %phone", "%phone"),
    Break("open-double", "mapToName: telephone", 'mapToName: "telephone', '"telephone'),
    Break("open-single", "mapToName: telephone", "mapToName: 'telephone", "'telephone"),
    Break("open-quote-cron", '"*/25 * * * *"', '"*/25 * * * *', '"*/25 * * * *'),
    Break("open-end-quote", '"*/25 * * * *"', '*/25 * * * *"', '*/25 * * * *"'),
    Break("mixed-quotes", '"*/25 * * * *"', "\"*/25 * * * *'", "\"*/25 * * * *'"),
    Break("apostrophe", "displayName: TITLE sync", "displayName: 'it's TITLE'", "'it's TITLE'"),
    Break("after-quote", "displayName: TITLE sync", 'displayName: "TITLE" sync', "sync"),
    Break("second-colon", "displayName: TITLE sync", "displayName: note: TITLE", "note: TITLE"),
    Break("bad-escape", "displayName: TITLE sync", 'displayName: "a\\d"', "\\d"),
    Break("tab-indent", "          optionalFieldsAuto: all", "\t\toptionalFieldsAuto: all", "\t\t"),
    Break(
        "tab-mixed", "          optionalFieldsAuto: all", "        \toptionalFieldsAuto: all", "\t"
    ),
    Break("tab-item", "            - fieldName: phone", "\t    - fieldName: phone", "\t"),
    Break("too-deep-key", "    provider: hubspot", "      provider: hubspot", "provider"),
    Break("too-deep-key1", "    provider: hubspot", "     provider: hubspot", "provider"),
    Break("too-shallow-key", "    provider: hubspot", "   provider: hubspot", "provider"),
    Break("too-shallow-key2", "    provider: hubspot", "  provider: hubspot", "provider"),
    Break("zero-key", "    provider: hubspot", "provider: hubspot", "provider"),
    Break(
        "deep-object-key",
        "          optionalFieldsAuto: all",
        "            optionalFieldsAuto: all",
        "optionalFieldsAuto",
    ),
    Break(
        "shallow-object-key",
        "          optionalFieldsAuto: all",
        "         optionalFieldsAuto: all",
        "optionalFieldsAuto",
    ),
    Break("shallow-item", "            - fieldName: phone", "           - fieldName: phone", "-"),
    Break("deep-item", "            - fieldName: phone", "             - fieldName: phone", "-"),
    Break("deep-item2", "            - fieldName: phone", "              - fieldName: phone", "-"),
    Break(
        "shallow-object-item",
        "        - objectName: companies",
        "       - objectName: companies",
        "-",
    ),
    Break(
        "deep-object-item",
        "        - objectName: companies",
        "         - objectName: companies",
        "-",
    ),
    Break("tight-dash", "            - fieldName: phone", "            -fieldName: phone", "-"),
    Break(
        "tight-dash-object",
        "        - objectName: companies",
        "        -objectName: companies",
        "-",
    ),
    Break(
        "missing-dash",
        "            - fieldName: phone",
        "            fieldName: phone",
        "fieldName",
    ),
    Break(
        "missing-dash-object",
        "        - objectName: companies",
        "        objectName: companies",
        "objectName",
    ),
    Break(
        "open-bracket",
        "optionalFields:\n            - fieldName: email",
        "optionalFields: [email, phone",
        "[",
    ),
    Break(
        "open-brace",
        "optionalFields:\n            - fieldName: email",
        "optionalFields: {a: b",
        "{",
    ),
    Break("stray-close", "provider: hubspot", "provider: hubspot\n    ]", "]"),
    Break("stray-close-key", "    provider: hubspot", "    }: hubspot", "}"),
    Break(
        "missing-comma",
        "optionalFields:\n            - fieldName: email",
        "optionalFields: [ {fieldName: email} {fieldName: fax} ]",
        "}",
    ),
    Break(
        "list-on-key-line",
        "objects:\n        - objectName: contacts\n          destination: NAME-hook\n          sch",
        "objects: - objectName: contacts\n          destination: NAME-hook\n          sch",
        "- objectName: contacts",
    ),
    Break(
        "conflict",
        "    provider: hubspot\n",
        "<<<<<<< HEAD\n    provider: hubspot\n=======\n    provider: salesforce\n>>>>>>> other\n",
        "<<<<<<< HEAD",
    ),
    Break(
        "conflict-list",
        "            - fieldName: phone\n              mapToName: telephone\n",
        "<<<<<<< HEAD\n            - fieldName: phone\n=======\n"
        "            - fieldName: phone\n              mapToName: telephone\n>>>>>>> 12ab\n",
        "<<<<<<< HEAD",
    ),
    Break(
        "conflict-start-only",
        "    provider: hubspot\n",
        "<<<<<<< HEAD\n    provider: hubspot\n",
        "<<<<<<< HEAD",
    ),
    Break(
        "words",
        "    provider: hubspot\n",
        "    provider: hubspot\n    some words of prose\n",
        "some words of prose",
    ),
    Break(
        "double-value",
        "    provider: hubspot\n",
        "    provider: hubspot\n      really: true\n",
        "really",
    ),
    Break("colon-only", "    provider: hubspot\n", "    provider: hubspot\n    : x\n", ":"),
    Break("two-anchors", "provider: hubspot", "provider: &a &b hubspot", "&a &b hubspot"),
    Break("bad-anchor", "provider: hubspot", "provider: &a.b hubspot", "&a.b hubspot"),
    Break("lone-amp", "provider: hubspot", "provider: & hubspot", "& hubspot"),
    Break("bad-tag", "provider: hubspot", "provider: !h!x hubspot", "!h!x hubspot"),
    Break("open-tag", "provider: hubspot", "provider: !<x hubspot", "!<x hubspot"),
    Break("comma-start", "provider: hubspot", "provider: , hubspot", ", hubspot"),
    Break("block-junk", "displayName: TITLE sync", "displayName: | junk\n      text", "| junk"),
    Break("bracket-close", "provider: hubspot", "provider: ]", "]"),
    Break("key-bracket", "provider: hubspot", "[provider: hubspot", "["),
    Break("tab-blank", "    provider: hubspot\n", "    provider: hubspot\n\t\n", "\t"),
    Break("template", "provider: hubspot", "provider: {{ a }}-x", "{{ a }}-x"),
    Break(
        "dash-nothing-deeper",
        "            - fieldName: phone\n",
        "              -\n            - fieldName: phone\n",
        "-",
    ),
    Break(
        "json-comma",
        "          optionalFieldsAuto: all\n",
        '          "optionalFieldsAuto": "all",\n',
        ",",
    ),
    Break("equals", "provider: hubspot", "provider = hubspot", "provider = hubspot"),
    Break(
        "slashes",
        "    provider: hubspot\n",
        "    // comment\n    provider: hubspot\n",
        "// comment",
    ),
    Break(
        "bullet",
        "            - fieldName: phone\n",
        "            * fieldName: phone\n",
        "* fieldName: phone",
    ),
]
