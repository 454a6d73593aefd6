"""Doc + lexicon + parties → who was harmed and what was lost.

In: a parsed report, resolved and attributed. Out: raw casualty and matériel claims with counts as the codebook bounds them.
Verbs, nouns and adjectives of harm come from `harms.tsv`; the victims stand where the entry says. A harm without a number is no
claim, save that one named person, or "a soldier", is one. "No casualties" is zero, and counts.
"""

from __future__ import annotations

from sayso.attribution import Attribution
from sayso.events.raw import RawClaim
from sayso.events.status import status_of
from sayso.lexicon import Lexicon, Row
from sayso.model import Count, Damage, Entity, Sector, Status
from sayso.reader import Doc
from sayso.resolve.counts import count_at, count_before
from sayso.resolve.entities import Party, Resolver
from sayso.syntax import is_passive, subject_of

_OTHERS = {"other", "others", "more", "another"}
_DAMAGE = set(Damage)
_VERBAL = {"VERB", "AUX"}


class Losses:
    """Reads the casualties and the matériel of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}

    def read(self) -> list[RawClaim]:
        """The raw claims, in the order of their words."""
        found: list[RawClaim] = []
        for i in range(len(self.doc)):
            keys = [self.doc.lemmas[i], self.doc.words[i].lower()]
            if self.doc.upos[i] == "ADJ":
                keys.reverse()  # "wounded" the adjective before "wound" the verb
            for row in self.lexicon.harms.get(keys[0], ()) or self.lexicon.harms.get(keys[1], ()):
                claims = self._harm(i, row)
                if claims:
                    found += claims
                    break
        return self._gaps(found)

    def _harm(self, i: int, row: Row) -> list[RawClaim]:
        doc = self.doc
        pos = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}.get(doc.upos[i], "")
        form = row["form"].split()
        if not self._form_fits(i, form, row["pos"]):
            return []
        if row["pos"] == "verb" and pos != "verb" and not (pos == "adj" and doc.words[i].lower() == form[0] + "ed" and doc.labels[i] in {"conj", "root", "acl", "amod"}):
            return []
        if row["pos"] == "noun" and pos != "noun":
            return []
        if row["pos"] == "adj" and pos not in {"adj", "noun", "verb"}:
            return []
        if any(not self._met(i, part) for part in filter(None, row["needs"].split(";"))):
            return []
        victims = self._victims(i, row)
        found: list[RawClaim] = []
        for head, counted in victims:
            raw = self._claim(i, row, head, counted)
            if raw is not None:
                found.append(raw)
        return found

    def _form_fits(self, i: int, form: list[str], pos: str) -> bool:
        doc = self.doc
        rest = form[1:] if pos == "verb" else form[:-1]
        near = {w for c in doc.children[i] for w in (doc.lemmas[c], doc.words[c].lower(), *(doc.lemmas[m] for m in doc.children[c] if doc.labels[m] == "case"))}
        near |= {doc.words[k].lower() for k in range(max(0, i - 2), i)}
        return all(w in near for w in rest)

    def _met(self, i: int, part: str) -> bool:
        doc = self.doc
        no, kind = part.startswith("no:"), part.removeprefix("no:")
        name, _, value = kind.partition(":")
        values = set(filter(None, value.split("|")))
        if name == "plural":
            holds = doc.words[i].lower() != doc.lemmas[i]
        elif name == "prep":
            holds = any(doc.case(c).split(" ")[0] in values for c in doc.dependents(i, "obl", "nmod"))
        elif name in {"xcomp", "ccomp"}:
            holds = bool(doc.dependents(i, name))
        else:
            passive = doc.upos[i] in _VERBAL and is_passive(doc, i)
            if name == "obj":
                heads = self._patients(i) if passive else doc.dependents(i, "obj")
            else:
                subject = None if passive else subject_of(doc, i)
                heads = [subject] if subject is not None else []
            holds = bool(heads) if not values else any(self._is(h, v) for h in heads for v in values)
        return holds != no

    def _is(self, k: int, wanted: str) -> bool:
        if wanted == "<people>":
            return self._human(k)
        if wanted == "<thing>":
            return self.doc.lemmas[k] in self.lexicon.things
        if wanted == "<act>":
            return self.doc.lemmas[k] in self.lexicon.nouns
        if wanted == "<actor>":
            return bool(self.resolver.of(k))
        if wanted == "<place>":
            return k in self.resolver.place_at or self.lexicon.is_word(self.doc.lemmas[k], "place")
        if wanted == "<force>":
            return any(p.entity.sector in {Sector.MIL, Sector.REB, Sector.COP, Sector.PRM, Sector.UAF} for p in self.resolver.of(k))
        return wanted in (self.doc.lemmas[k], self.doc.words[k].lower())

    def _human(self, k: int) -> bool:
        doc = self.doc
        mark = self.resolver.mark_at.get(k)
        if k in self.resolver.person_at or bool(mark and mark.of("agent", "nation", "office", "actor", "organ")):
            return True
        word = doc.words[k].lower()
        if doc.lemmas[k] in self.lexicon.things:
            return False
        return doc.upos[k] in {"NUM", "PRON"} or doc.lemmas[k] in {"people", "person", "other"} or word in _OTHERS or self._number(k) is not None

    def _patients(self, i: int) -> list[int]:
        """Whom a passive or a participle is about."""
        doc = self.doc
        own = doc.dependents(i, "nsubj:pass")
        if own:
            first = own[0]
            if doc.words[first].lower() in {"who", "which", "that"} and doc.labels[i].startswith("acl"):
                return [doc.heads[i]]
            return own
        if doc.labels[i].startswith("acl") or doc.labels[i] == "amod":
            return [doc.heads[i]]
        if doc.labels[i] == "conj":
            head = doc.heads[i]
            if doc.upos[head] in _VERBAL:
                return self._patients(head)
            return [head]
        subject = subject_of(doc, i)
        return [subject] if subject is not None else []

    def _victims(self, i: int, row: Row) -> list[tuple[int, bool]]:
        """Heads of the nominals of victims; the flag says that the head is the number itself."""
        doc = self.doc
        heads: list[int] = []
        if row["pos"] == "verb":
            if row["victim"].startswith("subj"):
                subject = self._subject(i)
                heads = [subject] if subject is not None else []
            elif doc.upos[i] not in _VERBAL or is_passive(doc, i):
                heads = self._conjuncts_own(i) or self._patients(i)
            else:
                heads = doc.dependents(i, "obj")
        elif row["pos"] == "noun":
            heads = self._noun_victims(i)
        elif doc.labels[i] == "amod":
            heads = [doc.heads[i]]
        elif doc.upos[i] == "NOUN" or doc.labels[i] in {"obj", "nsubj", "conj", "nmod", "obl"}:
            heads = [i]
        else:
            subject = doc.dependent(i, "nsubj", "nsubj:pass") or (doc.heads[i] if doc.labels[i] == "acl" else None)
            if subject is None and doc.labels[i] == "xcomp":  # "left 12 people dead"
                subject = doc.dependent(doc.heads[i], "obj")
            heads = [subject] if subject is not None else []
            if not heads and self._number_near(i):
                heads = [i]
        out: list[tuple[int, bool]] = []
        for head in heads:
            if head is None:
                continue
            for h in [head, *(c for c in doc.dependents(head, "conj") if doc.upos[c] in {"NOUN", "PROPN", "NUM"})]:
                if (h, True) not in out and (h, False) not in out:
                    out.append((h, doc.upos[h] == "NUM"))
        return out

    def _subject(self, i: int) -> int | None:
        own = self.doc.dependent(i, "nsubj", "nsubj:pass")
        return own if own is not None and self.doc.words[own].lower() not in {"who", "that", "which"} else subject_of(self.doc, i)

    def _conjuncts_own(self, i: int) -> list[int]:
        """ "… and four others wounded": the number that stands before a second participle is its own subject."""
        doc = self.doc
        if doc.labels[i] not in {"conj", "acl", "amod", "root"}:
            return []
        own = [c for c in doc.dependents(i, "nsubj", "nsubj:pass") if doc.words[c].lower() not in {"who", "that", "which"}]
        if own:
            return own
        near = [
            c
            for c in doc.dependents(i, "nummod", "obl:npmod", "obl", "dep", "advmod", "obj")
            if c < i and (doc.upos[c] == "NUM" or self._number(c) is not None)
        ]
        return near if doc.labels[i] == "conj" else []

    def _noun_victims(self, i: int) -> list[int]:
        return [i]

    def _number(self, k: int) -> tuple[Count, int, int] | None:
        """The count that stands before, or is, word `k`."""
        doc = self.doc
        s = doc.sentences[doc.sentence_of[k]]
        words = doc.words[s.first : s.last]
        found = count_at(words, k - s.first)
        if found is None:
            found = count_before(words, k - s.first)
        return (found[0], found[1] + s.first, found[2] + s.first) if found else None

    def _number_near(self, i: int) -> bool:
        return i > 0 and self.doc.upos[i - 1] == "NUM"

    def _claim(self, i: int, row: Row, head: int, counted: bool) -> RawClaim | None:
        doc = self.doc
        harm = row["harm"]
        thing = self.lexicon.things.get(doc.lemmas[head])
        if harm in _DAMAGE and thing is None:
            return None
        if harm not in _DAMAGE and (thing is not None or not (self._human(head) or head == i)):
            return None
        number = self._number(head)
        if number is None and head != i and doc.upos[head] == "NOUN":
            first, _ = self.resolver.extent(head)
            number = next((n for k in doc.dependents(head, "nummod") if (n := self._number(k)) is not None), None)
            del first
        named = head in self.resolver.person_at
        if number is None and named and harm not in _DAMAGE:
            number = (Count(low=1, high=1, text=""), head, head)
        if number is None:
            return None
        count, first, last = number
        raw = RawClaim("materiel" if harm in _DAMAGE else "casualty", i, [], [i], harm=harm)
        raw.count = Count(low=count.low, high=count.high, text=doc.text(first, last) if last > first else "", approximate=count.approximate,
                          at=doc.starts[first] if last > first else None)  # fmt: skip
        raw.because["harm"] = f"{row.place} {row['form']}"
        raw.status, why, _ = status_of(doc, i, self.lexicon, self.cues)
        if (count.low, count.high) == (0, 0):
            raw.status = Status.OCCURRED
        elif row["pos"] == "noun" and raw.status is Status.OCCURRED and head == i:
            base = doc.heads[i]
            if base >= 0 and doc.upos[base] in _VERBAL:
                raw.status, why, _ = status_of(doc, base, self.lexicon, self.cues)
        if raw.status in {Status.PLANNED}:
            raw.status = Status.HYPOTHETICAL if row["pos"] != "verb" else raw.status
        if why:
            raw.because["status"] = why
        raw.by = self._perpetrator(i, head)
        if raw.kind == "materiel":
            raw.what = thing["what"] if thing else doc.lemmas[head]
            owners = self.resolver.of(head)
            raw.who = owners[0] if owners else None
        else:
            raw.who = self._who(head, i, counted)
        raw.evidence = self._evidence(i, head, first)
        if raw.by:
            raw.because["by"] = raw.by.because
        if raw.who:
            raw.because["who"] = raw.who.because
        return raw

    def _who(self, head: int, i: int, counted: bool) -> Party:
        doc = self.doc
        found = self.resolver.of(head) if head != i else []
        if found and found[0].kind not in {"holding", "place"}:
            return found[0]
        for c in doc.dependents(head, "nmod"):
            if doc.case(c) in {"of", "among", "from"} and (inner := self.resolver.of(c)):
                return inner[0]
        if head == i:
            for c in doc.children[i]:
                if doc.labels[c].startswith("nmod") or doc.labels[c] in {"compound", "amod"}:
                    inner = self.resolver.of(c)
                    if inner and (self._human(c) or doc.case(c) in {"among", "of"} or doc.labels[c] == "amod"):
                        return self._victim_of(inner[0], head)
        if counted or doc.words[head].lower() in _OTHERS or doc.lemmas[head] in {"people", "other"} or head == i:
            earlier = self._before(head)
            if earlier is not None and (doc.words[head].lower() in _OTHERS or counted):
                return self.resolver.as_words(head, earlier)
        return self.resolver.somebody(head, Sector.CVL if head != i or doc.lemmas[head] != "casualty" else Sector.UNK)

    def _victim_of(self, party: Party, head: int) -> Party:
        return party

    def _before(self, head: int) -> Party | None:
        """The victims named just before, whom "others" are counted among."""
        doc = self.doc
        s = doc.sentences[max(0, doc.sentence_of[head] - 1)]
        for k in range(head - 1, s.first - 1, -1):
            mark = self.resolver.mark_at.get(k)
            if (
                mark is not None
                and mark.of("agent", "nation")
                and k == mark.last - 1
                and doc.labels[k] not in {"compound", "amod"}
                and self._number(k) is not None
            ):
                return self.resolver.of(k)[0]
        return None

    def _perpetrator(self, i: int, head: int) -> Party | None:
        doc = self.doc
        verb = i if doc.upos[i] in _VERBAL else doc.heads[i]
        if verb < 0 or doc.upos[verb] not in _VERBAL:
            return None
        if is_passive(doc, verb):
            agent = doc.dependent(verb, "obl:agent")
            candidates = [agent] if agent is not None else []
        elif verb == i and doc.dependents(i, "obj"):
            subject = subject_of(doc, i)
            candidates = [subject] if subject is not None else []
        else:
            candidates = []
        for c in doc.dependents(verb, "obl"):
            if doc.case(c) in {"in", "by", "during"} and doc.lemmas[c] in self.lexicon.nouns:
                candidates.append(c)
        for c in candidates:
            if c == head:
                continue
            if doc.lemmas[c] in self.lexicon.nouns and doc.upos[c] == "NOUN":
                for k in doc.children[c]:
                    if doc.labels[k] in {"nmod:poss", "amod", "compound"} or (doc.labels[k].startswith("nmod") and doc.case(k) == "by"):
                        found = self.resolver.bare(k) or self.resolver.of(k)
                        if found:
                            return found[0]
                continue
            found = self.resolver.of(c)
            if found:
                return found[0]
        return None

    def _evidence(self, i: int, head: int, first_of_count: int) -> list[int]:
        """The clause of the harm, or the nominal where the harm is only a part of one."""
        doc = self.doc
        base = i
        words = {k for k in doc.subtree(base) if not self._beside(k, base)} | set(range(*self.resolver.extent(head))) | {first_of_count}
        if doc.upos[i] not in _VERBAL:
            verb = doc.heads[i]
            if doc.labels[i] in {"obj", "nsubj", "nsubj:pass", "xcomp"} and verb >= 0 and doc.upos[verb] in _VERBAL and verb not in self.cues:
                words |= {k for k in doc.subtree(verb) if not self._beside(k, verb)}
        s = doc.sentences[doc.sentence_of[i]]
        sayings = [x for x in self.attribution.by_word.get(i, ()) if not x.act]
        if sayings:
            words = (words & sayings[0].content) or words
        words = {k for k in words if s.first <= k < s.last}
        first, last = min(words), max(words)
        while first < last and doc.upos[first] in {"PUNCT", "SCONJ", "CCONJ"}:
            first += 1
        while last > first and doc.upos[last] == "PUNCT":
            last -= 1
        return list(range(first, last + 1))

    def _beside(self, k: int, base: int) -> bool:
        """Whether a word is in a clause coordinated with, or loosely joined to, the base."""
        doc = self.doc
        while k != base and k >= 0:
            label = doc.labels[k]
            if (
                label in {"parataxis", "acl:relcl", "mark", "cc"}
                or (label == "conj" and doc.heads[k] == base)
                or (label == "advcl" and len(doc.subtree(k)) > 10)
            ):
                return True
            if k in self.cues:
                return True
            k = doc.heads[k]
        return False

    def _gaps(self, claims: list[RawClaim]) -> list[RawClaim]:
        """One claim per victims' nominal, harm and count."""
        seen: set[tuple[object, ...]] = set()
        kept = []
        for c in claims:
            key = (c.harm, c.count and (c.count.low, c.count.high, c.count.at), c.who.entity.at if c.who else None)
            if key not in seen:
                seen.add(key)
                kept.append(c)
        return kept


def nobody() -> Entity:
    """Victims of whom the text says nothing."""
    return Entity(text="", name="people", sector=Sector.CVL)
