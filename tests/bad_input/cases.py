"""Malformed manifests: how each is built, and a rule that must have a finding on it.

No case may harm another YAML parser: nesting has some hundred levels and aliases stand for some
thousand nodes, so the tests lower the bounds of `amp_lint.yaml.parser` for `ALIASES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

HEAD = "specVersion: 1.0.0\nintegrations:\n"
PROXY = "    provider: hubspot\n    proxy:\n      enabled: true\n"
CLEAN = HEAD + "  - name: crm-sync\n" + PROXY
READ = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: webhook
"""


@dataclass(frozen=True)
class Case:
    """An input: `make` builds it in a given size. `rule` must have a finding (one of two rules if
    the parsers differ), and the input is `slow` times smaller for ruamel's own parser."""

    name: str
    make: Callable[[int], str | bytes]
    rule: str
    size: int = 1
    slow: int = 1


def same(content: str | bytes) -> Callable[[int], str | bytes]:
    return lambda _: content


def times(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda size: before + piece * size + after


def numbered(
    piece: str, before: str = "", after: str = "", between: str = ""
) -> Callable[[int], str]:
    """Repeat a piece, with `@` replaced by its number."""
    return lambda size: (
        before + between.join(piece.replace("@", str(n)) for n in range(size)) + after
    )


def scheduled(entry: str) -> Callable[[int], str]:
    return lambda size: READ + f'          schedule: "{",".join([entry] * size)} * * * *"\n'


def laughs(width: int, levels: int) -> str:
    lines = (
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]\n"
        for level in range(1, levels)
    )
    return "a0: &a0 [lol]\n" + "".join(lines)


def staircase(step: str) -> Callable[[int], str]:
    return lambda size: "".join(" " * n + step for n in range(size))


def merges(size: int) -> str:
    """A chain of mappings, each of which merges the one before."""
    links = "".join(f"k{n}: &k{n}\n  <<: *k{n - 1}\n  x{n}: 1\n" for n in range(1, size))
    return f"k0: &k0 {{x: 1}}\n{links}{HEAD}  - <<: *k{size - 1}\n    name: crm-sync\n"


def merge_lists(size: int) -> str:
    """One integration that merges the same mapping many times, and lacks required keys."""
    return f"x: &x {{y: 1}}\n{HEAD}  - <<: [{', '.join(['*x'] * size)}]\n    name: a\n"


def used_again(size: int) -> str:
    """Many aliases for one integration that itself merges many mappings."""
    uses = "  - *i\n" * size
    wide = ", ".join(["*x"] * size)
    return f"x: &x {{y: 1}}\n{HEAD}  - &i\n    <<: [{wide}]\n    name: a\n{uses}"


def broken_integrations(size: int) -> str:
    one = "  - name: i@\n    provider: hubspot\n    read: [\n    proxy:\n      enabled: true\n"
    return numbered(one, HEAD)(size)


def anchored_and_broken(size: int) -> str:
    anchors = "".join(f"  - &a{n} {{x: 1}}\n" for n in range(size))
    return f"x:\n{anchors}{broken_integrations(size // 10)}"


def objects(piece: str, before: str = READ) -> Callable[[int], str]:
    return numbered(piece, before)


OBJECT = "        - objectName: o@\n          destination: webhook\n"
WRITES = HEAD + "  - name: crm-sync\n    provider: hubspot\n    write:\n      objects:\n"

