"""What happened in a Russian report: verbs and nouns of the lists, with those who act and are acted upon.

In: a sentence, and who is who. Out: acts as they are told: what, by whom, to whom, whether it happened, on whose word beyond that of whoever speaks. Who
stands where is told by relations of Universal Dependencies and by case. What must give nothing gives nothing: an act that is only spoken of (asked for,
condemned, promised) is the object of that. """

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from sayso.languages.russian.parsing import Sentence, lemmas
from sayso.languages.russian.parties import Parties, Party
from sayso.languages.russian.sayings import Saying, Sayings
from sayso.languages.russian.words import Row, by_lemma, harmed, role, table, verbs
from sayso.model import Act, EventType, Status

CASES = {"gen": "Gen", "dat": "Dat", "acc": "Acc", "ins": "Ins", "loc": "Loc"}
UNDER_WAY = frozenset({"ASSAULT", "CONSULT", "RETREAT", "COERCE", "MOBILIZE", "COOPERATE", "PROTEST"})
"""Acts that go on where their verb is in the present; the others are done by being told."""
KIND = frozenset({"CONSULT", "AID", "RETREAT", "COOPERATE", "SUPPORT"})
"""Acts that are promised where they are still to come (codebook, rule 6)."""


@dataclass
class Told:
    """An act as it is told. `head` is the word that names it; `own` are speakers that the act itself names (whoever accuses says so)."""

    sentence: Sentence
    head: int
    type: str
    modes: list[str]
    because: str
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    object: Act | None = None
    status: Status = Status.OCCURRED
    sayings: list[Saying] = field(default_factory=list)
    times: int | None = None
    phrase: int | None = None
    alleged: bool = False


