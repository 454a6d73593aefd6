"""Words + lexicon → which act a word names, if any: a verb's or a noun's use, the most specific first.

In: a parsed report, resolved, and the words of act. Out: the lexicon's row for a word, or none. Who did the act is not asked here.
"""

from __future__ import annotations

from sayso.attribution import Attribution
from sayso.lexicon import BODIES, ActRow, Lexicon, Need
from sayso.model import Sector
from sayso.reader import Doc
from sayso.resolve.entities import ARMED, STATE, Party, Resolver, identity
from sayso.syntax import doer_of, is_passive, objects_of, obliques_of, subject_of

_WIELDERS = ARMED | STATE
"""Whose fire is gunfire: those who have arms, or a state by its adjective ("Israeli fire")."""
_CLAUSES = {"advcl", "ccomp", "csubj", "acl", "acl:relcl"}
_IN_PHRASE = {"case", "compound:prt", "mark", "fixed", "obj", "compound", "amod"}
_IN_CLAUSE = {"mark", "obj", "obl"}
"""What may hang on a clause and still be a word of the use above it: no particle ("stormed the hall, setting off a fight" is no "storm off")."""


class Uses:
    """Finds the uses of the words of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon
        self._forms: dict[int, set[str]] = {}
        self._days = {k for n in doc.names if n.type == "time" for k in range(n.first, n.last)}
        self._within = {k for m in resolver.marks if m.of("agent", "organ", "office") for k in range(m.first, m.last)} - set(resolver.mark_at)

    def of(self, i: int) -> ActRow | None:
        """The lexicon's use that word `i` is of, be it an act or none; None where the lexicon has no use that fits."""
        return self._duty(i) or self.plain(i)

    def _duty(self, i: int) -> ActRow | None:
        """What a speaker says that somebody else must or should do: a request (codebook, rule 11).

        Only a party's own words about another party: what an analyst, a reader or the narrator holds to be right asks for nothing.
        """
        doc = self.doc
        if doc.upos[i] != "VERB" or doc.labels[i].startswith(("acl", "advcl")) or any(doc.words[m].lower() != "that" for m in doc.dependents(i, "mark")):
            return None
        row = next((r for c in doc.dependents(i, "aux") for r in self.lexicon.duties.get(doc.lemmas[c], ())), None)
        subject = subject_of(doc, i) if row is not None else None
        if row is None or subject is None or not all(self._met(i, need, verb=True) for need in row.needs):
            return None
        speakers = {identity(p.entity) for p in self.speakers(i)}
        addressed = {identity(p.entity) for p in self.resolver.parties(subject)}
        sides = self.lexicon.is_word(doc.lemmas[subject], "rival") and doc.words[subject].lower() != doc.lemmas[subject]  # "all sides must …", of nobody named
        return row if speakers and (addressed or sides) and not speakers & addressed else None

    def speakers(self, i: int) -> list[Party]:
        """Who says word `i`: its nearest speaker, or a publisher that is a party itself."""
        said = next((s.parties for s in self.attribution.chain(i) if not s.act and s.parties), None)
        found = said if said is not None else self.resolver.publisher()
        return [p for p in found if p.entity.sector not in {Sector.JRN, Sector.EDU, Sector.UNK}]

    def plain(self, i: int) -> ActRow | None:
        """As `of`, whatever modal verb stands by."""
        doc = self.doc
        upos, label = doc.upos[i], doc.labels[i]
        predicate = self._predicate(i)
        if predicate is not None:
            return predicate
        if upos == "VERB" and label not in {"amod", "compound", "aux", "aux:pass", "case"}:
            use = next((row for row in self.lexicon.verbs.get(doc.lemmas[i], ()) if self._verb_fits(i, row)), None)
            if use is None and self._nounlike(i):
                use = next((row for row in self.lexicon.nouns.get(doc.words[i].lower(), ()) if self._noun_fits(i, row)), None)
            return use
        month = upos == "PROPN" and i in self._days  # "March"
        mark = self.resolver.mark_at.get(i)
        if mark is not None and i < mark.last - 1 and mark.of("organ", "office", "seat", "capital", "country", "actor") is not None:
            return None  # "Downing Street"
        if upos in {"NOUN", "PROPN"} and label not in {"compound", "flat"} and not month and i not in self.resolver.person_at and i not in self._within:
            lemma = doc.lemmas[i] if upos == "NOUN" else doc.words[i].lower()
            rows = self.lexicon.nouns.get(lemma, ()) or self.lexicon.nouns.get(lemma.rstrip("s"), ())
            return next((row for row in rows if self._noun_fits(i, row)), None)
        return None

    def _nounlike(self, i: int) -> bool:
        """Whether a verb form stands where a noun would: "killed in two days of fighting"."""
        doc = self.doc
        if doc.labels[i] not in {"acl", "advcl", "obl", "nmod"} or doc.dependents(i, "nsubj", "obj", "aux", "cop", "ccomp"):
            return False
        if any(doc.dependents(c, "mark") or not doc.words[c].lower().endswith("ing") for c in doc.dependents(i, "xcomp")):
            return False
        return doc.words[i].lower() in self.lexicon.nouns and bool(doc.dependents(i, "mark", "case"))

    def _predicate(self, i: int) -> ActRow | None:
        """The use of a word that is said of somebody with "be" or "remain": "is ready to meet", "was on alert"."""
        doc = self.doc
        rows = self.lexicon.predicates.get(doc.lemmas[i]) or self.lexicon.predicates.get(doc.words[i].lower())
        if not rows or not (doc.dependents(i, "cop", "aux:pass") or (doc.labels[i] == "xcomp" and doc.upos[i] != "VERB") or doc.labels[i] == "conj"):
            return None
        return next((row for row in rows if self._verb_fits(i, row, 2)), None)

    def act(self, i: int) -> ActRow | None:
        """The act that word `i` names, or None."""
        row = self.of(i)
        return None if row is None or row.type == "NONE" else row

    def _verb_fits(self, i: int, row: ActRow, own: int = 1) -> bool:
        """Whether the words behind the row's `own` first ones hang on verb `i`, and its needs are met."""
        doc = self.doc
        for word in row.words[own:]:
            if word in self._forms_by(i) or (word in row.recipient and any(need.kind == "obj" and not need.no for need in row.needs) and self._behind(i, word)):
                continue
            if word not in row.words[-1:] or row.type != "ASSAULT":
                return False
            parted = [k for c in doc.dependents(i, "obj") for k in doc.dependents(c, "conj") if not doc.dependents(k, "det", "nmod:poss", "amod")]
            if not any(word in (doc.lemmas[k], doc.words[k].lower()) for k in parted):  # "exchanged mortar and rifle fire": the tree may part "mortar" from it
                return False
        return all(self._met(i, need, verb=True) and self._led(i, row, need) for need in row.needs)

    def _led(self, i: int, row: ActRow, need: Need) -> bool:
        """Whether a preposition that is part of the use, and asked for, has a nominal behind it: "stood by Chad", and not "will not stand by"."""
        if need.kind != "prep" or need.no or not set(need.values) <= set(row.words[1:]) & set(row.recipient) or objects_of(self.doc, i):
            return True
        return any(self.doc.case(k).split(" ")[0] in need.values for k in obliques_of(self.doc, i))

    def _behind(self, i: int, case: str) -> bool:
        """Whether a preposition stands behind a verb's object, on which the tree hangs its nominal: "blamed the raid on Chad"."""
        return any(self.doc.case(k) == case for c in self.doc.dependents(i, "obj") for k in self.doc.dependents(c, "nmod"))

    def _forms_by(self, i: int) -> set[str]:
        """The words, as they stand and as lemmas, that hang on verb `i`."""
        if i not in self._forms:
            doc = self.doc
            near = [
                k
                for c in (*doc.children[i], *self._counted(objects_of(doc, i)))
                if doc.labels[c] not in {"conj", "parataxis", "nsubj"}  # "the African Union withdrew its troops" is no "withdraw from the union"
                for k in (c, *(m for m in doc.children[c] if doc.labels[m] in (_IN_CLAUSE if doc.labels[c] in _CLAUSES else _IN_PHRASE)))
                if not (doc.labels[k] == "case" and c in self._days)  # "called off the talks on Friday" is no "call on"
                and not ((m := self.resolver.mark_at.get(k)) and m.of("actor") and m.last - m.first > 1)  # the Rapid Support Forces announce no support
            ]
            if i + 1 < len(doc) and doc.upos[i + 1] in {"ADV", "ADP"} and doc.labels[i + 1] == "advmod":
                near.append(i + 1)  # "handed over 30 prisoners": the tree may take it for "over 30"
            if doc.dependents(i, "iobj"):  # "gave them 48 hours to leave"
                behind = [k for c in doc.dependents(i, "obj") for k in doc.dependents(c, "acl")]
                near += [k for k in behind if any(doc.words[m].lower() == "to" for m in doc.dependents(k, "mark"))]
            self._forms[i] = {form for k in near for form in (doc.lemmas[k], doc.words[k].lower())}
        return self._forms[i]

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
            alone = any(len(other.words) == 1 for other in self.lexicon.nouns.get(row.words[-1], ()))  # the noun by itself names an act
            alone = alone or any(other.words[0] == row.words[-1] for other in self.lexicon.nouns.get(word, ()))  # "exchange of fire" has its own entry
            named = [k for k in near if k < i or (not alone and doc.labels[k] == "nmod" and doc.case(k) == "of")]  # "violations of the ceasefire"
            if not any(word in (doc.lemmas[k], doc.words[k].lower()) for k in named) and not any(word in (doc.lemmas[k], doc.words[k].lower()) for k in before):
                return False
        return all(self._met(i, need, verb=False) for need in row.needs)

    def _met(self, i: int, need: Need, verb: bool) -> bool:
        doc = self.doc
        if need.kind == "plural":
            holds = doc.words[i].lower() != doc.lemmas[i] or doc.words[i].lower().endswith("s")
        elif need.kind == "modifier":
            holds = doc.labels[i] == "acl" and is_passive(doc, i) and not doc.dependents(i, "aux:pass", "nsubj:pass")
        elif need.kind == "owned":
            holds = doc.case(i).split(" ")[0] in {"by", "from", "under", "with"} and any(
                p.entity.sector in _WIELDERS for c in doc.dependents(i, "compound", "amod", "nmod:poss") for p in self.resolver.of(c) or self.resolver.bare(c)
            )
        elif need.kind == "reason":
            gerunds = [c for c in doc.dependents(i, "advcl") if c > i and doc.words[c].lower().endswith("ing")]
            holds = any(doc.words[m].lower() == "for" for c in gerunds for m in doc.dependents(c, "mark"))
        elif need.kind == "own":
            holds = self._own_future(i)
        elif need.kind == "iobj":
            given = doc.dependents(i, "iobj")
            holds = bool(given) and (not need.values or any(self.is_a(k, v) for k in given for v in need.values))
        elif need.kind in {"xcomp", "ccomp"}:
            behind = any(c > i for c in doc.dependents(i, need.kind))
            holds = behind or (not verb and bool(doc.dependents(i, "acl"))) or (need.kind == "xcomp" and self._infinitive(i))
            holds = holds or (need.kind == "xcomp" and verb and self._infinitive(i, "ccomp"))
            given = doc.dependents(i, "obj") if need.kind == "xcomp" and doc.dependents(i, "iobj") else []  # "gave them two hours to leave"
            holds = holds or any(doc.words[m].lower() == "to" for c in given for k in doc.dependents(c, "acl") for m in doc.dependents(k, "mark"))
        elif need.kind == "prep":
            cases = {doc.case(k) for k in obliques_of(doc, i)} | {doc.words[k].lower() for k in doc.dependents(i, "compound:prt", "advmod", "case")}
            cases |= {doc.words[m].lower() for c in doc.dependents(i, "advcl", "acl") for m in doc.dependents(c, "mark")}
            holds = any(c == v or c.startswith(v + " ") for c in cases for v in need.values)
            holds = holds or ("between" in need.values and not verb and bool(self.pitting(i)))
        else:
            heads = objects_of(doc, i) if need.kind == "obj" else [s for s in [doer_of(doc, i)] if s is not None]
            told = heads if need.kind == "obj" else [h for h in heads if self.lexicon.is_word(doc.lemmas[h], "quantity")]
            heads = heads + self._counted(told) if verb else heads
            if "<relief>" in need.values:  # "a plane with 40 tonnes of food"
                loads = [k for h in heads for k in doc.dependents(h, "nmod") if doc.case(k) == "with"]
                heads = [*heads, *loads, *self._counted(loads)]
            holds = bool(heads) if not need.values else any(self.is_a(h, v) for h in heads for v in need.values)
        return holds != need.no

    def pitting(self, i: int) -> list[int]:
        """Between whom a fight is, where a verb tells it: "a war pitting the army against rebels", "fighting that involves the two"; empty without two."""
        doc = self.doc
        clauses = doc.dependents(i, "acl", "acl:relcl")
        clauses += [doc.heads[i]] if doc.labels[i] == "nsubj" and doc.heads[i] >= 0 else []
        if i + 1 < len(doc) and doc.words[i + 1].lower().endswith("ing") and i + 1 not in clauses:
            clauses.append(i + 1)  # right behind it, whatever the tree hangs it on
        for c in clauses:
            if not self.lexicon.is_word(doc.lemmas[c], "pits") or is_passive(doc, c):
                continue
            first = doc.dependents(c, "obj")
            against = [k for h in (c, *first) for k in doc.dependents(h, "obl", "nmod") if doc.case(k) == "against"]
            if first and (against or (doc.dependents(first[0], "conj") and self.lexicon.is_word(doc.lemmas[i], "fight"))):
                return [*first, *against]
        return []

    def _own_future(self, i: int) -> bool:
        """Whether a verb governs a clause that tells what its own subject will do: "warned that it would cut the gas"."""
        doc = self.doc
        subject = subject_of(doc, i)
        parties = self.resolver.parties(subject) if subject is not None else []
        own, states = {identity(p.entity) for p in parties}, {p.entity.country for p in parties if p.entity.sector in STATE and p.entity.country}
        for c in doc.dependents(i, "ccomp"):
            will = any(doc.lemmas[a] in {"will", "would", "shall"} for a in doc.dependents(c, "aux"))
            inner = doc.dependent(c, "nsubj")
            doers = self.resolver.parties(inner) if will and inner is not None else []
            if own & {identity(p.entity) for p in doers} or states & {p.entity.country for p in doers if p.entity.sector in STATE}:
                return True  # "the minister warned that Turkey would …"
        return False

    def _counted(self, heads: list[int]) -> list[int]:
        """What a nominal counts or measures: "40 tonnes of food", "$500 million in aid", "a series of restrictions"."""
        doc = self.doc
        counts = [h for h in heads if doc.dependents(h, "nummod") or doc.upos[h] in {"NUM", "SYM"} or self.lexicon.is_word(doc.lemmas[h], "quantity")]
        counted = [k for h in counts for k in doc.dependents(h, "nmod") if doc.case(k) in {"of", "in"}]
        return counted + (self._counted(counted) if counted else [])  # "tens of thousands of demonstrators"

    def _infinitive(self, i: int, relation: str = "advcl") -> bool:
        """Whether "to" and a verb hang on a verb with an object, though the tree takes them for a purpose, or by `relation` "ccomp" for what is said.

        "pressed Damascus to let convoys pass", "warned Manila not to send ships".
        """
        doc = self.doc
        if not doc.dependents(i, "obj", "iobj"):
            return False
        return any(
            doc.upos[c] == "VERB" and not doc.dependents(c, "nsubj") and any(doc.words[m].lower() == "to" for m in doc.dependents(c, "mark"))
            for c in doc.dependents(i, relation)
        )

    def is_a(self, k: int, wanted: str) -> bool:
        """Whether a nominal is the word, or of the class, that a need asks for."""
        doc = self.doc
        if not wanted.startswith("<"):
            word = doc.words[k].lower()
            if wanted in (doc.lemmas[k], word) or (doc.upos[k] == "PROPN" and wanted == word.removesuffix("s")):  # "Shells fell …", taken for a name
                return True
            return any(wanted in (doc.lemmas[c], doc.words[c].lower()) for c in doc.dependents(k, "conj"))
        mark = self.resolver.mark_at.get(k)
        if wanted == "<act>":
            return doc.lemmas[k] in self.lexicon.nouns
        if wanted == "<relief>":
            return self.lexicon.is_word(doc.lemmas[k], "relief") or any(self.lexicon.is_word(doc.lemmas[c], "relief") for c in doc.dependents(k, "conj"))
        if wanted == "<thing>":
            return doc.lemmas[k] in self.lexicon.things
        if wanted == "<place>":
            return k in self.resolver.place_at or bool(mark and mark.of("country", "capital", "seat")) or self.lexicon.is_word(doc.lemmas[k], "place")
        if wanted == "<people>":
            if k in self.resolver.person_at or bool(mark and mark.of("agent", "nation", "office")) or doc.lemmas[k] in {"people", "person"}:
                return True
            return doc.upos[k] == "NUM" or doc.words[k].lower() in {"dozens", "hundreds", "thousands", "scores"}
        parties = self.resolver.of(k)
        if wanted == "<official>":
            return any(p.kind in {"person", "office"} and (p.entity.sector in STATE or p.entity.country in BODIES) for p in parties)
        if wanted == "<force>":
            return any(p.entity.sector in ARMED | {Sector.MIL, Sector.COP, Sector.SPY} for p in parties)
        return bool(parties) and parties[0].kind not in {"holding", "place"}
