"""Random manifests in random layouts, written in all the ways that YAML has."""

from __future__ import annotations

from random import Random

KEYS = """specVersion integrations name displayName provider read subscribe write proxy objects
objectName destination schedule requiredFields optionalFields fieldName mapToName backfill enabled
defaultPeriod days fullHistory inheritFieldsAndMapping createEvent updateEvent requiredWatchFields
watchFieldsAuto prompt mapToDisplayName optionalFieldsAuto""".split()  # noqa: SIM905
PLAIN_WORDS = """contact account hubspot salesforce read-contacts my-webhook all 1.0.0 true no
017""".split()  # noqa: SIM905
MORE_WORDS = "1e6 null ~ 12 é 名前 <<- a:b a#b http://example.com/x?y=1 - ? : <"
WORDS = [*PLAIN_WORDS, *MORE_WORDS.split()]
COMMENTS = """ amp:ignore
 amp:ignore[missing-schedule]
amp:ignore-file[schedule-uneven]
 a comment
TODO: x
-
 key: value
- item

'quote
 {
 prettier""".split("\n")  # noqa: SIM905
LONG = "The name of the field that your product delivers to customers who have connected it"


class Writer:
    """Writes one random manifest. All choices come from `random`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.step = random.randint(1, 8)
        self.dash = random.choice((0, 0, self.step, random.randint(1, 4)))
        self.gap = random.choice((1, 1, 1, 3))
        self.comments = random.choice((0.0, 0.0, 0.05, 0.25))
        self.blanks = random.choice((0.0, 0.1, 0.4))
        self.flow = random.choice((0.0, 0.1, 0.4))
        self.rare = random.choice((0.0, 0.0, 0.05, 0.2))
        # The anchors of finished values.
        self.anchors: list[str] = []
        self.names = 0
        self.suppresses = self.chance(0.3)
        self.budget = random.choice((6, 15, 40))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def manifest(self) -> str:
        lines = self.space(0)
        if self.chance(self.rare):
            lines += ["---" + self.trailing()]
        lines += self.mapping(0) if self.chance(0.95) else self.sequence(0)
        lines += self.space(0)
        text = "\n".join(lines) + self.random.choice(("", "\n\n", *["\n"] * 10))
        if self.chance(self.rare):
            text = text.rstrip("\n") + "\n" + self.random.choice(("...\n", "---\na: 1\n", "---\n"))
        return text.replace("\n", "\r\n") if self.chance(self.rare / 2) else text

    def space(self, column: int) -> list[str]:
        """Empty lines and comments in front of something."""
        lines: list[str] = []
        while self.chance(self.blanks / 2):
            lines.append(" " * self.random.choice((0, 0, 0, 3)))
        while self.chance(self.comments):
            at = column if self.chance(0.8) else self.random.randint(0, column + 4)
            lines.append(" " * at + self.comment())
            while self.chance(self.blanks / 2):
                lines.append("")
        return lines

    def comment(self) -> str:
        return "#" + self.random.choice(COMMENTS if self.suppresses else COMMENTS[3:])

    def trailing(self) -> str:
        if not self.chance(self.comments / 2):
            return " " * (self.random.randint(0, 2) if self.chance(self.rare) else 0)
        return " " * self.random.randint(1, 3) + self.comment()

    def mapping(self, column: int) -> list[str]:
        """The lines of a block mapping."""
        lines: list[str] = []
        for at in range(self.random.randint(1, 5)):
            lines += self.space(column) if at else []
            lines += self.entry(column)
        return lines

    def entry(self, column: int) -> list[str]:
        self.budget -= 1
        if self.anchors and self.chance(self.rare / 2):
            return [" " * column + f"<<: *{self.random.choice(self.anchors)}" + self.trailing()]
        key = self.key()
        if self.chance(self.rare / 8):
            head, lines = self.value(column, column + 2)
            first = " " * column + "? " + key
            return [first, " " * column + ":" + head, *lines]
        head, lines = self.value(column, column + self.step)
        return [" " * column + key + ":" + head, *lines]

    def key(self) -> str:
        key = self.random.choice(KEYS)
        if self.chance(self.rare):
            key = self.random.choice((f'"{key}"', f"'{key}'", f"&k{self.budget} {key}", "? " + key))
        return key if not key.startswith("?") else key[2:] + " "

    def sequence(self, column: int) -> list[str]:
        """The lines of a block sequence."""
        lines: list[str] = []
        for at in range(self.random.randint(1, 4)):
            lines += self.space(column) if at else []
            self.budget -= 1
            inner = column + 1 + self.gap
            pad = " " * column + "-"
            if self.chance(0.6) and self.budget > 0:
                block = self.mapping(inner) if self.chance(0.9) else self.sequence(inner)
                lines += [pad + " " * self.gap + block[0][inner:], *block[1:]]
            else:
                head, rest = self.value(column, inner)
                lines += [pad + head, *rest]
        return lines

    def value(self, parent: int, column: int) -> tuple[str, list[str]]:
        """What follows on the line of a key or dash, and the lines below it."""
        properties = self.properties()
        found = self.content(parent, column, properties)
        if "&" in properties:
            self.anchors.append(properties.rpartition("&")[2])
        return found

    def content(self, parent: int, column: int, properties: str) -> tuple[str, list[str]]:
        """As `value`, behind a tag and an anchor."""
        roll = self.random.random()
        if roll < 0.35 and self.budget > 0:
            block = self.mapping(column)
            return properties + self.trailing(), self.space(column) + block
        if roll < 0.6 and self.budget > 0:
            at = max(parent, 0) + self.dash
            at = at if at > parent or self.chance(0.5) else column
            return properties + self.trailing(), self.space(at) + self.sequence(max(at, parent + 1))
        if roll < 0.6 + self.flow / 4:
            return self.inline(properties, self.flow_value(column, 0), column)
        if self.chance(self.rare):
            return self.block_scalar(properties, max(parent, 0))
        if self.chance(self.rare / 2):
            return properties + self.trailing(), []
        return self.inline(properties, self.scalar(column), column)

    def inline(self, properties: str, text: str, column: int) -> tuple[str, list[str]]:
        lines = text.split("\n")
        if self.chance(self.rare / 2):
            return properties + self.trailing(), [" " * column + lines[0], *lines[1:]]
        spaces = " " * (self.random.randint(2, 4) if self.chance(self.rare) else 1)
        if len(lines) == 1:
            return properties + spaces + text + self.trailing(), []
        return properties + spaces + lines[0], [*lines[1:-1], lines[-1] + self.trailing()]

    def properties(self) -> str:
        found = ""
        if self.chance(self.rare / 3):
            found += self.random.choice((" !!str", " !own", " !"))
        if self.chance(self.rare / 3):
            self.names += 1
            found += f" &a{self.names}"
        return found

    def scalar(self, column: int) -> str:
        if self.anchors and self.chance(self.rare):
            return "*" + self.random.choice(self.anchors)
        words = [self.random.choice(PLAIN_WORDS)]
        words += [self.random.choice(WORDS) for _ in range(self.random.choice((0, 0, 0, 2, 30)))]
        if self.chance(self.rare):
            words += LONG.split()
        joint = " "
        if self.chance(self.rare) and len(words) > 1:
            joint = "\n" * self.random.randint(1, 3) + " " * (column + self.random.randint(0, 2))
        text = " ".join(words[:-1]) + (joint if len(words) > 1 else "") + words[-1]
        return self.quoted(text)

    def quoted(self, text: str) -> str:
        style = self.random.choice(("plain", "plain", "single", "double"))
        if style == "single":
            return "'" + text + self.random.choice(("", "", '"', "''", "\\n")) + "'"
        if style == "double":
            return (
                '"' + text + self.random.choice(("", "", "'", '\\"', "\\n", "\\\\", "\\x41")) + '"'
            )
        return " ".join(word for word in text.split(" ") if word not in ("-", "?", ":")) or "x"

    def block_scalar(self, properties: str, parent: int) -> tuple[str, list[str]]:
        explicit = self.random.randint(1, 4) if self.chance(0.2) else 0
        indent = parent + (explicit or self.random.randint(1, 5))
        header = self.random.choice("|>") + self.random.choice(("", "", "-", "+"))
        lines = [
            " " * (indent + self.random.choice((0, 0, 0, 2)) * bool(at or explicit))
            + self.random.choice((LONG, "contact", "a: b", "# no comment", "- x"))
            + " " * (2 if self.chance(0.1) else 0)
            if self.chance(0.8) or not at
            else " " * self.random.choice((0, 0, indent))
            for at in range(self.random.randint(1, 5))
        ]
        lines += [""] * (self.random.randint(1, 3) if self.chance(0.3) else 0)
        sign = str(explicit) if explicit else ""
        return f"{properties} {header[:1]}{sign}{header[1:]}{self.trailing()}", lines

    def flow_value(self, column: int, depth: int) -> str:
        """A collection between brackets."""
        is_mapping = self.chance(0.5)
        parts = [
            self.flow_part(is_mapping, column, depth) for _ in range(self.random.randint(0, 4))
        ]
        opening, closing = "{}" if is_mapping else "[]"
        text = opening + self.flow_space(column)
        for at, part in enumerate(parts):
            text += part + self.flow_space(column)
            if at < len(parts) - 1 or self.chance(0.1):
                text += "," + (self.flow_space(column) or " ")
        return text + closing

    def flow_part(self, is_mapping: bool, column: int, depth: int) -> str:
        if depth < 3 and self.chance(0.2):
            value = self.flow_value(column, depth + 1)
        else:
            value = self.random.choice((*PLAIN_WORDS, '"a, b"', "'x'", '"it\'s"'))
        if is_mapping or self.chance(0.1):
            key = self.random.choice(KEYS)
            return f"{key}: {value}" if self.chance(0.9) else key
        return value

    def flow_space(self, column: int) -> str:
        if self.chance(0.1):
            blank = "\n" if self.chance(0.2) else ""
            comment = " " + self.comment() if self.chance(self.comments) else ""
            return f"{comment}\n{blank}" + " " * (column + self.random.randint(0, 3))
        return " " * self.random.choice((0, 0, 0, 1))


def manifest(seed: int) -> str:
    """The manifest of a seed."""
    return Writer(Random(seed)).manifest()
