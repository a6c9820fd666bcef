"""The documents of a text, with the lines between them: `%` lines, `---`, `...` and comments."""

from __future__ import annotations

from amp_lint.formatter.arrange import Arranger, last_piece
from amp_lint.formatter.comments import Attacher
from amp_lint.formatter.layout import HARD, KEEP, Group, Layout, joined
from amp_lint.formatter.pieces import (
    AS_PRETTIER,
    AnyContent,
    Comment,
    Constraints,
    Leaf,
    Map,
    PieceReader,
)
from amp_lint.formatter.scalars import chomping, ends_in_space
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Node
from amp_lint.yaml.parser import parse_text
from amp_lint.yaml.tree_builder import ParseFailure
from amp_schema.lite_dataclasses import dataclass, field
from amp_schema.patterns import pattern

# A line in front of a document: empty, a comment, or a `%` line.
_HEAD_LINE = pattern(r"[ \t]*(?:(#[^\n]*))?(?:\n|\Z)|(%[^\n]*)(?:\n|\Z)")
_MARK = pattern(r"^(---|\.\.\.)(?=\s|\Z)", 8)  # re.MULTILINE
_BEHIND_MARK = pattern(r"[ \t]*(#[^\n]*)?")


@dataclass(slots=True)
class Page:
    """One document: what is in front of it, its content, and what ends it. `head` holds `%` lines
    and the comments above `---`; `tail` the comments below the content."""

    start: int
    end: int = 0
    head: list[Comment | str] = field(default_factory=list)
    opened: bool = False
    opening: Comment | None = None
    content: AnyContent | None = None
    tail: list[Comment] = field(default_factory=list)
    closed: bool = False
    closing: Comment | None = None
    root: Node | None = None
    comments: list[Comment] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """The `%` lines and comments, in their order."""
        notes = [*self.head, self.opening, *self.comments, self.closing]
        return [one.text if isinstance(one, Comment) else one for one in notes if one]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.has_head or self.content or self.tail or self.closed)

    @property
    def has_head(self) -> bool:
        """Whether the document has to begin with `---`."""
        return self.opened or bool(self.head)


def read_pages(
    source: Source, first: Node | None, constraints: Constraints = AS_PRETTIER
) -> tuple[list[Page], int]:
    """The documents of a source whose lines end in LF, and where the text begins that cannot be
    read as one. `first` is the root of the first document."""
    text = source.text
    pages: list[Page] = []
    at = 0
    while not pages or at < len(text):
        page = Page(at)
        try:
            page.root = first if not pages else parse_text(text[at:], offset=at).root
        except ParseFailure:
            return pages, at
        at = _read_page(text, page, constraints)
        if not pages or page.opened or page.content is not None or page.head:
            pages.append(page)
        else:
            # Comments behind the last `...`.
            for comment in page.tail:
                comment.placed = True
            pages[-1].tail += page.tail
            pages[-1].comments += page.tail
    return pages, at


def _read_page(text: str, page: Page, constraints: Constraints) -> int:
    """Fill a page; where the next one begins."""
    root, reader = page.root, PieceReader(text, constraints.pinned)
    body = _read_head(text, page)
    content_end = body if root is None or root.end <= body else root.end
    mark = _MARK.search(text, content_end)
    page.end = mark.start() if mark else len(text)
    page.content = reader.read(root, body, page.end)
    page.comments = reader.comments
    if page.content is None:
        page.tail = page.comments
    if mark is None:
        return len(text)
    if mark[1] == "---":
        return mark.start()
    page.closed = True
    behind = _BEHIND_MARK.match(text, mark.end())
    assert behind is not None
    page.closing = Comment(behind, 1) if behind[1] else None
    return min(behind.end() + 1, len(text))


def _read_head(text: str, page: Page) -> int:
    """Read what is in front of a document's content; where the content begins."""
    at = page.start
    head: list[Comment | str] = []
    has_directive = False
    while at < len(text) and (line := _HEAD_LINE.match(text, at)):
        if line[1]:
            head.append(Comment(line, 1))
        elif line[2]:
            head.append(line[2].rstrip())
            has_directive = True
        at = line.end()
    if not text.startswith("---", at) or text[at + 3 : at + 4].strip():
        return at if has_directive else page.start
    page.opened = True
    page.head = head
    behind = _BEHIND_MARK.match(text, at + 3)
    assert behind is not None
    page.opening = Comment(behind, 1) if behind[1] else None
    return behind.end()


def _attach(page: Page, starts: list[int], strict: bool) -> None:
    """Give the comments of a page to its pieces."""
    if page.content is not None and page.comments:
        attacher = Attacher(starts, page.content, strict)
        tail = attacher.tail(page.comments)
        for comment in tail:
            comment.placed = True
        page.tail = [*attacher.attach(page.comments), *tail, *page.tail]


def arrange(
    source: Source, pages: list[Page], constraints: Constraints = AS_PRETTIER
) -> list[Layout]:
    """The layout of documents, just read from a source by `read_pages`."""
    for page in pages:
        _attach(page, source.line_starts, constraints.strict)
    arranger = Arranger(
        source.text, [one.start for page in pages for one in page.comments], constraints
    )
    parts: list[Layout] = []
    ends_line = True
    for at, page in enumerate(pages):
        is_last = at == len(pages) - 1
        if not ends_line:
            parts.append(HARD)
        parts.append(Group(_page(arranger, page, is_last)))
        leaf = last_piece(page.content) if page.content is not None and not page.tail else None
        keeps = ends_in_space(leaf) or (is_last and _keeps_lines(leaf))
        if keeps and not is_last:
            parts.append(KEEP)
        is_closed = _is_closed(pages, at)
        if is_closed:
            parts += ["" if keeps else HARD, "..."]
            parts += [" ", page.closing.text] if page.closing else []
        ends_line = keeps and not is_closed
    is_empty = len(pages) == 1 and pages[0].is_empty
    if not ends_line and not is_empty:
        parts.append(HARD)
    return parts


def _is_closed(pages: list[Page], at: int) -> bool:
    page = pages[at]
    return page.closed or (at < len(pages) - 1 and bool(pages[at + 1].head))


def _keeps_lines(leaf: object) -> bool:
    return isinstance(leaf, Leaf) and leaf.is_block and chomping(leaf) == "+"


def _page(arranger: Arranger, page: Page, is_last: bool) -> Layout:
    parts: list[Layout] = []
    if page.has_head:
        if page.head:
            head = [
                one if isinstance(one, str) else arranger.comment(one, None) for one in page.head
            ]
            parts.append(Group(joined(HARD, head)))
        parts.append(f"--- {page.opening.text}" if page.opening else "---")
    if page.content is not None or page.tail:
        parts.append(Group(_body(arranger, page, is_last)))
    return joined(HARD, parts)


def _body(arranger: Arranger, page: Page, is_last: bool) -> Layout:
    content, tail = page.content, page.tail
    between: Layout = ""
    if content is not None and tail:
        leaf = last_piece(content)
        if isinstance(leaf, Leaf) and leaf.is_block:
            between = "" if _keeps_lines(leaf) else [HARD, HARD]
            arranger.spaced.add(content.end)
        else:
            apart = isinstance(content, Map) and not content.flow
            apart = apart and arranger.is_below_blank(tail[0])
            if apart:
                arranger.spaced.add(content.end)
            between = [HARD, HARD] if apart else HARD
    written = arranger.piece(content, None, is_last) if content is not None else ""
    return [written, between, arranger.comments(tail, None)]
