"""What holds for any text: no crash, spans slice back, and the same bytes out, alone and among others."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableReport
from sayso.intake import report_from_text
from sayso.model import Reading, decode
from sayso.reading import Reader
from tests.variants import CAUCASUS, HORN, KASHMIR, dispatch, swapped

WORDS = ["Two", "soldiers", "were", "killed", "the", "ministry", "said", "Armenia", "attacked", "\u201c", "\u201d", '"', "(", ")", "\u2014", ",", ".", "not", "on Monday", "in 1992", "near Kyiv",
         "70 times", "\n\n", "\n", "he", "They", "accused", "of shelling", "\u202e", "\u0301", "\ufeff", "\U0001f1fa\U0001f1e6", "\u0627\u0644\u062c\u064a\u0634", "\u5317\u4eac"]  # fmt: skip
PROSE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)


def _read(reader: Reader, text: str) -> Reading | None:
    try:
        return reader.read(report_from_text(text, published="2024-06-03"))
    except UnreadableReport:
        return None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(st.characters(), max_size=300), PROSE))
def test_any_text_is_read_or_refused_and_every_span_slices_back(reader: Reader, text: str) -> None:
    reading = _read(reader, text)

    if reading is not None:
        line = reading.to_json()
        assert decode(line).to_json() == line  # decoding checks every span against the text
        again = _read(reader, text)
        assert again is not None and again.to_json() == line


def test_a_report_reads_the_same_alone_among_others_and_shuffled(reader: Reader) -> None:
    dyads = [CAUCASUS, HORN, KASHMIR, swapped(CAUCASUS), swapped(HORN)]
    reports = [report_from_text(dispatch(d), published=d.published, id=str(n)) for n, d in enumerate(dyads)]
    alone = {r.id: Reader(threads=1).read(r).to_json() for r in reports}
    mixed = reports * 2
    random.Random(5).shuffle(mixed)

    assert [alone[r.id] for r in mixed] == [x.to_json() for x in reader.read_many(mixed)]


def test_two_threads_give_the_bytes_of_one() -> None:
    report = report_from_text(dispatch(CAUCASUS), published=CAUCASUS.published)

    assert Reader(threads=1).read(report).to_json() == Reader(threads=2).read(report).to_json()