class Acts:
    """Reads the acts of one report, sentence by sentence in order."""

    def __init__(self, parties: Parties, sayings: Sayings) -> None:
        self._parties, self._sayings = parties, sayings
        self._before: list[Told] = []
        self._inner = 0

    def read(self, sentence: Sentence, place: str) -> list[Told]:
        """The acts of a sentence; `place` is the country of the place that it tells."""
        found: list[Told] = []
        spoken_of: set[int] = set()
        for i, word in enumerate(sentence.words):
            if word.pos in {"VERB", "ADJ"}:
                for told in self._verb(sentence, i, place, spoken_of):
                    found.append(told)
                    self._before.append(told)
        for i, word in enumerate(sentence.words):
            if word.pos == "NOUN" and i not in spoken_of and (told_ := self._noun(sentence, i, place)):
                found.append(told_)
                self._before.append(told_)
        return found

    # verbs

    def _verb(self, sentence: Sentence, i: int, place: str, spoken_of: set[int]) -> Iterator[Told]:
        lemma = sentence.words[i].lemma
        sayings = self._sayings.of(sentence, i)
        if lemma == "взять" and (noun := self._child(sentence, i, "ответственность")) is not None:
            yield from self._claimed(sentence, i, noun, sayings, place, spoken_of)
            return
        cue = by_lemma("cues", kind="verb").get(lemma)
        if cue and cue["distance"] == "denying":
            yield from self._denied(sentence, i, cue, place, spoken_of)
            return
        if lemma in {"отвергнуть", "отвергать"} and self._child(sentence, i, "обвинение") is not None:
            yield from self._rejected(sentence, i)
            return
        more = [(needed, row) for other in sorted(sentence.words[i].lemmas - {lemma}) for needed, row in verbs().get(other, ()) if needed]
        for needed, row in (*verbs().get(lemma, ()), *more):
            phrase = self._child(sentence, i, needed) if needed else None
            if needed and phrase is None:
                continue
            if i in spoken_of:  # it is only what another verb asks for, promises or refuses
                return
            told = Told(sentence, i, row["type"], [m for m in row["modes"].split("|") if m], f"verbs.tsv: {row['form']}", sayings=sayings, phrase=phrase)
            self._who(told, row, place)
            if phrase is not None:
                spoken_of.add(phrase)
            told.object = self._object(told, row, spoken_of)
            told.status = self._status(sentence, i, row["type"])
            told.times = _times(sentence, i)
            if row["type"] == "REQUEST":
                told.modes = [_mode(told.object)]
                told.recipients = told.recipients or self._owners(sentence, self._inner, place)
            if told.type in {"CONSULT", "AGREE"} and row["recipients"].startswith("both") and len(told.actors) + len(told.recipients) < 1:
                return
            if told.status is Status.PLANNED and told.type in KIND:
                told.object, told.type, told.modes, told.status = Act(type=EventType(told.type), modes=told.modes), "AGREE", [], Status.OCCURRED
            yield told
            if row["type"] == "ACCUSE" and told.object is not None and "allege" in row["modes"] and told.recipients and told.actors:
                accuser = Saying(told.actors[0], i, by_lemma("cues", kind="verb").get(lemma) or {"distance": "neutral", "channel": ""})
                act = told.object
                inner = Told(sentence, self._inner, act.type.value, list(act.modes), told.because, told.recipients, sayings=[accuser], alleged=True)
                inner.recipients = [] if inner.type == "ASSAULT" else self._dative(sentence, self._inner, place)
                yield inner
            return

    def _who(self, told: Told, row: Row, place: str) -> None:
        sentence, i = told.sentence, told.head
        speaker = told.sayings[0].party if told.sayings else None
        word = sentence.words[i]
        passive = sentence.is_passive(i)
        subject = self._subject(sentence, i)
        if passive:
            hit = list(sentence.children(i, "nsubj"))
            told.actors = [p for k in sentence.children(i, "obl", "obj") if sentence.words[k].has(Case="Ins") and not sentence.preposition(k)
                           for p in self._parties.of(sentence, k, speaker, place)]  # fmt: skip
            told.recipients = [p for k in hit for p in self._struck(sentence, k, speaker, place, told)]
            return
        told.actors = [p for p in (self._parties.of(sentence, subject, speaker, place) if subject is not None else []) if p.role not in {"place", "holding"}]
        if subject is None and speaker is not None and word.rel == "ccomp" and word.feats.get("Number") == sentence.words[word.head].feats.get("Number"):
            told.actors = [speaker]  # "сообщили, что сбили": whoever says so did it
        for spec in row["recipients"].split("|"):
            if not spec or spec == "both":
                continue
            found = [p for k in self._places(sentence, i, spec, told.phrase) for p in self._struck(sentence, k, speaker, place, told)]
            told.recipients += [p for p in found if p.entity.name not in {q.entity.name for q in told.recipients}]
            if told.recipients:
                break
        if row["recipients"].startswith("both"):
            beside = [p for k in self._places(sentence, i, "с+ins", told.phrase) for p in self._parties.of(sentence, k, speaker, place)]
            told.actors += [p for p in beside if p.entity.name not in {q.entity.name for q in told.actors}]
        if told.modes == ["explosives"] and not told.recipients and not told.actors and place:
            told.recipients = [self._parties.civilians(sentence, i, place)]
        if told.type in {"SUPPORT", "ACCUSE"} and not told.recipients:
            told.recipients = self._whose(sentence, i)

    def _struck(self, sentence: Sentence, k: int, speaker: Party | None, place: str, told: Told) -> list[Party]:
        """Who is acted upon by what stands there: whoever it is, or whoever is at the place that it names."""
        found = self._parties.of(sentence, k, speaker, place)
        if told.type == "ASSAULT" and any(p.role == "state" for p in found) and sentence.words[k].rel.startswith("obl"):
            return []
        if told.type == "ASSAULT" and found and found[0].role == "seat":
            return [self._parties.civilians(sentence, k, found[0].entity.country or "")]
        if not found and told.type == "ASSAULT" and place and any(kind == "LOC" and first <= k <= last for first, last, kind in sentence.names):
            return [self._parties.civilians(sentence, k, place)]
        return found

    def _whose(self, sentence: Sentence, i: int) -> list[Party]:
        """Whose act is welcomed or condemned: of an act that was told before, those who did it; of a ceasefire the two sides."""
        for k in sentence.children(i, "obj"):
            row = _named(sentence, k)
            if row is None:
                continue
            last = next((told for told in reversed(self._before) if told.type == row["type"] and told.actors), None)
            if row["type"] in {"RETREAT", "AGREE"} and row["modes"] == "ceasefire" and len(self._parties.pair) == 2:
                return self._parties.both(sentence, k)
            if last is not None and row["type"] == "SANCTION":
                return last.actors
        return []

    def _subject(self, sentence: Sentence, i: int) -> int | None:
        """The subject of a verb: its own, or that of the verb that governs it or that it is coordinated with."""
        own = next(iter(sentence.children(i, "nsubj")), None)
        if own is not None:
            return own
        word = sentence.words[i]
        head = word.head
        if head != i and (word.rel.startswith(("xcomp", "conj", "advcl", "csubj")) or word.has(VerbForm="Inf")):
            if word.rel.startswith("conj") and sentence.words[head].pos != "VERB":
                return None
            return self._subject(sentence, head)
        return None

    def _places(self, sentence: Sentence, i: int, spec: str, phrase: int | None) -> list[int]:
        """Where somebody of such a kind stands below a verb, or below the noun that goes with it."""
        preposition, _, case = spec.rpartition("+")
        found = []
        for top in [i, *([phrase] if phrase is not None else [])]:
            for k in sentence.children(top, "obj", "iobj", "obl", "nmod"):
                if k == phrase:
                    continue
                word = sentence.words[k]
                if spec == "obj":
                    fits = word.rel == "obj" or (word.rel.startswith("obl") and word.has(Case="Acc") and not sentence.preposition(k))
                elif preposition:
                    fits = sentence.preposition(k) in {preposition, f"{preposition}о"} and word.feats.get("Case") == CASES[case]
                else:
                    fits = not sentence.preposition(k) and word.feats.get("Case") == CASES[spec] and (top == i or spec != "gen")
                if fits and k not in found:
                    found.append(k)
        return found

    def _owners(self, sentence: Sentence, i: int, place: str) -> list[Party]:
        """Whose the act is that is asked for: "вывода российских войск"."""
        below = [k for k in sentence.children(i, "nmod") if sentence.words[k].has(Case="Gen") and not sentence.preposition(k)]
        return [p for k in below for p in self._parties.of(sentence, k, None, place) if p.role != "people" or p.entity.country]

    def _dative(self, sentence: Sentence, i: int, place: str) -> list[Party]:
        below = [k for k in sentence.subtree(i) if k != i and not sentence.preposition(k) and sentence.words[k].feats.get("Case") in {"Dat", "Gen"}]
        return [p for k in below for p in self._parties.of(sentence, k, None, place) if p.role in {"state", "actor", "force"}][:1]

    @staticmethod
    def _child(sentence: Sentence, i: int, lemma: str) -> int | None:
        """What stands below a verb as its object or behind a preposition, and has this lemma."""
        return next((k for k in sentence.children(i, "obj", "obl", "nsubj", "iobj", "xcomp", "nmod") if lemma in sentence.words[k].lemmas), None)

    # what is spoken of

    def _object(self, told: Told, row: Row, spoken_of: set[int]) -> Act | None:
        """The act that is spoken of: that of an infinitive, a clause or a noun below the verb."""
        wanted = row["object"]
        sentence = told.sentence
        if "/" in wanted:
            kind, mode = wanted.split("/")
            return Act(type=EventType(kind), modes=[mode])
        if told.type in {"SUPPORT", "ACCUSE", "REJECT"} or wanted == "act":
            below = [k for k in sentence.subtree(told.head, frozenset({"parataxis", "nsubj"})) if k != told.head and not self._beside(sentence, told.head, k)]
            found: Act | None = None
            for k in below:
                act = self._act_at(sentence, k)
                if act is None:
                    continue
                spoken_of.add(k)
                if found is None or (found.type is EventType.AGREE and act.type is not EventType.AGREE):
                    found, self._inner = act, k
            return found if wanted == "act" else None
        return None

    @staticmethod
    def _beside(sentence: Sentence, i: int, k: int) -> bool:
        """Whether a word is, or stands below, another verb that is coordinated with a verb."""
        out = {c for verb in sentence.children(i, "conj") if sentence.words[verb].pos == "VERB" for c in sentence.subtree(verb)}
        return k in out

    def _act_at(self, sentence: Sentence, k: int) -> Act | None:
        word = sentence.words[k]
        if word.pos == "VERB":
            for needed, row in verbs().get(word.lemma, ()):
                if not needed or self._child(sentence, k, needed) is not None:
                    return Act(type=EventType(row["type"]), modes=[m for m in row["modes"].split("|") if m])
            return None
        row_ = _named(sentence, k)
        return Act(type=EventType(row_["type"]), modes=[m for m in row_["modes"].split("|") if m]) if row_ and word.pos in {"NOUN", "PROPN"} else None

    def _claimed(self, sentence: Sentence, i: int, noun: int, sayings: list[Saying], place: str, spoken_of: set[int]) -> Iterator[Told]:
        """"взяло на себя ответственность за нападение": whoever does says himself that he did it."""
        subject = self._subject(sentence, i)
        doers = self._parties.of(sentence, subject, None, place) if subject is not None else []
        deeds = [k for k in (*sentence.subtree(noun), *sentence.subtree(i)) if k != noun and (row := _named(sentence, k)) and row["type"] == "ASSAULT"]
        deed = deeds[0] if deeds else None
        if deed is None or not doers:
            return
        spoken_of.add(deed)
        last = next((told for told in reversed(self._before) if told.type == "ASSAULT"), None)
        own = Saying(doers[0], i, {"distance": "conceding", "channel": ""})
        yield Told(sentence, deed, "ASSAULT", [], "“took responsibility”", doers, list(last.recipients) if last else [], None,
                   Status.OCCURRED, [own, *sayings])  # fmt: skip

    def _denied(self, sentence: Sentence, i: int, cue: Row, place: str, spoken_of: set[int]) -> Iterator[Told]:
        """"опровергло обстрел жилых кварталов": whoever denies it is meant to have done it."""
        party = self._sayings.said_by(sentence, i)
        for k in sentence.children(i, "obj"):
            row = _named(sentence, k)
            if row is None or party is None:
                continue
            spoken_of.add(k)
            told = Told(sentence, k, row["type"], [m for m in row["modes"].split("|") if m], f"nouns.tsv: {row['form']}", [party], status=Status.NEGATED,
                        sayings=[Saying(party, i, cue)])  # fmt: skip
            owners = [c for c in sentence.children(k, "nmod") if sentence.words[c].has(Case="Gen")]
            told.recipients = [p for c in owners for p in self._parties.of(sentence, c, party, place)]
            yield told

    def _rejected(self, sentence: Sentence, i: int) -> Iterator[Told]:
        """"отвергла обвинение": what one was last accused of, denied."""
        subject = self._subject(sentence, i)
        party = next(iter(self._parties.of(sentence, subject)), None) if subject is not None else None
        accused = (told for told in reversed(self._before) if told.alleged)
        last = next(accused, None)
        if party is None or last is None:
            return
        yield Told(sentence, i, last.type, list(last.modes), "“rejected the accusation”", list(last.actors), list(last.recipients), None, Status.NEGATED,
                   [Saying(party, i, {"distance": "neutral", "channel": ""})])  # fmt: skip

    # nouns

    def _noun(self, sentence: Sentence, i: int, place: str) -> Told | None:
        row = _named(sentence, i)
        if row is None or not self._is_told(sentence, i):
            return None
        sayings = self._sayings.of(sentence, i)
        speaker = sayings[0].party if sayings else None
        told = Told(sentence, i, row["type"], [m for m in row["modes"].split("|") if m], f"nouns.tsv: {row['form']}", sayings=sayings)
        owners = [p for k in sentence.children(i, "nmod") if sentence.words[k].has(Case="Gen") and not sentence.preposition(k)
                  for p in self._parties.of(sentence, k, speaker, place)]  # fmt: skip
        if row["genitive"] in {"actor", "both"}:
            told.actors = owners
        elif row["genitive"] == "recipient":
            told.recipients = owners
        told.actors += [p for k in sentence.children(i, "nmod", "obl") if sentence.words[k].has(Case="Ins") and not sentence.preposition(k)
                        for p in self._parties.of(sentence, k, speaker, place)]  # fmt: skip
        for spec in filter(None, row["recipients"].split("|")):
            more = [p for k in self._places(sentence, i, spec, None) for p in self._struck(sentence, k, speaker, place, told)]
            if row["genitive"] == "both":
                told.actors += more
            else:
                told.recipients += more
        told.status = self._status(sentence, sentence.words[i].head, row["type"])
        return told

    @staticmethod
    def _is_told(sentence: Sentence, i: int) -> bool:
        """Whether a noun tells that an act happened: something came of it, or it took place."""
        word = sentence.words[i]
        head = sentence.words[word.head]
        if word.rel.startswith("nsubj") and head.lemma in role("happening"):
            return True
        if word.rel.startswith("nmod") and head.lemma in role("within") and sentence.preposition(word.head) in {"в", "во"}:
            return True
        return word.rel.startswith("obl") and sentence.preposition(i) in {"при", "после", "в", "во"} and head.lemma in harmed()

    def _status(self, sentence: Sentence, i: int, kind: str) -> Status:
        """Whether it happened, by what negates or governs the word."""
        word = sentence.words[i]
        above: list[int] = []
        for k in [i, *sentence.above(i)]:
            above.append(k)
            if sentence.words[k].rel.split(":")[0] not in {"xcomp", "csubj", "obj", "nmod", "acl"}:
                break
        if any(sentence.words[c].lemma == "не" for k in above for c in sentence.children(k, "advmod")):
            return Status.NEGATED
        if any(sentence.words[k].lemma in role("trying") for k in above):
            return Status.ATTEMPTED
        beside = {sentence.words[c].lemma for k in above for c in sentence.children(k, "advmod", "aux", "parataxis")}
        maybe = role("maybe")
        if any(sentence.words[k].lemma in maybe for k in above) or beside & maybe or "бы" in beside:
            return Status.HYPOTHETICAL
        aux = any(sentence.words[c].lemma == "быть" and sentence.words[c].has(Tense="Fut") for k in above for c in sentence.children(k, "aux", "cop"))
        if aux or word.has(Tense="Fut") or any(sentence.words[k].lemma in role("meaning") for k in above[1:]):
            return Status.PLANNED
        if word.has(VerbForm="Fin") and word.has(Tense="Pres") and kind in UNDER_WAY:
            return Status.ONGOING
        return Status.OCCURRED


