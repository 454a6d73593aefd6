"""Things lost → whose they were: by their own words, by the sides of the report, by the place where they stood.

In: a parsed, resolved and attributed report, and a word of harm with the thing that it is about. Out: the owner, with the reason why, or
nobody. What armed forces fight with belongs to the side that the enemy took it from; who is named as the enemy of whom is counted over
the whole report, and no side is preferred. Houses that were destroyed belong to those who live there. Other things have an owner only
where the text names one.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from msgspec.structs import replace

from sayso.attribution import Attribution
from sayso.lexicon import BODIES, Lexicon, Row
from sayso.model import Damage, Distance, Entity, Sector
from sayso.reader import Doc
from sayso.resolve.entities import ARMED, FIRST_PERSON, STATE, Party, Resolver, identity
from sayso.syntax import RELATIVE, is_passive, subject_of

_LOCATIVE = {"in", "at", "near", "outside", "around", "across", "inside", "within", "throughout", "of", "on", "into"}

_OF_WORDS = {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONSULT", "AGREE", "NONE"}
"""Types of act that are done with words: whom they are done to is not where people came to harm."""

_PERSONAL = {"his", "her"}
_MEN = {"man", "person"}
"""Kinds of people in `agents.tsv` that are nothing but somebody's."""

Side = tuple[str | None, bool, bool]
"""What tells two sides apart: the country, whether it is an armed group, and whether it is a de facto entity."""


def side_of(entity: Entity) -> Side | None:
    """The side that an entity fights on; None for those who fight on none."""
    if entity.sector not in STATE | ARMED or entity.country in BODIES:
        return None
    return entity.country, entity.sector in ARMED, "PRE" in entity.qualifiers


