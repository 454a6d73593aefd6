"""Doc + lexicon + parties → acts: which word names which act, who did it, to whom, and how.

In: a parsed report, resolved and attributed. Out: raw events. Verbs and nouns are matched against their uses in the lexicon,
most specific first; the two sides are read from the places in the tree that the entry names, light verbs lend their subject to
the noun. A noun that is only a topic ("talks are needed") gives nothing. What a text leaves open stays empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from sayso.attribution import Attribution
from sayso.events.raw import RawClaim
from sayso.events.status import status_of
from sayso.lexicon import ActRow, Lexicon, Need
from sayso.model import MODES, OBJECT_TYPES, Count, Sector, Status
from sayso.reader import Doc
from sayso.resolve.counts import times_in
from sayso.resolve.entities import ARMED, Party, Resolver, identity
from sayso.syntax import clause_of, is_passive, subject_of

_VERBAL = {"VERB", "AUX"}
_CLAUSES = {"conj", "parataxis", "advcl", "acl:relcl", "ccomp", "discourse", "cc", "mark", "punct"}
_FUTURE = {"CONSULT", "COOPERATE", "SUPPORT", "AID"}


def _distinct(parties: list[Party]) -> list[Party]:
    """Each party once."""
    kept: list[Party] = []
    for p in parties:
        if all(identity(p.entity) != identity(k.entity) for k in kept):
            kept.append(p)
    return kept


class Acts:
    """Reads the acts of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self.taken: set[int] = set()
        self.rows: dict[int, ActRow] = {}

    def read(self) -> list[RawClaim]:
        """The raw events, in the order of their words."""
        found: list[RawClaim] = []
        for i in range(len(self.doc)):
            row = self.match(i)
            if row is not None:
                self.rows[i] = row
        for i, row in self.rows.items():
            raw = self._event(i, row)
            if raw is not None:
                found.append(raw)
        return self._fill(self._objects(self._outcomes(self._once(found))))

    def _outcomes(self, events: list[RawClaim]) -> list[RawClaim]:
        """Without participles that tell how an attack ended ("shelled the village, killing two"): the harm is a casualty, the act is the attack.

        An attack without a recipient has those who were harmed for one.
        """
        doc = self.doc
        force = {e.head: e for e in events if e.type == "ASSAULT"}
        dropped: set[int] = set()
        for e in events:
            participle = e.type == "ASSAULT" and not e.nominal and doc.words[e.head].lower().endswith("ing") and doc.lemmas[e.head] in self.lexicon.harms
            if not participle or doc.labels[e.head] not in {"advcl", "conj"} or doc.dependents(e.head, "mark", "aux"):
                continue
            above = next((k for k in doc.ancestors(e.head) if k in force and k not in dropped), None)
            if above is None and doc.labels[e.head] == "advcl":  # "carried out an attack, killing two": the noun names the act
                above = next((k for k in force if k != e.head and doc.heads[k] == doc.heads[e.head] and doc.labels[k] in {"obj", "nsubj", "nsubj:pass"}), None)
            if above is None:
                continue
            dropped.add(e.head)
            if not force[above].recipients:
                force[above].recipients = [p for p in e.recipients if all(identity(p.entity) != identity(a.entity) for a in force[above].actors)]
        return [e for e in events if e.head not in dropped]

    def _once(self, events: list[RawClaim]) -> list[RawClaim]:
        """One event where a verb's use has a noun of the same act in it ("held talks"): the noun's, with what only the verb gave."""
        doc = self.doc
        by_head = {e.head: e for e in events}
        dropped: set[int] = set()
        for e in events:
            verb = by_head.get(doc.heads[e.head])
            if not e.nominal or verb is None or verb.nominal or verb.type != e.type or doc.lemmas[e.head] not in self.rows[verb.head].words[1:]:
                continue
            e.actors = e.actors or verb.actors
            e.recipients = e.recipients or [p for p in verb.recipients if all(identity(p.entity) != identity(a.entity) for a in e.actors)]
            e.modes = e.modes or verb.modes
            dropped.add(verb.head)
        for e in events:  # "met … to discuss": the talk is the meeting's
            outer = by_head.get(doc.heads[e.head])
            if e.type == "CONSULT" and (outer is None or outer.head in dropped) and doc.labels[e.head] == "advcl":
                outer = next((x for x in events if x.nominal and doc.heads[x.head] == doc.heads[e.head]), None)
            if (
                e.type == "CONSULT"
                and outer is not None
                and outer.type == "CONSULT"
                and outer.head not in dropped
                and doc.labels[e.head] in {"advcl", "acl", "xcomp"}
            ):
                dropped.add(e.head)
        return [e for e in events if e.head not in dropped]

    # sides named beside

    def _fill(self, events: list[RawClaim]) -> list[RawClaim]:
        """Sides that an act leaves open and the same speaker names for the same incident in this or the neighbouring sentence (codebook, rule 8).

        Only where the text itself takes the incident up again: by "the attack", "the clashes".
        """
        force = [e for e in events if e.type == "ASSAULT"]
        for e in force:
            if not e.nominal or e.actors or not self._definite(e.head):
                continue
            earlier = [x for x in force if x.head < e.head and (x.actors or x.recipients) and self._near_and_same(x, e)]
            if not earlier:
                continue
            nearest = max(earlier, key=lambda x: x.head)
            why = f"as in “{self.doc.words[nearest.head]}” before"
            if self.lexicon.is_word(self.doc.lemmas[e.head], "fight"):
                e.actors, e.recipients = _distinct([*nearest.actors, *nearest.recipients]), []
            else:
                e.actors = nearest.actors
                e.recipients = e.recipients or nearest.recipients
            e.bare = False
            e.because["actors"] = why
        return events

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[d].lower() in {"the", "this", "these", "those"} for d in self.doc.dependents(i, "det"))

    def _near_and_same(self, a: RawClaim, b: RawClaim) -> bool:
        apart = self.doc.sentence_of[b.head] - self.doc.sentence_of[a.head]
        return apart <= 1 and self._voices(a.head) == self._voices(b.head)

    def _voices(self, i: int) -> frozenset[str]:
        chain = [s for s in self.attribution.chain(i) if not s.act]
        return frozenset(p.entity.name for p in chain[0].parties) if chain else frozenset()

    # matching

    def use(self, i: int) -> ActRow | None:
        """The lexicon's use that word `i` is of, be it an act or none; None where the lexicon has no use that fits."""
        doc = self.doc
        upos, label = doc.upos[i], doc.labels[i]
        predicate = self._predicate(i)
        if predicate is not None:
            return predicate
        if upos == "VERB" and label not in {"amod", "compound", "aux", "aux:pass", "case"}:
            return next((row for row in self.lexicon.verbs.get(doc.lemmas[i], ()) if self._verb_fits(i, row)), None)
        if upos in {"NOUN", "PROPN"} and label not in {"compound", "flat"} and i not in self.resolver.person_at:
            lemma = doc.lemmas[i] if upos == "NOUN" else doc.words[i].lower()
            rows = self.lexicon.nouns.get(lemma, ()) or self.lexicon.nouns.get(lemma.rstrip("s"), ())
            return next((row for row in rows if self._noun_fits(i, row)), None)
        return None

    def _predicate(self, i: int) -> ActRow | None:
        """The use of a word that is said of somebody with "be" or "remain": "is ready to meet", "was on alert"."""
        doc = self.doc
        rows = self.lexicon.predicates.get(doc.lemmas[i]) or self.lexicon.predicates.get(doc.words[i].lower())
        if not rows or not (doc.dependents(i, "cop", "aux:pass") or (doc.labels[i] == "xcomp" and doc.upos[i] != "VERB") or doc.labels[i] == "conj"):
            return None
        return next((row for row in rows if self._verb_fits(i, row, 2)), None)

    def match(self, i: int) -> ActRow | None:
        """The act that word `i` names, or None."""
        row = self.use(i)
        return None if row is None or row.type == "NONE" else row

    def _verb_fits(self, i: int, row: ActRow, own: int = 1) -> bool:
        """Whether the words behind the row's `own` first ones hang on verb `i`, and its needs are met."""
        doc = self.doc
        for word in row.words[own:]:
            near = [
                k
                for c in doc.children[i]
                for k in (c, *(m for m in doc.children[c] if doc.labels[m] in {"case", "compound:prt", "mark", "fixed", "obj", "compound", "amod"}))
            ]
            if not any(word in (doc.lemmas[k], doc.words[k].lower()) for k in near):
                return False
        return all(self._met(i, need, verb=True) for need in row.needs)

    def _noun_fits(self, i: int, row: ActRow) -> bool:
        doc = self.doc
        near = [
            k
            for c in doc.children[i]
            if doc.labels[c] in {"compound", "amod", "nmod", "nmod:poss", "nmod:desc"}
            for k in (c, *doc.dependents(c, "compound", "amod"))
        ]
        before = list(range(max(0, i - 3), i))
        for word in row.words[:-1]:
            if not any(word in (doc.lemmas[k], doc.words[k].lower()) for k in near if k < i) and not any(word == doc.words[k].lower() for k in before):
                return False
        return all(self._met(i, need, verb=False) for need in row.needs)

    def _met(self, i: int, need: Need, verb: bool) -> bool:
        doc = self.doc
        if need.kind == "plural":
            holds = doc.words[i].lower() != doc.lemmas[i] or doc.words[i].lower().endswith("s")
        elif need.kind == "modifier":
            holds = doc.labels[i] == "acl" and is_passive(doc, i) and not doc.dependents(i, "aux:pass", "nsubj:pass")
        elif need.kind in {"xcomp", "ccomp"}:
            holds = bool(doc.dependents(i, need.kind)) or (not verb and bool(doc.dependents(i, "acl")))
        elif need.kind == "prep":
            cases = {doc.case(k) for k in self._obliques(i)} | {doc.words[k].lower() for k in doc.dependents(i, "compound:prt", "advmod", "case")}
            cases |= {doc.words[m].lower() for c in doc.dependents(i, "advcl", "acl") for m in doc.dependents(c, "mark")}
            holds = any(c == v or c.startswith(v + " ") for c in cases for v in need.values)
        else:
            heads = self._objects_of(i) if need.kind == "obj" else [s for s in [self._subject(i)] if s is not None]
            holds = bool(heads) if not need.values else any(self._is(h, v) for h in heads for v in need.values)
        return holds != need.no

    def _is(self, k: int, wanted: str) -> bool:
        """Whether a nominal is the word, or of the class, that a need asks for."""
        doc = self.doc
        if not wanted.startswith("<"):
            if wanted in (doc.lemmas[k], doc.words[k].lower()):
                return True
            return any(wanted in (doc.lemmas[c], doc.words[c].lower()) for c in doc.dependents(k, "conj"))
        mark = self.resolver.mark_at.get(k)
        if wanted == "<act>":
            return doc.lemmas[k] in self.lexicon.nouns
        if wanted == "<thing>":
            return doc.lemmas[k] in self.lexicon.things
        if wanted == "<place>":
            return k in self.resolver.place_at or bool(mark and mark.of("country", "capital")) or self.lexicon.is_word(doc.lemmas[k], "place")
        if wanted == "<people>":
            if k in self.resolver.person_at or bool(mark and mark.of("agent", "nation", "office")) or doc.lemmas[k] in {"people", "person"}:
                return True
            return doc.upos[k] == "NUM" or doc.words[k].lower() in {"dozens", "hundreds", "thousands", "scores"}
        parties = self.resolver.of(k)
        if wanted == "<force>":
            return any(p.entity.sector in ARMED | {Sector.MIL, Sector.COP, Sector.SPY} for p in parties)
        return bool(parties) and parties[0].kind not in {"holding", "place"}

    # the places of the tree

    def _subject(self, i: int) -> int | None:
        if self.doc.upos[i] in _VERBAL and is_passive(self.doc, i):
            return self.doc.dependent(i, "obl:agent")
        found = subject_of(self.doc, i)
        if found is None and self.doc.upos[i] == "ADJ":  # "remains committed": the subject may hang on the copula
            found = next((s for c in self.doc.dependents(i, "cop", "aux:pass") for s in self.doc.dependents(c, "nsubj")), None)
        return found

    def _objects_of(self, i: int) -> list[int]:
        doc = self.doc
        if doc.upos[i] in _VERBAL and is_passive(doc, i):
            own = doc.dependents(i, "nsubj:pass")
            if own:
                first = own[0]
                if doc.words[first].lower() in {"who", "which", "that"} and doc.labels[i].startswith("acl"):
                    return [doc.heads[i]]
                return own
            if doc.labels[i] in {"acl", "acl:relcl"}:
                return [doc.heads[i]]
            if doc.labels[i] == "conj":
                return self._objects_of(doc.heads[i])
            subject = subject_of(doc, i)
            return [subject] if subject is not None else []
        found = doc.dependents(i, "obj") or doc.dependents(i, "iobj")
        if not found and doc.labels[i].startswith("acl:relcl"):
            subject = doc.dependent(i, "nsubj")
            if subject is not None and doc.words[subject].lower() not in {"who", "which", "that"}:
                return [doc.heads[i]]  # "the town that they captured"
        if not found:
            for c in doc.dependents(i, "conj"):
                if doc.upos[c] == "VERB" and not doc.dependents(c, "nsubj"):
                    return doc.dependents(c, "obj")
        return found

    def _obliques(self, i: int) -> list[int]:
        doc = self.doc
        found = [
            c
            for c in doc.children[i]
            if doc.labels[c].split(":")[0] in {"obl", "nmod"} and doc.labels[c] not in {"nmod:poss", "obl:tmod", "obl:unmarked", "obl:npmod"}
        ]
        for c in doc.dependents(i, "obj"):
            found += [k for k in doc.dependents(c, "nmod") if doc.labels[k] != "nmod:poss"]
        return found

    def _side(self, i: int, tokens: Iterable[str], verb: bool, light: int | None) -> tuple[list[Party], str]:
        """The parties at the first of the places that has any."""
        for token in tokens:
            if token == "none":
                break
            for head in self._heads(i, token, verb, light):
                parties = self._parties(head, token)
                if parties:
                    return parties, token
        return [], ""

    def _people(self, k: int) -> list[Party]:
        """Whom a nominal means, or, for plain people without a country, somebody."""
        found = self.resolver.parties(k)
        if not found and (self._is(k, "<people>") or self.lexicon.is_word(self.doc.lemmas[k], "people")):
            return [self.resolver.somebody(k, Sector.CVL)]
        return found

    def _targets(self, i: int, row: ActRow, verb: bool, light: int | None) -> list[Party]:
        """The people or forces at a place or building that is struck, where the text names no party."""
        for token in row.recipient:
            if token in {"none", "both"}:
                break
            for head in self._heads(i, token, verb, light):
                found = self._people(head) or self.resolver.struck(head)
                if found:
                    return found
        return []

    def _behind_object(self, i: int) -> list[Party]:
        """Whose the thing is that is condemned, praised or refused: "opposes intimidation by any claimant"."""
        doc = self.doc
        for c in self._objects_of(i):
            if doc.lemmas[c] in self.lexicon.nouns and (owned := self.resolver.parties(c)):
                return owned  # "rejected the Chinese demand"
            for k in doc.dependents(c, "nmod"):
                if doc.case(k) in {"by", "of", "among", "from", "between"} and (found := self.resolver.parties(k)):
                    return found
        return []

    def _other_side(self, i: int, raw: RawClaim) -> None:
        """Victims whose country was only guessed are not the attacker's own people."""
        speakers = [p.entity.country for s in self.attribution.chain(i) if not s.act for p in s.parties]
        attackers = {p.entity.country for p in raw.actors} - {None}
        raw.recipients = [self.resolver.other_side(p, attackers, speakers) for p in raw.recipients]

    def _struck(self, raw: RawClaim) -> None:
        """A town, a street or a crowd that force is used against stands for the people there."""
        for n, party in enumerate(raw.recipients):
            if party.kind in {"place", "holding"} and party.entity.sector is Sector.GOV:
                named = replace(party.entity, sector=Sector.CVL, name=f"civilians of {self.resolver.country_name(party.entity.country or '')}", id=None)
                raw.recipients[n] = Party(named, party.kind, f"{party.because}; the people there")

    def _parties(self, head: int, token: str) -> list[Party]:
        doc = self.doc
        if token in {"adj", "compound"} or (token == "poss" and head in self.resolver.mark_at and self.resolver.mark_at[head].of("adjective")):
            found = self.resolver.bare(head)
            mark = self.resolver.mark_at.get(head)
            if not found and (head in self.resolver.person_at or (mark is not None and mark.of("agent", "organ"))):
                found = self.resolver.of(head)
            return found
        found = self.resolver.parties(head)
        if not found and doc.dependents(head, "appos"):
            found = self.resolver.parties(doc.dependents(head, "appos")[0])
        return found

    def _heads(self, i: int, token: str, verb: bool, light: int | None) -> list[int]:
        doc = self.doc
        if verb:
            if token in {"subj", "both"}:
                if self._gerund(i) and (doers := [k for k in self._obliques(i) if doc.case(k) == "by"]):
                    return doers
                subject = self._subject(i)
                if subject is None and is_passive(doc, i):
                    return [k for k in self._obliques(i) if doc.case(k) == "by"]
                return [subject] if subject is not None else []
            if token == "obj":
                return self._objects_of(i)
            if token == "iobj":
                return doc.dependents(i, "iobj") or (list(doc.dependents(i, "nsubj:pass")) if is_passive(doc, i) else [])
            if token == "by":
                return doc.dependents(i, "obl:agent") or [k for k in self._obliques(i) if doc.case(k) == "by"]
            if token == "xcomp":
                return [k for c in doc.dependents(i, "xcomp", "ccomp") for k in doc.dependents(c, "obj", "iobj", "obl")]
            return [k for k in self._obliques(i) if doc.case(k).split(" ")[-1] == token or doc.case(k).split(" ")[0] == token]
        if token == "poss":
            return doc.dependents(i, "nmod:poss")
        if token == "adj":
            led = [k for c in doc.dependents(i, "amod") if doc.words[c].lower() == "led" for k in doc.children[c] if k in self.resolver.mark_at]
            return led or [c for c in doc.dependents(i, "amod", "compound") if (m := self.resolver.mark_at.get(c)) and m.of("adjective", "actor", "country")]
        if token == "compound":
            return [c for c in doc.dependents(i, "compound", "nmod:desc", "nmod") if c < i and (c in self.resolver.mark_at or c in self.resolver.person_at)]
        if token in {"subj", "obj", "both"}:
            return []
        found = [c for c in doc.dependents(i, "nmod", "obl", "acl") if doc.labels[c] != "nmod:poss" and token in doc.case(c).split(" ")]
        if not found and light is not None:
            found = [k for k in self._obliques(light) if k != i and token in doc.case(k).split(" ")]
        return found

    def _past(self, i: int) -> bool:
        """Whether a verb is in the simple past."""
        word, lemma = self.doc.words[i].lower(), self.doc.lemmas[i]
        return word not in {lemma, f"{lemma}s", f"{lemma}es"} and not word.endswith("ing") and not self.doc.dependents(i, "aux")

    def _bygone(self, i: int) -> bool:
        """Whether a predicate is told in the simple past: "was under siege"."""
        carriers = [i, *([self.doc.heads[i]] if self.doc.labels[i] == "xcomp" else [])]
        words = {self.doc.words[c].lower() for k in carriers for c in (k, *self.doc.dependents(k, "cop", "aux", "aux:pass"))}
        return bool(words & {"was", "were", "remained", "stayed"}) and "been" not in words

    def _gerund(self, i: int) -> bool:
        """Whether a verb stands where a noun would: "wounded in shelling by …"."""
        doc = self.doc
        marks = {doc.words[k].lower() for k in doc.dependents(i, "mark", "case")}
        return doc.words[i].lower().endswith("ing") and doc.labels[i] in {"acl", "advcl", "obl", "nmod"} and bool(marks & {"in", "by", "after", "during"})

    # one act

    def _event(self, i: int, row: ActRow) -> RawClaim | None:
        doc = self.doc
        verb = doc.upos[i] == "VERB" or row.verbal
        if i in self.cues and row.type not in OBJECT_TYPES | {"SUPPORT"}:
            return None
        light, effect, subject_is = self._light(i) if not verb else (None, "", "actor")
        raw = RawClaim("event", i, [], [i], row.type, list(row.modes), nominal=not verb)
        raw.because["type"] = f"{row.row.place} {row.row['form']}"
        base = i if verb or light is None else light
        raw.status, why, top = status_of(doc, base, self.lexicon, self.cues - {i})
        if not verb and light is None:
            own, reason, _ = status_of(doc, i, self.lexicon, self.cues)
            raw.status, why = own, reason
        elif not verb and light is not None:
            own, reason, _ = status_of(doc, i, self.lexicon, {light} | self.cues)
            if own is not Status.OCCURRED and raw.status is Status.OCCURRED:
                raw.status, why = own, reason
        if light is not None and effect == "ongoing" and self._past(light):
            effect = "occurred"  # "the clashes continued throughout the night", "the battle went on until dawn": told as over
        if light is not None and effect and raw.status is Status.OCCURRED:
            raw.status = {"attempted": Status.ATTEMPTED, "planned": Status.PLANNED, "negated": Status.NEGATED, "hypothetical": Status.HYPOTHETICAL,
                          "ongoing": Status.ONGOING}.get(effect, Status.OCCURRED)  # fmt: skip
        if raw.status is Status.OCCURRED and row.words[0] == "be" and row.type not in OBJECT_TYPES and not self._bygone(i):
            raw.status, why = Status.ONGOING, "a state that lasts"
        if why:
            raw.because["status"] = why
        raw.actors, at_actor = self._side(i, row.actor, verb, light)
        recipients = row.recipient
        if light is not None and not verb:
            subject = self._subject(light) if doc.labels[i] != "nsubj" else None
            lent = self.resolver.parties(subject) if subject is not None else []
            if lent and subject_is == "actor" and not raw.actors:
                raw.actors, at_actor = lent, f"subject of “{doc.words[light]}”"
            elif lent and subject_is == "recipient" and not raw.recipients:
                raw.recipients = lent
        if "both" in recipients:
            partners, _ = self._side(i, ("with", "between", "by", "of", *(t for t in recipients if t != "both")), verb, light)
            for p in partners:
                if all(identity(p.entity) != identity(q.entity) for q in raw.actors):
                    raw.actors = [*raw.actors, p]
        elif not raw.recipients:
            tokens = [t for t in recipients if t != at_actor]
            raw.recipients, at = self._side(i, tokens, verb, light)
            if at:
                raw.because["recipients"] = f"{at}: {raw.recipients[0].because}"
        raw.recipients = [p for p in raw.recipients if all(identity(p.entity) != identity(a.entity) for a in raw.actors)]
        if raw.actors:
            raw.because["actors"] = f"{at_actor}: {raw.actors[0].because}"
        if not verb or self._gerund(i):
            self._victims(i, raw)
        if raw.type == "ASSAULT":
            if not raw.recipients:
                raw.recipients = self._targets(i, row, verb, light)
            self._struck(raw)
            self._other_side(i, raw)
        elif raw.type in {"ACCUSE", "SUPPORT", "REJECT"} and verb and not raw.recipients:
            raw.recipients = self._behind_object(i)
        self._modes(i, raw, row)
        raw.times = self._times(i, verb)
        raw.evidence = self._evidence(i, top, verb, light)
        raw.trigger = sorted(
            {i, *([light] if light is not None else []), *([top] if top != i and doc.upos[top] in _VERBAL | {"ADJ", "NOUN"} and abs(top - i) < 6 else [])}
        )
        raw.bare = not verb and not raw.actors and not raw.recipients
        if not verb and not self._asserted(i, raw, light):
            return None
        if row.type in OBJECT_TYPES and row.object not in {"", "auto"}:
            kind, _, modes = row.object.partition("/")
            raw.object = (kind, [m for m in modes.split("|") if m])
        return raw

    def _light(self, i: int) -> tuple[int | None, str, str]:
        """The light verb that carries a noun, its effect, and what its subject is to the act."""
        doc = self.doc
        head, label, case = doc.heads[i], doc.labels[i], doc.case(i)
        if head >= 0 and doc.upos[head] == "NOUN" and label == "nmod" and doc.labels[head] == "obj" and self.lexicon.is_word(doc.lemmas[head], "link"):
            head, label = doc.heads[head], "obl"  # "claimed responsibility for the attack"
        if head < 0 or doc.upos[head] not in _VERBAL:
            return None, "", "actor"
        for row in self.lexicon.light.get(doc.lemmas[head], ()):
            wanted = row["noun_position"]
            passive_object = label == "nsubj:pass" and wanted == "obj"
            relative = False
            if wanted == label or passive_object or relative or (label.startswith("obl") and case and wanted in {case, f"obl:{case}", f"prep:{case}"}):
                return head, row["effect"], row["subject_is"]
        return None, "", "actor"

    def _mark(self, i: int) -> str:
        """The word that introduces a clause, lower case."""
        return next((self.doc.words[k].lower() for k in self.doc.dependents(i, "mark")), "")

    def _victims(self, i: int, raw: RawClaim) -> None:
        """ "killed in shelling": whom the noun's verb says was harmed is whom the act was done to."""
        doc = self.doc
        head = doc.heads[i]
        if raw.recipients or raw.type != "ASSAULT" or head < 0 or self.lexicon.is_word(doc.lemmas[i], "fight"):
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
            raw.recipients = [p for k in doc.dependents(head, "obj") for p in self._people(k)]
        elif (
            doc.upos[head] in _VERBAL
            and doc.labels[i] in {"obl", "nmod", "acl", "advcl"}
            and (doc.case(i) or self._mark(i)) in {"in", "by", "during", "from", "after"}
            and (harms or wounds)
        ):
            victims = self._objects_of(head) if is_passive(doc, head) else [s for s in [subject_of(doc, head)] if s is not None]
            raw.recipients = [p for k in victims for p in self._people(k)]
        raw.recipients = [p for p in raw.recipients if all(identity(p.entity) != identity(a.entity) for a in raw.actors)]

    def _times(self, i: int, verb: bool) -> Count | None:
        """How many acts the clause counts: "violated the ceasefire 70 times", "16 violations"."""
        s = self.doc.sentences[self.doc.sentence_of[i]]
        inside = sorted(k for k in (self._clause(i) if verb else self._phrase(i)) if s.first <= k < s.last)
        first = inside[0]
        span = list(range(first, inside[-1] + 1))
        found = times_in([self.doc.words[k] for k in span], None if verb else i - first)
        return found[0] if found else None

    def _modes(self, i: int, raw: RawClaim, row: ActRow) -> None:
        if raw.type == "ASSAULT" and not raw.modes:
            for k in self._near(i):
                weapon = self.lexicon.weapons.get(self.doc.lemmas[k])
                if weapon is not None:
                    for mode in weapon.listed("mode"):
                        if mode not in raw.modes and mode in MODES["ASSAULT"]:
                            raw.modes.append(mode)
                            raw.because["modes"] = f"{weapon.place} {weapon['form']}"
                    break

    def _near(self, i: int) -> list[int]:
        doc = self.doc
        found = [c for c in doc.children[i] if doc.labels[c].split(":")[0] in {"compound", "amod", "obl", "nmod", "obj", "advcl"}]
        found += [k for c in list(found) for k in doc.children[c] if doc.labels[k].split(":")[0] in {"compound", "nmod", "obj", "conj"}]
        if doc.labels[i] == "xcomp":
            found += [c for c in doc.children[doc.heads[i]] if doc.labels[c].startswith("obl")]
        return found

    def _asserted(self, i: int, raw: RawClaim, light: int | None) -> bool:
        """Whether a noun says that something happened: it is no mere topic, title, or modifier."""
        doc = self.doc
        label, head = doc.labels[i], doc.heads[i]
        if light is not None:
            return True
        if raw.status in {Status.PLANNED, Status.HYPOTHETICAL} and not raw.actors:
            return False
        if raw.type in {
            "REQUEST",
            "AGREE",
            "REJECT",
            "THREATEN",
            "ACCUSE",
            "SUPPORT",
            "CONCEDE",
            "PROTEST",
            "COOPERATE",
            "AID",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "RETREAT",
        }:
            return bool(raw.actors)
        if raw.type == "CONSULT":
            return bool(raw.actors)
        if label in {"nsubj", "nsubj:pass"} and head >= 0:
            return True
        if label == "obl" and doc.case(i) in {"in", "by", "during", "after", "following", "from"}:
            return True
        return bool(raw.actors or raw.recipients) or label in {"root", "obj", "conj"}

    def _evidence(self, i: int, top: int, verb: bool, light: int | None) -> list[int]:
        """The words that state the act: its clause without the clauses beside it, and without the attribution."""
        doc = self.doc
        s = doc.sentences[doc.sentence_of[i]]
        base = i
        if verb and top != i and doc.upos[top] in _VERBAL and top not in self.cues and doc.below(i, top):
            base = top
        if not verb:
            if light is not None:
                base = light
            elif len(self._phrase(i)) < 4 or doc.labels[i] in {"nsubj", "nsubj:pass"}:
                base = clause_of(doc, i)
                if base in self.cues or (doc.labels[base] == "conj" and base != doc.heads[i]):
                    base = i
            else:
                return self._within(i, self._phrase(i))
        if light is not None and base == light:
            while doc.labels[base] == "xcomp" and doc.heads[base] not in self.cues and doc.upos[doc.heads[base]] in _VERBAL:
                base = doc.heads[base]  # "would continue implementing its mediation"
        words = self._clause(base)
        if doc.labels[base] in {"acl", "acl:relcl"}:
            first, last = self.resolver.extent(doc.heads[base])
            words |= set(range(first, last))
        words = {k for k in words if s.first <= k < s.last}
        return self._within(i, words)

    def _phrase(self, i: int) -> set[int]:
        doc = self.doc
        found, stack = {i}, [i]
        while stack:
            k = stack.pop()
            for c in doc.children[k]:
                if (
                    doc.labels[c] not in {"acl:relcl", "conj", "cc", "punct", "parataxis", "case"}
                    or (doc.labels[c] == "case" and k != i)
                    or (k != i and doc.labels[c] != "parataxis")
                ):
                    found.add(c)
                    stack.append(c)
        return found

    def _clause(self, base: int) -> set[int]:
        doc = self.doc
        found, stack = {base}, [base]
        while stack:
            k = stack.pop()
            for c in doc.children[k]:
                label = doc.labels[c]
                if k == base and (label in {"cc", "mark", "punct", "parataxis", "discourse"} or (label == "conj" and doc.upos[c] in _VERBAL)):
                    continue
                if c in self.cues:
                    continue
                if label == "acl:relcl" and len(doc.subtree(c)) > 8:
                    continue
                if label == "advcl" and k == base and len(doc.subtree(c)) > 8:
                    continue
                found.add(c)
                stack.append(c)
        return found

    def _within(self, i: int, words: set[int]) -> list[int]:
        """The unbroken run of words round word `i`, inside its speaker's words, without marks at its edges."""
        doc = self.doc
        sayings = [s for s in self.attribution.by_word.get(i, ()) if not s.act]
        if sayings:
            inner = words & sayings[0].content
            words = inner or words
        first, last = min(words), max(words)
        if sayings:
            outside = [k for s in sayings for k in (range(*s.cue) if s.cue else ())]
            while any(first <= k <= last for k in outside):  # the cue stands inside the clause: keep the side of the act
                k = next(k for k in outside if first <= k <= last)
                if k > i:
                    last = k - 1
                elif k < i:
                    first = k + 1
                else:
                    break
            kept = [k for k in words if first <= k <= last]
            if kept:
                first, last = min(kept), max(kept)
        while first < last and doc.upos[first] == "PUNCT" and doc.words[first] not in {"“", '"'}:
            first += 1
        while last > first and doc.upos[last] == "PUNCT" and doc.words[last] not in {"”", '"'}:
            last -= 1
        return list(range(first, last + 1))

    # acts within acts

    def _objects(self, events: list[RawClaim]) -> list[RawClaim]:
        """What is asked for, promised, refused or threatened is the object of that act, not an event of its own; what is alleged is both."""
        doc = self.doc
        dropped: set[int] = set()
        by_sentence: defaultdict[int, list[RawClaim]] = defaultdict(list)
        for e in events:
            by_sentence[doc.sentence_of[e.head]].append(e)
        for outer in events:
            if outer.type not in OBJECT_TYPES:
                continue
            beside = by_sentence[doc.sentence_of[outer.head]]
            inner = [e for e in beside if e is not outer and e.head not in dropped and self._governed(e.head, outer.head)]
            if not inner:
                continue
            nearest = min(inner, key=lambda e: (self._depth(e.head, outer.head), e.head))
            if outer.object is None:
                outer.object = (nearest.type, nearest.modes[:1])
            if not outer.recipients and outer.type in {"AGREE", "THREATEN", "CONCEDE"}:  # "promised to send aid to Lebanon"
                outer.recipients = [p for p in nearest.recipients if all(identity(p.entity) != identity(a.entity) for a in outer.actors)]
            for e in inner:
                if outer.type in {"REQUEST", "AGREE", "REJECT", "THREATEN", "CONCEDE"}:
                    if e.status in {Status.OCCURRED, Status.PLANNED, Status.HYPOTHETICAL} and self._unreal(e.head, outer):
                        dropped.add(e.head)
                elif outer.type == "ACCUSE" and outer.actors:
                    e.voice = outer.actors
                    e.voice_cue = outer.head
                    if not outer.recipients and e.actors and doc.upos[outer.head] == "VERB":
                        outer.recipients = [p for p in e.actors if all(identity(p.entity) != identity(a.entity) for a in outer.actors)]
                        outer.because["recipients"] = "who is said to have done it"
                    if not e.actors and outer.recipients and e.type not in {"ACCUSE", "REQUEST"}:
                        e.actors = outer.recipients
                        e.because["actors"] = "the one accused"
                        e.recipients = [p for p in e.recipients if all(identity(p.entity) != identity(a.entity) for a in e.actors)]
        kept = [e for e in events if e.head not in dropped]
        for e in kept:
            self._recast(e)
        return kept

    def _governed(self, i: int, top: int) -> bool:
        """Whether word `i` is in what act `top` is about: below it, but not in its subject or in a clause beside it."""
        doc = self.doc
        k = i
        while k >= 0 and doc.heads[k] != top:
            if doc.labels[k] in {"acl:relcl", "parataxis"}:
                return False
            k = doc.heads[k]
        if k < 0:
            return False
        label = doc.labels[k]
        if label.split(":")[0] in {"nsubj", "parataxis", "discourse"} or label in {"acl:relcl", "obl:tmod"}:
            return False
        if label == "conj" and doc.upos[top] == "VERB":
            return False
        if label == "advcl":
            return any(doc.words[m].lower() in {"to", "of", "for", "from"} for m in doc.dependents(k, "mark")) or doc.words[k].lower().endswith("ing")
        if label.startswith("obl"):
            return doc.case(k) in {"for", "of", "to", "from", "on", "over", "with", "against", "in", "into", ""}
        return True

    def _depth(self, i: int, top: int) -> int:
        n = 0
        while i != top and i >= 0:
            i, n = self.doc.heads[i], n + 1
        return n

    def _unreal(self, i: int, outer: RawClaim) -> bool:
        """Whether the inner act is only asked for, promised or refused: an infinitive, a "that … should" clause, or a bare noun."""
        doc = self.doc
        k = i
        while doc.heads[k] != outer.head and doc.heads[k] >= 0:
            if doc.labels[k] == "acl" and doc.words[k].lower().endswith("ed"):
                return False
            k = doc.heads[k]
        return True

    def _recast(self, e: RawClaim) -> None:
        """Meetings and help still to come are AGREE (codebook, section 3, rule 6)."""
        if e.type in _FUTURE and e.status is Status.PLANNED and e.actors:
            e.object = (e.type, e.modes[:1])
            e.because["type"] = f"{e.because['type']}; still to come, so AGREE"
            e.type, e.modes, e.status = "AGREE", [], Status.OCCURRED