def _named(sentence: Sentence, i: int) -> Row | None:
    """The row of the act that a noun names; what must stand behind it in the genitive may have words before it ("вывод российских войск")."""
    for needed, row in _nouns().get(sentence.words[i].lemma, ()):
        if not needed or any(needed & sentence.words[k].lemmas for k in sentence.children(i, "nmod")):
            return row
    return None


@cache
def _nouns() -> dict[str, list[tuple[frozenset[str], Row]]]:
    """By noun what must stand behind it, nothing for most, with its rows; those with more first."""
    found: dict[str, list[tuple[frozenset[str], Row]]] = {}
    for row in sorted(table("nouns"), key=lambda row: -row["form"].count(" ")):
        first, _, rest = row["form"].partition(" ")
        found.setdefault(first.replace("ё", "е"), []).append((lemmas(rest) if rest else frozenset(), row))
    return found


def _times(sentence: Sentence, i: int) -> int | None:
    """How often: "70 раз"."""
    for k in sentence.children(i, "obl", "advmod", "obj"):
        if sentence.words[k].lemma == "раз":
            number = next((sentence.words[c].text for c in sentence.children(k, "nummod") if sentence.words[c].text.isdigit()), "")
            return int(number) if number and len(number) < 6 else None
    return None


def _mode(wanted: Act | None) -> str:
    """The mode of a request for this act (codebook, section 3)."""
    if wanted is None:
        return "change"
    return {"RETREAT": "yield", "AID": "assist", "CONSULT": "meet"}.get(wanted.type.value, "change")
