"""Corpora → training data: treebanks with names, and articles with source/cue/content spans.

In: git clones (bare or not) of UD_English-EWT, GUM and PolNeAR under one folder, named `owner+name` or `name`.
Out: `prepared.pkl` with sentences (words, UPOS, heads, labels, name tags) and attribution sentences (words, span tags per
annotator). What it will not do: use a text whose licence forbids it. GUM's non-commercial genres stay out of training.
DATA.md gives origins and licences. Run: `python -m training.corpora --corpora DIR --out DIR [--without polnear]`.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.reader.tokens import sentences, words

GENRES = {"academic", "bio", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"}
"""GUM's genres that may train weights that others may use and sell; the others serve for testing only."""
NAME_TYPES = {"person": "person", "organization": "organisation", "place": "place", "time": "time"}
SPEECH = set("say report tell state announce claim add note stress warn confirm insist argue explain declare".split())


class Corpus:
    """A git repository read without a work tree."""

    def __init__(self, root: Path, owner: str, name: str) -> None:
        places = [root / f"{owner}+{name}" / "repo", root / f"{owner}+{name}", root / name]
        place = next((p for p in places if p.exists()), None)
        if place is None:
            raise SystemExit(f"{name}: not found under {root}; run `git clone https://github.com/{owner}/{name} {root / name}`")
        self.git_dir = place / ".git" if (place / ".git").exists() else place

    def _git(self, *args: str) -> bytes:
        return subprocess.run(["git", f"--git-dir={self.git_dir}", *args], capture_output=True, check=True).stdout

    def commit(self) -> str:
        return self._git("rev-parse", "HEAD").decode().strip()

    def paths(self, under: str) -> list[str]:
        return self._git("ls-tree", "-r", "--name-only", "HEAD", under).decode().splitlines()

    def texts(self, paths: list[str]) -> Iterator[tuple[str, str | None]]:
        """Each path with its text, None where the object is missing or damaged."""
        process = subprocess.Popen(
            ["git", f"--git-dir={self.git_dir}", "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdin and process.stdout
        for path in paths:
            process.stdin.write(f"HEAD:{path}\n".encode())
            process.stdin.flush()
            header = process.stdout.readline().split()
            if not header or header[-1] == b"missing":
                yield path, None
                continue
            content = process.stdout.read(int(header[2]))
            process.stdout.read(1)
            yield path, content.decode("utf-8", "replace")
        process.stdin.close()
        process.wait()

    def text(self, path: str) -> str | None:
        try:
            return self._git("show", f"HEAD:{path}").decode("utf-8", "replace")
        except subprocess.CalledProcessError:
            return None


def conllu(text: str) -> Iterator[dict[str, Any]]:
    """The sentences of a CoNLL-U text, multiword ranges and empty nodes left out."""
    for block in re.split(r"\n\s*\n", text):
        rows, meta = [], {}
        for line in block.split("\n"):
            if line.startswith("#"):
                if m := re.match(r"# (\S+) = (.*)", line):
                    meta[m[1]] = m[2]
            elif line.strip():
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
        if rows:
            yield {
                "id": meta.get("sent_id"),
                "text": meta.get("text", ""),
                "words": [r[1] for r in rows],
                "lemmas": [r[2] for r in rows],
                "upos": [r[3] for r in rows],
                "xpos": [r[4] for r in rows],
                "heads": [int(r[6]) for r in rows],
                "labels": [r[7] for r in rows],
                "space_after": ["SpaceAfter=No" not in r[9] for r in rows],
                "misc": [r[9] for r in rows],
            }


def english_web_treebank(root: Path) -> tuple[dict[str, list[dict]], str]:
    corpus = Corpus(root, "UniversalDependencies", "UD_English-EWT")
    sets = {s: list(conllu(corpus.text(f"en_ewt-ud-{s}.conllu") or "")) for s in ("dev", "test")}
    whole = corpus.text("en_ewt-ud-train.conllu")
    if whole:
        train = list(conllu(whole))
    else:  # some copies lack the large file; its documents stand beside it one by one
        listed = set((corpus.text("not-to-release/file-lists/files.train") or "").split())
        sources = [p for p in corpus.paths("not-to-release/sources") if "/".join(p.split("/")[2:]) in listed]
        train = [s for _, text in corpus.texts(sources) if text for s in conllu(text)]
    held_ids = {s["id"] for part in sets.values() for s in part}
    held_texts = {s["text"] for part in sets.values() for s in part}
    sets["train"] = [s for s in train if s["id"] not in held_ids and s["text"] not in held_texts]
    return sets, corpus.commit()


def gum(root: Path) -> tuple[dict[str, list[dict]], str]:
    corpus = Corpus(root, "amir-zeldes", "gum")
    split, current = {}, "train"
    for line in (corpus.text("splits.md") or "").split("\n"):
        if m := re.match(r"## (\w+)", line):
            current = m[1]
        if m := re.match(r"\s*\* (\w+)", line):
            split[m[1]] = current
    sets: dict[str, list[dict]] = {"train": [], "dev": [], "test": []}
    for path, text in corpus.texts([p for p in corpus.paths("dep") if "/GUM_" in p]):
        document = path.split("/")[-1].removesuffix(".conllu")
        genre, part = document.split("_")[1], split.get(document, "train")
        if genre == "reddit" or text is None or (part == "train" and genre not in GENRES):
            continue  # reddit's words are masked in the repository
        for sentence in conllu(text):
            sentence["genre"], sentence["document"] = genre, document
            sentence["names"] = name_tags(sentence)
            sets[part].append(sentence)
    held = {s["text"] for part in ("dev", "test") for s in sets[part]}
    sets["train"] = [s for s in sets["train"] if s["text"] not in held]
    return sets, corpus.commit()


def _mentions(misc: list[str]) -> list[tuple[int, int, str, list[int]]]:
    """GUM's entity brackets in one sentence: first and last word, type, and the words of the minimal span."""
    found, opened = [], []
    for i, field in enumerate(misc):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", field)
        for bracket in re.findall(r"\([^()]+\)?|[^()]+\)", m[1]) if m else []:
            if bracket.startswith("("):
                parts = bracket.strip("()").split("-")
                minimal = [int(x) for x in (parts[5] if len(parts) > 5 else "1").split(",") if x.isdigit()]
                if bracket.endswith(")"):
                    found.append((i, i, parts[1], minimal))
                else:
                    opened.append((i, parts[0], parts[1], minimal))
            else:
                group = bracket[:-1]
                for k in range(len(opened) - 1, -1, -1):
                    if opened[k][1] == group:
                        start, _, kind, minimal = opened.pop(k)
                        found.append((start, i, kind, minimal))
                        break
    return found


def name_tags(sentence: dict) -> list[str]:
    """BIO tags of proper names over a GUM sentence.

    GUM marks every mention, named or not. A name is the proper-noun core around the head of a mention: the head is the
    word of the minimal span whose own head lies outside it (its first word would cut "Kennedy Space Center" to "Kennedy").
    People named in the plural ("Americans") and capitalised adjectives ("Armenian") are groups.
    """
    forms, upos, xpos, labels = sentence["words"], sentence["upos"], sentence["xpos"], sentence["labels"]
    heads = [h - 1 for h in sentence["heads"]]
    children = defaultdict(list)
    for i, h in enumerate(heads):
        children[h].append(i)
    candidates = []
    for start, end, kind, minimal in _mentions(sentence["misc"]):
        core = [start + k - 1 for k in minimal if start <= start + k - 1 <= end]
        name = NAME_TYPES.get(kind)
        if not core or name is None:
            continue
        if name == "time":
            if end - start < 8 and any(upos[k] == "PROPN" or re.fullmatch(r"\d{4}s?", forms[k]) for k in range(start, end + 1)):
                candidates.append((start, end, name))
            continue
        head = next((k for k in core if heads[k] not in core), core[0])
        if upos[head] != "PROPN":
            continue
        if name == "person" and xpos[head] == "NNPS":
            name = "group"
        low, high = _core(head, start, end, forms, upos, labels, children)
        candidates.append((low, high, name))
    tags = ["O"] * len(forms)
    for low, high, name in sorted(set(candidates), key=lambda c: (c[0] - c[1], c)):
        if all(t == "O" for t in tags[low : high + 1]):
            tags[low : high + 1] = [f"B-{name}"] + [f"I-{name}"] * (high - low)
    for i, form in enumerate(forms):
        if tags[i] == "O" and upos[i] == "ADJ" and form[0].isupper() and sentence["lemmas"][i][0].isupper() and len(form) > 3:
            tags[i] = "B-group"
    return tags


def _core(head: int, start: int, end: int, forms: list[str], upos: list[str], labels: list[str], children: dict) -> tuple[int, int]:
    keep, stack = {head}, [head]
    while stack:
        k = stack.pop()
        for c in children[k]:
            if not start <= c <= end:
                continue
            label, tag = labels[c], upos[c]
            base = label.split(":")[0]
            if base in ("flat", "compound"):
                kept = tag in ("PROPN", "NUM", "X", "SYM", "NOUN", "ADJ")
            elif label in ("amod", "nmod:poss", "nummod"):
                kept = tag == "PROPN" or forms[c][0].isupper() or (tag == "NUM" and c > k)
            elif label == "nmod":
                kept = tag == "PROPN" and c > k and any(labels[g] == "case" and forms[g].lower() in ("of", "for", "and", "de", "on") for g in children[c])
            elif base in ("case", "det"):
                kept = k != head
            else:
                kept = label == "punct" and forms[c] in "-–."
            if kept:
                keep.add(c)
                stack.append(c)
    low = high = head
    while low - 1 in keep:
        low -= 1
    while high + 1 in keep:
        high += 1
    return low, high


def trailing_speech(sentence: dict) -> dict | None:
    """The same sentence with its speaker last: "X said that C." → "C, X said." News says it so far more often than treebanks do.

    Only for a root verb of speech with a subject before it and one clausal complement that runs to the end.
    """
    heads, labels, lemmas, upos = sentence["heads"], sentence["labels"], sentence["lemmas"], sentence["upos"]
    n = len(heads)
    root = heads.index(0)
    if lemmas[root] not in SPEECH or upos[root] != "VERB" or sentence["words"][-1] != "." or n > 60:
        return None
    mine = [i for i in range(n) if heads[i] == root + 1]
    subject = [i for i in mine if labels[i] == "nsubj" and i < root]
    content = [i for i in mine if labels[i] == "ccomp" and i > root]
    if len(subject) != 1 or len(content) != 1:
        return None

    def below(top: int) -> set[int]:
        found, grew = {top}, True
        while grew:
            more = {i for i in range(n) if heads[i] - 1 in found} - found
            found |= more
            grew = bool(more)
        return found

    clause = below(content[0])
    if clause != set(range(min(clause), n - 1)) or any(sentence["words"][i] in '"“”' for i in range(n)):
        return None
    that = [i for i in clause if labels[i] == "mark" and heads[i] - 1 == content[0] and lemmas[i] == "that"]
    front = [i for i in sorted(clause) if i not in that]
    rest = [i for i in range(n - 1) if i not in clause and not (labels[i] == "punct" and heads[i] - 1 == root)]
    if not front or not rest or rest != list(range(rest[0], rest[-1] + 1)) or len(rest) > 20:
        return None
    order = [*front, None, *rest, n - 1]
    place = {old: new + 1 for new, old in enumerate(order) if old is not None}
    moved: dict[str, Any] = {"id": f"{sentence['id']}-trailing", "text": "", "words": [], "upos": [], "heads": [], "labels": []}
    for old in order:
        if old is None:
            moved["words"].append(",")
            moved["upos"].append("PUNCT")
            moved["heads"].append(place[root])
            moved["labels"].append("punct")
            continue
        form = sentence["words"][old]
        if old == front[0]:
            form = form[0].upper() + form[1:]
        elif old == rest[0] and upos[old] != "PROPN" and form != "I":
            form = form[0].lower() + form[1:]
        moved["words"].append(form)
        moved["upos"].append(upos[old])
        moved["heads"].append(0 if old == root else place[heads[old] - 1])
        moved["labels"].append(labels[old])
    return moved


def polnear(root: Path) -> tuple[dict[str, list[dict]], str]:
    """PolNeAR's articles: paragraphs of sentences, each with one tag sequence per annotator and its words' offsets."""
    corpus = Corpus(root, "networkdynamics", "PolNeAR")
    files = corpus.paths("data")
    sets: dict[str, list[dict]] = {}
    for part in ("train", "dev", "test"):
        texts = {p.split("/")[-1].removesuffix(".txt"): t for p, t in corpus.texts([f for f in files if f.startswith(f"data/{part}/text/")])}
        annotations = defaultdict(list)
        for path, text in corpus.texts(sorted(f for f in files if f.startswith(f"data/{part}/attributions/"))):
            annotations[path.split("/")[-1].removesuffix(".ann").rsplit("_", 1)[0]].append(text or "")
        sets[part] = []
        for name in sorted(texts):
            text = texts[name]
            key = name if name in annotations else name.removesuffix(".txt")
            if text is None or key not in annotations:
                continue
            marks = [_brat_labels(a, len(text)) for a in annotations[key]]
            sets[part].append({"id": name, "paragraphs": list(_tagged_paragraphs(text, marks))})
    return sets, corpus.commit()


def _brat_labels(annotation: str, length: int) -> list[tuple[str, str, int] | None]:
    """Per character the (kind, span id, part's start) of the source, cue or content that covers it and stands in a relation."""
    spans, used = {}, set()
    for line in annotation.split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 2:
            kind, offsets = fields[1].split(" ", 1)
            spans[fields[0]] = (kind.lower(), [tuple(map(int, o.split())) for o in offsets.split(";")])
        elif line.startswith("E") and len(fields) >= 2:
            used |= {role.split(":", 1)[1] for role in fields[1].split(" ") if ":" in role}
    labels: list[tuple[str, str, int] | None] = [None] * length
    for span_id, (kind, offsets) in spans.items():
        if kind in ("source", "cue", "content") and span_id in used:
            for start, end in offsets:
                for c in range(start, min(end, length)):
                    labels[c] = (kind, span_id, start)
    return labels


def _tagged_paragraphs(text: str, marks: list[list]) -> Iterator[list[dict]]:
    for m in re.finditer(r"[^\n]+", text):
        paragraph = []
        for sentence in sentences(words(m.group(), m.start())):
            tags = []
            for labels in marks:
                row, previous = [], None
                for word in sentence:
                    label = labels[word.start]
                    row.append("O" if label is None else ("I-" if label == previous else "B-") + label[0])
                    previous = label
                tags.append(row)
            paragraph.append({"words": [w.form for w in sentence], "tags": tags})
        if paragraph:
            yield paragraph


def prepare(root: Path, out: Path, without: set[str]) -> None:
    ewt, ewt_commit = english_web_treebank(root)
    gum_sets, gum_commit = gum(root)
    held = {s["text"] for sets in (ewt, gum_sets) for part in ("dev", "test") for s in sets[part]}
    for sets in (ewt, gum_sets):
        sets["train"] = [s for s in sets["train"] if s["text"] not in held]
    moved = [m for s in ewt["train"] + gum_sets["train"] if (m := trailing_speech(s))]
    commits = {"UD_English-EWT": ewt_commit, "GUM": gum_commit}
    attribution: dict[str, list] = {"train": [], "dev": [], "test": []}
    if "polnear" not in without:
        attribution, commits["PolNeAR"] = polnear(root)
    out.mkdir(parents=True, exist_ok=True)
    data = pickle.dumps({"ewt": ewt, "gum": gum_sets, "trailing": moved, "polnear": attribution, "commits": commits})
    (out / "prepared.pkl").write_bytes(data)
    for name, sets in (("EWT", ewt), ("GUM", gum_sets)):
        print(name, {k: (len(v), sum(len(s["words"]) for s in v)) for k, v in sets.items()})
    print("trailing speech", len(moved), "names", Counter(t for s in gum_sets["train"] for t in s["names"] if t[0] == "B"))
    print("PolNeAR", {k: (len(v), sum(len(s["words"]) for d in v for p in d["paragraphs"] for s in p)) for k, v in attribution.items()})
    print("commits", commits, "sha256", hashlib.sha256(data).hexdigest())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds the three clones")
    parser.add_argument("--out", type=Path, default=Path("training/prepared"))
    parser.add_argument("--without", action="append", default=[], choices=["polnear"], help="leave a corpus out")
    args = parser.parse_args()
    prepare(args.corpora, args.out, set(args.without))


if __name__ == "__main__":
    main()
