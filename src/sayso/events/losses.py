"""Doc + lexicon + parties → who was harmed and what was lost.

In: a parsed report, resolved and attributed. Out: raw casualty and matériel claims with counts as the codebook bounds them.
Verbs, nouns and adjectives of harm come from `harms.tsv`; the victims stand where the entry says, and parts of a group ("including
six children"), groups that share a verb, and tolls are claims of their own. Victims of whom the text does not say how many are read
only where a verb has them as its object, or where they are one definite person. "No casualties" is zero, and counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.attribution import Attribution
from sayso.events.raw import RawClaim
from sayso.events.status import status_of
from sayso.lexicon import Lexicon, Row
from sayso.model import Count, Damage, Entity, Harm, Sector, Status
from sayso.reader import Doc
from sayso.reader.lemmas import lemma
from sayso.resolve.counts import count_at, count_before, plural
from sayso.resolve.entities import Party, Resolver
from sayso.syntax import RELATIVE, is_passive, subject_of

_OTHERS = {"other", "others", "more", "another"}
_DAMAGE = set(Damage)
_FORCES = {Sector.MIL, Sector.REB, Sector.COP, Sector.PRM, Sector.UAF}
_VERBAL = {"VERB", "AUX"}
_NOMINAL = {"NOUN", "PROPN", "NUM", "PRON"}
_NOBODY = {"nobody", "none", "noone"}
_ONE_PERSON = {"he", "him", "she", "her"}
_REFLEXIVE = {"himself", "herself", "themselves", "itself", "each"}
_DEFINITE = {"the", "his", "her", "their", "its", "this", "that"}
_GROUPS = {"militia", "crew", "staff", "public", "population", "personnel", "police", "leadership", "nation", "enemy"}
_PARTS = {"including"}
_ALONGSIDE = {"along", "together", "plus", "besides"}
_TOTALS = {"number", "total", "toll", "tally", "count", "figure"}
_LEVELS = {"to", "at", "of", "past", "above"}
_TARGETS = {"at", "on", "against", "upon"}
_LOCATIVE = {"in", "at", "near", "outside", "around", "across", "inside", "within", "throughout", "of", "on", "into"}
_BESIDE_PLACE = {"from", "to", "towards", "toward"}


@dataclass(slots=True)
class _Loss:
    """One group harmed or things lost: the word of harm, its row, the word that stands for the group, and the words that count it."""

    trigger: int
    row: Row
    head: int
    first: int
    last: int
    raw: RawClaim
    until: int = -1

    @property
    def start(self) -> int:
        """The first word that the claim cannot do without."""
        return min(self.trigger, self.head, self.first if self.last > self.first else self.head)

    @property
    def end(self) -> int:
        """The last such word."""
        return max(self.trigger, self.until, self.head, self.last - 1 if self.last > self.first else self.head)


class Losses:
    """Reads the casualties and the matériel of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution, self.lexicon = doc, resolver, attribution, lexicon
        self.cues = {k for s in attribution.sayings if s.cue and not s.act for k in range(*s.cue)}
        self._found: list[_Loss] = []

    def read(self) -> list[RawClaim]:
        """The raw claims, in the order of their words."""
        self._found = []
        for i in range(len(self.doc)):
            for row in self._rows(i):
                losses = self._harm(i, row)
                if losses:
                    self._found += losses
                    break
        losses = self._once(self._found)
        losses = self._untold(losses)
        losses = self._once([*losses, *(part for loss in losses for part in self._parts(loss, losses))])
        for loss in losses:
            loss.raw.evidence = self._evidence(loss, losses)
        return [loss.raw for loss in losses]

    # the word of harm

    def _rows(self, i: int) -> list[Row]:
        """The entries of a word: an adjective's own before those of the verb that it is a participle of."""
        doc = self.doc
        lower = doc.words[i].lower()
        keys = [doc.lemmas[i], lower]
        if doc.upos[i] == "ADJ":
            keys.reverse()  # "wounded" the adjective before "wound" the verb
        if doc.upos[i] in {"ADJ", "NOUN"} and lower.endswith(("ed", "en", "ain")):
            keys.append(lemma(lower, "VERB"))
        rows: list[Row] = []
        for key in keys:
            rows += [row for row in self.lexicon.harms.get(key, ()) if row not in rows]
        return rows

    def _harm(self, i: int, row: Row) -> list[_Loss]:
        doc = self.doc
        if not self._word_fits(i, row) or not self._form_fits(i, row["form"].split(), row["pos"]):
            return []
        if any(not self._met(i, part) for part in filter(None, row["needs"].split(";"))):
            return []
        found: list[_Loss] = []
        for head in self._victims(i, row):
            for who in self._divided(i, row, head):
                loss = self._loss(i, row, head, who)
                if loss is not None:
                    found.append(loss)
                    self._found.append(loss)  # those counted next may be "others" beside these
        del self._found[len(self._found) - len(found) :]
        return found if doc.words[i].lower() not in _PARTS else []

    def _word_fits(self, i: int, row: Row) -> bool:
        upos, lower = self.doc.upos[i], self.doc.words[i].lower()
        if row["pos"] == "noun":
            return upos == "NOUN" and self.doc.labels[i] != "compound"
        if row["pos"] == "adj":
            active = upos == "VERB" and (self._behind(i) is not None or bool(self.doc.dependents(i, "obj")) or (
                any(self.doc.lemmas[c] == "have" for c in self.doc.dependents(i, "aux")) and not self.doc.dependents(i, "aux:pass")))  # fmt: skip
            return upos in {"ADJ", "NOUN", "VERB"} and not active
        if row["pos"] == "verb" and self.doc.labels[i] == "compound":
            return False
        return upos == "VERB" or (upos in {"ADJ", "NOUN"} and lower.endswith(("ed", "en", "ain")) and lower != self.doc.lemmas[i] + "s")

    def _form_fits(self, i: int, form: list[str], pos: str) -> bool:
        doc = self.doc
        rest = form[1:] if pos == "verb" else form[:-1]
        near = {w for c in doc.children[i] for w in (doc.lemmas[c], doc.words[c].lower(), *(doc.lemmas[m] for m in doc.children[c] if doc.labels[m] == "case"))}
        near |= {doc.words[k].lower() for k in range(max(0, i - 2), i)}
        if pos == "verb" and rest:
            near |= {doc.lemmas[c] for x in doc.dependents(i, "xcomp", "obj") for c in doc.children[x]}
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
        elif name == "obj" and doc.upos[i] == "NOUN":  # the verb that a noun is the object of
            holds = doc.labels[i] in {"obj", "nsubj:pass"} and doc.lemmas[doc.heads[i]] in values
        else:
            passive = self._undergone(i)
            if name == "obj":
                heads = self._undergoers(i) if passive else self._objects(i)
            else:
                subject = self._agent(i) if passive else subject_of(doc, i)
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
            return any(p.entity.sector in _FORCES for p in self.resolver.of(self._meant(k)))
        return wanted in (self.doc.lemmas[k], self.doc.words[k].lower())

    def _human(self, k: int) -> bool:
        doc = self.doc
        k = self._meant(k)
        mark = self.resolver.mark_at.get(k)
        if k in self.resolver.person_at or bool(mark and mark.of("agent", "nation", "office", "actor", "organ")):
            return True
        word = doc.words[k].lower()
        if word in RELATIVE and doc.labels[self._clause(k)].startswith("acl"):
            return self._human(doc.heads[self._clause(k)])
        if doc.lemmas[k] in self.lexicon.things or word in _REFLEXIVE:
            return False
        if doc.upos[k] in {"NUM", "PRON"} or doc.lemmas[k] in {"people", "person", "other"} or word in _OTHERS:
            return word not in {"it", "this", "that", "what", "which", "something", "nothing"}
        if doc.lemmas[k] in self.lexicon.nouns or self.lexicon.is_word(doc.lemmas[k], "place"):
            return False
        return self._number(k) is not None

    def _clause(self, k: int) -> int:
        return next((a for a in self.doc.ancestors(k) if self.doc.labels[a].startswith("acl")), k)

    # the victims of a word

    def _victims(self, i: int, row: Row) -> list[int]:
        """Heads of the nominals that the word of harm is about, those coordinated with them included."""
        if row["pos"] == "verb" and row["victim"].startswith("subj"):
            subject = self._own_subject(i)
            heads = [subject] if subject is not None else []
        elif row["pos"] == "verb":
            heads = self._undergoers(i) if self._undergone(i) else self._objects(i)
            if row["form"].split()[-1] == "life":  # "claimed the lives of 12 people", "lost their lives"
                heads = [inner for h in heads for inner in (self._within(h) or [h])]
        elif row["pos"] == "noun":
            among = self.doc.case(i) == "among" and not self.doc.dependents(i, "nummod")
            heads = [] if row["victim"] == "toll" else self._described(i) if among else self._within(i)
            heads = heads or ([] if among else [i])
        else:
            heads = self._described(i)
        found: list[int] = []
        for head in heads:
            fellows = [] if head == i or (self.doc.labels[i] == "amod" and i < head) else self._fellows(head, i)
            for h in [head, *fellows]:
                if h not in found:
                    found.append(h)
        return found

    def _undergone(self, i: int) -> bool:
        """Whether a verb of harm is about those before it: a passive, an adjective, or a participle without an auxiliary ("with 35 killed")."""
        if self._behind(i) is not None:
            return False
        return self.doc.upos[i] not in _VERBAL or (self._gap(i) is not None and not self._objects(i)) or is_passive(self.doc, i)

    def _gap(self, i: int) -> int | None:
        """The counted nominal right before a bare participle or adjective, whatever the tree makes of it."""
        doc = self.doc
        if doc.dependents(i, "aux", "aux:pass", "cop") or doc.words[i].lower().endswith("ing"):
            return None
        first = doc.sentences[doc.sentence_of[i]].first
        k = i - 1
        while k > first and (doc.upos[k] == "ADV" or (doc.upos[k] == "ADJ" and k not in self.resolver.mark_at and self._number(k) is None)):
            k -= 1
        if k < first or doc.upos[k] not in _NOMINAL or doc.labels[i] == "amod" and doc.heads[i] > i:
            return None
        if self._number(k) is None:
            return None
        return k

    def _objects(self, i: int) -> list[int]:
        """The objects of a verb, or those that it shares with one coordinated right behind it ("killed and wounded dozens")."""
        doc = self.doc
        own = [c for c in doc.dependents(i, "obj") if c > i][:1]
        behind = self._behind(i)
        if behind is not None and (not own or behind < own[0]):
            return [behind]
        if own:
            return own
        second = next((c for c in doc.dependents(i, "conj") if c - i <= 3 and doc.upos[c] in _VERBAL), None)
        if second is not None:
            return self._objects(second)
        if doc.labels[i] == "conj" and i - doc.heads[i] <= 3:
            return [c for c in doc.dependents(doc.heads[i], "obj") if c > i][:1]
        return []

    def _behind(self, i: int) -> int | None:
        """The counted or named victim right behind a verb, whatever the tree makes of it: "shot dead 17-year-old …", "wounded up to 20 others"."""
        doc = self.doc
        if doc.dependents(i, "aux:pass"):
            return None
        last = doc.sentences[doc.sentence_of[i]].last
        start = i + 1
        while start < last and (doc.upos[start] == "ADV" or doc.words[start].lower() in {"dead", "to", "death"}) and self._number(start) is None:
            start += 1
        for k in range(start, min(start + 10, last)):
            if doc.upos[k] in {"PUNCT", "VERB", "CCONJ"} and doc.words[k] != "-":
                break
            if doc.upos[k] not in _NOMINAL or self._inside(k):
                continue
            number = self._number(k)
            if number is not None and number[1] == start and (doc.upos[k] != "NUM" or k + 1 == number[2]):
                return k
            if number is None and k in self.resolver.person_at and all(doc.upos[x] not in {"ADP", "SCONJ"} for x in range(start, k)):
                return k
        return None

    def _undergoers(self, i: int) -> list[int]:
        """Whom a passive, a participle or an adjective of harm is about."""
        doc = self.doc
        gap = self._gap(i)
        if gap is not None:
            return [gap]
        own = [c for c in doc.dependents(i, "nsubj", "nsubj:pass") if c < i or not doc.dependents(i, "obj")]
        if own:
            if doc.words[own[0]].lower() in RELATIVE and doc.labels[i].startswith("acl"):
                return [doc.heads[i]]
            return own[:1]
        if doc.labels[i].startswith("acl") or doc.labels[i] == "amod":
            return [doc.heads[i]]
        if doc.labels[i] == "conj":
            head = doc.heads[i]
            return self._undergoers(head) if doc.upos[head] in _VERBAL | {"ADJ"} else [head]
        subject = subject_of(doc, i)
        return [subject] if subject is not None else []

    def _described(self, i: int) -> list[int]:
        """Whom an adjective of harm is about: the noun behind it, the nominal before it, its subject, or it is the noun itself ("two dead")."""
        doc = self.doc
        if doc.labels[i] == "amod" and doc.heads[i] > i:
            return [doc.heads[i]]
        if doc.case(i) == "among":  # "a guard was among the dead", "among the dead was a guard"
            subject = doc.dependent(i, "nsubj", "nsubj:pass")
            if subject is None and doc.heads[i] >= 0:
                subject = doc.dependent(doc.heads[i], "nsubj", "nsubj:pass")
                if subject is None and doc.dependents(doc.heads[i], "cop"):
                    subject = doc.heads[i]
            return [subject] if subject is not None else []
        gap = self._gap(i)
        if gap is not None and gap < i:
            return [i] if doc.upos[gap] == "NUM" else [gap]
        subject = doc.dependent(i, "nsubj", "nsubj:pass")
        if subject is not None and not (doc.labels[i].startswith("acl") and doc.words[subject].lower() in RELATIVE):
            return [subject]
        if doc.labels[i].startswith("acl"):
            return [doc.heads[i]]
        if doc.labels[i] == "xcomp":  # "left 12 people dead", "12 people were confirmed dead"
            controlled = doc.dependent(doc.heads[i], "obj", "nsubj:pass") or subject_of(doc, i)
            return [controlled] if controlled is not None and controlled < i else []
        return [i] if doc.upos[i] == "NOUN" or doc.labels[i] in {"obj", "nsubj", "nsubj:pass", "conj", "nmod", "obl", "root"} else []

    def _own_subject(self, i: int) -> int | None:
        own = self.doc.dependent(i, "nsubj", "nsubj:pass")
        return own if own is not None and self.doc.words[own].lower() not in RELATIVE else subject_of(self.doc, i)

    def _within(self, i: int) -> list[int]:
        """Whom a noun of harm names behind "of", or before it: "the deaths of two soldiers", "Haddad's murder"."""
        doc = self.doc
        for c in doc.dependents(i, "nmod"):
            if doc.labels[c] == "nmod:poss":
                if c in self.resolver.person_at or doc.words[c].lower() in {"his", "her"}:
                    return [c]
            elif c > i and doc.case(c) == "of" and self._human(c):
                return [c]
        return []

    def _fellows(self, head: int, i: int) -> list[int]:
        """Those coordinated with a victim who are victims of the same word, and not of the next ("… and three others wounded")."""
        doc = self.doc
        found = []
        coordinated = [c for c in doc.dependents(head, "conj") if doc.upos[c] in _NOMINAL]
        if coordinated:  # "six rebels, two women and a child", where the tree takes the second for an apposition
            coordinated += [c for c in doc.dependents(head, "appos") if self._number(c) is not None and c < max(coordinated)]
        if head > i:  # "killed 12 people in the north and nine in the south"
            coordinated += [c for c in doc.dependents(i, "conj") if doc.upos[c] == "NUM" and c > head and self._number(c) is not None]
        verb = i if doc.upos[i] in _VERBAL else doc.heads[i] if doc.heads[i] >= 0 else i
        beside = [c for k in dict.fromkeys((i, verb, head)) for c in doc.dependents(k, "obl", "nmod") if doc.case(c).split(" ")[0] in _ALONGSIDE and c != head]
        for c in [*coordinated, *beside]:
            between = range(min(head, c) + 1, max(head, c))
            if head < i < c and c not in beside:
                continue
            if any(doc.words[k].lower() in _PARTS for k in between):
                continue
            if any(doc.upos[k] == "VERB" and k != i and not doc.below(k, head) for k in between if not doc.below(k, c)):
                continue
            if c > i and (self._next_has_harm(c, i) or self._follows_harm(c, i)):
                continue
            found.append(c)
        return found

    def _next_has_harm(self, c: int, i: int) -> bool:
        doc = self.doc
        k = c + 1
        while k < len(doc) - 1 and doc.upos[k] == "ADV":
            k += 1
        return k < len(doc) and k != i and any(row["pos"] != "noun" for row in self._rows(k)) and self._gap(k) == c and not self._objects(k)

    def _follows_harm(self, c: int, i: int) -> bool:
        """Whether another verb of harm stands right before the group ("killing one and wounded three others")."""
        number = self._number(c)
        k = (number[1] if number else c) - 1
        return k != i and k > 0 and self.doc.upos[k] in {"VERB", "ADJ"} and any(row["pos"] == "verb" for row in self._rows(k)) and self._behind(k) == c

    def _divided(self, i: int, row: Row, head: int) -> list[int | None]:
        """The words that each name one kind of victims of one count: "no military or civilian deaths" are two claims."""
        doc = self.doc
        if row["pos"] != "noun" or head != i:
            return [None]
        kinds = [c for c in doc.dependents(i, "amod", "compound", "nmod:desc") if c in self.resolver.mark_at or doc.lemmas[c] == "military"]
        kinds += [c for k in list(kinds) for c in doc.dependents(k, "conj")]
        return list(kinds) if len(kinds) > 1 else [None]

    # how many

    def _meant(self, k: int) -> int:
        """The noun behind a quantity: soldiers in "a total of 20 soldiers", people in "dozens of people"."""
        doc = self.doc
        if self.lexicon.is_word(doc.lemmas[k], "seat"):
            return k  # "two members of the party" are members
        if doc.upos[k] == "NUM" or self.lexicon.is_word(doc.lemmas[k], "quantity") or self.lexicon.is_word(doc.words[k].lower(), "quantity") or doc.lemmas[k] in _TOTALS:
            inner = next((c for c in doc.dependents(k, "nmod", "obl") if c > k and doc.case(c) == "of"), None)
            if inner is None and k + 2 < len(doc) and doc.words[k + 1].lower() == "of":
                inner = next((c for c in range(k + 2, min(k + 8, len(doc))) if doc.upos[c] in {"NOUN", "PROPN", "PUNCT"} and not self._inside(c)), None)
                inner = inner if inner is not None and doc.upos[inner] != "PUNCT" else None
            if inner is not None and k not in self.resolver.person_at:
                return inner
        return k

    def _number(self, k: int) -> tuple[Count, int, int] | None:
        """The count that stands before, or is, word `k`, with its words."""
        doc = self.doc
        s = doc.sentences[doc.sentence_of[k]]
        words = doc.words[s.first : s.last]
        found = count_at(words, k - s.first)
        if found is None and (doc.upos[k] not in {"PRON", "DET"} or words[k - s.first].lower() in _OTHERS):
            found = count_before(words, k - s.first)
        return (found[0], found[1] + s.first, found[2] + s.first) if found else None

    def _count(self, i: int, row: Row, head: int) -> tuple[Count, int, int] | None:
        doc = self.doc
        lower = doc.words[head].lower()
        people = row["harm"] not in _DAMAGE
        if row["victim"] == "toll":
            return self._level(i)
        if people and head in self.resolver.person_at and doc.upos[head] != "NUM":
            return Count(low=1, high=1), head, head
        inner = self._meant(head)
        number = self._number(head) or (self._number(inner) if inner != head else None)
        if inner != head and number is not None and number[0].text.lower() in {"a", "an", "the"}:
            number = self._number(inner)
            if number is None and doc.lemmas[head] == "number":  # "a number of soldiers": some, nobody knows how many
                return Count(low=1, high=None, text=doc.text(head - 1, head)), head - 1, head + 1
        if number is None and doc.upos[head] == "NOUN":
            number = next((n for k in doc.dependents(head, "nummod") if (n := self._number(k)) is not None), None)
        if number is None and doc.heads[head] >= 0 and doc.case(head) == "of" and doc.lemmas[doc.heads[head]] in _TOTALS:
            number = self._level(doc.heads[head])  # "the number of soldiers killed rose to 90"
        if number is not None:
            return number
        if self._any(i, head) or any(doc.words[d].lower() == "no" for d in doc.dependents(head, "det")):
            return Count(low=0, high=0), head, head
        if not people or not self._human(head):
            return None
        if lower in _ONE_PERSON or lower == "another":
            return Count(low=1, high=1), head, head
        if doc.upos[head] == "NOUN" and head != i and not (doc.labels[i] == "amod" and doc.heads[i] == head) and self._one_definite(head):
            return Count(low=1, high=1), head, head
        if self._many(i, row, head):
            return Count(low=1, high=None), head, head
        return None

    def _rate(self, i: int, last: int) -> bool:
        """Whether the number is a rate ("one killed every 25 minutes"), and nobody's toll."""
        following = [w.lower() for w in self.doc.words[max(i, last - 1) + 1 : max(i, last - 1) + 3]]
        return following[:1] == ["every"] and len(following) == 2 and (following[1].isdigit() or count_at(following, 1) is not None)

    def _one_definite(self, k: int) -> bool:
        """Whether a nominal is one person whom the text knows: "the officer", "his son"."""
        doc = self.doc
        mark = self.resolver.mark_at.get(k)
        name = mark.of("agent", "office", "nation") if mark else None
        if name is None or doc.words[k].lower() != doc.lemmas[k] or plural(doc.words[k]) or doc.lemmas[k] in _GROUPS:
            return False
        if name.row.cells.get("kind") in {"force", "party"} or self.lexicon.is_word(doc.lemmas[k], "quantity"):
            return False
        return any(doc.words[d].lower() in _DEFINITE for d in doc.dependents(k, "det", "nmod:poss")) or any(
            doc.labels[d] == "nmod:poss" and d in self.resolver.mark_at for d in doc.children[k]
        )

    def _many(self, i: int, row: Row, head: int) -> bool:
        """Whether victims without a number are the news of a verb: "killed civilians"."""
        doc = self.doc
        mark = self.resolver.mark_at.get(head)
        if row["pos"] != "verb" or mark is None or mark.of("agent", "nation") is None or not plural(doc.words[head]):
            return False
        if doc.upos[i] != "VERB" or row["harm"] not in {Harm.KILLED, Harm.WOUNDED} or doc.labels[i] == "xcomp":
            return False
        return head in self._objects(i)

    def _any(self, i: int, head: int) -> bool:
        """Whether "any" stands before the victims of what is denied: "denied any casualties", "without killing any civilians"."""
        doc = self.doc
        without = doc.case(head) == "without"
        if not without and not any(doc.words[d].lower() == "any" for d in doc.dependents(head, "det")):
            return False
        if without:
            return True
        climb = [i, *list(doc.ancestors(i))[:3]]
        return any(
            any(doc.words[c].lower() in {"not", "n't", "n’t", "never", "without"} for c in doc.children[k]) or doc.lemmas[k] in {"deny", "without"} for k in climb
        )

    def _level(self, toll: int) -> tuple[Count, int, int] | None:
        """The number that a toll rises to, is put at, or is: "the toll rose to 45", "took the toll for May to 45", "a toll of 45", "the toll: 45"."""
        doc = self.doc
        for k in range(toll + 1, doc.sentences[doc.sentence_of[toll]].last):
            if doc.words[k] in {",", ";"}:
                break
            number = self._number(k) if doc.upos[k] == "NUM" else None
            if number is not None and number[1] > toll + 1:
                before = number[1] - 1
                if doc.words[before].lower() in _LEVELS or doc.upos[before] in _VERBAL or doc.words[before] in {":", "-", "–"}:
                    return number
        verb = doc.heads[toll]
        if verb >= 0 and doc.labels[toll] in {"nsubj", "nsubj:pass", "obj"}:
            for c in doc.dependents(verb, "obl"):
                number = self._number(c) if doc.upos[c] == "NUM" and doc.case(c).split(" ")[0] in _LEVELS else None
                if number is not None:
                    return number
        return None

    # the claim

    def _loss(self, i: int, row: Row, head: int, kind: int | None) -> _Loss | None:
        doc = self.doc
        harm = row["harm"]
        inner = self._meant(head)
        thing = self.lexicon.things.get(doc.lemmas[inner])
        if harm in _DAMAGE and thing is None:
            return None
        if harm not in _DAMAGE and (thing is not None or not (self._human(head) or head == i)):
            return None
        number = self._count(i, row, head)
        if number is None or self._rate(i, number[2]):
            return None
        count, first, last = number
        raw = RawClaim("materiel" if harm in _DAMAGE else "casualty", i, [], [i], harm=harm)
        raw.count = Count(low=count.low, high=count.high, text=doc.text(first, last) if last > first else "", approximate=count.approximate,
                          at=doc.starts[first] if last > first else None)  # fmt: skip
        raw.because["harm"] = f"{row.place} {row['form']}"
        raw.status, why = self._status(i, row, head, count)
        if raw.status is Status.ATTEMPTED or (harm == Harm.DISPLACED and raw.status is Status.PLANNED) or (raw.status is not Status.OCCURRED and raw.status is not Status.ONGOING and last == first):
            return None  # nobody was harmed, and no number is threatened
        if why:
            raw.because["status"] = why
        raw.by = self._perpetrator(i, head)
        if raw.kind == "materiel":
            raw.what = thing["what"] if thing else doc.lemmas[inner]
            raw.who = self._owner(inner)
        else:
            raw.who = self._who(i, head, kind, raw)
        if raw.by:
            raw.because["by"] = raw.by.because
        if raw.who:
            raw.because["who"] = raw.who.because
        return _Loss(i, row, head, first, last, raw)

    def _status(self, i: int, row: Row, head: int, count: Count) -> tuple[Status, str]:
        doc = self.doc
        if (count.low, count.high) == (0, 0):
            return Status.OCCURRED, ""
        status, why, _ = status_of(doc, i, self.lexicon, self.cues)
        if row["pos"] != "verb" and status is Status.OCCURRED:
            base = doc.heads[i]
            if base >= 0 and doc.upos[base] in _VERBAL and doc.labels[i] in {"obj", "nsubj", "nsubj:pass", "xcomp"}:
                status, why, _ = status_of(doc, base, self.lexicon, self.cues)
        if status is Status.PLANNED and row["pos"] != "verb":
            status = Status.HYPOTHETICAL
        return status, why

    # whose

    def _who(self, i: int, head: int, kind: int | None, raw: RawClaim) -> Party:
        doc = self.doc
        assert raw.count is not None
        if raw.count.high == 0 and raw.count.low == 0 and (zero := self._spared(i, head, kind)) is not None:
            return zero
        if kind is not None:
            named = self.resolver.of(kind) or self.resolver.bare(kind)
            sector = Sector.MIL if doc.lemmas[kind] == "military" else Sector.CVL
            return self._worded(head, named[0]) if named else self._somebody(head, i, sector)
        inner = self._meant(head)
        found = self.resolver.of(inner) if inner != i else []
        if found and found[0].kind not in {"holding", "place"} and doc.upos[inner] != "NUM":
            return self._placed(self._worded(head, found[0]) if inner != head else found[0], i, inner, raw.by)
        for c in doc.dependents(inner, "nmod"):
            if doc.case(c) in {"of", "among", "from"} and self._human(c) and (among := self.resolver.of(c)):
                return self._worded(head, self._placed(among[0], i, c, raw.by))
        if inner == i:
            for c in doc.children[i]:
                if doc.labels[c].startswith("nmod") or doc.labels[c] in {"compound", "amod"}:
                    own = self.resolver.of(c)
                    if own and (self._human(c) or doc.case(c) in {"among", "of"} or doc.labels[c] == "amod"):
                        return own[0]
        if doc.upos[inner] == "NUM" or doc.words[inner].lower() in _OTHERS or doc.lemmas[inner] == "other" or inner == i:
            earlier = self._before(i, head)
            if earlier is not None:
                return self._more(i, head, earlier)
        return self._somebody(head, i, Sector.CVL if inner != i or doc.lemmas[inner] != "casualty" else Sector.UNK, raw.by)

    def _more(self, i: int, head: int, earlier: Party) -> Party:
        """Others like those told before: of their kind and country, save where their own words name a place ("and 10 in Tanzania")."""
        party = self._worded(head, earlier)
        e = party.entity
        code, why = self._struck(head, within=True)
        if code is None and earlier.kind != "person":
            return party
        return Party(Entity(text=e.text, name="people" if earlier.kind == "person" else self.doc.lemmas[head], country=code or e.country, sector=e.sector,
                            qualifiers=e.qualifiers if code is None else [], at=e.at), "agent", why or party.because)  # fmt: skip

    def _worded(self, head: int, party: Party) -> Party:
        """The same party in the words of the nominal at `head`."""
        return self.resolver.as_words(head, party)

    def _spared(self, i: int, head: int, kind: int | None) -> Party | None:
        """Who had no losses: those who suffered none, or nobody of those among whom there were none."""
        doc = self.doc
        for c in doc.dependents(head, "nmod", "obl"):
            if doc.case(c) in {"among", "to", "on", "of", "in"} and self._human(c) and (found := self.resolver.of(c)):
                return found[0]
        verb = doc.heads[i] if doc.labels[i] == "obj" else -1
        subject = subject_of(doc, verb) if verb >= 0 and doc.upos[verb] in _VERBAL and kind is None else None
        if subject is not None and doc.lemmas[verb] in {"suffer", "sustain", "take", "have", "incur", "report", "lose", "record"}:
            found = self.resolver.of(subject)
            if found and found[0].kind not in {"place", "holding"} and not any(doc.lemmas[c] == "civilian" for c in doc.children[head]):
                return found[0]
        if doc.words[head].lower() in _NOBODY or doc.words[head - 1 : head] in (["no"], ["No"], ["-"]) and doc.words[head].lower() == "one":
            party = self._somebody(head, i, Sector.CVL)
            return Party(Entity(text=party.entity.text, name="people", country=party.entity.country, sector=Sector.CVL, at=party.entity.at), party.kind, party.because)
        return None

    def _before(self, i: int, head: int) -> Party | None:
        """Whom "others" and bare numbers are counted among: the victims named before in the sentence, whom the act aimed at, or the last group told."""
        doc = self.doc
        sentence = doc.sentence_of[i]
        for loss in reversed(self._found):
            if loss.raw.kind == "casualty" and doc.sentence_of[loss.trigger] == sentence and loss.head < head and loss.raw.who is not None:
                return loss.raw.who
        verb = i if doc.upos[i] in _VERBAL else doc.heads[i]
        if verb >= 0 and doc.labels[verb] in {"advcl", "conj", "xcomp"}:
            main = doc.heads[verb]
            for c in doc.dependents(main, "obj", "obl"):
                if c < i and (doc.labels[c] == "obj" or doc.case(c) in _TARGETS) and (found := self.resolver.of(c)) and self._human(c):
                    return found[0]
        previous = doc.sentences[max(0, sentence - 1)]
        for k in range(head - 1, previous.first - 1, -1):
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

    def _somebody(self, head: int, i: int, sector: Sector, by: Party | None = None) -> Party:
        return self._placed(self.resolver.somebody(head, sector), i, head, by)

    def _placed(self, party: Party, i: int, head: int, by: Party | None) -> Party:
        """The party with a better guess of its country, where it was only guessed: that of the place struck, and not the attacker's."""
        e = party.entity
        if "speaks" not in party.because and "no country" not in party.because:
            return party
        if e.sector in {Sector.MIL, Sector.GOV, Sector.REB}:
            return party
        code, why = self._struck(i)
        if code is None or code == e.country:
            return party
        name = e.name.replace(self.resolver.country_name(e.country), self.resolver.country_name(code)) if e.country else e.name
        return Party(Entity(text=e.text, name=name, country=code, sector=e.sector, qualifiers=[], id=None, at=e.at), party.kind, why)

    def _struck(self, i: int, within: bool = False) -> tuple[str | None, str]:
        """The country of the place nearest to the word of harm in its sentence, in its own clause first; places that fire came from are none."""
        doc = self.doc
        s = doc.sentences[doc.sentence_of[i]]
        best: tuple[tuple[bool, int], str, int] | None = None
        for k in range(s.first, s.last):
            mark = self.resolver.mark_at.get(k)
            if k not in self.resolver.place_at and not (mark and mark.of("country", "capital")):
                continue
            case = doc.case(k).split(" ")[0]
            if case not in _LOCATIVE:
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

    def _owner(self, k: int) -> Party | None:
        """Whose the things are, by their own words."""
        row, _ = self.resolver.owner(k)
        owners = self.resolver.of(k)
        return owners[0] if owners and (row is not None or owners[0].kind not in {"place"}) else None

    # by whom

    def _agent(self, i: int) -> int | None:
        return self.doc.dependent(i, "obl:agent")

    def _perpetrator(self, i: int, head: int) -> Party | None:
        """Who did it, where the clause says so: the subject of the verb, its by-phrase, or whose attack it was."""
        doc = self.doc
        verb = i if doc.upos[i] in _VERBAL else doc.heads[i]
        if verb < 0 or doc.upos[verb] not in _VERBAL:
            return None
        candidates: list[int] = []
        agents = doc.dependents(verb, "obl:agent") or [c for c in doc.dependents(verb, "obl") if doc.case(c) == "by"]
        if is_passive(doc, verb) or agents:
            candidates = agents[:1]
        elif verb == i and self._objects(i) and head > i:
            subject = subject_of(doc, i)
            candidates = [subject] if subject is not None else []
        elif verb != i and doc.lemmas[verb] in {"leave", "cause", "inflict"}:
            subject = subject_of(doc, verb)
            candidates = [subject] if subject is not None else []
        candidates += [c for c in doc.dependents(verb, "obl") if doc.case(c) in {"in", "during"} and doc.lemmas[c] in self.lexicon.nouns]
        for c in candidates:
            if c == head or doc.below(head, c):
                continue
            if doc.upos[c] == "NOUN" and (doc.lemmas[c] in self.lexicon.nouns or doc.lemmas[c] in self.lexicon.things) and c not in self.resolver.mark_at:
                for k in doc.children[c]:
                    if doc.labels[k] in {"nmod:poss", "amod", "compound"} or (doc.labels[k].startswith("nmod") and doc.case(k) == "by"):
                        found = self.resolver.of(k) if doc.upos[k] == "PRON" else self.resolver.bare(k) or self.resolver.of(k)
                        if found:
                            return found[0]
                continue
            found = self.resolver.of(c)
            if found and found[0].kind != "place":
                return found[0]
        return None

    # groups and their parts

    def _once(self, losses: list[_Loss]) -> list[_Loss]:
        """One claim for each group, count and harm, however many words of harm tell it; a toll only where no verb tells its number."""
        kept: list[_Loss] = []
        for loss in sorted(losses, key=lambda x: x.row["victim"] == "toll"):
            same = (x for x in kept if x.raw.harm == loss.raw.harm and x.raw.kind == loss.raw.kind)
            if loss.last > loss.first:
                told = any((x.first, x.last) == (loss.first, loss.last) and (x.raw.who == loss.raw.who or len({x.trigger, loss.trigger}) == 2) for x in same)
            else:
                told = any(x.head == loss.head for x in same)
            if not told:
                kept.append(loss)
        return sorted(kept, key=lambda x: (x.trigger, x.head))

    def _untold(self, losses: list[_Loss]) -> list[_Loss]:
        """ "20 people were killed or wounded": killed and wounded are not told apart, and the two become one."""
        kept: list[_Loss] = []
        for loss in losses:
            twin = next(
                (
                    x
                    for x in kept
                    if {x.raw.harm, loss.raw.harm} == {Harm.KILLED, Harm.WOUNDED}
                    and x.head == loss.head
                    and 0 < loss.trigger - x.trigger <= 3
                    and loss.last > loss.first
                ),
                None,
            )
            if twin is None:
                kept.append(loss)
            else:
                twin.raw.harm = Harm.HARMED
                twin.until = loss.trigger
                twin.raw.because["harm"] += f", {loss.raw.because['harm']}"
        return kept

    def _parts(self, whole: _Loss, losses: list[_Loss]) -> Iterator[_Loss]:
        """The parts of a group that are named: "including six children", "of whom six were children", "among them two nurses"."""
        doc = self.doc
        if whole.raw.kind != "casualty" or whole.raw.count is None or whole.raw.count.high in {0, 1}:
            return
        last = doc.sentences[doc.sentence_of[whole.head]].last
        for k in range(whole.head + 1, last):
            if not self._opens_part(k) or any(whole.head < x.head < k for x in losses if x.raw.kind == "casualty"):
                continue
            number = None
            if doc.words[k].lower() == "of" and k > 0:
                number = self._number(k - 1) if doc.upos[k - 1] == "NUM" else None
            start = k + 1 if doc.words[k].lower() in _PARTS else k + 2
            if number is None and doc.words[k].lower() not in _PARTS and start < last and doc.upos[start] == "NUM":
                number = self._number(start)  # "of whom six were children"
                start = number[2] if number else start
            head = self._nominal_from(start, last)
            if head is None and number is not None and start < last and doc.upos[start] == "ADP":
                head = number[2] - 1  # "30 of them in a second blast"
            if head is None:
                continue
            for h in [head, *(c for c in doc.dependents(head, "conj") if doc.upos[c] in _NOMINAL and not any(doc.upos[x] == "VERB" for x in range(head, c)))]:
                part = self._part(whole, h, number if h == head else None)
                if part is not None:
                    yield part

    def _nominal_from(self, start: int, last: int) -> int | None:
        """The head of the nominal that begins at a word, a copula before it apart."""
        doc = self.doc
        for k in range(start, min(start + 9, last)):
            if doc.upos[k] in _NOMINAL and not self._inside(k):
                return k
            if doc.upos[k] in {"ADP", "VERB", "PUNCT", "CCONJ", "SCONJ"} and doc.words[k] != "-" and self._number(k) is None:
                return None
        return None

    def _opens_part(self, k: int) -> bool:
        doc = self.doc
        lower = doc.words[k].lower()
        following = doc.words[k + 1].lower() if k + 1 < len(doc) else ""
        return lower in _PARTS or (lower in {"of", "among"} and following in {"whom", "them"})

    def _inside(self, k: int) -> bool:
        """Whether a word only describes the nominal that it stands in."""
        return self.doc.labels[k].split(":")[0] in {"compound", "amod", "nummod", "det", "flat"} or self.doc.labels[k] == "nmod:poss" or (
            self.doc.labels[k].startswith("nmod") and self.doc.heads[k] > k
        )

    def _part(self, whole: _Loss, head: int, number: tuple[Count, int, int] | None) -> _Loss | None:
        doc = self.doc
        if not self._human(head) or (doc.upos[head] == "NUM" and number is None and not doc.dependents(head, "nmod")):
            return None
        found = number or self._number(head)
        if found is None and (head in self.resolver.person_at or self._one_definite(head)):
            found = Count(low=1, high=1), head, head
        if found is None:
            return None
        count, first, last = found
        assert whole.raw.count is not None
        most = whole.raw.count.high or whole.raw.count.low or 0
        if count.low is not None and count.low > most and whole.raw.count.high is not None:
            return None
        raw = RawClaim("casualty", whole.trigger, [], [whole.trigger], harm=whole.raw.harm, status=whole.raw.status, by=whole.raw.by)
        raw.count = Count(low=count.low, high=count.high, text=doc.text(first, last) if last > first else "", approximate=count.approximate,
                          at=doc.starts[first] if last > first else None)  # fmt: skip
        raw.because = {**whole.raw.because, "count": "a part of those counted before"}
        raw.who = self._who(whole.trigger, head, None, raw)
        e, base = raw.who.entity, whole.raw.who.entity if whole.raw.who else None
        if base is not None and base.country != e.country and "speaks" in raw.who.because:
            raw.who = Party(Entity(text=e.text, name=e.name, country=base.country, sector=e.sector, at=e.at), raw.who.kind, f"of {base.text}")
        raw.because["who"] = raw.who.because
        return _Loss(whole.trigger, whole.row, head, first, last, raw)

    # the words that say it

    def _evidence(self, loss: _Loss, losses: list[_Loss]) -> list[int]:
        """The clause of the harm, up to where the next harm of the sentence begins."""
        doc = self.doc
        i, head = loss.trigger, loss.head
        words = {k for k in doc.subtree(i) if not self._beside(k, i)} | set(range(*self.resolver.extent(head))) | set(range(loss.first, loss.last)) | {i, head, loss.end}
        if doc.upos[i] not in _VERBAL:
            named = head if doc.labels[i] == "amod" and doc.heads[i] == head else i
            verb = doc.heads[named]
            if doc.labels[named] in {"obj", "nsubj", "nsubj:pass", "xcomp"} and verb >= 0 and doc.upos[verb] in _VERBAL and verb not in self.cues:
                words |= {k for k in doc.subtree(verb) if not self._beside(k, verb)}
        if doc.labels[i] == "acl:relcl" and any(doc.words[c].lower() in RELATIVE for c in doc.dependents(i, "nsubj")):
            words |= set(range(self.resolver.extent(doc.heads[i])[0], i))  # "the bombing at the mall which killed five"
        s = doc.sentences[doc.sentence_of[i]]
        sayings = [x for x in self.attribution.by_word.get(i, ()) if not x.act]
        if sayings:
            words = (words & sayings[0].content) or words
        words = {k for k in words if s.first <= k < s.last}
        first, last = min(words), max(words)
        first, last = self._clipped(loss, losses, first, last)
        while first < last and (doc.upos[first] in {"PUNCT", "SCONJ", "CCONJ"} or (doc.upos[first] == "ADP" and doc.labels[first] == "case" and doc.upos[i] == "NOUN")):
            first += 1
        while last > first and doc.upos[last] in {"PUNCT", "CCONJ", "SCONJ"}:
            last -= 1
        return list(range(first, last + 1))

    def _clipped(self, loss: _Loss, losses: list[_Loss], first: int, last: int) -> tuple[int, int]:
        """The range without what tells another harm; "others" and bare numbers keep the harm beside them that they are counted from."""
        doc = self.doc
        dependent = doc.upos[loss.head] == "NUM" or doc.words[loss.head].lower() in _OTHERS or doc.lemmas[loss.head] == "other"
        for other in losses:
            if other.trigger == loss.trigger or doc.sentence_of[other.trigger] != doc.sentence_of[loss.trigger] or doc.upos[other.trigger] not in _VERBAL:
                continue
            shared = other.trigger < other.head and loss.trigger < loss.head  # both verbs have their victims behind them, and one subject
            if loss.end < other.start and shared and self._joined(loss.end, other.start):
                last = other.end
            elif loss.end < other.start <= last:
                last = other.start - 1
            elif dependent and shared and self._joined(other.end, loss.start):
                first, last = min(first, other.start), loss.end
            elif first <= other.end < loss.start:
                first = other.end + 1
                if dependent and self._joined(other.end, loss.start):
                    ends = [max(doc.subtree(c)) for c in doc.dependents(loss.trigger, "obl") if c > loss.trigger]
                    last = min([last, *(e for e in ends if e >= loss.end)])
        return first, last

    def _joined(self, end: int, start: int) -> bool:
        """Whether only "and" stands between two groups."""
        return start - end <= 3 and all(self.doc.upos[k] in {"CCONJ", "PUNCT", "ADV"} for k in range(end + 1, start))

    def _beside(self, k: int, base: int) -> bool:
        """Whether a word is in a clause coordinated with, or loosely joined to, the base."""
        doc = self.doc
        while k != base and k >= 0:
            label = doc.labels[k]
            if (
                label in {"parataxis", "acl:relcl", "mark", "cc"}
                or (label == "conj" and doc.heads[k] == base)
                or (label == "advcl" and len(doc.subtree(k)) > 25)
            ):
                return True
            if k in self.cues:
                return True
            k = doc.heads[k]
        return False
