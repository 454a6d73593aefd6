"""Doc + people with their titles → who holds which office, and who sits in which body.

In: a parsed and resolved report. Out: raw role claims, one per person and office, and one per seat in "three co-chairs (Russia,
the US and France)". An office without a holder's name gives nothing; nor does a holder without an office. A rank counts only
where the report gives somebody no office.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sayso.events.raw import RawClaim
from sayso.lexicon import BODIES, Lexicon, Row, read_table
from sayso.model import Entity, Sector
from sayso.reader import Doc
from sayso.resolve.entities import ARMED, Party, Resolver
from sayso.resolve.marks import NATIONAL, Mark
from sayso.resolve.people import Person
from sayso.resolve.titles import Title, former_words

_POSTS = {"diplomat", "police", "officer", "official", "lawmaker", "agent"}
"""Kinds of people of whom one that is named holds a post: "policeman Musa", "a senior official"; not a doctor or a witness."""
_MEMBERS = {"society", "expert", "teacher", "journalist", "medic", "business", "fighter", "party"}
"""Kinds of people who hold a place in a body where the title names the body: "a researcher at …"."""
_LOW = {"sergeant", "corporal", "sgt.", "cpl.", "pvt.", "lt.", "lieutenant"}
_OFFICE_OF = {"head": "head", "lead": "leader", "command": "commander", "chair": "chair"}
"""Verbs that say of their subject that he holds an office."""

_BODIED = {"party", "organisation", "organ", "armed-group"}
_HOLDING = {"hold", "assume", "take"}
_STANDING: dict[Sector | None, str] = {
    Sector.MIL: "Armed Forces", Sector.REB: "Rebels", Sector.UAF: "Armed group", Sector.PRM: "Militia", Sector.PTY: "Party", Sector.OPP: "Opposition",
    Sector.CRM: "Criminal group", Sector.LAB: "Trade unions", Sector.REL: "Clergy", Sector.CVL: "Community", Sector.SOC: "Organisation",
    Sector.BUS: "Business", Sector.EDU: "University", Sector.JRN: "Media", Sector.MED: "Health service",
}  # fmt: skip
"""Where an office is held that the text ties to no body, by the sector of whoever holds it: a rebel leader leads no government."""
_SEATS = {"presidency": "president", "chairmanship": "chair", "chair": "chair"}
"""Nouns for the seat that a state holds in a body, and the office that goes with them."""


def read_roles(doc: Doc, resolver: Resolver, lexicon: Lexicon) -> list[RawClaim]:
    """The raw role claims, in order."""
    found: list[RawClaim] = []
    for person in resolver.people:
        seen: set[tuple[str, str | None]] = set()
        for title in _told(doc, person):
            raw = _held(doc, resolver, person, title)
            country = raw.organisation.entity.country if raw.organisation else None
            if not any(o == raw.office.lower() and c in {country, None} for o, c in seen):
                seen.add((raw.office.lower(), country))
                found.append(raw)
    found += _led(doc, resolver)
    found += _seats(doc, resolver, lexicon)
    return sorted(found, key=lambda r: r.evidence[0])


def _told(doc: Doc, person: Person) -> list[Title]:
    """The titles that are roles: offices; failing these, posts and places in a body; failing these, a rank."""
    named = [t for t in person.titles if t.office is not None and t.office.names]
    offices = [t for t in named if t.office is not None and t.office.of("office") and not t.office.rank]
    if offices:
        full = [t for t in offices if not _short(t)]
        return full or offices
    posts = [t for t in named if t.office is not None and not t.office.rank and _is_post(doc, t, t.office)]
    ranks = [t for t in named if t.office is not None and t.office.rank and doc.words[t.office.last - 1].lower() not in _LOW]
    return posts or ranks[:1]


def _short(title: Title) -> bool:
    """Whether the office is written as an abbreviation ("PM"): where the report also gives an office in full, that one counts."""
    return title.office is not None and (o := title.office.of("office")) is not None and o.row["form"].isupper()


def _is_post(doc: Doc, title: Title, office: Mark) -> bool:
    agent = office.of("agent")
    if agent is None:
        return False
    bodies = any(m.of("actor", "organ") for m in title.others) or any(title.first <= s.first < title.last for s in doc.names if s.type == "organisation")
    return agent.row["kind"] in _POSTS or (bodies and (agent.row["kind"] in _MEMBERS or agent.row["form"].endswith("member")))


def _held(doc: Doc, resolver: Resolver, person: Person, title: Title) -> RawClaim:
    assert title.office is not None
    span = min(person.spans, key=lambda s: min(abs(s[0] - title.last), abs(title.first - s[1])))
    holder = resolver.of(span[1] - 1)[0]
    country, sector, qualifiers, why = resolver.title_of(title, person)
    named = title.office.of("office", "agent")
    assert named is not None
    words, office = _office(doc, title, title.office, named.row)
    if person.known is not None and not title.first <= title.office.first < title.last:  # a counterpart: his office goes by his own state's word
        office = person.known["office"].title() or office
    organisation = _organisation(doc, resolver, title, named.row, country or holder.entity.country,
                                 sector if country else holder.entity.sector, qualifiers or holder.entity.qualifiers)  # fmt: skip
    first, last = min(span[0], title.first), max(span[1], title.last)
    raw = RawClaim("role", span[1] - 1, list(range(first, last)), words, holder=holder, office=office)
    raw.organisation = Party(organisation, "organisation", why)
    raw.because = {"office": f"{named.row.place} {named.row['form']}", "organisation": why, "holder": holder.because}
    return raw


def _office(doc: Doc, title: Title, mark: Mark, row: Row) -> tuple[list[int], str]:
    """The words of the office, with the modifiers right before it that offices have ("deputy", "former", "acting"), and its name in the singular."""
    first = mark.first
    while first > title.first and doc.words[first - 1].lower() in _openings() and doc.words[first - 2] != "-" and not _owner_at(title, first - 1):
        first -= 1
    words = list(range(first, mark.last))
    plural = doc.words[mark.last - 1].lower() != doc.lemmas[mark.last - 1].lower() and doc.words[mark.last - 1].lower().endswith("s")
    office = row["form"].title() if plural or row["form"] + "s" == doc.text(mark.first, mark.last).lower() else doc.text(first, mark.last)
    former = next((k for k in range(title.first, first) if doc.words[k].lower() in former_words()), None)
    if former is not None:
        office = doc.words[former].lower() + ("-" if doc.words[former].lower() == "ex" else " ") + office
    return words, office


def _owner_at(title: Title, k: int) -> bool:
    return any(m.first <= k < m.last and m.of("organ", "actor", *NATIONAL) is not None and m.of("office") is None for m in title.others)


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The first words of offices of two words and more."""
    return frozenset(r["form"].split()[0].lower() for r in read_table("offices") if " " in r["form"])


