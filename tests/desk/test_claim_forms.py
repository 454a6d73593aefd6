"""A claim's form: what it shows is the claim, what it sends is the claim that the reviewer means, and what cannot be used is said."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.desk.forms import blank, claim_of, many, values_of
from sayso.errors import BadRecord
from sayso.model import Casualty, Event, Role, Sector
from tests.desk.desks import Desk
from tests.making import ARMENIA, AZERBAIJAN, casualty, event, materiel, reading, report, role, said_by

TEXT = "Three soldiers died near Tovuz on Sunday, Baku said.\nYerevan said that three had died. A tank burnt. Lavrov, the minister, came."
OF = report(TEXT)


def test_a_form_that_is_sent_as_it_came_changes_nothing(desk: Desk) -> None:
    claims = 0
    for held in desk.record.readings():
        for claim in held.claims:
            assert claim_of(values_of(claim), held.report, claim) == claim
            claims += 1
    assert claims > 30
    every = reading(OF, event("died", by=[ARMENIA], to=[AZERBAIJAN], times=(2, 3), sources=said_by(AZERBAIJAN, ARMENIA)), materiel("A tank burnt", "tank"),
                    casualty("Three soldiers died", low=None, high=3), role("Lavrov, the minister", ARMENIA, "minister", AZERBAIJAN))  # fmt: skip
    for claim in every.claims:
        assert claim_of(values_of(claim), OF, claim) == claim


def test_every_field_can_be_corrected() -> None:
    (claim,) = reading(OF, casualty("Three soldiers died")).claims
    form = values_of(claim) | {
        "evidence.text": "three had died", "status": "negated", "background": "yes", "harm": "wounded", "count.low": "1,200", "count.high": "",
        "count.approximate": "yes", "count.text": "three", "by.name": "Azerbaijan",
        "who.name": "Armed Forces of Armenia", "who.country": "arm", "who.sector": "MIL", "who.text": "soldiers",
        "sources.0.name": "Armenia", "sources.0.text": "Yerevan", "sources.0.country": "ARM", "sources.0.sector": "GOV", "sources.0.cue.text": "said",
        "sources.0.manner": "direct", "sources.0.distance": "doubting", "sources.0.channel": "statement", "sources.0.together": "Baku; Somebody Else",
        "when.start": "2020-07-12", "when.text": "on Sunday", "where.name": "Tovuz", "where.country": "AZE", "where.lat": "40.99", "where.lon": "45.63",
        "where.precision": "city", "where.text": "near Tovuz", "also.0.text": "Three soldiers died", "sources.0.said.start": "2020-07-13",
    }  # fmt: skip
    found = claim_of(form, OF, claim)
    assert isinstance(found, Casualty)
    assert (found.id, found.evidence.text, found.harm, found.status, found.background) == (claim.id, "three had died", "wounded", "negated", True)
    assert (found.count.low, found.count.high, found.count.approximate) == (1200, None, True)
    assert TEXT[found.count.at or 0 :].startswith("three had died")  # the one in the evidence, not "Three" before it
    assert (found.who.name, found.who.country, found.who.sector, found.who.at) == ("Armed Forces of Armenia", "ARM", Sector.MIL, TEXT.index("soldiers"))
    assert found.by is not None and found.by.at is None
    source = found.sources[0]
    assert (source.entity.at, source.manner, source.distance, source.channel) == (TEXT.index("Yerevan"), "direct", "doubting", "statement")
    assert source.cue is not None and source.cue.start == TEXT.index("said that three")
    assert [(e.name, e.at) for e in source.together_with] == [("Baku", TEXT.index("Baku")), ("Somebody Else", None)]
    assert found.when is not None and found.when.start == found.when.end == date(2020, 7, 12)
    assert found.where is not None and (found.where.lat, found.where.at) == (40.99, TEXT.index("near Tovuz"))
    assert [span.text for span in found.also] == ["Three soldiers died"]


def test_words_that_were_selected_come_with_their_place() -> None:
    (claim,) = reading(OF, event("died")).claims
    second = TEXT.index("died", TEXT.index("died") + 1)
    found = claim_of(values_of(claim) | {"evidence.start": str(second)}, OF, claim)
    assert found.evidence.start == second


def test_lists_grow_and_shrink() -> None:
    (claim,) = reading(OF, event("died", by=[ARMENIA, AZERBAIJAN])).claims
    values = values_of(claim)
    assert (many(values, "actors"), many(values, "recipients"), many(values, "sources")) == (3, 1, 1)
    found = claim_of(values | {"actors.0.name": "", "actors.0.text": "", "actors.2.name": "Russia"}, OF, claim)
    assert isinstance(found, Event)
    assert [actor.name for actor in found.actors] == [AZERBAIJAN.name, "Russia"]


def test_a_claim_that_was_missed() -> None:
    form = blank("role", OF.span(TEXT.index("Lavrov"), TEXT.index(", came")))
    form |= {"holder.name": "Sergey Lavrov", "office": "minister", "organisation.name": "Cabinet"}
    found = claim_of(form, OF, None, "new")
    assert isinstance(found, Role)
    assert (found.id, found.office, found.confidence) == ("new", "minister", 1.0)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("evidence.text", "", "evidence: is empty"),
        ("evidence.text", "seven hundred", "does not stand in the text"),
        ("status", "maybe", "status: 'maybe' is none of"),
        ("type", "WAR", "type: 'WAR' is none of"),
        ("modes", "phone", "ASSAULT has no mode 'phone'"),
        ("actors.0.country", "Armenia", "no code of three letters"),
        ("actors.0.sector", "XYZ", "is none of GOV"),
        ("times.low", "two", "no whole number"),
        ("when.start", "Sunday", "is no day"),
        ("where.lat", "12", "one of latitude"),
        ("sources.0.manner", "loud", "is none of"),
        ("where.lon", "400", "no number from -180 to 180"),
        ("where.country", "AZ", "no code of three letters"),
    ],
)
def test_what_cannot_be_used_is_said(field: str, value: str, why: str) -> None:
    (claim,) = reading(OF, event("died", by=[ARMENIA])).claims
    form = values_of(claim) | {"where.name": "Tovuz", "sources.0.name": "Baku"}
    with pytest.raises(BadRecord) as caught:
        claim_of(form | {field: value}, OF, claim)
    assert why in str(caught.value)