NOTHING = [
    Case("empty", same(""), "spec-version"),
    Case("blank", same("\n \n\n"), "spec-version"),
    Case("comments only", same("# nothing\n# at all\n"), "integration-structure"),
    Case("many comments", times("# nothing\n"), "spec-version", 300_000, 12),
    Case("null", same("null\n"), "spec-version"),
    Case("tilde", same("~"), "spec-version"),
    Case("a scalar", same("hello\n"), "invalid-type"),
    Case("a number", same("12"), "invalid-type"),
    Case("a list", same("- a\n- b\n"), "invalid-type"),
    Case("a document mark", same("---\n"), "spec-version"),
    Case("document marks", times("---\n"), "yaml-extra-document", 100_000),
    Case("document ends", times("...\n"), "yaml-syntax", 50_000, 5),
]
NO_TEXT = [
    Case("binary", times("\0\1\2\3\x7f\x80\xff", "\x7fELF"), "yaml-unsupported", 50_000),
    Case("all bytes", same(bytes(range(256)) * 4000), "yaml-unsupported"),
    Case("only bad bytes", same(b"\xff" * 1_000_001), "yaml-unsupported"),
    Case("NUL", same(CLEAN.replace("crm", "c\0m")), "yaml-unsupported"),
    Case("only NUL", times("\0"), "yaml-unsupported", 1_000_000, 10),
    Case("Latin-1", same(CLEAN.replace("crm", "crème").encode("latin-1")), "yaml-unsupported"),
    Case("UTF-16 with a mark", same(CLEAN.encode("utf-16")), "yaml-unsupported"),
    Case("UTF-16, odd length", same(CLEAN.encode("utf-16")[:-1]), "yaml-unsupported"),
    Case("UTF-16 without a mark", same(CLEAN.encode("utf-16-le")), "yaml-unsupported"),
    Case("UTF-32", same(CLEAN.encode("utf-32")), "yaml-unsupported"),
    Case("a lone surrogate", same(b"name: \xed\xa0\x80\n" + CLEAN.encode()), "yaml-unsupported"),
    Case(
        "an escaped surrogate", same(HEAD + '  - name: "\\ud83d"\n'), "yaml-syntax|required-field"
    ),
    Case(
        "escaped surrogate pairs",
        same(HEAD + '  - "\\ud83d\\ude00": 1\n'),
        "yaml-syntax|unknown-key",
    ),
    Case(
        "a mark in the middle",
        same(CLEAN.replace("    p", "\ufeff    p")),
        "yaml-syntax|unknown-key",
    ),
    Case("three marks", same("\ufeff" * 3 + CLEAN), "unknown-key|yaml-syntax|spec-version"),
    Case("escape sequences", same(HEAD + "  - \x1b[31mred\x1b[0m: 1\n"), "yaml-unsupported"),
    Case("right to left", same(HEAD + "  - \u202eeman: \u2066x\n"), "unknown-key"),
]
DEEP = [
    Case("open brackets", times("["), "yaml-unsupported", 300),
    Case("open braces", times("{"), "yaml-unsupported", 300),
    Case("brackets", lambda n: "[" * n + "]" * n, "yaml-unsupported", 300),
    Case("mixed brackets", times("[{a: "), "yaml-unsupported", 150),
    Case("brackets below", times("[", "x:\n" + CLEAN + "  - "), "yaml-unsupported", 300),
    Case("brackets on lines", times("[\n"), "yaml-unsupported", 300),
    Case("open brackets on keys", times("a: [\n"), "yaml-unsupported", 300),
    Case("closing brackets", times("]"), "yaml-syntax", 100_000),
    Case("dashes", times("- "), "yaml-unsupported", 300),
    Case("question marks", times("? "), "yaml-unsupported", 300),
    Case("stairs of keys", staircase("a:\n"), "yaml-unsupported", 300),
    Case("stairs of dashes", staircase("-\n"), "yaml-unsupported", 300),
    Case("stairs below", lambda n: CLEAN + staircase("a:\n")(n), "yaml-unsupported", 300),
    Case("99 levels", lambda n: "[" * n + "]" * n, "invalid-type", 99),
    Case("stairs up and down", times("".join(" " * (n % 50) + "a:\n" for n in range(100))),
         "unknown-key", 200, 4),
]  # fmt: skip
ALIASES = [
    Case("alias bomb", same(laughs(5, 6) + CLEAN), "yaml-unsupported"),
    Case("flat bomb", lambda n: f"a: &a [{'x, ' * n}]\nb: [{'*a, ' * n}]\n", "yaml-unsupported",
         80),
    Case("bomb of integrations", times("  - *i\n", HEAD + "  - &i {a: [[b], [b, c]]}\n"),
         "yaml-unsupported", 1_000),
    Case("self reference", same("integrations: &a\n  - *a\n"), "yaml-unsupported"),
    Case("self reference of all", same("&a\nintegrations: *a\n"), "yaml-unsupported"),
    Case("self reference as key", same("&a {*a : x}\n"), "yaml-unsupported"),
    Case("merge of itself", same(HEAD + "  - &a\n    <<: *a\n    name: x\n"), "yaml-unsupported"),
    Case("many self references", times("*a, ", "a: &a [", "]"), "yaml-unsupported", 5_000, 2),
    Case("undefined alias", same(HEAD + "  - *nowhere\n"), "yaml-syntax"),
    Case("undefined aliases", times("  - *nowhere\n", HEAD), "yaml-syntax", 5_000, 5),
    Case("long anchor", lambda n: f"{HEAD}  - &{'a' * n} {{x: 1}}\n",
         "required-field", 1_000_000, 12),
    Case("long alias", times("a", f"{HEAD}  - *"), "yaml-syntax", 1_000_000, 12),
    Case("anchors", numbered("  - &a@ {x: 1}\n", HEAD), "required-field", 1_000, 4),
    Case("anchors elsewhere", numbered("- &a@ x\n", "x:\n"), "integration-structure", 60_000, 12),
    Case("one anchor again", times("- &a x\n- *a\n", "x:\n"), "integration-structure", 30_000, 8),
    Case("merge chain", merges, "required-field", 15),
    Case("long merge chain", merges, "yaml-unsupported", 150),
    Case("merge list", merge_lists, "required-field", 200),
    Case("uses of a merge list", used_again, "required-field", 15),
    Case("merge of nothing", same(HEAD + "  - <<:\n    name: x\n  - <<: [1, *z]\n"), "yaml-syntax"),
    Case("anchors and mistakes", anchored_and_broken, "yaml-syntax", 1_500, 3),
]  # fmt: skip
TAGS = [
    Case("python object", same("!!python/object:os.system {a: b}\n" + CLEAN), "yaml-syntax"),
    Case("python call", same("x: !!python/object/apply:os.system ['false']\n"), "yaml-unsupported"),
    Case("tags", times("- !foo x\n", "x:\n"), "yaml-unsupported", 3_000, 5),
    Case("long tag", lambda n: f"x: !{'a' * n} y\n", "yaml-unsupported", 1_000_000, 40),
    Case("unknown handle", same("x: !a!b c\n"), "yaml-syntax"),
    Case("open tag", same("x: !<tag c\n"), "yaml-syntax"),
    Case("wrong escape in a tag", same("x: !%zz c\n"), "yaml-syntax"),
    Case("core tags that lie", same(HEAD + "  - name: !!int abc\n    provider: !!map x\n"),
         "provider-not-supported"),
    Case("directive", same("%YAML 9.9\n---\n" + CLEAN), "yaml-syntax|yaml-unsupported"),
    Case("directive twice", same("%YAML 1.1\n%YAML 1.1\n---\n" + CLEAN), "yaml-syntax"),
    Case("directives", numbered("%TAG !a@! !b\n"), "yaml-syntax", 150),
    Case("unknown directives", times("%FOO bar\n"), "yaml-syntax", 150),
    Case("directive in the middle", same(CLEAN + "%TAG ! x\n"), "yaml-extra-document"),
    Case("no character", same(HEAD + '  - name: "\\U00110000"\n'), "yaml-syntax"),
    Case("far from a character", same(HEAD + '  - name: "\\UFFFFFFFF"\n'), "yaml-syntax"),
    Case("version without numbers", same("%YAML a.b\n---\n"), "yaml-syntax|yaml-unsupported"),
    Case("huge version", lambda n: f"%YAML 1.{'9' * n}\n---\n", "yaml-unsupported", 5_000),
]  # fmt: skip
KEYS = [
    Case("integer keys", numbered("@: x\n"), "unknown-key", 6_000, 4),
    Case("list key", same(CLEAN + "? [a, b]\n: c\n"), "yaml-unsupported"),
    Case("list keys", times("? [a]\n: c\n"), "yaml-unsupported", 5_000, 4),
    Case("mapping key", same(CLEAN + "? {a: b}\n: c\n"), "yaml-unsupported"),
    Case("null key", same(CLEAN + ": c\n"), "yaml-syntax"),
    Case("null keys", times(": c\n"), "yaml-syntax", 50_000, 5),
    Case("alias keys", times("*a : c\n", "x: &a y\n"), "spec-version", 10_000, 4),
    Case("one key", times("a: 1\n"), "yaml-duplicate-key", 3_000, 3),
    Case("one key in an integration", times("    a: 1\n", CLEAN), "yaml-duplicate-key", 3_000, 3),
    Case("one known key", times("    name: a\n", HEAD + "  - name: a\n"), "yaml-duplicate-key",
         4_000, 4),
    Case("many keys", numbered("key@: 1\n"), "unknown-key", 4_000, 4),
    Case("near keys", numbered("    schedule@: 1\n", CLEAN), "unknown-key", 4_000, 4),
    Case("keys in all cases", lambda n: CLEAN + "".join(
        "    " + "".join(c.upper() if bit >> i & 1 else c for i, c in enumerate("displayname"))
        + ": x\n" for bit in range(n)), "yaml-duplicate-key", 512, 4),
    Case("long key", lambda n: f"{'a' * n}: 1\n", "yaml-syntax", 1_000_000, 10),
    Case("long question", lambda n: f"? {'a' * n}\n: 1\n", "unknown-key", 1_000_000, 10),
    Case("long quoted question", lambda n: f"? '{'a ' * n}'\n: 1\n", "unknown-key", 500_000, 8),
    Case("empty keys", times("'': 1\n"), "yaml-duplicate-key", 3_000, 3),
]  # fmt: skip
LINES = [
    Case("long scalar", times("a"), "invalid-type", 3_000_000, 12),
    Case("long words", times("a "), "invalid-type", 1_500_000, 15),
    Case("long comment", times("a", "#"), "spec-version", 3_000_000, 12),
    Case("long comment of marks", times("# ", "#"), "spec-version", 1_500_000, 12),
    Case("long value", times("a", HEAD + "  - name: "), "integration-name-length", 3_000_000, 12),
    Case("long broken value", times("a", HEAD + "  - name: '"), "yaml-syntax", 3_000_000, 15),
    Case("long unquoted cron", times("*/5 ", READ + "          schedule: "), "yaml-syntax",
         750_000, 15),
    Case("spaces", times(" "), "spec-version", 3_000_000, 12),
    Case("spaces before", lambda n: CLEAN + " " * n + "x: y\n", "yaml-syntax", 3_000_000, 15),
    Case("spaces behind", lambda n: HEAD + "  - name:" + " " * n + "\n", "required-field",
         3_000_000, 15),
    Case("tabs", times("\t"), "yaml-syntax", 3_000_000, 15),
    Case("tabs on lines", times("\t\n"), "yaml-syntax", 60_000, 4),
    Case("tabs before keys", times("\ta: b\n", CLEAN), "yaml-syntax", 30_000, 5),
    Case("line feeds", times("\n"), "spec-version", 1_000_000, 12),
    Case("carriage returns", times("a: 1\r"), "yaml-duplicate-key", 6_000, 4),
    Case("only carriage returns", times("\r"), "spec-version", 500_000, 10),
    Case("line separators", times("a: 1\u2028"), "unknown-key|yaml-syntax", 2_000, 3),
    Case("next lines", times("a: 1\x85"), "unknown-key|yaml-syntax", 2_000, 3),
    Case("double quotes", times('"'), "yaml-syntax", 100_000, 5),
    Case("single quotes", times("'"), "yaml-syntax", 100_001, 7),
    Case("double quotes on lines", times('"\n'), "yaml-syntax", 60_001, 5),
    Case("quoted lines", times('a: "\n'), "yaml-syntax", 4_009, 9),
    Case("backslashes", times("\\", 'a: "'), "yaml-syntax", 3_000_000, 20),
    Case("escaped quotes", times('\\"', 'a: "'), "yaml-syntax", 500_000, 15),
    Case("backslashes and quotes", lambda n: 'a: "' + ("\\" * n + '"') * 20, "yaml-syntax", 50_000,
         5),
    Case("colons", times(":"), "yaml-syntax", 3_000_000, 20),
    Case("colons and spaces", times(": "), "yaml-syntax", 1_500_000, 20),
    Case("tight colons", times("a:"), "yaml-syntax", 1_500_000, 20),
    Case("keys in a line", times("a: "), "yaml-syntax", 1_000_000, 20),
    Case("commas", times(",", "["), "yaml-syntax", 1_000_000, 20),
    Case("stars", times("*"), "yaml-syntax", 1_000_000, 5),
    Case("ampersands", times("&"), "yaml-syntax", 1_000_000, 5),
    Case("exclamation marks", times("!"), "yaml-unsupported", 1_000_000, 20),
    Case("pipes", times("|"), "yaml-syntax", 1_000_000, 5),
    Case("percents", times("%"), "yaml-syntax", 1_000_000, 5),
    Case("tight dashes", times("-a\n", HEAD), "yaml-syntax", 20_000, 5),
    Case("words on lines", times("word\n"), "invalid-type", 100_000, 5),
    Case("words below", times("word\n", CLEAN), "yaml-syntax", 20_000, 5),
    Case("conflict marks", times("<<<<<<< a\n", CLEAN), "yaml-syntax", 15_000, 5),
    Case("flow in a line", times("{name: a, provider: b}, ", "integrations: [", "]"),
         "integration-structure", 500, 2),
    Case("broken flow in a line", times("{name: a provider: b}, ", "integrations: [", "]"),
         "yaml-syntax", 20_000, 10),
    Case("open flow", times("{name: a, provider: b}, ", "integrations: ["),
         "yaml-syntax", 10_000, 10),
]  # fmt: skip
BLOCKS = [
    Case("indented by nine", same("a: |9\n x\n"), "yaml-syntax"),
    Case("indented by zero", same("a: |0\n x\n"), "yaml-syntax"),
    Case("indented by 99", same("a: |99\n x\n"), "yaml-syntax"),
    Case("two signs", same("a: |+-\n x\n"), "yaml-syntax"),
    Case("text behind the header", same("a: >x\n y\n"), "yaml-syntax"),
    Case("tab in a block", same("a: |\n\tx\n"), "yaml-syntax"),
    Case("less indented than said", same("a: |4\n  x\n" + CLEAN), "yaml-syntax"),
    Case("first line too deep", same("a: |\n        \n  x\n" + CLEAN), "yaml-syntax"),
    Case("headers", times("a: |9\n x\n"), "yaml-syntax", 20_000, 5),
    Case("lying headers", times("  - name: |0\n     x\n", HEAD), "yaml-syntax", 1_200, 4),
    Case("long block", times("      x\n", HEAD + "  - name: |\n"),
         "integration-name-length", 400_000, 20),
    Case("folded block", times("      x\n\n", HEAD + "  - name: >\n"), "integration-name-length",
         300_000, 20),
    Case("blank block", times("\n", HEAD + "  - name: |+\n"), "required-field", 1_000_000, 20),
]  # fmt: skip
MANY = [
    Case("integrations of one name", times("  - name: a\n" + PROXY, HEAD),
         "duplicate-integration-name", 1_500, 3),
    Case("bare integrations of one name", times("  - name: a\n", HEAD),
         "duplicate-integration-name", 1_000, 2),
    Case("unknown providers", numbered("  - name: i@\n    provider: hubspots@x\n", HEAD),
         "provider-not-supported", 1_000, 2),
    Case("providers nearly right", numbered("  - {name: i@, provider: salesforc@}\n", HEAD),
         "provider-not-supported", 1_000, 2),
    Case("objects of one name", times("        - objectName: contacts\n", READ),
         "duplicate-read-object", 1_500, 2),
    Case("objects", objects(OBJECT), "missing-schedule", 2_000, 2),
    Case("objects to write", objects("        - objectName: o@\n          inheritMapping: true\n",
         WRITES), "write-inherit-mapping", 4_000, 4),
    Case("fields of one name", times("            - fieldName: email\n",
         READ + "          requiredFields:\n"), "duplicate-field", 4_000, 4),
    Case("mappings to one name", numbered("            - {fieldName: f@, mapToName: x}\n",
         READ + "          requiredFields:\n"), "field-mapping-unique", 3_000, 4),
    Case("wrong paths", numbered("            - {fieldName: \"$['a']['b\", mapToName: x@}\n",
         READ + "          requiredFields:\n"), "field-mapping-jsonpath", 4_000, 4),
    Case("destinations", numbered(OBJECT.replace("webhook", "webhook@"), READ),
         "missing-schedule", 2_000, 2),
    Case("schedules", lambda n: READ + "".join(
        OBJECT.replace("@", str(i))
        + f'          schedule: "{i % 60},{(i * 7) % 59} {i % 24} * * *"\n'
        for i in range(n)), "schedule-minimum-interval", 1_200, 3),
    Case("broken integrations", broken_integrations, "yaml-syntax", 1_000, 4),
    Case("integrations without colons", times("  - name: a\n    provider hubspot\n", HEAD),
         "yaml-syntax", 1_000, 4),
    Case("mistakes in one integration", times("    provider hubspot\n    x: [\n", CLEAN),
         "yaml-syntax", 10_000, 5),
    Case("mistakes at the top", times("x: [\ny z\n", CLEAN), "yaml-syntax", 20_000, 10),
    Case("numbers for text", times("  - name: 1.0\n", HEAD), "yaml-ambiguous-scalar", 4_000, 4),
    Case("huge number", times("9", HEAD + "  - name: "), "integration-name-length", 5_000),
    Case("huge exponent", times("9", HEAD + "  - name: 1e"), "integration-name-length", 5_000),
    Case("huge hexadecimal number", times("f", HEAD + "  - name: 0x"), "integration-name-length",
         5_000),
    Case("underscores", times("_", HEAD + "  - name: 1"), "yaml-ambiguous-scalar", 5_000),
]  # fmt: skip
CRON = [
    Case("cron of equal entries", scheduled("0"), "read-without-fields", 100_000),
    Case("cron of stars", scheduled("*"), "schedule-minimum-interval", 100_000),
    Case("cron of steps", scheduled("*/7"), "schedule-minimum-interval", 100_000),
    Case("cron of ranges", scheduled("1-59/3"), "schedule-minimum-interval", 100_000),
    Case("cron of wrong entries", scheduled("61"), "schedule-syntax", 100_000),
    Case("cron of nonsense", scheduled("x"), "schedule-syntax", 100_000),
    Case("cron of nothing", scheduled(""), "schedule-syntax", 100_000),
    Case("cron of all minutes", lambda n: READ + '          schedule: "'
         + ",".join(str(i % 60) for i in range(n)) + ' * * * *"\n', "schedule-minimum-interval",
         100_000),
    Case("cron of many fields", lambda n: READ + f'          schedule: "{"* " * n}"\n',
         "schedule-syntax", 100_000),
    Case("cron of spaces", lambda n: READ + f'          schedule: "*{" " * n}* * * *"\n',
         "schedule-minimum-interval", 1_000_000, 10),
    Case("cron of digits", lambda n: READ + f'          schedule: "{"1" * n} * * * *"\n',
         "schedule-syntax", 1_000_000, 10),
    Case("cron of a huge step", lambda n: READ + f'          schedule: "*/{"9" * n} * * * *"\n',
         "schedule-syntax", 10_000),
    Case("cron of dashes", lambda n: READ + f'          schedule: "{"1-" * n} * * * *"\n',
         "schedule-syntax", 100_000),
    Case("cron of days", lambda n: READ + '          schedule: "0 0 '
         + ",".join(str(i % 31 + 1) for i in range(n)) + " * "
         + ",".join(str(i % 8) for i in range(n)) + '"\n', "read-without-fields", 50_000),
]  # fmt: skip

YAML = [*NOTHING, *NO_TEXT, *DEEP, *ALIASES, *TAGS, *KEYS, *LINES, *BLOCKS]
CASES = [*YAML, *MANY, *CRON]
