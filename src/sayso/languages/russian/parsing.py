"""Russian text → sentences: words with offsets, lemmas, parts of speech, trees of Universal Dependencies, names.

In: a report. Out: its sentences, but for headings of sections and what is no text to read. The networks are those that natasha ships inside its package;
it is not imported, since it needs more than they do. A word's lemma is what pymorphy3's dictionary says of a form of this part of speech and case. """

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from sayso.model import BlockKind, Report, Span

_READ = {BlockKind.HEADLINE, BlockKind.LEAD, BlockKind.PARAGRAPH}
_POS = {
    "NOUN": ("NOUN",), "PROPN": ("NOUN",), "ADJ": ("ADJF", "ADJS", "PRTF", "PRTS"), "DET": ("ADJF", "NPRO"), "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN"), "NUM": ("NUMR",), "PRON": ("NPRO",), "ADV": ("ADVB",), "ADP": ("PREP",),
}  # fmt: skip
_CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
_DATELINE = re.compile(
    r"\s*[А-ЯЁ][А-ЯЁа-яё -]{1,40}, \d{1,2} [а-яё]+\.?(?: \d{4})?\s*(?:[./—–-]\s*)*(?:/?[А-ЯЁA-Z][^./]{1,30}/\.?|(?:[А-ЯЁ][\w ]{1,25})?\s*[—–-])?\s*"
)


class Word(NamedTuple):
    """A word: where it stands in the text, its lemma, and all lemmas that its form may have; `head` is the place of its head in the sentence, its own at the
root."""

    text: str
    start: int
    end: int
    lemma: str
    lemmas: frozenset[str]
    pos: str
    feats: dict[str, str]
    head: int
    rel: str

    def has(self, **wanted: str) -> bool:
        """Whether it has these features."""
        return all(self.feats.get(key) == value for key, value in wanted.items())


class Sentence:
    """The words of a sentence, and its names: first and last word, kind (PER, LOC, ORG)."""

    def __init__(self, number: int, words: list[Word], names: list[tuple[int, int, str]]) -> None:
        self.number, self.words, self.names = number, words, names
        self._children: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if word.head != i:
                self._children[word.head].append(i)

    def children(self, i: int, *rels: str) -> list[int]:
        """The words below a word, of these relations where any are named (subtypes too)."""
        return [k for k in self._children[i] if not rels or self.words[k].rel in rels or self.words[k].rel.split(":")[0] in rels]

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> list[int]:
        """A word and all below it, but below these relations, in the order of the text."""
        found, open_ = [], [i]
        while open_:
            k = open_.pop()
            found.append(k)
            open_ += [c for c in self._children[k] if self.words[c].rel.split(":")[0] not in without]
        return sorted(found)

    def above(self, i: int) -> Iterator[int]:
        """The heads of a word, the nearest first."""
        seen = {i}
        while (head := self.words[i].head) not in seen:
            yield head
            seen.add(head)
            i = head

    def is_passive(self, i: int) -> bool:
        """Whether a verb or participle tells what is done to its subject."""
        return self.words[i].has(Voice="Pass") or any(self.words[k].rel == "nsubj:pass" for k in self._children[i])

    def preposition(self, i: int) -> str:
        """The preposition before a word and what stands with it, empty for none."""
        return next((self.words[k].lemma for k in self.children(i, "case")), "")


class Parser:
    """Loads the networks once. One thread at a time may parse."""

    def __init__(self) -> None:
        from navec import Navec
        from slovnet import NER, Morph, Syntax

        found = find_spec("natasha")
        assert found is not None and found.submodule_search_locations
        data = Path(found.submodule_search_locations[0]) / "data"
        vectors = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        self._morph, self._syntax, self._names = (
            kind.load(data / "model" / f"slovnet_{name}_news_v1.tar", batch_size=8) for kind, name in ((Morph, "morph"), (Syntax, "syntax"), (NER, "ner"))
        )
        for network in (self._morph, self._syntax, self._names):
            network.navec(vectors)

    def parse(self, report: Report) -> list[Sentence]:
        """The sentences of a report."""
        from razdel import sentenize, tokenize

        found: list[tuple[int, list[Any]]] = []
        for block in report.blocks:
            if block.kind not in _READ:
                continue
            begin = block.start
            if dateline := _DATELINE.match(report.text[block.start : block.end]):
                begin += dateline.end()
            for part in sentenize(report.text[begin : block.end]):
                tokens = list(tokenize(part.text))
                if tokens:
                    found.append((begin + part.start, tokens))
        texts = [[token.text for token in tokens] for _, tokens in found]
        if not texts:
            return []
        plain = [report.text[start + tokens[0].start : start + tokens[-1].stop] for start, tokens in found]
        tags, trees, names = list(self._morph.map(texts)), list(self._syntax.map(texts)), list(self._names.map(plain))
        return [
            self._sentence(number, start, tokens, tag.tokens, tree.tokens, named.spans)
            for number, ((start, tokens), tag, tree, named) in enumerate(zip(found, tags, trees, names, strict=True))
        ]

    @staticmethod
    def _sentence(number: int, start: int, tokens: list[Any], tags: list[Any], tree: list[Any], spans: list[Any]) -> Sentence:
        places = {node.id: k for k, node in enumerate(tree)}
        words = []
        for k, (token, tag, node) in enumerate(zip(tokens, tags, tree, strict=True)):
            pos, _, feats = tag.tag.partition("|")
            features = dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)
            begin, end = start + token.start, start + token.stop
            basic = lemma(token.text, pos, features.get("Case", ""))
            words.append(Word(token.text, begin, end, basic, lemmas(token.text), pos, features, places.get(node.head_id, k), node.rel))
        names = []
        first = words[0].start
        for span in spans:
            inside = [k for k, word in enumerate(words) if first + span.start <= word.start and word.end <= first + span.stop]
            if inside:
                names.append((inside[0], inside[-1], span.type))
        return Sentence(number, words, names)


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def _parses(form: str) -> tuple[Any, ...]:
    return tuple(_dictionary().parse(form))


@lru_cache(maxsize=50_000)
def lemmas(form: str) -> frozenset[str]:
    """All lemmas that a form may have, and the form itself, in small letters."""
    return frozenset({form.lower().replace("ё", "е"), *(parse.normal_form.replace("ё", "е") for parse in _parses(form.lower()))})


@lru_cache(maxsize=50_000)
def lemma(form: str, pos: str, case: str) -> str:
    """The lemma of a form of this part of speech and case (as Universal Dependencies call them), with е for ё.

    >>> lemma("войсками", "NOUN", "Ins"), lemma("обстреляны", "VERB", "")
    ('войско', 'обстрелять')
    """
    best = None
    for parse in _parses(form.lower()):
        fits = (parse.tag.POS in _POS.get(pos, ()), bool(case) and parse.tag.case == _CASES.get(case))
        if best is None or fits > best[0]:
            best = (fits, parse.normal_form)
    return (best[1] if best else form.lower()).replace("ё", "е")


def span(report: Report, words: list[Word]) -> Span:
    """The text from the first to the last of these words."""
    return report.span(min(word.start for word in words), max(word.end for word in words))
