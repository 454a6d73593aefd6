"""A word of harm → whom or what it harmed, and how many: the nominals, by the tree and by the order of the words, and their counts.

In: a parsed and resolved report, and a word with its row of `harms.tsv`. Out: head words of nominals, and counts as the codebook bounds
them. Where the tree and the order disagree about a counted nominal right before or behind a participle ("… and three others wounded"),
the order decides. It does not say whose the victims are, nor who harmed them.
"""

from __future__ import annotations

from sayso.lexicon import Lexicon, Row
from sayso.model import Count, Damage, Harm, Sector
from sayso.reader import Doc
from sayso.reader.lemmas import lemma
from sayso.resolve.counts import count_at, count_before, plural
from sayso.resolve.entities import Resolver
from sayso.syntax import RELATIVE, is_passive, objects_of, subject_of

__all__ = ["DAMAGE", "NOMINAL", "OTHERS", "PARTS", "TOTALS", "VERBAL", "Number", "Victims"]

Number = tuple[Count, int, int]
"""A count, and the range of words that give it; first and last are equal where no word does ("the officer")."""
OTHERS = {"other", "others", "more", "another"}
DAMAGE = set(Damage)
VERBAL = {"VERB", "AUX"}
NOMINAL = {"NOUN", "PROPN", "NUM", "PRON"}
PARTS = {"including"}
TOTALS = {"number", "total", "toll", "tally", "count", "figure"}
_FORCES = {Sector.MIL, Sector.REB, Sector.COP, Sector.PRM, Sector.UAF}
_PARTICIPLE = ("ed", "en", "ain")
_THOSE = {"them", "these", "those"}
_GROUP = {"they", "them", "who"}
_ONE_PERSON = {"he", "him", "she", "her", "another"}
_NO_PEOPLE = {"it", "this", "that", "what", "which", "something", "nothing"}
_ROLES = {"obj", "own", "either"}
_WHOLE = {Damage.DESTROYED, Damage.SEIZED}
_REFLEXIVE = {"himself", "herself", "themselves", "itself", "each"}
_DEFINITE = {"the", "his", "her", "their", "its", "this", "that"}
_GROUPS = {"militia", "crew", "staff", "public", "population", "personnel", "police", "leadership", "nation", "enemy"}
_ALONGSIDE = {"along", "together", "plus", "besides"}
_NEGATIONS = {"not", "n't", "n’t", "never", "without"}
_LEVELS = {"to", "at", "of", "past", "above", "as"}
_PASSES = {"exceed", "surpass", "top", "pass", "break", "cross"}
_PARTICLES = {"dead", "to", "death", "off", "down", "up", "out", "away"}


