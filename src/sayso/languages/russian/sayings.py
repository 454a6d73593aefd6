"""On whose say-so something stands in a Russian report: the speaker of each word, and the word that tells it.

In: a sentence and the head of an act. Out: the chain of speakers, the nearest first: who governs the clause ("заявил, что …"), whose words stand behind it
("…, сообщило министерство"), by whose account it is ("по словам губернатора"). A sentence without a speaker is the report's own. """

from __future__ import annotations

from typing import NamedTuple

from sayso.languages.russian.parsing import Sentence
from sayso.languages.russian.parties import Parties, Party
from sayso.languages.russian.words import Row, by_lemma, forms, table
from sayso.model import Channel, Distance, Manner, Report, Source


class Saying(NamedTuple):
    """A speaker, and the words that tell that he speaks."""

    party: Party
    cue: int
    row: Row


class Sayings:
    """Who says what in one report, sentence by sentence in order."""

    def __init__(self, report: Report, parties: Parties) -> None:
        self._report, self._parties = report, parties
        self._latest: Party | None = None
        self._behind = {form: row for row in table("cues") if row["kind"] != "verb" for form in row["form"].split("|")}

    def of(self, sentence: Sentence, i: int) -> list[Saying]:
        """Who says what a word is the head of."""
        found: list[Saying] = []
        tops = [i, *sentence.above(i)]
        for below, top in zip([i, *tops], tops, strict=False):
            row = by_lemma("cues", kind="verb").get(sentence.words[top].lemma)
            if row and top != i and self._governs(sentence, top, below):
                found += self._speaker(sentence, top, row)
            for k in (*sentence.children(top, "parataxis"), *sentence.children(top, "conj")):
                cue = by_lemma("cues", kind="verb").get(sentence.words[k].lemma)
                if cue and not self._tells(sentence, k) and (k > top) and (k != below):
                    found += self._speaker(sentence, k, cue)
            found += self._by_account(sentence, top)
            for k in sentence.children(top, "conj"):  # at the end of the sentence it is of all that stands before
                if sentence.words[k].pos in {"VERB", "ADJ"} and k > top:
                    found += [saying for saying in self._by_account(sentence, k) if saying.cue > k]
        return list({saying.party.entity.name: saying for saying in found}.values())

    def said_by(self, sentence: Sentence, cue: int) -> Party | None:
        """The subject of a verb of saying."""
        subject = next(iter(sentence.children(cue, "nsubj")), None)
        if subject is None:
            head = sentence.words[cue].head
            subject = next(iter(sentence.children(head, "nsubj")), None) if sentence.words[cue].rel.startswith("conj") else None
        if subject is not None:
            found = self._parties.of(sentence, subject, self._latest)
            return found[0] if found else self._parties.unknown(sentence, subject)
        for k in sentence.children(cue, "obl"):  # "в Ереване заявили"
            party = next((p for p in self._seated(sentence, k)), None)
            if party:
                return party
        return None

    def _seated(self, sentence: Sentence, k: int) -> list[Party]:
        seat = forms("countries", "capital").at(sentence, k)
        if seat and sentence.preposition(k) == "в":
            return [self._parties.government(sentence, k, seat.row["code"])]
        match = forms("organs").at(sentence, k)
        return self._parties.of(sentence, k) if match and sentence.preposition(k) == "в" else []

    def _governs(self, sentence: Sentence, cue: int, below: int) -> bool:
        """Whether what stands below a verb of saying is what is said, and not who says it or when."""
        return sentence.words[below].rel.split(":")[0] in {"ccomp", "xcomp", "obj", "obl", "nmod", "parataxis"} and not self._is_speaker(sentence, cue, below)

    @staticmethod
    def _is_speaker(sentence: Sentence, cue: int, below: int) -> bool:
        return below in sentence.children(cue, "nsubj")

    @staticmethod
    def _tells(sentence: Sentence, cue: int) -> bool:
        """Whether a verb of saying has a clause of its own: then what stands before is not its."""
        return bool(sentence.children(cue, "ccomp"))

    def _speaker(self, sentence: Sentence, cue: int, row: Row) -> list[Saying]:
        party = self.said_by(sentence, cue)
        if party is None:
            return []
        self._latest = party
        return [Saying(party, cue, row)]

    def _by_account(self, sentence: Sentence, top: int) -> list[Saying]:
        """"по словам губернатора", "согласно полиции"."""
        found = []
        for k in sentence.children(top, "obl", "parataxis", "nmod", "advmod"):
            preposition, lemma = sentence.preposition(k), sentence.words[k].lemma
            row = self._behind.get(f"{preposition} {lemma}")
            if row is None and preposition in self._behind:
                row, owner = self._behind[preposition], k
            elif row is not None:
                owner = next(iter(sentence.children(k, "nmod")), -1)
                if owner < 0:
                    whose = [c for c in sentence.children(k) if sentence.words[c].text.lower() in {"его", "её", "ее", "их"}]
                    if whose and self._latest is not None:
                        found.append(Saying(self._latest, k, row))
                    continue
            else:
                continue
            found += [Saying(party, k, row) for party in self._parties.of(sentence, owner, self._latest)[:1]]
        for saying in found:
            self._latest = saying.party
        return found

    def inherited(self, saying: Saying) -> list[Source]:
        """The speaker of the sentence before, carried over."""
        return [Source(entity=saying.party.entity, manner=Manner.INHERITED)]

    def sources(self, sentence: Sentence, sayings: list[Saying]) -> list[Source]:
        """The chain of speakers as a claim has it."""
        return [
            Source(
                entity=saying.party.entity, cue=self._report.span(sentence.words[saying.cue].start, sentence.words[saying.cue].end), manner=Manner.INDIRECT,
                distance=Distance(saying.row["distance"]), channel=Channel(saying.row["channel"] or self._channel(sentence, saying.cue)),
            )
            for saying in sayings
        ]  # fmt: skip

    @staticmethod
    def _channel(sentence: Sentence, cue: int) -> Channel:
        beside = {sentence.words[k].lemma for k in sentence.children(cue, "obl")}
        if "пресс-конференция" in beside:
            return Channel.PRESS_CONFERENCE
        return Channel.STATEMENT if "заявление" in beside else Channel.INTERVIEW if "интервью" in beside else Channel.UNKNOWN
