"""Dates on TempEval-3's TBAQ: values to the day, and false hits.

Gold: expressions of type DATE or TIME in the text, not the document's own date, which is given. `day value right`: of those whose value
is to the day (a time of day counts as its day), the share that one of our expressions overlaps with just that day. `false hits`: of our
expressions, those that overlap no annotated expression of any type. No tree is read: sentences by our own rule, an expression at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape

from bench.accuracy.figures import Counts, Figure, figure, overlap, share
from bench.accuracy.folder import Folder, Missing
from sayso.model import When
from sayso.reader.tokens import sentences, words
from sayso.resolve.dates import find_dates, settle

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.S)
_DCT = re.compile(r"<DCT>.*?value=\"(\d{4}-\d\d-\d\d)", re.S)
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?")
_FUTURE = re.compile(r"\b(?:will|shall|plan|schedule|expect|due|set)", re.I)
OTHERS = "on 32 of the documents (92 such): dateparser 32 to 55 right, parsedatetime 20, datefinder 27"
OTHER_HITS = "on 32 of the documents (207 expressions): dateparser 140 false, parsedatetime 76, datefinder 4"


def measure(folder: Folder) -> Iterator[Figure]:
    """The figures on TBAQ-cleaned (TimeBank and AQUAINT)."""
    files = folder.files("TempEval-3", "data/TBAQ-cleaned/*/*.tml")
    counts = [count(path.read_text("utf-8", "replace")) for path in files]
    counts = [n for n in counts if n]
    if not counts:
        raise Missing(folder.command("TempEval-3"))
    size = f"{len(counts)} documents, {{days}}"
    yield figure("TBAQ, day value right", counts, share("right", "days"), size, OTHERS)
    yield figure("TBAQ, dates and times found", counts, share("found", "expressions"), f"{len(counts)} documents, {{expressions}}")
    yield figure("TBAQ, false hits, of our expressions", counts, share("false", "ours"), "{false} of {ours}", OTHER_HITS)


def count(document: str) -> Counts:
    """The counts of one document; none where it has no text or no date."""
    body, created = _TEXT.search(document), _DCT.search(document)
    if body is None or created is None:
        return Counter()
    text, marked = _plain(body[1])
    ours = list(_ours(text, date.fromisoformat(created[1])))
    n: Counts = Counter(ours=len(ours))
    n["false"] = sum(not any(overlap(at, span) > 0 for span, _, _ in marked) for at, _ in ours)
    for span, kind, value in marked:
        if kind not in ("DATE", "TIME"):
            continue
        n["expressions"] += 1
        near = [when for at, when in ours if overlap(at, span) > 0]
        n["found"] += bool(near)
        if day := _DAY.fullmatch(value):
            n["days"] += 1
            n["right"] += any(str(when.start) == str(when.end) == day[1] for when in near if when is not None)
    return n


def _plain(marked: str) -> tuple[str, list[tuple[tuple[int, int], str, str]]]:
    """The text without its marks, and the expressions of time: where they stand, type and value."""
    text, found, open_, last = "", [], None, 0
    for tag in _TAG.finditer(marked):
        text += unescape(marked[last : tag.start()])
        last = tag.end()
        if tag[2] == "TIMEX3":
            if tag[1] and open_ is not None:
                found.append(((open_[0], len(text)), open_[1], open_[2]))
                open_ = None
            elif not tag[1]:
                fields = dict(re.findall(r'(\w+)="([^"]*)"', tag[3]))
                open_ = (len(text), fields.get("type", ""), fields.get("value", ""))
    return text + unescape(marked[last:]), found


def _ours(text: str, day: date) -> Iterator[tuple[tuple[int, int], When | None]]:
    """Our expressions; one that hangs on another is counted from the last day told."""
    last: When | None = None
    for paragraph in re.finditer(r"(?:(?!\n\s*\n).)+", text, re.S):
        for sentence in sentences(words(paragraph.group(), paragraph.start())):
            start, end = sentence[0].start, sentence[-1].end
            piece = text[start:end]
            for found in find_dates(piece, day, start, future=bool(_FUTURE.search(piece))):
                when = found.when or (settle(found, last) if last is not None else None)
                if when is not None and when.precision == "day":
                    last = when
                yield (found.start_char, found.end_char), when