class Victims:
    """Finds the victims, and the things, that the words of harm of one report are about."""

    def __init__(self, doc: Doc, resolver: Resolver, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.lexicon = doc, resolver, lexicon
        self._numbers: dict[int, Number | None] = {}
        self._things: dict[int, Row | None] = {}

    def rows(self, i: int) -> list[Row]:
        """The entries of a word: an adjective's own before those of the verb that it is a participle of."""
        doc = self.doc
        lower = doc.words[i].lower()
        keys = [doc.lemmas[i], lower]
        if doc.upos[i] == "ADJ":
            keys.reverse()  # "wounded" the adjective before "wound" the verb
        if doc.upos[i] in {"ADJ", "NOUN"} and lower.endswith(_PARTICIPLE):
            keys.append(lemma(lower, "VERB"))
        rows: list[Row] = []
        for key in keys:
            rows += [row for row in self.lexicon.harms.get(key, ()) if row not in rows]
        return rows

    def reads(self, i: int, row: Row) -> bool:
        """Whether an entry's form, part of speech and needs fit a word and what stands about it."""
        form = row.cells["form"].split()
        return self._word_fits(i, row) and self._form_fits(i, form, row.cells["pos"]) and all(self._met(i, row, p) for p in row.cells["needs"].split(";") if p)

    def _word_fits(self, i: int, row: Row) -> bool:
        doc, upos = self.doc, self.doc.upos[i]
        compound = doc.labels[i] == "compound"
        if row.cells["pos"] == "noun":
            return upos == "NOUN" and not compound
        if row.cells["pos"] == "adj":
            return upos in {"ADJ", "NOUN"} or (upos == "VERB" and not self._active(i))
        return not compound and (upos == "VERB" or (upos in {"ADJ", "NOUN"} and doc.words[i].lower().endswith(_PARTICIPLE)))

    def _active(self, i: int) -> bool:
        """Whether a verb is plainly no participle: it has an object, or stands in the perfect."""
        doc = self.doc
        perfect = any(doc.lemmas[c] == "have" for c in doc.dependents(i, "aux")) and not doc.dependents(i, "aux:pass")
        perfect = perfect and not doc.words[i].lower().endswith("ing")  # "who have been missing"
        return perfect or self._behind(i) is not None or bool(doc.dependents(i, "obj"))

    def _form_fits(self, i: int, form: list[str], pos: str) -> bool:
        doc = self.doc
        rest = form[1:] if pos == "verb" else form[:-1]
        near = {w for c in doc.children[i] for w in (doc.lemmas[c], doc.words[c].lower(), *(doc.lemmas[m] for m in doc.children[c] if doc.labels[m] == "case"))}
        near |= {doc.words[k].lower() for k in range(max(0, i - 2), i)}
        if pos == "verb" and rest:
            near |= {doc.lemmas[c] for x in doc.dependents(i, "xcomp", "obj") for c in doc.children[x]}
        return all(w in near for w in rest)

    def _met(self, i: int, row: Row, part: str) -> bool:
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
        elif name == "obj" and row.cells["pos"] != "verb":  # the verb that a noun, or an adjective that stands for one, is the object of
            holds = doc.labels[i] in {"obj", "nsubj:pass", "xcomp"} and doc.lemmas[doc.heads[i]] in values
        else:
            passive = not row.cells["victim"].startswith("subj") and self._undergone(i)
            if name == "obj":
                heads = self.undergoers(i) if passive else self.objects(i)
                heads = [k for h in heads for k in (h, *(c for c in doc.dependents(h, "conj") if values and c > i))]
            else:
                subject = doc.dependent(i, "obl:agent") if passive else subject_of(doc, i)
                heads = [subject] if subject is not None else []
            holds = bool(heads) if not values else any(self._is(h, v) for h in heads for v in values)
        return holds != no

    def _is(self, k: int, wanted: str) -> bool:
        if wanted == "<people>":
            return self.human(k)
        if wanted == "<thing>":
            return self.thing(k) is not None
        if wanted == "<act>":
            return self.doc.lemmas[k] in self.lexicon.nouns
        if wanted == "<actor>":
            return bool(self.resolver.of(k))
        if wanted == "<place>":
            return k in self.resolver.place_at or self.lexicon.is_word(self.doc.lemmas[k], "place")
        if wanted == "<force>":
            return any(p.entity.sector in _FORCES for p in self.resolver.of(self.meant(k)))
        return any(wanted in (self.doc.lemmas[n], self.doc.words[n].lower()) for n in (k, self.meant(k)))

    def human(self, k: int) -> bool:
        """Whether a nominal is people: by its name, its word, or as a counted noun that is no thing, act or place."""
        doc = self.doc
        k = self.meant(k)
        mark = self.resolver.mark_at.get(k)
        if k in self.resolver.person_at or bool(mark and mark.of("agent", "nation", "office", "actor", "organ")):
            return True
        word = doc.words[k].lower()
        if word in RELATIVE and doc.labels[self._clause(k)].startswith("acl"):
            return self.human(doc.heads[self._clause(k)])
        if word in _REFLEXIVE or self._noun_of_thing(k) is not None:
            return False
        if doc.upos[k] in {"NUM", "PRON"} or doc.lemmas[k] in {"people", "person", "other"} or word in OTHERS:
            return word not in _NO_PEOPLE
        if doc.lemmas[k] in self.lexicon.nouns or self.lexicon.is_word(doc.lemmas[k], "place"):
            return False
        of = [c for c in doc.dependents(k, "nmod") if c > k and doc.case(c) == "of"]
        if of and not plural(doc.words[k]) and any(c in self.resolver.place_at or self.lexicon.is_word(doc.lemmas[c], "place") for c in of):
            return False  # "a stretch of the road"
        return self.number(k) is not None

    def thing(self, k: int) -> Row | None:
        """What the nominal at `k` is as matériel, by its noun and the words before it; a bare number by what it is counted among."""
        k = self.meant(k)
        if k not in self._things:
            self._things[k] = self._noun_of_thing(k) or self._counted_among(k)
        return self._things[k]

    def _noun_of_thing(self, k: int) -> Row | None:
        doc, things = self.doc, self.lexicon.things
        beside = [c for c in doc.children[k] if (doc.labels[c] in {"compound", "amod"} and c < k) or (doc.labels[c] == "nmod" and doc.case(c) == "of")]
        told = (things.get(f"{word}{gap}{doc.lemmas[k]}") for c in beside for word in (doc.lemmas[c], doc.words[c].lower()) for gap in " -")
        return next((row for row in told if row is not None), None) or things.get(doc.lemmas[k])

    def _counted_among(self, k: int) -> Row | None:
        """The things told last, in this sentence or the one before, for a number of them: "Three of them were shot down", "two more were damaged"."""
        doc = self.doc
        those = doc.words[k].lower() in _THOSE
        if not those and doc.words[k].lower() not in OTHERS and not (doc.upos[k] == "NUM" and k + 1 < len(doc) and doc.words[k + 1].lower() in OTHERS):
            return None
        sentence = doc.sentence_of[k]
        start = doc.sentences[sentence - 1 if sentence and doc.sentences[sentence - 1].block == doc.sentences[sentence].block else sentence].first
        for j in range(k - 1, start - 1, -1):
            if doc.upos[j] == "NOUN" and not self.inside(j) and (plural(doc.words[j]) or self.number(j) is not None):
                row = self._noun_of_thing(j)
                if row is not None or (those and self.human(j)):
                    return row
        return None

    def _clause(self, k: int) -> int:
        return next((a for a in self.doc.ancestors(k) if self.doc.labels[a].startswith("acl")), k)

    def heads(self, i: int, row: Row) -> list[int]:
        """Heads of the nominals that the word of harm is about, those coordinated with them included."""
        if row.cells["pos"] == "verb" and row.cells["victim"].startswith("subj"):
            subject = self._own_subject(i)
            heads = [subject] if subject is not None else []
        elif row.cells["pos"] == "verb":
            heads = self.undergoers(i) if self._undergone(i) else self.objects(i)
            places = {p for p in row.listed("victim") if p not in _ROLES}
            if places and not (heads and "obj" in row.listed("victim")):
                heads = [c for c in self.doc.dependents(i, "obl", "nmod") if self.doc.case(c) in places]
            if row.cells["form"].split()[-1] == "life":  # "claimed the lives of 12 people", "lost their lives"
                heads = [inner for h in heads for inner in (self._within(h) or [h])]
        elif row.cells["pos"] == "noun":
            among = self.doc.case(i) == "among" and not self.doc.dependents(i, "nummod")
            heads = [] if row.cells["victim"] == "toll" else self._described(i) if among else self._within(i, row.cells["harm"] in DAMAGE)
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
        return self.doc.upos[i] not in VERBAL or (self._gap(i) is not None and not self.objects(i)) or is_passive(self.doc, i)

    def _gap(self, i: int) -> int | None:
        """The counted nominal right before a bare participle or adjective, whatever the tree makes of it."""
        doc = self.doc
        if doc.dependents(i, "aux", "aux:pass", "cop") or doc.words[i].lower().endswith("ing"):
            return None
        first = doc.sentences[doc.sentence_of[i]].first
        k = i - 1
        while k > first and (doc.upos[k] == "ADV" or (doc.upos[k] == "ADJ" and k not in self.resolver.mark_at and self.number(k) is None)):
            k -= 1
        if k < first or doc.upos[k] not in NOMINAL or (doc.labels[i] == "amod" and doc.heads[i] > i):
            return None
        return k if self.number(k) is not None else None

    def objects(self, i: int) -> list[int]:
        """The objects of a verb, or those that it shares with one coordinated right behind it ("killed and wounded dozens")."""
        doc = self.doc
        own = [c for c in doc.dependents(i, "obj") if c > i][:1]
        behind = self._behind(i)
        if behind is not None and (not own or behind < own[0]):
            return [behind]
        if own:
            return own
        second = next((c for c in doc.dependents(i, "conj") if c - i <= 3 and doc.upos[c] in VERBAL), None)
        if second is not None:
            return self.objects(second)
        if doc.labels[i] == "acl:relcl" and all(doc.words[k].lower() in RELATIVE or k == doc.heads[i] for k in objects_of(doc, i)):
            return [doc.heads[i]] if objects_of(doc, i) else []  # "the children whom they had kidnapped"
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
        while start < last and (doc.upos[start] == "ADV" or doc.words[start].lower() in _PARTICLES) and self.number(start) is None:
            if doc.upos[start] == "ADV" and doc.heads[start] > start and doc.upos[doc.heads[start]] == "VERB":
                return None  # "five people wounded when a bomb exploded"
            start += 1
        for k in range(start, min(start + 10, last)):
            if doc.upos[k] in {"PUNCT", "VERB", "CCONJ"} and doc.words[k] != "-" and doc.labels[k] != "amod":
                break
            if doc.upos[k] not in NOMINAL or self.inside(k) or (k + 1 < last and doc.words[k + 1] == "-"):
                continue
            number = self.number(k)
            if number is not None and number[1] == start and (doc.upos[k] != "NUM" or k + 1 == number[2]):
                return k
            if number is None and k in self.resolver.person_at and all(doc.upos[x] not in {"ADP", "SCONJ"} for x in range(start, k)):
                return k
        return None

    def undergoers(self, i: int) -> list[int]:
        """Whom a passive, a participle or an adjective of harm is about."""
        doc = self.doc
        gap = self._gap(i)
        if gap is not None:
            return [gap]
        own = [c for c in doc.dependents(i, "nsubj", "nsubj:pass") if c < i or i == doc.sentences[doc.sentence_of[i]].first]
        if doc.dependents(i, "aux:pass") and doc.upos[i] == "VERB" and (not own or self._in_part(own[0])):
            own = self._counted_before(i) or own
        elif own and doc.dependents(i, "aux:pass") and (own_now := self._clause_subject(i, own[0])) is not None:
            own = [own_now]
        if own:
            if doc.words[own[0]].lower() in RELATIVE and doc.labels[i].startswith("acl"):
                return [doc.heads[i]]
            return own[:1]
        if doc.labels[i].startswith("acl") or doc.labels[i] == "amod":
            return [doc.heads[i]]
        if doc.labels[i] == "conj":
            head = doc.heads[i]
            return self.undergoers(head) if doc.upos[head] in VERBAL | {"ADJ"} else [head]
        subject = subject_of(doc, i)
        return [subject] if subject is not None else []

    def _in_part(self, k: int) -> bool:
        """Whether "including" stands before a nominal, with nothing but nominals between."""
        number = self.number(k)
        k = (number[1] if number else k) - 1
        while k > self.doc.sentences[self.doc.sentence_of[k]].first and self.doc.upos[k] not in {"VERB", "AUX", "ADP", "SCONJ"}:
            k -= 1
        return self.doc.words[k].lower() in PARTS

    def _counted_before(self, i: int) -> list[int]:
        """The counted nominal before a passive whose subject the tree has lost; parts ("including …") and what stands behind a preposition are none."""
        doc = self.doc
        found: list[int] = []
        k = i - 1
        while k >= doc.sentences[doc.sentence_of[i]].first and (doc.upos[k] != "VERB" or doc.labels[k] == "amod" or doc.words[k].lower() in PARTS):
            number = self.number(k) if doc.upos[k] in NOMINAL and not self.inside(k) else None
            if number is None:
                k -= 1
                continue
            found.append(k)
            before = doc.words[number[1] - 1].lower() if number[1] else ""
            if before in PARTS or doc.upos[number[1] - 1] == "ADP":
                found.clear()
            elif before not in {"and", ","}:
                break
            k = number[1] - 1
        return found[-1:]

    def _clause_subject(self, i: int, subject: int) -> int | None:
        """The counted nominal right before a passive that begins a clause of its own, where the tree gives it the subject of the clause before."""
        doc = self.doc
        k = min(doc.dependents(i, "aux:pass", "aux")) - 1
        number = self.number(k) if k > subject and doc.upos[k] == "NOUN" else None
        if number is None or doc.words[number[1] - 1].lower() != "and" or number[1] - 1 <= subject:
            return None
        between = range(subject + 1, number[1] - 1)
        told = any(doc.upos[x] == "VERB" and any(row.cells["pos"] == "verb" for row in self.rows(x)) for x in between)
        return k if told and not any(doc.words[x].lower() in RELATIVE for x in between) else None

    def _described(self, i: int) -> list[int]:
        """Whom an adjective of harm is about: the noun behind it, the nominal before it, its subject, or it is the noun itself ("two dead")."""
        doc = self.doc
        if doc.labels[i] == "amod" and doc.heads[i] > i:
            return [doc.heads[i]]
        if doc.case(i) == "among":  # "a guard was among the dead", "among the dead was a guard"
            subject = doc.dependent(i, "nsubj", "nsubj:pass")
            if subject is None and doc.heads[i] >= 0:
                subject = doc.dependent(doc.heads[i], "nsubj", "nsubj:pass")
                if subject is None and (doc.dependents(doc.heads[i], "cop") or doc.dependents(i, "cop")):
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
        doc = self.doc
        own = doc.dependent(i, "nsubj", "nsubj:pass")
        if own is None and doc.labels[i] == "amod" and doc.heads[i] < i:
            return doc.heads[i]  # "two citizens sustained light injuries", where the tree has a participle
        return own if own is not None and doc.words[own].lower() not in RELATIVE else subject_of(doc, i)

    def _within(self, i: int, damage: bool = False) -> list[int]:
        """Whom or what a noun of harm names behind "of", or before it: "the deaths of two soldiers", "Haddad's murder", "the loss of a tank"."""
        doc = self.doc
        for c in doc.dependents(i, "nmod"):
            if doc.labels[c] == "nmod:poss":
                if c in self.resolver.person_at or doc.words[c].lower() in {"his", "her"}:
                    return [c]
            elif c > i and doc.case(c) == "of" and (self.human(c) or (damage and self.thing(c) is not None)):
                return [c]
        return []

    def _fellows(self, head: int, i: int) -> list[int]:
        """Those coordinated with a victim who are victims of the same word, and not of the next ("… and three others wounded")."""
        doc = self.doc
        found = []
        coordinated = [c for c in doc.dependents(head, "conj") if doc.upos[c] in NOMINAL]
        if doc.upos[head] == "NUM":  # "five of the attackers and two fighters", where the tree joins the second to the attackers
            told = [k for k in doc.dependents(head, "nmod") if doc.case(k) == "of"]
            coordinated += [c for k in told for c in doc.dependents(k, "conj") if doc.upos[c] in NOMINAL and self.number(c) is not None]
        if coordinated:  # "six rebels, two women and a child", where the tree takes the second for an apposition
            coordinated += [c for c in doc.dependents(head, "appos") if self.number(c) is not None and c < max(coordinated)]
        if head > i:  # "killed 12 people in the north and nine in the south"
            coordinated += [c for c in doc.dependents(i, "conj") if doc.upos[c] == "NUM" and c > head and self.number(c) is not None]
        verb = i if doc.upos[i] in VERBAL else doc.heads[i] if doc.heads[i] >= 0 else i
        beside = [c for k in dict.fromkeys((i, verb, head)) for c in doc.dependents(k, "obl", "nmod") if doc.case(c).split(" ")[0] in _ALONGSIDE and c != head]
        for c in [*coordinated, *beside]:
            between = range(min(head, c) + 1, max(head, c))
            if head < i < c and c not in beside:
                continue
            if any(doc.words[k].lower() in PARTS for k in between):
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
        return k < len(doc) and k != i and any(row.cells["pos"] != "noun" for row in self.rows(k)) and self._gap(k) == c and not self.objects(k)

    def _follows_harm(self, c: int, i: int) -> bool:
        """Whether another verb of harm stands right before the group ("killing one and wounded three others")."""
        number = self.number(c)
        k = (number[1] if number else c) - 1
        return k != i and k > 0 and self.doc.upos[k] in {"VERB", "ADJ"} and any(row.cells["pos"] == "verb" for row in self.rows(k)) and self._behind(k) == c

    def divided(self, i: int, row: Row, head: int) -> list[int | None]:
        """The words that each name one kind of victims of one count: "no military or civilian deaths" are two claims."""
        doc = self.doc
        if row.cells["pos"] != "noun" or head != i:
            return [None]
        kinds = [c for c in doc.dependents(i, "amod", "compound", "nmod:desc") if c in self.resolver.mark_at or doc.lemmas[c] == "military"]
        kinds += [c for k in list(kinds) for c in doc.dependents(k, "conj")]
        return list(kinds) if len(kinds) > 1 else [None]

    def meant(self, k: int) -> int:
        """The noun behind a quantity: soldiers in "a total of 20 soldiers", people in "dozens of people"."""
        doc = self.doc
        if self.lexicon.is_word(doc.lemmas[k], "seat"):
            return k  # "two members of the party" are members
        quantity = doc.lemmas[k] in TOTALS or any(self.lexicon.is_word(w, "quantity") for w in (doc.lemmas[k], doc.words[k].lower()))
        if quantity or doc.upos[k] == "NUM":
            inner = next((c for c in doc.dependents(k, "nmod", "obl") if c > k and doc.case(c) == "of"), None)
            if inner is None and k + 2 < len(doc) and doc.words[k + 1].lower() == "of":
                if doc.words[k + 2].lower() in _THOSE:  # "killing 54 of them", whatever the tree hangs "them" on
                    return k + 2
                near = (c for c in range(k + 2, min(k + 8, len(doc))) if doc.upos[c] in {"NOUN", "PROPN", "PUNCT"})
                inner = next((c for c in near if not self.inside(c) or doc.labels[c] == "nmod"), None)
                inner = inner if inner is not None and doc.upos[inner] != "PUNCT" else None
            if inner is not None and k not in self.resolver.person_at:
                return inner
        return k

    def number(self, k: int) -> Number | None:
        """The count that stands before, or is, word `k`, with its words."""
        if k not in self._numbers:
            doc = self.doc
            s = doc.sentences[doc.sentence_of[k]]
            words = doc.words[s.first : s.last]
            found = count_at(words, k - s.first)
            if found is None and (doc.upos[k] not in {"PRON", "DET"} or words[k - s.first].lower() in OTHERS):
                found = count_before(words, k - s.first)
            if found is not None and not doc.dependents(k, "acl", "acl:relcl") and (out := self._out_of(words, found[1])) is not None:
                found = out  # and not "one of two teachers seized": two were
            self._numbers[k] = (found[0], found[1] + s.first, found[2] + s.first) if found else None
        return self._numbers[k]

    def _out_of(self, words: list[str], first: int) -> Number | None:
        """The number before a whole that begins at word `first` of a sentence: "32 of 35 drones", "two of the nine men"; None for none."""
        before = first - 1 if first and words[first - 1].lower() not in {"the", "those", "these", "its", "their"} else first - 2
        if before < 1 or words[before].lower() != "of":
            return None
        return count_at(words, before - 1)

    def count(self, i: int, row: Row, head: int) -> Number | None:
        """How many the nominal at `head` says were harmed; None where it does not say, and is neither one person nor the news of a verb."""
        doc = self.doc
        people = row.cells["harm"] not in DAMAGE
        if row.cells["victim"] == "toll":
            return self._level(i)
        if people and head in self.resolver.person_at and doc.upos[head] != "NUM":
            return Count(low=1, high=1), head, head
        inner = self.meant(head)
        number = self.number(head) or (self.number(inner) if inner != head else None)
        if inner != head and number is not None and number[0].text.lower() in {"a", "an", "the"}:
            number = self.number(inner)
            if number is None and doc.lemmas[head] == "number":  # "a number of soldiers": some, nobody knows how many
                return Count(low=1, high=None, text=doc.text(head - 1, head)), head - 1, head + 1
        if number is None and doc.upos[head] == "NOUN":
            number = next((n for k in doc.dependents(head, "nummod") if (n := self.number(k)) is not None), None)
        if number is None and doc.heads[head] >= 0 and doc.case(head) == "of" and self.lexicon.is_word(doc.lemmas[doc.heads[head]], "quantity"):
            number = self.number(doc.heads[head])  # "a pair of soldiers who are missing"
            if number is not None and number[0].text.lower() in {"a", "an", "the"}:
                number = None
        if number is None and doc.heads[head] >= 0 and doc.case(head) == "of" and doc.lemmas[doc.heads[head]] in TOTALS:
            number = self._level(doc.heads[head])  # "the number of soldiers killed rose to 90"
        if number is not None:
            return number
        if self._any(i, head) or any(doc.words[d].lower() == "no" for d in doc.dependents(head, "det")):
            if head != i and self._denied(i):  # "denied that any drone was lost" denies one or more
                return Count(low=1, high=None), head, head
            return Count(low=0, high=0), head, head
        if people and doc.words[head].lower() in _GROUP and (told := self.told_before(head)) is not None and (number := self.number(told)) is not None:
            count = number[0]
            return Count(low=count.low, high=count.high, approximate=count.approximate), head, head
        if not people and row.cells["harm"] in _WHOLE and self._one_thing(i, head):
            return Count(low=1, high=1), head, head
        if not people or not self.human(head):
            return None
        if doc.words[head].lower() in _ONE_PERSON:
            return Count(low=1, high=1), head, head
        if doc.upos[head] == "NOUN" and head != i and not (doc.labels[i] == "amod" and doc.heads[i] == head) and self.one_definite(head):
            return Count(low=1, high=1), head, head
        if self._many(i, row, head):
            return Count(low=1, high=None), head, head
        return None

    def rate(self, i: int, last: int) -> bool:
        """Whether the number is a rate ("one killed every 25 minutes"), and nobody's toll."""
        following = [w.lower() for w in self.doc.words[max(i, last - 1) + 1 : max(i, last - 1) + 3]]
        return following[:1] == ["every"] and len(following) == 2 and (following[1].isdigit() or count_at(following, 1) is not None)

    def one_definite(self, k: int) -> bool:
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

    def _one_thing(self, i: int, k: int) -> bool:
        """Whether a nominal is one thing that the text knows: "the bridge was blown up", "shot down its helicopter"."""
        doc = self.doc
        if doc.upos[k] != "NOUN" or self.thing(k) is None or plural(doc.words[k]) or doc.words[k].lower() != doc.lemmas[k] or k == i:
            return False
        return any(doc.words[d].lower() in _DEFINITE for d in doc.dependents(k, "det", "nmod:poss"))

    def _many(self, i: int, row: Row, head: int) -> bool:
        """Whether victims without a number are the news of a verb: "killed civilians"."""
        doc = self.doc
        mark = self.resolver.mark_at.get(head)
        if row.cells["pos"] != "verb" or mark is None or mark.of("agent", "nation") is None or not plural(doc.words[head]):
            return False
        if doc.upos[i] != "VERB" or row.cells["harm"] not in {Harm.KILLED, Harm.WOUNDED} or doc.labels[i] == "xcomp":
            return False
        return head in self.objects(i)

    def _any(self, i: int, head: int) -> bool:
        """Whether "any" stands before the victims of what is denied: "denied any casualties", "without killing any civilians"."""
        doc = self.doc
        if doc.case(head) == "without":
            return True
        if not self.any_of(head):
            return False
        governors = [i, *list(doc.ancestors(i))[:3]]
        return any(doc.lemmas[k] == "deny" or any(doc.words[c].lower() in _NEGATIONS for c in doc.children[k]) for k in governors)

    def told_before(self, k: int) -> int | None:
        """The counted people that a plural pronoun stands for: the nearest nominal of people that is a plural, if it is counted."""
        doc = self.doc
        sentence = doc.sentence_of[k]
        first = next(s.first for s in doc.sentences[max(0, sentence - 2) : sentence + 1] if s.block == doc.sentences[sentence].block)
        own = next((a for a in doc.ancestors(k) if doc.upos[a] in VERBAL), -1)
        for j in range(k - 1, first - 1, -1):
            mark = self.resolver.mark_at.get(j)
            if mark is None or mark.of("agent", "nation") is None or j != mark.last - 1 or self.inside(j) or not plural(doc.words[j]):
                continue
            if doc.heads[j] == own or doc.case(j) == "by":
                continue
            return j if self.number(j) is not None else None
        return None

    def any_of(self, k: int) -> bool:
        """Whether "any" stands before a nominal."""
        return any(self.doc.words[d].lower() == "any" for d in self.doc.dependents(k, "det"))

    def _denied(self, i: int) -> bool:
        """Whether the word stands under a verb of denial."""
        return any(self.doc.lemmas[k] == "deny" for k in list(self.doc.ancestors(i))[:3])

    def _level(self, toll: int) -> Number | None:
        """The number that a toll rises to, is put at, or is: "the toll rose to 45", "took the toll for May to 45", "a toll of 45", "the toll: 45"."""
        doc = self.doc
        for k in range(toll + 1, doc.sentences[doc.sentence_of[toll]].last):
            if doc.words[k] in {",", ";"}:
                break
            number = self.number(k) if doc.upos[k] == "NUM" else None
            if number is not None and number[1] > toll + 1:
                before = number[1] - (2 if doc.words[number[1] - 1].lower() == "the" else 1)
                count = number[0]
                if number[2] < len(doc) and any(row.cells["pos"] != "noun" for row in self.rows(number[2])):
                    continue  # "a toll of nine dead and six wounded": the adjective counts them
                if doc.lemmas[before] in _PASSES and count.high == count.low:  # "exceeded 500", "broke the 2,000 mark"
                    return Count(low=count.low, high=None, text=count.text), number[1], number[2]
                if doc.words[before].lower() in _LEVELS or doc.upos[before] in VERBAL or doc.words[before] in {":", "-", "–"}:
                    return number
        verb = doc.heads[toll]
        if verb >= 0 and doc.labels[toll] in {"nsubj", "nsubj:pass", "obj"}:
            for c in doc.dependents(verb, "obl"):
                number = self.number(c) if doc.upos[c] == "NUM" and doc.case(c).split(" ")[0] in _LEVELS else None
                if number is not None and not (number[2] < len(doc) and any(row.cells["pos"] != "noun" for row in self.rows(number[2]))):
                    return number
        return None

    def inside(self, k: int) -> bool:
        """Whether a word only describes the nominal that it stands in."""
        label, before = self.doc.labels[k].split(":")[0], self.doc.heads[k] > k
        return label in {"compound", "amod", "nummod", "det", "flat"} or self.doc.labels[k] == "nmod:poss" or (label == "nmod" and before)
