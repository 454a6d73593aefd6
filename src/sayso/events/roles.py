"""Doc + people with their titles → who holds which office, and who sits in which body.

In: a parsed and resolved report. Out: raw role claims, one per person and office, and one per seat in "three co-chairs (Russia,
the US and France)". An office without a holder's name gives nothing; nor does a holder without an office.
"""

from __future__ import annotations

from sayso.events.raw import RawClaim
from sayso.lexicon import Lexicon
from sayso.model import Entity, Sector
from sayso.reader import Doc
from sayso.resolve.entities import Party, Resolver
from sayso.resolve.marks import Mark, Person, Title


def read_roles(doc: Doc, resolver: Resolver, lexicon: Lexicon) -> list[RawClaim]:
    """The raw role claims, in order."""
    found: list[RawClaim] = []
    for person in resolver.people:
        seen: set[str] = set()
        for title in person.titles:
            if title.office is None or title.office.of("office") is None:
                continue
            raw = _held(doc, resolver, person, title)
            if raw.office.lower() not in seen:
                seen.add(raw.office.lower())
                found.append(raw)
    found += _seats(doc, resolver, lexicon)
    return sorted(found, key=lambda r: r.evidence[0])


def _held(doc: Doc, resolver: Resolver, person: Person, title: Title) -> RawClaim:
    assert title.office is not None
    span = next((s for s in person.spans if s[0] >= title.last), None) or next(s for s in person.spans if s[1] <= title.first)
    holder = resolver.of(span[1] - 1)[0]
    country, sector, qualifiers, why = resolver.title_of(title, person)
    office_row = title.office.of("office")
    assert office_row is not None
    words = list(range(title.office.first, title.office.last))
    office = " ".join(doc.words[k] for k in words)
    if office.lower().endswith("s") and len({n.row["code"] for m in title.others if (n := m.of("country", "adjective"))}) > 1:
        office = office_row.row["form"].title()
    organ = next((m for m in title.others if m.of("organ", "actor")), None)
    text = doc.text(organ.first, organ.last) if organ else office
    at = doc.starts[organ.first] if organ else doc.starts[title.office.first]
    code = country or holder.entity.country
    named = organ.of("actor") if organ else None
    name = named.row["name"] if named else (office_row.row["organisation"] or (doc.text(organ.first, organ.last) if organ else "Government"))
    if code in lexicon_countries(resolver) and not named:
        name = f"{name} of {resolver.country_name(code)}"
    organisation = Entity(text=text if organ else doc.text(title.office.first, title.office.last), name=name, country=code,
                          sector=sector or Sector(office_row.row["sector"] or "GOV"), qualifiers=qualifiers, at=at)  # fmt: skip
    first, last = min(span[0], title.first), max(span[1], title.last)
    raw = RawClaim("role", span[1] - 1, list(range(first, last)), words, holder=holder, office=office)
    raw.organisation = Party(organisation, "organisation", why)
    raw.because = {"office": f"{office_row.row.place} {office_row.row['form']}", "organisation": why, "holder": holder.because}
    return raw


def lexicon_countries(resolver: Resolver) -> set[str | None]:
    """The codes that stand for countries."""
    return set(resolver.lexicon.countries)


def _seats(doc: Doc, resolver: Resolver, lexicon: Lexicon) -> list[RawClaim]:
    """ "co-chairs (Russia, the US and France)", "France, a co-chair of the Minsk Group": states and bodies that hold seats."""
    found: list[RawClaim] = []
    for mark in resolver.marks:
        office = mark.of("office")
        if office is None or not lexicon.is_word(office.row["form"].split()[-1], "seat"):
            continue
        head = mark.last - 1
        holders, last = _listed(doc, resolver, mark)
        if not holders:
            continue
        body = _body(doc, resolver, mark)
        if body is None:
            continue
        first = min(mark.first, _first_of(body, doc))
        for holder in holders:
            raw = RawClaim("role", head, list(range(first, max(last, mark.last))), list(range(mark.first, mark.last)), holder=holder, office=office.row["form"])
            raw.organisation = body
            raw.because = {"office": f"{office.row.place} {office.row['form']}", "organisation": body.because, "holder": holder.because}
            found.append(raw)
    return found


def _first_of(body: Party, doc: Doc) -> int:
    at = body.entity.at or 0
    return next((k for k in range(len(doc)) if doc.starts[k] >= at), 0)


def _listed(doc: Doc, resolver: Resolver, mark: Mark) -> tuple[list[Party], int]:
    """The countries listed in brackets, after a colon or dash, or before "as co-chairs"; and where the list ends."""
    s = doc.sentences[doc.sentence_of[mark.first]]
    k = mark.last
    listed: list[Party] = []
    last = mark.last
    if k < s.last and doc.words[k] in {"(", ":", "–", "—", "-", ","}:
        k += 1
        while k < s.last:
            other = resolver.mark_at.get(k)
            if other is not None and other.of("country"):
                listed += resolver.bare(k)
                k = last = other.last
            elif doc.words[k].lower() in {",", "and", "the"}:
                k += 1
            else:
                break
        if len(listed) > 1:
            return listed, last + (last < s.last and doc.words[last] == ")")
        listed = []
    k = mark.first - 1
    if k >= s.first and doc.words[k].lower() == "as":
        k -= 1
        while k >= s.first:
            other = resolver.mark_at.get(k)
            if other is not None and other.of("country"):
                listed = resolver.bare(k) + listed
                k = other.first - 1
            elif doc.words[k].lower() in {",", "and", "the"}:
                k -= 1
            else:
                break
    return (listed, mark.last) if len(listed) > 1 else ([], mark.last)


def _body(doc: Doc, resolver: Resolver, mark: Mark) -> Party | None:
    """The body whose seats they are: named behind ("co-chairs of X") or before ("X headed by three co-chairs") in the sentence."""
    s = doc.sentences[doc.sentence_of[mark.first]]
    bodies = [m for m in resolver.marks if s.first <= m.first < s.last and (a := m.of("actor")) and a.row["kind"] in {"body", "mission"}]
    if not bodies:
        return None
    nearest = min(bodies, key=lambda m: abs(m.first - mark.last) if m.first >= mark.last else abs(mark.first - m.last))
    return resolver.bare(nearest.first)[0]