def _organisation(doc: Doc, resolver: Resolver, title: Title, office: Row, code: str | None, sector: Sector | None, qualifiers: list[str]) -> Entity:
    """Where the office is held: the body or organ that the title names, else the organ that the office belongs to, of the holder's country."""
    assert title.office is not None
    organ = next((m for m in title.others if m.of("organ", "actor")), None)
    shown = organ or title.office
    actor = organ.of("actor") if organ is not None else None
    if actor is not None:
        name = actor.row["name"]
    else:
        name = office.cells.get("organisation", "") or (doc.text(organ.first, organ.last) if organ is not None else _STANDING.get(sector, "Government"))
        if code in resolver.lexicon.countries and code is not None:
            name = f"{name} of {resolver.country_name(code)}"
    return Entity(text=doc.text(shown.first, shown.last), name=name, country=code, sector=sector or Sector(office["sector"] or "GOV"),
                  qualifiers=qualifiers, at=doc.starts[shown.first])  # fmt: skip


# said by a verb


def _led(doc: Doc, resolver: Resolver) -> Iterator[RawClaim]:
    """ "rebels led by Musa", "Musa, who heads the network": the verb says that somebody holds an office."""
    for k, lemma in enumerate(doc.lemmas):
        office = _OFFICE_OF.get(lemma.lower())
        if office is None or doc.upos[k] != "VERB":
            continue
        agent = next((c for c in doc.dependents(k, "obl") if doc.case(c) == "by"), None)
        clause = doc.labels[k].split(":")[0] == "acl"
        if agent is not None and clause:
            who, body = agent, doc.heads[k]
        elif clause and (subject := doc.dependent(k, "nsubj")) is not None and doc.words[subject].lower() == "who":
            who, body = doc.heads[k], next(iter(doc.dependents(k, "obj")), -1)
        else:
            continue
        person = next((h for h in (who, *doc.dependents(who, "flat", "appos")) if h in resolver.person_at), None)
        if person is None or body < 0 or body in resolver.person_at:
            continue
        party = next(iter(resolver.of(body)), None)
        if party is None or not (party.entity.sector in ARMED or party.entity.country in BODIES or party.kind in _BODIED):
            continue
        holder = resolver.of(person)[0]
        span = next(s for s in resolver.person_at[person].spans if s[0] <= person < s[1])
        first, last = min(k, body, span[0]), max(k + 1, body + 1, span[1])
        raw = RawClaim("role", person, list(range(first, last)), [k], holder=holder, office=office)
        raw.organisation = Party(party.entity, "organisation", party.because)
        raw.because = {"office": f"“{doc.words[k]}”", "organisation": party.because, "holder": holder.because}
        yield raw


# seats


def _seats(doc: Doc, resolver: Resolver, lexicon: Lexicon) -> list[RawClaim]:
    """ "co-chairs (Russia, the US and France)", "France, a co-chair of the Minsk Group": states and bodies that hold seats."""
    found: list[RawClaim] = []
    for k, lemma in enumerate(doc.lemmas):
        found += _chairing(doc, resolver, k, lemma.lower(), lexicon)
    for mark in resolver.marks:
        office = mark.of("office")
        if office is None or not lexicon.is_word(office.row["form"].split()[-1], "seat"):
            continue
        holders, first, last = _seated(doc, resolver, mark)
        body = _body(doc, resolver, mark) if holders else None
        if body is None:
            continue
        first = min(mark.first, first)
        for holder in holders:
            raw = RawClaim("role", mark.last - 1, list(range(first, max(last, mark.last))), list(range(mark.first, mark.last)), holder=holder,
                           office=office.row["form"])  # fmt: skip
            raw.organisation = body
            raw.because = {"office": f"{office.row.place} {office.row['form']}", "organisation": body.because, "holder": holder.because}
            found.append(raw)
    return found


