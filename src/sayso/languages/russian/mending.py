"""Trees of sentences → the same, where what the network often gets wrong in reports is put right.

In: a sentence. Out: one in which a verb of saying behind a comma, with whoever says it, stands beside the clause before it; in which a number that stands
for those whom it counts is a subject; and a number before its noun counts it. Each is told by the order of words, which leaves no doubt. """

from __future__ import annotations

from sayso.languages.russian.parsing import Sentence, Word
from sayso.languages.russian.words import by_lemma


def mended(sentence: Sentence) -> Sentence:
    """The sentence with its tree put right."""
    words = list(sentence.words)
    cues = by_lemma("cues", kind="verb")
    first = next((i for i, word in enumerate(words) if word.head == i), 0)
    for i, word in enumerate(words):
        head = words[word.head]
        if word.pos == "VERB" and word.lemma in cues and i and words[i - 1].text == "," and i != first and not _clause(sentence, i):
            top = first if first < i else word.head
            if word.head == i or word.rel.startswith(("conj", "root")):
                words[i] = word._replace(head=top, rel="parataxis")
            speaker = next((k for k in range(i + 1, min(i + 6, len(words))) if words[k].pos in {"NOUN", "PROPN", "PRON"}), None)
            if speaker is not None and not sentence.children(i, "nsubj"):
                name = next((last for start, last, _ in sentence.names if start <= speaker <= last), speaker)
                last = name if words[name].pos in {"NOUN", "PROPN"} else speaker
                if words[last].feats.get("Case") in {"Nom", "Acc"}:
                    words[last] = words[last]._replace(head=i, rel="nsubj")
        if word.pos == "NUM" and word.rel.startswith("nummod") and head.pos in {"VERB", "ADJ"}:
            words[i] = word._replace(rel="nsubj")
        if word.pos == "NUM" and word.rel == "amod" and head.pos in {"NOUN", "PROPN"} and i < word.head:
            words[i] = word._replace(rel="nummod")
        counted = i + 1 < len(words) and words[i + 1].pos == "NOUN" and words[i + 1].has(Case="Gen") and words[i + 1].head != i
        if word.lemma in {"тысяча", "миллион"} and counted and word.rel.startswith("nsubj"):
            words[i] = word._replace(head=i + 1, rel="nummod")
        bounds = head.lemma in {"более", "больше", "менее"} and word.head != i
        if bounds and word.pos == "NOUN" and word.has(Case="Gen") and any(words[k].pos == "NUM" for k in sentence.children(i, "nummod")):
            verb = next((k for k in (word.head, *sentence.above(word.head)) if words[k].pos in {"VERB", "ADJ"}), first)
            if words[verb].pos in {"VERB", "ADJ"} and sentence.children(verb, "nsubj") in ([], [word.head]):  # "погибли более 20 солдат"
                words[i] = word._replace(head=verb, rel="nsubj")
        if word.rel.startswith("nsubj") and word.lemma in {"более", "больше", "менее", "около"} and i + 1 < len(words) and words[i + 1].pos == "NUM":
            words[i] = word._replace(head=i + 1, rel="advmod")
    return Sentence(sentence.number, words, sentence.names)


def _clause(sentence: Sentence, i: int) -> bool:
    """Whether a verb of saying has a clause of its own, behind "что" or a colon."""
    following: list[Word] = sentence.words[i + 1 :]
    return bool(sentence.children(i, "ccomp")) or any(word.lemma in {"что", "чтобы"} or word.text == ":" for word in following)
