"""Doc + marks + names of people → what the report says that each of them is.

In: the marks of a report, and where it names people. Out: `Title`s, an office (or a rank, or a plain word) with the countries
and bodies whose it is: before the name, behind it, or said of it by a verb. An office that nobody by name holds gives none;
nor is it asked here which country is meant where the title does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sayso.lexicon import Lexicon, read_table
from sayso.reader import Doc
from sayso.resolve.marks import CLITICS, NATIONAL, Mark, singular

HONORIFICS = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof.", "hon.", "sir", "h.e."}
ARTICLES = {"the", "a", "an"}
PREPOSITIONS = {"of", "for", "to", "in", "on", "from", "at", "under", "with", "against"}
_QUOTES = {'"', "“", "”", "'", "‘", "’", "``", "''"}
_CLOSERS = {",", ".", ";", ":", ")", "—", "–", "who", "which", '"', "”", "and"}
_SENT = {"ambassador", "envoy", "representative", "consul", "mediator", "negotiator", "coordinator", "rapporteur", "d'affaires", "d’affaires",
         "attaché", "attache", "facilitator", "counterpart"}  # fmt: skip
"""Those who are sent: the country behind "to", "for" and "in" is where they go, not whose they are."""
_SERVING = {"serve", "act", "work", "function", "take over"}
"""Verbs behind which "as" tells what somebody is."""
_KIN = {"man", "woman", "child"}
_REACH = 18

Span = tuple[int, int]
"""The words of one mention of a person: first, and last exclusive."""


class Title(NamedTuple):
    """The words that say what a person is: their range, the office's mark, and the countries and bodies whose it is, the first to be trusted first.

    The office may stand elsewhere ("his Russian counterpart" has the office of whoever "he" is) and is None for "Ukraine's Kuleba".
    """

    first: int
    last: int
    office: Mark | None
    others: tuple[Mark, ...]


@lru_cache(maxsize=1)
def former_words() -> frozenset[str]:
    """The words that open the offices of former officials ("former", "ex-", "ousted"), as the lexicon has them."""
    first = {r["form"].split()[0].lower() for r in read_table("offices") if r["sector"] == "ELI" and " " in r["form"]}
    return frozenset(w for w in first if not w.startswith("ex-")) | {"ex"}


def participle(doc: Doc, k: int) -> bool:
    """Whether a word is a participle in small letters, as the second half of a modifier is: "Tutsi-dominated", "Kurd-led"."""
    return doc.upos[k] in {"VERB", "ADJ"} and doc.words[k].islower() and doc.words[k].endswith(("ed", "run", "held"))


class _Phrase(NamedTuple):
    """An office with what belongs to it: "the [former Syrian foreign minister]", "[head of the border service of Armenia]"."""

    first: int
    last: int
    owners: tuple[Mark, ...]


class Titles:
    """Reads the titles of the people of one report."""

    def __init__(self, doc: Doc, lexicon: Lexicon, by_place: dict[int, Mark], spans: list[Span]) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.by_place = dict(by_place)
        for i, lemma in enumerate(doc.lemmas):
            if lemma == "counterpart" and i not in self.by_place:
                self.by_place[i] = Mark(i, i + 1, ())
        self.times = {k for s in doc.names if s.type == "time" for k in range(s.first, s.last)}
        self.spans = spans
        self.span_at = {k: s for s in spans for k in range(*s)}

    def read(self) -> dict[Span, list[Title]]:
        """The titles of every mention that has one, in the order: before it, behind it, said of it."""
        titles: dict[Span, list[Title]] = {}
        for span in self.spans:
            own = self._titles(span, titles)
            titles[span] = [*titles.get(span, []), *own]
        return titles

    def _titles(self, span: Span, titles: dict[Span, list[Title]]) -> list[Title]:
        found: list[Title] = []
        before = self._before(span)
        behind = self._owner_behind(span[1])
        if before is not None:
            office = before.office
            assert office is not None
            if self._plural(office):
                self._share(before, span, titles)
                return []
            if behind is not None and not any(m.of(*NATIONAL, "actor") for m in before.others):
                before = before._replace(others=(*before.others, behind))  # "President Ali Musa of Ardistan"
            found.append(before)
        else:
            owner = self._belonging(span[0])
            if owner is not None:
                found.append(owner)
            elif behind is not None:
                found.append(Title(behind.first, behind.last, None, (behind,)))
        if (after := self._after(span)) is not None:
            found.append(after)
        found += self._predicated(span)
        return found

    def _plural(self, office: Mark) -> bool:
        word, lemma = self.doc.words[office.last - 1].lower(), singular(self.doc, office.last - 1).lower()
        return word.endswith("s") and (word != lemma or not office.names) and not word.endswith("ss")

    def _titled(self, mark: Mark) -> bool:
        """Whether a mark says what one person is: an office, a rank, a plain word for one of a kind, "counterpart"."""
        if not mark.names or mark.of("office"):
            return True
        agent = mark.of("agent")
        if agent is None or self.doc.words[mark.last - 1].lower() not in {self.doc.lemmas[mark.last - 1].lower(), agent.row["form"].split()[-1].lower()}:
            return False
        return agent.row["kind"] not in _KIN | {"force"}

    def _before(self, span: Span) -> Title | None:
        """The office that stands before the name ("Russian Foreign Minister Sergey Lavrov", "Somalia's ambassador to Ethiopia, …")."""
        doc = self.doc
        floor = doc.sentences[doc.sentence_of[span[0]]].first
        k = span[0] - 1
        end = span[0]  # where what is between the office and the name begins
        rank: Mark | None = None
        comma = False
        while k >= max(floor, span[0] - _REACH):
            mark = self.by_place.get(k)
            word = doc.words[k].lower()
            if mark is not None and self._titled(mark) and mark.last == k + 1:
                if (mark.rank or self._reverend(mark)) and mark.last == end and rank is None:
                    rank, k, end = mark, mark.first - 1, mark.first
                    continue
                phrase = self._phrase(mark, floor, end)
                owned = any(m.of("actor", "organ", *NATIONAL) for m in phrase.owners)
                bare = not owned and (named := mark.of("office")) is not None and not named.row["organisation"]
                if rank is not None and bare and rank.of("office") is not None and not rank.rank:
                    break  # "hostage negotiator Archbishop Musa": the second says more
                if phrase.last == end or self._stray(phrase.last, end):
                    if comma and not self._closed(span, mark, phrase):
                        break
                    return Title(phrase.first, span[0], mark, phrase.owners)
                k = mark.first - 1
            elif comma and k in self.span_at and doc.words[k + 1] == ",":  # "a spokeswoman for President Ali Musa, Mira Said,"
                k = self.span_at[k][0] - 1
            elif k in self.span_at or k in self.times or (doc.upos[k] in {"VERB", "AUX", "SCONJ", "PRON"} and doc.labels[k] != "amod"):
                break
            elif k == end - 1 and (word in HONORIFICS or (word in _QUOTES | {")"} and k - 1 in self.by_place)):
                k, end = k - 1, k
            elif word == ",":
                if comma or k != end - 1:
                    break
                comma, k, end = True, k - 1, k
            elif word in {";", ":", "(", ".", "—", "–"} or word in _QUOTES - CLITICS:
                break
            else:
                k -= 1
        if rank is not None:
            phrase = self._phrase(rank, floor, rank.last)
            return Title(phrase.first, span[0], rank, phrase.owners)
        return None

    @staticmethod
    def _reverend(mark: Mark) -> bool:
        """Whether a word of the clergy or of a royal house is used as an address, as a rank is: "Taliban leader Mullah Musa"."""
        office, agent = mark.of("office"), mark.of("agent")
        if office is not None:
            return office.row["sector"] == "REL" or office.row["organisation"] == "Monarchy"
        return agent is not None and agent.row["kind"] == "clergy"

    def _stray(self, first: int, last: int) -> bool:
        """One capitalised word between office and name: a part of the name that the network cut off."""
        return last - first == 1 and self.doc.upos[first] == "PROPN" and self.doc.words[first][0].isupper() and first not in self.by_place

    def _closed(self, span: Span, office: Mark, phrase: _Phrase) -> bool:
        """Whether "the foreign minister, Ali Musa," is one person: the name is closed off behind, or the tree joins the two.

        Not where the office is already somebody else's: "Ali Musa, the foreign minister, Omar Said and others".
        """
        doc = self.doc
        end = doc.sentences[doc.sentence_of[span[0]]].last
        start = phrase.first - 1
        while start >= 0 and (doc.words[start].lower() in ARTICLES or doc.upos[start] in {"DET", "PRON"}):
            start -= 1
        if start > 0 and doc.words[start] == "," and start - 1 in self.span_at:
            return False
        joined = any(doc.labels[a] == "appos" and doc.heads[a] in b for a, b in self._crossed(range(*span), range(office.first, office.last)))
        return joined or span[1] >= end or doc.words[span[1]] in _CLOSERS

    @staticmethod
    def _crossed(a: range, b: range) -> Iterator[tuple[int, range]]:
        yield from ((k, b) for k in a)
        yield from ((k, a) for k in b)

    def _phrase(self, office: Mark, floor: int, ceiling: int) -> _Phrase:
        """An office and its modifiers between two bounds, and the countries and bodies whose it is."""
        first, before = self._left_of(office, floor)
        last, after = self._right_of(office, ceiling)
        return _Phrase(first, last, (*before, *after))

    def _left_of(self, office: Mark, floor: int) -> tuple[int, list[Mark]]:
        doc = self.doc
        first, k = office.first, office.first - 1
        owners: list[Mark] = []
        while k >= floor and k not in self.span_at and k not in self.times:
            mark = self.by_place.get(k)
            opening = self._bracket(k, floor)
            if mark is not None and mark.last == k + 1 and mark.names:
                if not self._backer(mark):
                    owners.insert(0, mark)
                first, k = mark.first, mark.first - 1
            elif opening is not None:  # "Northern Dawn Front (NDF) commander"
                short = self.by_place.get(opening + 1)
                if short is not None and short.last == k and short.of("actor", "organ") is not None:
                    owners.insert(0, short)
                first, k = opening, opening - 1
            elif self._passes(k, first, office, floor):
                if doc.words[k].lower() in CLITICS and k - 1 in self.span_at:  # "Ali Musa's adviser": whose adviser is in the title
                    first = self.span_at[k - 1][0]
                k -= 1
            elif owners and self._apart(k, first, office):
                break
            elif doc.upos[k] in {"ADJ", "NOUN", "PROPN", "NUM"} or (doc.upos[k] == "VERB" and doc.labels[k] == "amod"):
                first, k = k, k - 1
            else:
                break
        return first, owners

    def _bracket(self, k: int, floor: int) -> int | None:
        """Where the bracket opens that closes at word `k`, if it holds one word or two, as the short form of a body's name does; None for no such bracket."""
        doc = self.doc
        if doc.words[k] != ")":
            return None
        return next((j for j in (k - 2, k - 3) if j > floor and doc.words[j] == "(" and doc.words[j + 1][0].isupper()), None)

    def _apart(self, k: int, first: int, office: Mark) -> bool:
        """Whether a word before whose country or body an office is stands in another phrase: "promised the donation Ardistani leader Ali Musa had …"."""
        doc = self.doc
        owner = self.by_place.get(first)
        if owner is None or owner.of(*NATIONAL) is None or doc.upos[k] not in {"NOUN", "NUM"}:
            return False
        inside = range(first, office.last)
        part = any(a in inside or a in self.span_at for a in doc.ancestors(k))
        return not part and not any(doc.heads[a] == k for a in inside if doc.labels[a] != "acl:relcl")

    def _passes(self, k: int, first: int, office: Mark, floor: int) -> bool:
        """Whether a word that is no modifier itself may stand among the modifiers of an office."""
        doc = self.doc
        word = doc.words[k].lower()
        if word in CLITICS:
            return first == k + 1 and (k - 1 in self.by_place or k - 1 in self.span_at)
        if word in {"-", "/"}:
            return True
        if word in _QUOTES | {"("}:
            return k + 1 == office.first and k > floor  # "the rebel “foreign minister”"
        if word not in {"and", ","} or k <= floor:
            return False
        if self._plural(office) and self._country(k - 1) and self._country(k + 1):
            return True  # "the Greek and Turkish ministers"
        if word == "and" and k + 1 == office.first and self._joint(k - 1, office):
            return True  # "State Councillor and Foreign Minister Wang"
        plain = k - 1 not in self.by_place and k + 1 not in self.by_place
        return word == "and" and plain and doc.upos[k - 1] == doc.upos[k + 1] == "NOUN"  # "the oil and gas minister"

    def _joint(self, k: int, office: Mark) -> bool:
        other = self.by_place.get(k)
        capital = self.doc.words[office.first][0].isupper() and self.doc.words[k][0].isupper()
        return capital and other is not None and other.of("office") is not None and not self._plural(office)

    def _backer(self, mark: Mark) -> bool:
        doc = self.doc
        return mark.last + 1 < len(doc) and doc.words[mark.last] == "-" and self.lexicon.is_word(doc.words[mark.last + 1].lower(), "backing")

    def _country(self, k: int) -> bool:
        mark = self.by_place.get(k)
        return mark is not None and mark.of("country", "adjective", "nation") is not None

    def _right_of(self, office: Mark, ceiling: int) -> tuple[int, list[Mark]]:
        doc = self.doc
        last = k = office.last
        owners: list[Mark] = []
        weak: list[Mark] = []
        preposition = ""
        dangling = False
        head = doc.lemmas[office.last - 1].lower()
        while k < ceiling and k not in self.times:
            word = doc.words[k].lower()
            mark = self.by_place.get(k)
            if k in self.span_at and preposition and doc.words[k + 1 : k + 2] == ["-"] and k + 2 < ceiling and participle(doc, k + 2):
                k += 3  # "spokesman for the Tutsi-dominated army"
                continue
            if k in self.span_at:
                if dangling and preposition in {"of", "for", "to"}:  # "spokesman for President Ali Musa"
                    last = self.span_at[k][1]
                break
            if mark is not None and mark.names:
                if not preposition or mark.of("person"):
                    break
                strong = preposition in {"of", "from", "to"} or mark.of("actor", "organ") is not None or (preposition == "for" and head.startswith("spokes"))
                if head not in _SENT or preposition in {"of", "from"}:
                    (owners if strong else weak).append(mark)
                k = mark.last
                last, dangling = k, mark.of("office") is not None  # "for the Ardistani President …": the name may follow
            elif word in PREPOSITIONS:
                preposition, dangling, k = word, True, k + 1
            elif not preposition:
                break
            elif word in ARTICLES or word in CLITICS or word in {"-", "its", "his", "her", "their"} or self._adds(k):
                k += 1
            elif word == "(" and k + 2 < ceiling and doc.words[k + 2] == ")":
                k += 3
                last = k
            elif doc.upos[k] in {"ADJ", "NOUN", "PROPN", "NUM"} or (doc.upos[k] == "VERB" and doc.labels[k] == "amod") or doc.words[k + 1 : k + 2] == ["-"]:
                k += 1
                last, dangling = k, False
            else:
                break
        return last, owners + weak

    def _adds(self, k: int) -> bool:
        """Whether "and" joins two countries."""
        doc = self.doc
        return doc.words[k].lower() == "and" and self._country(k - 1) and (self._country(k + 1) or doc.words[k + 1 : k + 2] == ["the"])

    def _share(self, title: Title, span: Span, titles: dict[Span, list[Title]]) -> None:
        """Gives a plural title to everybody listed behind it: one country to all, or to each his own ("the Greek and Turkish ministers, X and Y")."""
        doc = self.doc
        members = [span]
        end = doc.sentences[doc.sentence_of[span[0]]].last
        k = span[1]
        while k < end:
            if k in self.span_at and self.span_at[k][0] == k:
                members.append(self.span_at[k])
                k = self.span_at[k][1]
            elif doc.words[k].lower() in {",", "and", "&"}:
                k += 1
            else:
                break
        nations = [m for m in title.others if m.of("country", "adjective", "nation")]
        if not nations and doc.words[members[-1][1] : members[-1][1] + 1] == ["of"]:  # "Presidents X and Y of A and B"
            k = members[-1][1] + 1
            while k < end and (self._country(k) or doc.words[k].lower() in {"and", ",", "the"}):
                if self._country(k):
                    nations.append(self.by_place[k])
                    k = self.by_place[k].last
                else:
                    k += 1
        rest = tuple(m for m in title.others if m not in nations)
        for n, member in enumerate(members):
            own = (nations[n],) if len(nations) == len(members) else tuple(nations) if len(nations) == 1 else ()
            shared = title._replace(others=(*own, *rest))
            if shared not in titles.setdefault(member, []):
                titles[member].append(shared)

    def _belonging(self, first: int) -> Title | None:
        """A country or body right before the name, without an office: "India's Jaishankar", "American Kevin Hale"."""
        doc = self.doc
        k = first - 1
        genitive = k > 0 and doc.words[k] in CLITICS
        mark = self.by_place.get(k - genitive)
        if mark is None or mark.last != k + 1 - genitive or doc.sentence_of[mark.first] != doc.sentence_of[first]:
            return None
        if mark.of("country", "actor") if genitive else mark.of("adjective", "nation"):
            return Title(mark.first, mark.last if genitive else first, None, (mark,))
        return None

    def _owner_behind(self, last: int) -> Mark | None:
        """The country or body behind the name: "President Ali Musa of Ardistan", "Ali Musa from the Basra police"."""
        doc = self.doc
        end = doc.sentences[doc.sentence_of[last - 1]].last
        k = last + (last < end and doc.words[last] == ",")
        if k >= end or doc.words[k] not in {"of", "from"}:
            return None
        k += 1
        while k < end and (doc.words[k].lower() in ARTICLES or (doc.upos[k] in {"PROPN", "ADJ", "NOUN"} and k not in self.by_place and k - last < 5)):
            k += 1
        mark = self.by_place.get(k) if k < end else None
        if mark is None or mark.first != k or k in self.span_at:
            return None
        return mark if mark.of("country", "actor", "organ") else None

    def _after(self, span: Span) -> Title | None:
        """The office behind a comma: "…, the US envoy in Sudan,", "…, 40, an officer in the border guard."."""
        doc = self.doc
        end = doc.sentences[doc.sentence_of[span[0]]].last
        k = span[1]
        if k + 2 < end and doc.words[k] == "," and doc.upos[k + 1] == "NUM" and doc.words[k + 2] == ",":
            k += 2
        elif k + 2 < end and doc.words[k] == "(" and doc.words[k + 2] == ")":
            k += 3
        if k >= end or doc.words[k] not in {",", "—", "–", "-"}:
            return None
        start = k + 1
        while start < end and (doc.words[start].lower() in ARTICLES | {"now", "then", "also", "himself", "herself", "once", "currently"}):
            start += 1
        return self._opening(start, end, closed=True)

    def _opening(self, start: int, end: int, closed: bool) -> Title | None:
        """The title whose first word is `start`; `closed` asks that a comma, a full stop or "who" ends it."""
        doc = self.doc
        for k in range(start, min(end, start + 9)):
            if k in self.span_at or (doc.words[k] in _CLOSERS and doc.words[k] not in _QUOTES) or doc.upos[k] in {"AUX", "SCONJ", "ADP"}:
                return None
            mark = self.by_place.get(k)
            if mark is None or mark.first != k or not self._titled(mark) or mark.rank:
                continue
            if self._headed(mark, end):  # "police chief": the word behind is the head
                continue
            if self._plural(mark):
                return None
            phrase = self._phrase(mark, start, end)
            dated = phrase.last < end and (phrase.last in self.times or doc.words[phrase.last].lower() in {"from", "since", "until", "in"})
            if phrase.first > start or (closed and phrase.last < end and doc.words[phrase.last] not in _CLOSERS and not dated):
                return None
            return Title(start, phrase.last, mark, phrase.owners)
        return None

    def _headed(self, mark: Mark, end: int) -> bool:
        """Whether a noun follows right behind that the mark only modifies ("defence ministry official", "rebel commander")."""
        following = self.by_place.get(mark.last) if mark.last < end else None
        return following is not None and following.names != () and self._titled(following) and mark.last not in self.span_at and not following.rank

    def _predicated(self, span: Span) -> Iterator[Title]:
        """What a sentence says that somebody is: "Musa is the chairman of …", "…, who now serves as its treasurer"."""
        doc = self.doc
        head = next((k for k in range(*span) if not span[0] <= doc.heads[k] < span[1]), span[0])
        end = doc.sentences[doc.sentence_of[head]].last
        predicates = [doc.heads[head]] if doc.labels[head].startswith("nsubj") and doc.heads[head] >= 0 else []
        for clause in doc.dependents(head, "acl:relcl"):
            subject = doc.dependent(clause, "nsubj")
            if subject is not None and doc.words[subject].lower() == "who":
                predicates.append(clause)
        for k in predicates:
            noun = k
            verb = " ".join([doc.lemmas[k].lower(), *(w for c in doc.dependents(k, "compound:prt", "advmod") if (w := doc.words[c].lower()) == "over")])
            if verb in _SERVING:
                nouns = [c for c in doc.dependents(k, "obl") if doc.case(c) == "as"]
                if not nouns:
                    continue
                noun = nouns[0]
            elif doc.dependent(k, "cop") is None or doc.upos[k] not in {"NOUN", "PROPN"}:
                continue
            mark = self.by_place.get(noun)
            denied = any(doc.lemmas[c].lower() in {"not", "no", "never"} for c in (*doc.children[k], *range(span[1], min(noun, span[1] + 4))))
            if mark is None or denied or not self._titled(mark) or mark.rank or self._plural(mark):
                continue
            phrase = self._phrase(mark, span[1], end)
            yield Title(phrase.first, phrase.last, mark, phrase.owners)


__all__ = ["ARTICLES", "HONORIFICS", "PREPOSITIONS", "Span", "Title", "Titles", "former_words", "participle"]
