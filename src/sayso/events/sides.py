"""The tree round a word of act + parties → who did it, and to whom.

In: the places in the tree that a lexicon entry names for its two sides. Out: the parties that stand there, each with its reason. A place
or a thing that is struck stands for the people there or for the force whose it is. What a text leaves open stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sayso.attribution import Attribution
from sayso.events.raw import RawClaim
from sayso.events.uses import Uses
from sayso.lexicon import ActRow, Lexicon
from sayso.model import Sector
from sayso.reader import Doc
from sayso.resolve.entities import ARMED, Party, Resolver, identity, same_kind
from sayso.syntax import RELATIVE, doer_of, is_passive, objects_of, obliques_of, subject_of

_VERBAL = {"VERB", "AUX"}
FORCES = ARMED | {Sector.MIL, Sector.COP, Sector.SPY}
"""Those who fight."""


def distinct(parties: list[Party]) -> list[Party]:
    """Each party once."""
    kept: list[Party] = []
    for p in parties:
        if all(identity(p.entity) != identity(k.entity) for k in kept):
            kept.append(p)
    return kept


def without(parties: list[Party], others: list[Party]) -> list[Party]:
    """The parties that are none of the others."""
    return [p for p in parties if all(identity(p.entity) != identity(o.entity) for o in others)]


def meet(some: list[Party], others: list[Party]) -> bool:
    """Whether two lists hold parties of one country and kind."""
    return bool({_side(p) for p in some} & {_side(p) for p in others})


def _side(party: Party) -> tuple[str | None, str, bool]:
    return party.entity.country, same_kind(party.entity), "PRE" in party.entity.qualifiers


class Sides:
    """Finds the sides of the acts of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon, uses: Uses) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon, self.uses = doc, resolver, attribution, lexicon, uses

    def at(self, i: int, tokens: Iterable[str], verb: bool, light: int | None) -> tuple[list[Party], str]:
        """The parties at the first of the places that has any."""
        for token in tokens:
            if token == "none":
                break
            if token == "speaker" and (speakers := self.uses.speakers(i)):
                return speakers, token
            for head in self._heads(i, token, verb, light):
                parties = self._parties(head, token)
                if parties:
                    return parties, token
        return [], ""

    def people(self, k: int) -> list[Party]:
        """Whom a nominal means, or, for plain people without a country, somebody."""
        found = self.resolver.parties(k)
        if not found and (self.uses.is_a(k, "<people>") or self.lexicon.is_word(self.doc.lemmas[k], "people")):
            return [self.resolver.somebody(k, Sector.CVL)]
        return found

    def targets(self, i: int, row: ActRow, verb: bool, light: int | None) -> list[Party]:
        """The people or forces at a place or building that is struck, where the text names no party."""
        for token in row.recipient:
            if token in {"none", "both"}:
                break
            for head in self._heads(i, token, verb, light):
                for k in (head, *self._measured(head)):
                    if found := self.people(k) or self.resolver.struck(k):
                        return found
        if not verb and row.type == "ASSAULT":
            for c in self.doc.dependents(i, "compound"):  # "the embassy bombings"
                if self._site(c) and (found := self.resolver.parties(c) or self.resolver.struck(c)):
                    return found
        return []

    def _site(self, k: int) -> bool:
        """Whether a word tells where, and not by whom or with what: "embassy", "market", "border"."""
        lemma = self.doc.lemmas[k]
        place = self.lexicon.is_word(lemma, "place") or self.lexicon.is_word(lemma, "holding")
        return place and lemma not in self.lexicon.weapons and not self.lexicon.is_word(lemma, "military") and self.doc.upos[k] == "NOUN"

    def _measured(self, head: int) -> list[int]:
        """What a nominal is a part or a number of: "a row of homes", "a stretch of the pipeline"."""
        return [k for k in self.doc.dependents(head, "nmod") if self.doc.case(k) == "of"]

    def behind_object(self, i: int) -> list[Party]:
        """Whose the thing is that is condemned, praised or refused: "opposes intimidation by any claimant"."""
        doc = self.doc
        for c in objects_of(doc, i):
            if doc.lemmas[c] in self.lexicon.nouns and (owned := self.resolver.parties(c)):
                return owned  # "rejected the Chinese demand"
            for k in doc.dependents(c, "nmod"):
                if doc.case(k) in {"by", "of", "among", "from", "between"} and (found := self.resolver.parties(k)):
                    return found
        return []

    def persons(self, i: int, row: ActRow, verb: bool, light: int | None) -> list[Party]:
        """The people at a recipient's place of whom the text tells no more: "freed 21 of them"."""
        for token in row.recipient:
            if token in {"none", "both"}:
                break
            for head in self._heads(i, token, verb, light):
                if found := self.people(head):
                    return found
        return []

    def asked(self, i: int) -> list[Party]:
        """Who is to do what is asked for: "demanded that the militia free the driver"."""
        doc = self.doc
        for c in doc.dependents(i, "ccomp", "acl"):
            subject = doc.dependent(c, "nsubj")
            if doc.labels[c] == "acl:relcl" or is_passive(doc, c) or subject is None or doc.words[subject].lower() in RELATIVE:
                continue
            return [p for p in self.resolver.parties(subject) if p.kind not in {"holding", "place"}]
        return []

    def other_side(self, i: int, raw: RawClaim) -> None:
        """Victims whose country was only guessed are not the attacker's own people."""
        speakers = [p.entity.country for s in self.attribution.chain(i) if not s.act for p in s.parties]
        attackers = {p.entity.country for p in raw.actors} - {None}
        raw.recipients = [self.resolver.other_side(p, attackers, speakers) for p in raw.recipients]

    def host(self, i: int) -> list[Party]:
        """Who talks with those that the noun names: "wrapped up a meeting with the president", "said during talks with his neighbour"."""
        doc = self.doc
        head = doc.heads[i]
        if head < 0 or doc.upos[head] not in _VERBAL or not [k for k in self._heads(i, "with", False, None) if k > i]:
            return []
        if doc.labels[i] != "obj" and doc.case(i) not in {"during", "in", "at", "after", "before", "following"}:
            return []
        subject = doer_of(doc, head)
        return [p for p in self.resolver.parties(subject) if p.kind not in {"holding", "place"}] if subject is not None else []

    def sender(self, i: int) -> list[Party]:
        """Whose the weapon is that struck or fell: "a shell fired by the army landed", "Turkish drones hit"."""
        subject = doer_of(self.doc, i)
        if subject is None or self.doc.lemmas[subject] not in self.lexicon.weapons:
            return []
        return self._parties(subject, "subj")

    def holders(self, parties: list[Party]) -> list[Party]:
        """Those from whom a place or a thing is taken, without the people who are only thought of for it: a town taken is no attack on its people."""
        return [p for p in parties if p.kind != "place" and not (p.kind in {"agent", "holding"} and p.entity.sector in {Sector.CVL, Sector.GOV})]

    def struck(self, raw: RawClaim) -> None:
        """A town, a street or a crowd that force is used against stands for the people there."""
        for n, party in enumerate(raw.recipients):
            if party.kind in {"place", "holding"} and party.entity.sector is Sector.GOV:
                name = f"civilians of {self.resolver.country_name(party.entity.country or '')}"
                named = replace(party.entity, sector=Sector.CVL, name=name, qualifiers=[], id=None)
                raw.recipients[n] = Party(named, party.kind, f"{party.because}; the people there")

    def _parties(self, head: int, token: str) -> list[Party]:
        doc = self.doc
        if token in {"adj", "compound"} or (token == "poss" and head in self.resolver.mark_at and self.resolver.mark_at[head].of("adjective")):
            found = self.resolver.bare(head)
            mark = self.resolver.mark_at.get(head)
            if not found and (head in self.resolver.person_at or (mark is not None and mark.of("agent", "organ"))):
                found = self.resolver.of(head)
            return found
        found = self._wielder(head) or [self._crew(head, p) for p in self.resolver.parties(head)]
        if not found and doc.dependents(head, "appos"):
            found = self.resolver.parties(doc.dependents(head, "appos")[0])
        return found

    def _military(self, k: int) -> bool:
        """Whether a thing is a force's, by its own word or by one before it: "positions", "a patrol boat", "mortar crews"."""
        doc = self.doc
        return any(self.lexicon.is_word(doc.lemmas[c], "military") for c in (k, *doc.dependents(k, "compound")))

    def _thing(self, k: int) -> bool:
        lemma = self.doc.lemmas[k]
        return lemma in self.lexicon.things or lemma in self.lexicon.weapons or any(self.lexicon.is_word(lemma, w) for w in ("holding", "military", "place"))

    def _crew(self, k: int, party: Party) -> Party:
        """Who stands in a nominal, told more exactly where the words before it say that it is a force."""
        told = party.kind in {"holding", "agent"} and party.entity.sector in {Sector.GOV, Sector.CVL} and self._military(k)
        if not told or not (party.kind == "holding" or self._military_before(k)):
            return party
        country = self.resolver.country_name(party.entity.country or "")
        named = replace(party.entity, sector=Sector.MIL, name=f"Armed Forces of {country}" if country else party.entity.name, id=None)
        return Party(named, party.kind, f"{party.because}; a force's")

    def _military_before(self, k: int) -> bool:
        return any(self.lexicon.is_word(self.doc.lemmas[c], "military") for c in self.doc.dependents(k, "compound"))

    def _wielder(self, k: int) -> list[Party]:
        """Whose a weapon, a vehicle or a post is: "rebel positions", "government artillery", "drones operated by …", "a helicopter of the army"."""
        doc = self.doc
        if k in self.resolver.mark_at or k in self.resolver.person_at or not self._thing(k):
            return []
        before = [c for c in doc.dependents(k, "compound", "amod", "nmod:poss", "nmod:desc") if c < k]
        for c in reversed(before):
            mark = self.resolver.mark_at.get(c)
            if doc.labels[c] == "nmod:poss" and doc.upos[c] == "PRON":  # "their outpost"
                owners = [p for p in self.resolver.of(c) if p.entity.sector in FORCES and p.kind != "organ"]
                if owners:
                    return [self.resolver.as_words(k, p) for p in owners]
            if mark is not None and mark.of("agent", "organ") and not self.lexicon.is_word(doc.lemmas[c], "military"):
                found = self.resolver.of(c)
                row, why = self.resolver.owner(k)
                if row is not None and "code" in row.cells:  # "Syrian rebel positions"
                    found = [Party(replace(p.entity, country=row["code"]), p.kind, f"{p.because}; {why}") for p in found]
                return [self.resolver.as_words(k, p) for p in found]
        for c in doc.dependents(k, "acl"):
            by = doc.dependents(c, "obl:agent") or [o for o in doc.dependents(c, "obl") if doc.case(o) == "by"]
            if not by and doc.labels[c] == "acl" and doc.words[c].lower().endswith("ing"):  # "a camp belonging to the rebels"
                to = [o for o in doc.dependents(c, "obl") if doc.case(o) == "to"]
                by = [o for o in to if any(p.entity.sector in FORCES for p in self.resolver.parties(o))]
            if not by and doc.labels[c] == "acl:relcl" and doc.lemmas[k] in self.lexicon.weapons:
                by = [s for s in doc.dependents(c, "nsubj") if doc.words[s].lower() not in RELATIVE]  # "drones that the rebels had launched"
            if by and (found := self.resolver.parties(by[0])):
                return found
        for c in doc.dependents(k, "nmod"):
            mark = self.resolver.mark_at.get(c)
            if doc.case(c) == "of" and mark is not None and mark.of("organ", "agent", "actor") and not mark.of("country"):
                return self.resolver.parties(c)
        return []

    def _heads(self, i: int, token: str, verb: bool, light: int | None) -> list[int]:
        doc = self.doc
        if verb:
            if token in {"subj", "both"}:
                if self.is_gerund(i) and (doers := [k for k in obliques_of(doc, i) if doc.case(k) == "by"]):
                    return doers
                subject = doer_of(doc, i)
                if subject is None and is_passive(doc, i):
                    return [k for k in obliques_of(doc, i) if doc.case(k) == "by"]
                return [subject] if subject is not None else []
            if token == "obj":
                return objects_of(doc, i)
            if token == "iobj":
                return doc.dependents(i, "iobj") or (list(doc.dependents(i, "nsubj:pass")) if is_passive(doc, i) else [])
            if token == "by":
                return doc.dependents(i, "obl:agent") or [k for k in obliques_of(doc, i) if doc.case(k) == "by"]
            if token == "xcomp":
                return [k for c in doc.dependents(i, "xcomp", "ccomp") for k in doc.dependents(c, "obj", "iobj", "obl")]
            return [k for k in obliques_of(doc, i) if doc.case(k).split(" ")[-1] == token or doc.case(k).split(" ")[0] == token]
        if token == "poss":
            return doc.dependents(i, "nmod:poss")
        if token == "adj":
            led = [k for c in doc.dependents(i, "amod") if doc.words[c].lower() == "led" for k in doc.children[c] if k in self.resolver.mark_at]
            return led or [c for c in doc.dependents(i, "amod", "compound") if (m := self.resolver.mark_at.get(c)) and m.of("adjective", "actor", "country")]
        if token == "compound":
            named = [c for c in doc.dependents(i, "compound", "nmod:desc", "nmod") if c < i and (c in self.resolver.mark_at or c in self.resolver.person_at)]
            return [c for c in named if not self._site(c)]
        if token in {"subj", "obj", "both"}:
            return []
        beside = [c for c in doc.dependents(i, "nmod", "obl", "acl") if doc.labels[c] != "nmod:poss"]
        found = [c for c in beside if token in doc.case(c).split(" ")]
        if not found:  # "attacks by rebels on villages", "the shelling of the town by the army": the second hangs on the first
            inner = [k for c in beside if doc.case(c) in {"by", "of"} for k in doc.dependents(c, "nmod", "obl") if doc.labels[k] != "nmod:poss"]
            found = [k for k in inner if token in doc.case(k).split(" ") and token != "of"]
        if not found:  # "the accord reached between …", "the raid carried out by …": a light verb behind its noun
            carriers = [c for c in doc.dependents(i, "acl") if doc.lemmas[c] in self.lexicon.light and is_passive(doc, c)]
            found = [k for c in carriers for k in (*doc.dependents(c, "obl:agent"), *obliques_of(doc, c)) if token in doc.case(k).split(" ")]
        if not found and light is not None:
            found = [k for k in obliques_of(doc, light) if k != i and token in doc.case(k).split(" ")]
        return found

    def victims(self, i: int, raw: RawClaim) -> None:
        """ "killed in shelling": whom the noun's verb says was harmed is whom the act was done to, or, in a fight, those who fought."""
        doc = self.doc
        head = doc.heads[i]
        if raw.recipients or raw.type != "ASSAULT" or head < 0:
            return
        if self.lexicon.is_word(doc.lemmas[i], "fight"):
            if not raw.actors:
                raw.actors = self._fighters(i)
                if raw.actors:
                    raw.because["actors"] = "those of both sides who were harmed in it"
            return
        harms = self.lexicon.harms.get(doc.lemmas[head], ())
        if (
            doc.labels[i] in {"nmod", "acl"}
            and doc.upos[doc.heads[i]] == "NOUN"
            and doc.lemmas[doc.heads[i]] in self.lexicon.harms
            and doc.labels[doc.heads[i]] == "obj"
        ):
            head = doc.heads[doc.heads[i]]  # "received wounds in shelling"
        wounds = any(doc.lemmas[c] in self.lexicon.harms for c in doc.dependents(head, "obj"))
        if doc.labels[i] == "nsubj" and any(h["victim"] == "obj" for h in harms):
            raw.recipients = [p for k in doc.dependents(head, "obj") for p in self.people(k)]
        elif (
            doc.upos[head] in _VERBAL
            and doc.labels[i] in {"obl", "nmod", "acl", "advcl"}
            and (doc.case(i) or self._mark(i)) in {"in", "by", "during", "from", "after"}
            and (harms or wounds)
        ):
            victims = objects_of(doc, head) if is_passive(doc, head) else [s for s in [subject_of(doc, head)] if s is not None]
            raw.recipients = [p for k in victims for p in self.people(k)]
        if not raw.recipients:
            raw.recipients = self._told_behind(i)
        raw.recipients = without(raw.recipients, raw.actors)

    def _told_behind(self, i: int) -> list[Party]:
        """Whom an act harmed, where a clause behind it tells: "strikes that killed two miners", "shelled the hills, wounding a herder"."""
        doc = self.doc
        for c in doc.dependents(i, "acl", "advcl"):
            word = doc.words[c].lower()
            told = doc.labels[c] == "acl:relcl" or word.endswith("ing")
            harms = [h for h in self.lexicon.harms.get(doc.lemmas[c], ()) if h["victim"] == "obj"] or self._left(c)
            if not told or not harms or is_passive(doc, c) or doc.dependents(c, "mark"):
                continue
            subject = doc.dependent(c, "nsubj")
            if subject is not None and doc.words[subject].lower() not in RELATIVE:
                continue
            if found := [p for k in self._left(c) or doc.dependents(c, "obj") for p in self.people(k)]:
                return found
        return []

    def _left(self, c: int) -> list[int]:
        """Whom a verb leaves dead or wounded: "left 32 civilians dead"."""
        doc = self.doc
        return [k for k in doc.dependents(c, "obj") if any(doc.lemmas[x] in self.lexicon.harms for x in doc.dependents(c, "xcomp"))]

    def _fighters(self, i: int) -> list[Party]:
        """The two sides of a fight, where people of both are said to have been harmed in it."""
        doc = self.doc
        head = doc.heads[i]
        if doc.upos[head] not in _VERBAL or doc.lemmas[head] not in self.lexicon.harms or doc.case(i) not in {"in", "during"} or not is_passive(doc, head):
            return []
        found = distinct([p for k in objects_of(doc, head) for p in self.resolver.parties(k)])
        armed = [p for p in found if p.entity.sector in FORCES]
        return armed if len({(p.entity.country, same_kind(p.entity)) for p in armed}) > 1 else []

    def is_gerund(self, i: int) -> bool:
        """Whether a verb stands where a noun would: "wounded in shelling by …"."""
        doc = self.doc
        marks = {doc.words[k].lower() for k in doc.dependents(i, "mark", "case")}
        return doc.words[i].lower().endswith("ing") and doc.labels[i] in {"acl", "advcl", "obl", "nmod"} and bool(marks & {"in", "by", "after", "during"})

    def _mark(self, i: int) -> str:
        """The word that introduces a clause, lower case."""
        return next((self.doc.words[k].lower() for k in self.doc.dependents(i, "mark")), "")
