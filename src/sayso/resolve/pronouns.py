"""Pronouns → parties: "he", "it", "they", "we".

In: the index of a pronoun. Out: the parties of the nearest word that it may stand for, or of whoever speaks. A pronoun that
fits nobody in this sentence and the two before gives nothing.
"""

from __future__ import annotations

from sayso.model import BlockKind, Sector
from sayso.resolve.dyads import Dyads
from sayso.resolve.party import _BODIES_OF_MEN, _PERSONAL, _PLURAL, _THING, ARMED, FIRST_PERSON, Party
from sayso.syntax import objects_of, subject_of

_WE = {"we", "us", "our", "ours"}


class Pronouns(Dyads):
    """Answers for whom a pronoun stands."""

    def beyond(self, i: int, others: list[Party]) -> list[Party]:
        """Whom the pronoun at `i` means if not these."""
        names = {p.entity.name for p in others}
        for k in self._antecedents(i):
            found = self.of(k)
            if found and not any(p.entity.name in names for p in found):
                return found
        return []

    def _pronoun(self, i: int) -> list[Party]:
        doc = self.doc
        lower = doc.words[i].lower()
        if lower in FIRST_PERSON:
            civic = self._civic if lower in _WE and i not in self.quoted else []
            return [self._as(i, p) for p in self.speaker_of(i) or self._authors or self._voice or civic]
        if lower in {"both", "all"} and doc.labels[i] == "det":
            return []
        speaking = {p.entity.name for p in self.quoted_speaker(i)}
        for k in self._antecedents(i):
            found = self.of(k)
            if not found or any(p.entity.name in speaking for p in found) or (lower == "them" and found[0].kind in {"holding", "place"}):
                continue
            people = found[0].kind == "person"
            if lower in _PERSONAL:
                single = found[0].kind == "agent" and doc.upos[k] == "NOUN" and self._singular(k) and doc.sentence_of[k] == doc.sentence_of[i]
                whose = single and self._indefinite(k) and doc.labels[i] == "nmod:poss" and doc.labels[k].startswith("nsubj")
                fits = people or (found[0].kind == "office" and self._singular(k)) or whose  # "a woman died when a shell hit her house"
            elif lower in _THING:
                force = (mark := self.mark_at.get(k)) is not None and (agent := mark.of("agent")) is not None and agent.row["kind"] in _BODIES_OF_MEN
                body = found[0].kind != "agent" or force or self._is_body(k)  # "the opposition said that its troops …"
                fits = not people and body and found[0].kind != "office" and len(found) == 1 and self._singular(k)
            else:
                many_ = len(found) + len(list(doc.dependents(k, "conj"))) > 1 or not self._singular(k) or doc.words[k].lower() in _PLURAL
                fits = many_ or found[0].kind in {"armed-group", "organ", "agent"}
                if fits:
                    found = self._doing(i, k) or self.parties(k)
            if fits:
                return [self._as(i, p) for p in found]
        if lower in {"both"}:
            return self._dyad(i)
        if lower == "they":
            number = doc.sentence_of[i]
            starts = [doc.sentences[n].first for n in (number, number - 1) if n >= 0]
            pair = next((pair for first in starts if (pair := self._met(first, min(i, doc.sentences[doc.sentence_of[first]].last), set()))), [])
            return [self._as(i, p) for p in pair]
        return []

    def _is_body(self, k: int) -> bool:
        """Whether a kind of people in the singular is many: "the opposition", "the enemy"."""
        return self.lexicon.is_word(self.doc.lemmas[k], "described") or self.lexicon.is_word(self.doc.lemmas[k], "opponent")

    def _doing(self, i: int, k: int) -> list[Party]:
        """Who "they" are that killed or captured somebody, by a government's account: the forces whose deeds the sentence has just told of."""
        doc = self.doc
        owner = self.of(k)[0]
        if doc.words[i].lower() != "they" or owner.entity.sector is not Sector.GOV or not self._singular(k) or doc.labels[i] != "nsubj":
            return []
        if not any(row.type == "ASSAULT" for row in self.lexicon.verbs.get(doc.lemmas[doc.heads[i]], ())):
            return []
        first = doc.sentences[doc.sentence_of[i]].first
        doers = [c for c in range(first, k) if doc.labels[c] == "nsubj" and doc.upos[c] == "NOUN" and not self._singular(c)]
        forces = ARMED | {Sector.MIL, Sector.COP}
        return next((found for c in reversed(doers) if (found := self.parties(c)) and all(p.entity.sector in forces for p in found)), [])

    def _indefinite(self, k: int) -> bool:
        return any(self.doc.words[d].lower() in {"a", "an", "one"} for d in self.doc.dependents(k, "det", "nummod"))

    def _of_struck(self, i: int, verb: int) -> bool:
        """Whether a possessive is whose something is that a verb of attack is done to: nobody shells "its positions" who has them."""
        doc = self.doc
        head = doc.heads[i]
        if verb < 0 or doc.labels[i] != "nmod:poss" or doc.labels[head] != "obj" or doc.heads[head] != verb or doc.lemmas[head] in self.lexicon.weapons:
            return False
        if any(doc.lemmas[c] == "own" for c in doc.children[head]):
            return False
        return any(row.type == "ASSAULT" and not row.needs and len(row.words) == 1 for row in self.lexicon.verbs.get(doc.lemmas[verb], ()))

    def _as_office(self, k: int) -> bool:
        """Whether an office only says what somebody is: "as foreign minister, he …"."""
        mark = self.mark_at.get(k)
        return self.doc.case(k) == "as" and mark is not None and mark.of("office") is not None and self.owner(k)[0] is None

    def _beside(self, i: int) -> list[int]:
        """What is coordinated with a nominal, and with that in turn."""
        return [k for c in self.doc.dependents(i, "conj") for k in (c, *self._beside(c))]

    def _taken_before(self, i: int, verb: int) -> list[int]:
        """Who "they" are that are freed: who was told to be taken, in this sentence or the two before, the last first."""
        doc = self.doc
        if verb < 0 or doc.labels[i] not in {"obj", "nsubj:pass"} or not any("release" in row.modes for row in self.lexicon.verbs.get(doc.lemmas[verb], ())):
            return []
        first = doc.sentences[max(0, doc.sentence_of[i] - 2)].first
        taken: list[int] = []
        for k in range(first, i):
            if doc.upos[k] == "VERB" and k != verb and self._takes(k):
                taken += [o for o in objects_of(doc, k) if o < i and doc.upos[o] != "PRON" and o not in taken]
        if doc.words[i].lower() in {"they", "them"} and not taken:  # "eight hostages …": nobody told of as taken, but captives named
            taken = [k for k in range(first, i) if self.lexicon.is_word(doc.lemmas[k], "captive") and doc.words[k].lower() != doc.lemmas[k]]
        return taken[::-1]

    def _takes(self, k: int) -> bool:
        """Whether a verb tells that people were captured or arrested."""
        if any(row["harm"] == "captured" for row in self.lexicon.harms.get(self.doc.lemmas[k], ())):
            return True
        return any(len(row.words) == 1 and {"arrest", "abduct"} & set(row.modes) and not row.needs for row in self.lexicon.verbs.get(self.doc.lemmas[k], ()))

    def _told_of(self, i: int, cue: int, subject: int) -> list[int]:
        """The people named in somebody's words before "he" deep within them: he is one of them rather than who speaks; the last first.

        "The spokesman said that Chad had asked for Ali Musa, who fled in the jet which he had seized". Where "he" is the subject of what is
        said, the speaker may be meant.
        """
        doc = self.doc
        if doc.words[i].lower() not in _PERSONAL or (doc.lemmas[cue], "verb") not in self.lexicon.cues or subject in self.person_at:
            return []
        clause = next((a for a in (i, *doc.ancestors(i)) if doc.heads[a] == cue), i)
        if doc.labels[clause] not in {"ccomp", "parataxis"} or doc.heads[i] == clause:
            return []
        named = [k for k in range(cue + 1, i) if k in self.person_at and doc.labels[k] != "flat" and doc.below(k, clause)]
        return named[::-1]

    def _antecedents(self, i: int) -> list[int]:
        """Heads that a pronoun may stand for: the subject that governs it, then subjects and others of this and the two sentences before."""
        doc = self.doc
        found: list[int] = []
        mine = next((a for a in doc.ancestors(i) if doc.upos[a] in {"VERB", "AUX"}), -1)
        struck = self._of_struck(i, mine)
        own = struck or doc.labels[i].startswith("nsubj")
        part = doc.labels[i] == "nmod" and doc.heads[i] > mine and doc.labels[doc.heads[i]].startswith("nsubj")  # "nine were killed, four of them in a crash"
        other = mine >= 0 and not own and not part and doc.labels[i] != "nmod:poss" and not doc.words[i].lower().endswith(("self", "selves"))
        doer = subject_of(doc, mine) if other else None  # nobody harms "them" who is "they": that takes "themselves"
        barred = {doer, *self._beside(doer)} if doer is not None else set(doc.dependents(mine, "nsubj")) if struck else set()
        for a in doc.ancestors(i):
            subject = doc.dependent(a, "nsubj", "nsubj:pass")
            if subject is not None and subject < i and not (own and a == mine) and subject not in barred:
                found += self._told_of(i, a, subject)
                found.append(subject)
        number = doc.sentence_of[i]
        found = [*self._taken_before(i, mine), *found]
        told = mine >= 0 and own and not struck and doc.words[i].lower() in _THING | _PERSONAL and (doc.lemmas[mine], "verb") in self.lexicon.cues
        behind = told and (doc.labels[mine] == "parataxis" or any(c < i for c in doc.dependents(mine, "ccomp")))  # "the army should leave, it said"
        person = behind and doc.words[i].lower() in _PERSONAL
        stated: set[int] = set()
        if person:  # "“I mourn Ali Musa,” he said": nobody of whom he himself speaks
            opened = doc.sentences[number].first
            colon = max((k + 1 for k in range(opened, i) if doc.words[k] == ":"), default=opened)
            stated = set(range(colon, i))
        last_first = [k for k in found if (k in stated if person else doc.sentence_of[k] == number)] if behind else []
        found = [k for k in found if k not in last_first]
        for back in (*range(1, 3), 0) if behind and not person else range(0, 3):
            if number - back < 0:
                continue
            s = doc.sentences[number - back]
            if back and doc.sentences[number].block != s.block and doc.report.blocks[s.block].kind == BlockKind.HEADLINE:
                break
            heads = [k for k in range(s.first, min(s.last, i)) if doc.upos[k] in {"NOUN", "PROPN"} and doc.labels[k] not in {"compound", "flat", "amod"}]
            heads = [k for k in heads if k not in barred | stated and not self._as_office(k)]
            subjects = [k for k in heads if doc.labels[k].startswith("nsubj") or (doc.labels[k] == "conj" and doc.labels[doc.heads[k]].startswith("nsubj"))]
            others = [k for k in heads if k not in subjects]
            if back and doc.labels[i] in {"nsubj", "nsubj:pass"}:  # "They condemned the attack. They called on …": they go on
                subjects = [k for k in range(s.first, s.last) if doc.words[k].lower() == doc.words[i].lower() and doc.heads[doc.heads[k]] < 0
                            and doc.labels[k] in {"nsubj", "nsubj:pass"}][:1] + subjects  # fmt: skip
            found += [k for k in subjects if k not in found] + [k for k in reversed(others) if k not in found]
        return found