def _chairing(doc: Doc, resolver: Resolver, k: int, lemma: str, lexicon: Lexicon) -> Iterator[RawClaim]:
    """ "Russia and France co-chair the group", "the group, chaired by Malta", "Malta holds the presidency of the council"."""
    if doc.upos[k] not in {"VERB", "ADJ"}:
        return
    seat = lemma.removesuffix("ed") if lemma.endswith("chaired") else lemma
    agents = [c for c in doc.dependents(k, "obl", "nmod") if doc.case(c) == "by"] or doc.dependents(k, "nsubj")
    if not agents and doc.labels[k] == "conj":
        agents = [doc.heads[k]]
    objects = doc.dependents(k, "obj") or ([doc.heads[k]] if doc.labels[k].startswith("acl") else doc.dependents(k, "nsubj:pass"))
    if seat.endswith("chair") and lexicon.is_word(seat, "seat"):
        trigger, office, near = k, seat, objects
    elif lemma in _HOLDING and objects and doc.lemmas[objects[0]].lower() in _SEATS:
        trigger, office = objects[0], _SEATS[doc.lemmas[objects[0]].lower()]
        near = [c for c in doc.dependents(trigger, "nmod") if doc.case(c) == "of"]
    else:
        return
    body = next((p for o in near for p in resolver.of(o) if p.kind in {"body", "mission"}), None)
    holders = [p for a in agents for p in resolver.parties(a) if p.kind in {"state", "body"}]
    if body is None:
        return
    for holder in holders:
        involved = [*agents, *near, k, trigger, *(c for a in agents for c in doc.dependents(a, "conj"))]
        raw = RawClaim("role", trigger, list(range(min(involved), max(involved) + 1)), [trigger], holder=holder, office=office)
        raw.organisation = body
        raw.because = {"office": f"“{doc.words[trigger]}”", "organisation": body.because, "holder": holder.because}
        yield raw


def _seated(doc: Doc, resolver: Resolver, mark: Mark) -> tuple[list[Party], int, int]:
    """Who holds the seats, and the words from the first to the last of them.

    The countries listed behind, in brackets, after a colon or dash, or right behind the word; those before "as co-chairs"; or the
    one that has the seat in apposition or as subject ("France, a co-chair of …", "France is a co-chair of …").
    """
    s = doc.sentences[doc.sentence_of[mark.first]]
    k = mark.last
    if k < s.last and doc.words[k] in {"(", ":", "–", "—", "-", ","}:
        k += 1
    listed, last = _listed(doc, resolver, k, s.last, 1)
    if len(listed) > 1:
        return listed, mark.first, last + (last < s.last and doc.words[last] == ")")
    k = mark.first - 1
    while k > s.first and (doc.words[k].lower() in {"a", "an", "the", "both", "all", "three", "two", "current", "another"} or doc.upos[k] == "ADJ"):
        k -= 1
    before = doc.words[k].lower() if k >= s.first else ""
    if before == "as" or before in {",", "–", "—"} or (doc.lemmas[k] == "be" and k >= s.first):
        listed, first = _listed(doc, resolver, k - 1, s.first - 1, -1)
        if len(listed) > 1 or (len(listed) == 1 and before != "as" and not doc.words[mark.last - 1].lower().endswith("s")):
            return listed, first, mark.last
    return [], mark.first, mark.last


def _listed(doc: Doc, resolver: Resolver, k: int, end: int, step: int) -> tuple[list[Party], int]:
    """The countries of a list from word `k` on, in the order of the text, and the word past (or at) its far end."""
    listed: list[Party] = []
    edge = k
    while k != end:
        other = resolver.mark_at.get(k)
        if other is not None and other.of("country"):
            listed = listed + resolver.bare(k) if step > 0 else resolver.bare(k) + listed
            edge = other.last if step > 0 else other.first
            k = other.last if step > 0 else other.first - 1
        elif doc.words[k].lower() in {"and", "the"} or (doc.words[k] == "," and listed):
            k += step
        else:
            break
    return listed, edge


def _body(doc: Doc, resolver: Resolver, mark: Mark) -> Party | None:
    """The body whose seats they are: named behind ("co-chairs of X") or before ("X headed by three co-chairs") in the sentence."""
    s = doc.sentences[doc.sentence_of[mark.first]]
    bodies = [m for m in resolver.marks if s.first <= m.first < s.last and (a := m.of("actor")) and a.row["kind"] in {"body", "mission"}]
    if not bodies:
        return None
    nearest = min(bodies, key=lambda m: abs(m.first - mark.last) if m.first >= mark.last else abs(mark.first - m.last))
    return resolver.bare(nearest.first)[0]
