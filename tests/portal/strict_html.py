"""What a strict reader of HTML objects to: elements that do not close as they opened, ids said twice, bad nesting."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SHAPES = {"path", "use", "circle", "rect"}  # within svg an element may close itself
PHRASES = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "span",
    "a",
    "button",
    "label",
    "dt",
    "summary",
    "figcaption",
    "b",
    "time",
}
BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "header", "hr", "main", "nav", "ol", "p", "section", "table", "ul",
}  # fmt: skip
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "tr": {"td", "th"},
    "picture": {"source", "img"},
}
HOLDS_ANYTHING = {"a"}  # transparent: a link may hold blocks where its parent may


class StrictReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.faults = [], set(), []
        self.links, self.heads = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._look_at(tag, given, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self._look_at(tag, dict(attrs), attrs)
        if tag not in VOID | SHAPES:
            self._object(f"<{tag}/> does not close itself")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self._object(f"</{tag}> where {self.open[-1] if self.open else 'nothing'} is open")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
            return
        self.open.pop()

    def _look_at(self, tag, given, attrs):
        if len(given) != len(attrs):
            self._object(f"<{tag}> says an attribute twice")
        if "id" in given:
            if given["id"] in self.ids:
                self._object(f"id {given['id']} twice")
            self.ids.add(given["id"])
        parent = self.open[-1] if self.open else ""
        if parent in CHILDREN and tag not in CHILDREN[parent] | {"script", "template"}:
            self._object(f"<{tag}> in <{parent}>")
        if tag in BLOCKS and parent in PHRASES - HOLDS_ANYTHING:
            self._object(f"<{tag}> in <{parent}>")
        if tag in {"a", "button"} and {"a", "button"} & set(self.open):
            self._object(f"<{tag}> in a link or button")
        if tag == "img" and not given.get("alt"):
            self._object("picture without words")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag in {"h1", "h2", "h3", "h4"}:
            self.heads.append(int(tag[1]))

    def _object(self, words):
        self.faults.append(f"{self.getpos()[0]}: {words}")

    def close(self):
        super().close()
        if self.open:
            self._object(f"never closed: {self.open}")
        if self.heads.count(1) != 1:
            self._object(f"{self.heads.count(1)} headings of the first rank")
        steps = zip(self.heads, self.heads[1:], strict=False)
        if any(later - earlier > 1 for earlier, later in steps):
            self._object(f"a rank of headings is left out: {self.heads}")


def read_strictly(html):
    """The faults and the links of a page."""
    reader = StrictReader()
    reader.feed(html)
    reader.close()
    return reader.faults, reader.links