class Owners:
    """Tells whose things were, and which country a word of harm is told of."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon
        resolver.meet(self._foe, self.enemy_of, self.only_enemy_of)

    def of(self, i: int, row: Row, k: int, thing: Row, by: Party | None) -> Party | None:
        """Whose the thing at `k` was that the word at `i` tells of."""
        named = self._named(k)
        own = self._kept_by(named, thing) if named is not None else self._sender(i, k)
        if own is not None and own.kind == "holding" and own.entity.sector is Sector.GOV and thing.cells["whose"] == "residents":
            e = own.entity  # "Palestinian homes"
            return Party(replace(e, sector=Sector.CVL, name=f"residents of {self.resolver.country_name(e.country or '')}", qualifiers=[]), "agent", own.because)
        if own is not None:
            return own
        if "own" in row.listed("victim") and "subj" not in row.listed("victim"):
            return self.loser(i)
        if thing.cells["whose"] == "forces" or "own" in row.listed("victim") or self._captured(i, row, thing):
            return self._fighting(i, by) if not (by and by.entity.sector is Sector.COP and row.cells["harm"] == Damage.SEIZED) else None
        if thing.cells["whose"] == "residents" and row.cells["harm"] == Damage.DESTROYED:
            return self._residents(i, k)
        return None

    def _named(self, k: int) -> Party | None:
        """Whose the things are, by their own words: "a Syrian army tank", "two boats belonging to the coast guard"."""
        doc = self.doc
        for c in doc.dependents(k, "acl"):
            if doc.lemmas[c] == "belong":
                for o in doc.dependents(c, "obl"):
                    if found := self.resolver.of(o):
                        return found[0]
        row, why = self.resolver.owner(k)
        owners = self.resolver.of(k)
        return owners[0] if owners and row is not None and " lies in " not in why else None

    def _kept_by(self, party: Party, thing: Row) -> Party:
        """Of a state that only an adjective names, those who have such things: "four Palestinian houses", "a Russian patrol boat"."""
        entity = party.entity
        if party.kind not in {"holding", "state"} or entity.sector is not Sector.GOV or entity.qualifiers or entity.country in BODIES:
            return party
        country = self.resolver.country_name(entity.country or "")
        if thing.cells["whose"] == "residents":
            return Party(replace(entity, sector=Sector.CVL, name=f"residents of {country}", id=None), "agent", f"{party.because}; those who live there")
        if thing.cells["whose"] == "forces":
            return Party(replace(entity, sector=Sector.MIL, name=f"Armed Forces of {country}", id=None), "agent", f"{party.because}; its forces")
        return party

    def _sender(self, i: int, k: int) -> Party | None:
        """The side that sent them: "drones launched by Russia", "three boats which the group had sent"."""
        doc = self.doc
        for c in doc.dependents(k, "acl"):
            if c == i or doc.lemmas[c] in self.lexicon.harms or doc.upos[c] != "VERB":
                continue
            senders = [o for o in doc.dependents(c, "obl") if doc.case(o) == "by"] if is_passive(doc, c) else doc.dependents(c, "nsubj")
            for party in (p for o in senders if doc.words[o].lower() not in RELATIVE for p in self.resolver.of(o)):
                if side_of(party.entity) is not None:
                    return party
        return None

    def _captured(self, i: int, row: Row, thing: Row) -> bool:
        """Whether things were taken by an act of war: what the enemy had ("captured two pickup trucks")."""
        if row.cells["harm"] != Damage.SEIZED or thing.cells["whose"]:
            return False
        return any(r.type == "ASSAULT" and not r.needs for r in self.lexicon.verbs.get(self.doc.lemmas[i], ()))

    def loser(self, i: int) -> Party | None:
        """Who lost something, where the subject of the verb at `i` did."""
        subject = subject_of(self.doc, i)
        if subject is not None and self.lexicon.is_word(self.doc.lemmas[subject], "rival") and not self.resolver.of(subject):
            return self._fighting(i, None)  # "the enemy left behind nine trucks"
        found = self.resolver.of(subject) if subject is not None else []
        return found[0] if found and found[0].kind != "place" else None

    def _fighting(self, i: int, by: Party | None) -> Party | None:
        """The side that fought with it: the enemy of who took it; else the speaker’s own where it is conceded or denied; else the enemy of the speaker."""
        if by is not None:
            return self.enemy_of(by.entity)
        said = next((x for x in self.attribution.chain(i) if x.parties and not x.act), None)
        if said is not None and said.distance in {Distance.CONCEDING, Distance.DENYING}:
            own = next((p for p in said.parties if p.entity.country), None)
            return Party(own.entity, own.kind, f"{own.entity.text} speaks of a loss of its own") if own else None
        party = self.speaker(i)
        return self.enemy_of(party.entity) if party else None

    def _foe(self, i: int) -> Party | None:
        """Whom "the enemy" means: the other side than the one that speaks, where it is told who speaks."""
        speaker = self.speaker(i)
        return self.enemy_of(speaker.entity) if speaker is not None else None

    def speaker(self, i: int) -> Party | None:
        """The side that speaks at a word: its nearest speaker, or the publisher where the report speaks in its own voice; None for those on no side."""
        said = next((x for x in self.attribution.chain(i) if x.parties and not x.act), None)
        return next((p for p in (said.parties if said else self.resolver.publisher()) if side_of(p.entity)), None)

    def men_of(self, k: int) -> Party | None:
        """The armed side whose men the victims are: "two of its men", "one of the group's members"; an army's women are not its soldiers."""
        doc = self.doc
        mark = self.resolver.mark_at.get(k)
        agent = mark.of("agent") if mark else None
        if agent is None or agent.row.cells["kind"] not in _MEN:
            return None
        owners = [c for c in doc.dependents(k, "nmod:poss") if doc.words[c].lower() not in _PERSONAL]  # sons are men too
        owners += [c for c in doc.dependents(k, "nmod") if doc.case(c) == "of"]
        found = next((f for c in owners if (f := self.resolver.of(c))), [])
        return found[0] if found and found[0].kind not in {"person", "place", "state"} and side_of(found[0].entity) is not None else None

    def enemy_of(self, entity: Entity) -> Party | None:
        """The other side of an entity: of those that the report names, the one named most; of equals the one named first."""
        mine = side_of(entity)
        if mine is None:
            return None
        side = next((s for s, _ in self._sides[0].most_common() if s != mine), None)
        if side is None:
            return None
        party = self._sides[1][side]
        e = party.entity
        name = e.name if side[1] or e.sector is Sector.MIL else f"Armed Forces of {self.resolver.country_name(e.country or '') if not side[2] else e.name}"
        sector = e.sector if side[1] else Sector.MIL
        other = Entity(text=e.text, name=name, country=e.country, sector=sector, qualifiers=e.qualifiers, at=e.at, id=e.id if name == e.name else None)
        return Party(other, party.kind, f"the other side than {entity.name}")

    def only_enemy_of(self, entity: Entity) -> Party | None:
        """The other side of an entity, where the report names just one."""
        return self.enemy_of(entity) if len([s for s in self._sides[0] if s != side_of(entity)]) == 1 else None

    @cached_property
    def _sides(self) -> tuple[Counter[Side], dict[Side, Party]]:
        """How often the report names each side, and the party of that side named most."""
        often: Counter[Side] = Counter()
        parties: dict[Side, Counter[tuple[str, str | None, str]]] = {}
        first: dict[tuple[str, str | None, str], Party] = {}
        for mark in self.resolver.marks:
            if not mark.of("actor", "country", "adjective", "organ", "agent"):
                continue
            if any(self.doc.words[c].lower() in FIRST_PERSON for c in self.doc.dependents(mark.last - 1, "nmod:poss")):
                continue  # "our commanders" are no other side
            name = mark.of("actor")
            if name is not None and (name.row["country"] in BODIES or name.row["kind"] in {"media", "body", "mission"}):
                continue
            for party in self.resolver.bare(mark.last - 1) or self.resolver.of(mark.last - 1):
                side = side_of(party.entity)
                if side is None or side[0] is None:
                    continue
                often[side] += 1
                key = identity(party.entity)
                first.setdefault(key, party)
                parties.setdefault(side, Counter())[key] += 1
        return often, {side: first[named.most_common(1)[0][0]] for side, named in parties.items()}

    def _residents(self, i: int, k: int) -> Party | None:
        """Those who live where houses were destroyed: their country is that of the place in the sentence."""
        code, why = self.struck(i)
        if code is None:
            near = self.resolver.somebody(k, Sector.CVL)
            code, why = near.entity.country, near.because
        if code is None:
            return None
        first, last = self.resolver.extent(k)
        text, at = self.doc.text(first, last), self.doc.starts[first]
        return Party(Entity(text=text, name=f"residents of {self.resolver.country_name(code)}", country=code, sector=Sector.CVL, at=at), "agent", why)

    def _spoken_of(self, k: int) -> bool:
        """Whether words, and no blow, are done to the object of a verb: "blamed the country", "urged the capital"."""
        rows = self.lexicon.verbs.get(self.doc.lemmas[self.doc.heads[k]], ()) if self.doc.heads[k] >= 0 else ()
        return bool(rows) and all(row.type in _OF_WORDS for row in rows)

    def struck(self, i: int, within: bool = False) -> tuple[str | None, str]:
        """The country of the place nearest to the word of harm in its sentence, in its own clause first; places that fire came from are none."""
        doc = self.doc
        s = doc.sentences[doc.sentence_of[i]]
        best: tuple[tuple[bool, int], str, int] | None = None
        for k in range(s.first, s.last):
            mark = self.resolver.mark_at.get(k)
            if k not in self.resolver.place_at and not (mark and mark.of("country", "capital", "seat")):
                continue
            case = doc.case(k).split(" ")[0]
            if case not in _LOCATIVE and not (case == "" and doc.labels[k] in {"obj", "nsubj:pass"} and not self._spoken_of(k)):
                continue
            found = self.resolver.of(k)
            if not found or not found[0].entity.country or found[0].kind not in {"place", "state"}:
                continue
            key = (not doc.below(k, i), abs(k - i))
            if within and key[0]:
                continue
            if best is None or key < best[0]:
                best = (key, found[0].entity.country, k)
        return (best[1], f"the sentence speaks of {doc.words[best[2]]}") if best else (None, "")
