"""Who is meant where the report itself decides: its headline, its publisher, its other mentions (tests/sentences/parties.tsv has the rest)."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import Event
from sayso.reading import Reader

# headline, body, publisher, and the first act's actors: country and sector
OURS = [
    ("Statement by President Evo Morales on the border", "We call on Chile to return to the talks.", "The White House", ["BOL GOV"]),
    ("Joint Declaration by the President of Kenya and the President of Somalia", "We agree to reopen the crossing.", "", ["KEN GOV", "SOM GOV"]),
    ("A word on the border", "We call on Chile to return to the talks.", "Ministry of Foreign Affairs of Peru", ["PER GOV"]),
    ("Statement on the truce", "The Party rejects the offer of the Philippine government.", "Maoist Press Cell", ["PHL REB"]),
    ("Statement on the truce", "The Party rejects the offer of the Philippine government.", "Manila Courier", ["PHL PTY"]),
]


@pytest.mark.parametrize(("headline", "body", "publisher", "actors"), OURS, ids=[f"{h}, {p}" for h, _, p, _ in OURS])
def test_we_and_the_party_are_those_whose_report_it_is(headline: str, body: str, publisher: str, actors: list[str], reader: Reader) -> None:
    report = report_from_text(f"{headline}\n\n{body}", title=headline, publisher=publisher or None, published="2015-06-14")
    acts = [c for c in reader.read(report).claims if isinstance(c, Event)]

    assert [f"{a.country} {a.sector.value}" for a in acts[0].actors] == actors
