"""Score the shipped graph: `python -m training.evaluate --data training/prepared [--test]`.

Trees on EWT test and GUM's held-out news (given words; and for GUM news from raw text with our own words and sentences),
names on GUM test, source, cue and content on PolNeAR dev. PolNeAR's test set is scored only with `--test`: its makers ask that
it be scored once. Punctuation counts; labels count with their subtypes. A span is right when its ends and type are.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sayso.reader import Parser
from sayso.reader.tokens import sentences, words

SHOWN = ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "ccomp", "xcomp", "conj", "advcl", "nmod", "acl:relcl", "appos", "parataxis")


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """BIO tags → (first, last exclusive, type)."""
    found, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and (tag[0] != "I" or tag[2:] != tags[start][2:]):
            found.add((start, i, tags[start][2:]))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start = i
    return found


def f1(right: int, predicted: int, gold: int) -> float:
    """F1 in per cent."""
    return round(200 * right / max(1, predicted + gold), 1)


def trees(parser: Parser, data: list[dict]) -> dict[str, Any]:
    """Tags, heads and labels against a treebank's, words given."""
    n = tag = head = label = 0
    by_label: Counter = Counter()
    for gold, got in zip(data, parser.parse_words([s["words"] for s in data]), strict=True):
        for k in range(len(gold["words"])):
            n += 1
            tag += gold["upos"][k] == got["upos"][k]
            right = gold["heads"][k] == got["heads"][k]
            head += right
            label += right and gold["labels"][k] == got["labels"][k]
            by_label["gold", gold["labels"][k]] += 1
            by_label["got", got["labels"][k]] += 1
            by_label["right", gold["labels"][k]] += right and gold["labels"][k] == got["labels"][k]
    shown = {x: f1(by_label["right", x], by_label["got", x], by_label["gold", x]) for x in SHOWN}
    return {"words": n, "UPOS": round(100 * tag / n, 2), "UAS": round(100 * head / n, 2), "LAS": round(100 * label / n, 2), "labels": shown}


def names(parser: Parser, data: list[dict]) -> dict[str, Any]:
    """Named spans against GUM's, exact with type."""
    counts: Counter = Counter()
    for gold, got in zip(data, parser.parse_words([s["words"] for s in data]), strict=True):
        wanted, found = spans(gold["names"]), {(s.first, s.last, s.type) for s in got["names"]}
        for side, marks in (("gold", wanted), ("got", found), ("right", wanted & found)):
            for _, _, kind in marks:
                counts[side, kind] += 1
    kinds = sorted({kind for _, kind in counts})
    total = {side: sum(counts[side, k] for k in kinds) for side in ("gold", "got", "right")}
    return {"names": total["gold"], "F1": f1(total["right"], total["got"], total["gold"]),
            **{k: f1(counts["right", k], counts["got", k], counts["gold", k]) for k in kinds}}  # fmt: skip


def attributions(parser: Parser, articles: list[dict]) -> dict[str, Any]:
    """Source, cue and content, exact and by word, a sentence at a time, against the first annotator."""
    flat = [s for a in articles for p in a["paragraphs"] for s in p]
    exact: Counter = Counter()
    word: Counter = Counter()
    for gold, got in zip(flat, parser.parse_words([s["words"] for s in flat]), strict=True):
        wanted, found = spans(gold["tags"][0]), {(s.first, s.last, s.type) for s in got["sayso"]}
        for side, marks in (("gold", wanted), ("got", found), ("right", wanted & found)):
            for _, _, kind in marks:
                exact[side, kind] += 1
        covered = {side: {(k, kind) for first, last, kind in marks for k in range(first, last)} for side, marks in (("gold", wanted), ("got", found))}
        for side, pairs in (*covered.items(), ("right", covered["gold"] & covered["got"])):
            for _, kind in pairs:
                word[side, kind] += 1
    return {
        kind: {
            "exact": f1(exact["right", kind], exact["got", kind], exact["gold", kind]),
            "word": f1(word["right", kind], word["got", kind], word["gold", kind]),
        }
        for kind in ("source", "cue", "content")
    }


def _documents(data: list[dict]) -> Iterable[list[dict]]:
    held: dict[str, list[dict]] = {}
    for s in data:
        held.setdefault(s["document"], []).append(s)
    return held.values()


def raw_text(parser: Parser, data: list[dict]) -> dict[str, Any]:
    """Words, sentences and trees from running text: a document's sentences joined by blanks, then cut and parsed by us.

    A word or sentence is right when both its ends are; a tree's arc when word, head's word and label are.
    """
    counts: Counter = Counter()
    for document in _documents(data):
        text, gold_words, gold_sentences = "", {}, set()
        for s in document:
            base, at = len(text), []
            for form, space in zip(s["words"], s["space_after"], strict=True):
                at.append((len(text), len(text) + len(form)))
                text += form + (" " if space else "")
            text = text.rstrip(" ") + " "
            gold_sentences.add((base, at[-1][1]))
            for k, span in enumerate(at):
                h = s["heads"][k]
                gold_words[span] = (at[h - 1] if h else None, s["labels"][k])
        cut = sentences(words(text))
        parsed = parser.parse_words([[w.form for w in s] for s in cut])
        counts["gold sentences"] += len(gold_sentences)
        counts["gold words"] += len(gold_words)
        for s, got in zip(cut, parsed, strict=True):
            at = [(w.start, w.end) for w in s]
            counts["sentences"] += 1
            counts["right sentences"] += (at[0][0], at[-1][1]) in gold_sentences
            for k, span in enumerate(at):
                counts["words"] += 1
                if span in gold_words:
                    counts["right words"] += 1
                    h = got["heads"][k]
                    counts["right arcs"] += gold_words[span] == (at[h - 1] if h else None, got["labels"][k])
    return {
        "word F1": f1(counts["right words"], counts["words"], counts["gold words"]),
        "sentence F1": f1(counts["right sentences"], counts["sentences"], counts["gold sentences"]),
        "LAS F1": f1(counts["right arcs"], counts["words"], counts["gold words"]),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=Path("training/prepared"), help="folder that holds prepared.pkl")
    arguments.add_argument("--model", type=Path, help="folder of another graph than the one that ships")
    arguments.add_argument("--test", action="store_true", help="score PolNeAR's test set too")
    args = arguments.parse_args()
    data = pickle.loads((args.data / "prepared.pkl").read_bytes())
    parser = Parser(threads=2, folder=args.model)
    news = [s for part in ("dev", "test") for s in data["gum"][part] if s["genre"] == "news"]
    results = {
        "EWT test": trees(parser, data["ewt"]["test"]),
        "GUM news, held out": trees(parser, news),
        "GUM news, raw text": raw_text(parser, news),
        "GUM test, names": names(parser, data["gum"]["test"]),
        "PolNeAR dev": attributions(parser, data["polnear"]["dev"]),
    }
    if args.test:
        results["PolNeAR test"] = attributions(parser, data["polnear"]["test"])
    for name, result in results.items():
        print(name, json.dumps(result))


if __name__ == "__main__":
    main()
