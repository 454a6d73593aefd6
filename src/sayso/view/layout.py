"""Rich renderables → lines on the console: no wider than it is, no blanks at their ends.

In: texts, tables and blocks that the views build. Out: printed lines. What is said is decided elsewhere; here only where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.text import Text

WIDEST = 140
"""Lines longer than this are hard to read on any screen."""


class Ruled:
    """A heading with a line drawn to the end of its column; a long one is wrapped and gets no line, but is never cut."""

    def __init__(self, words: Text) -> None:
        self.words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = Text()
        line.append_text(self.words)
        room = options.max_width - cell_len(self.words.plain) - 1
        if room > 0:
            line.append(" " + ("-" if options.ascii_only else "─") * room, style="not bold")
        yield line


def indented(part: RenderableType, by: int = 2) -> RenderableType:
    """A part with a margin on the left."""
    return Padding(part, (0, 0, 0, by), expand=False)


def put(parts: Iterable[RenderableType], console: Console) -> None:
    """Prints the parts, each from a line of its own."""
    options = console.options.update(width=min(console.width, WIDEST), highlight=False, markup=False)
    for part in parts:
        for line in console.render_lines(part, options, pad=False):
            console.print(Segments([*_trimmed(line), Segment.line()]), end="", width=options.max_width)


def _trimmed(line: list[Segment]) -> Iterator[Segment]:
    """The line without the blanks that fill it up."""
    last = max((n for n, segment in enumerate(line) if segment.text.strip()), default=-1)
    for n, segment in enumerate(line[: last + 1]):
        yield Segment(segment.text.rstrip(), segment.style) if n == last else segment
