"""Text → Doc: sentences, words, parts of speech, lemmas, trees, names, and source, cue and content spans.

One ONNX graph does all of it, a sentence at a time; the graph, its labels and its vocabulary ship with the package. Sentences
are put into batches within one report by a fixed rule (dynamic int8 scaling takes in the whole batch), so that a report reads
the same whatever is read beside it. Long reports are many batches, so memory stays bounded. Names of countries and armed groups are hidden from the graph.
"""

from __future__ import annotations

import json
import os
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from sayso.errors import BadOption
from sayso.model import BlockKind, Report
from sayso.reader.blind import blinded, groups
from sayso.reader.decode import stretches, transitions, tree
from sayso.reader.doc import Doc, Sentence, Stretch
from sayso.reader.encode import Encoded, encode, pad
from sayso.reader.lemmas import lemma
from sayso.reader.mend import mend
from sayso.reader.tokens import sentences, words

BATCH = 64
"""Padded sub-tokens of one batch: little, since padding costs more than small batches do. Part of what makes the output: another figure may
change last digits of scores."""
READ = {BlockKind.HEADLINE, BlockKind.LEAD, BlockKind.PARAGRAPH}
"""The kinds of block whose language is read."""

__all__ = ["Doc", "Parser", "Sentence", "Stretch"]


def _is_group(doc: Doc, name: Stretch) -> bool:
    """Whether the network took an armed group, whose name it was not told, for a place or a people."""
    return name.type in {"place", "group"} and name.last - name.first == 1 and doc.words[name.first] in groups()


class Parser:
    """The shipped network, or another one in `folder` (`reader.onnx`, `labels.json`, `tokenizer.json`)."""

    def __init__(self, threads: int | None = None, folder: Path | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(4, os.cpu_count() or 1)
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # threads that wait leave the processor to the rules
        options.log_severity_level = 3
        given = os.environ.get("SAYSO_READER")
        place = folder or (Path(given) if given else None)
        if place is None:
            with as_file(files("sayso.reader") / "weights") as shipped:
                self._load(shipped, options)
        else:
            self._load(place, options)

    def _load(self, folder: Path, options: Any) -> None:
        import onnxruntime

        if not (folder / "reader.onnx").is_file():
            raise BadOption(f"{folder}: holds no reader.onnx; unset SAYSO_READER, or give a folder that `make train` wrote")
        self._session = onnxruntime.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])
        labels = json.loads((folder / "labels.json").read_text())
        self._labels: list[str] = labels["labels"]
        self._upos: list[str] = labels["upos"]
        self._names: list[str] = labels["names"]
        self._sayso: list[str] = labels["sayso"]
        self._name_table, self._sayso_table = transitions(self._names), transitions(self._sayso)
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def parse(self, report: Report) -> Doc:
        """The report's readable blocks as a `Doc`; text outside them is not read."""
        doc = Doc(report)
        forms: list[list[str]] = []
        for number, block in enumerate(report.blocks):
            if block.kind not in READ:
                continue
            for sentence in sentences(words(report.text[block.start : block.end], block.start)):
                first = len(doc.words)
                doc.words += [w.form for w in sentence]
                doc.starts += [w.start for w in sentence]
                doc.ends += [w.end for w in sentence]
                doc.sentence_of += [len(doc.sentences)] * len(sentence)
                doc.sentences.append(Sentence(first, len(doc.words), number))
                forms.append([w.form for w in sentence])
        n = len(doc.words)
        doc.upos, doc.labels, doc.lemmas, doc.heads = ["X"] * n, ["dep"] * n, [""] * n, [-1] * n
        doc.children = [[] for _ in range(n)]
        self._fill(doc, forms)
        return doc

    def parse_words(self, forms: list[list[str]]) -> list[dict[str, Any]]:
        """Trees and spans of sentences whose words are given: for measuring against treebanks. Heads are 1-based, 0 the root."""
        encoded = encode(self._tokenizer, forms)
        results: list[dict[str, Any]] = [{} for _ in forms]
        for members in self._batches(encoded):
            upos, names, sayso, arcs, labels = self._run([encoded[k] for k in members])
            for row, k in enumerate(members):
                w = len(forms[k])
                heads = tree(arcs[row, : w + 1, : w + 1])
                results[k] = {
                    "upos": [self._upos[t] for t in upos[row, 1 : w + 1].argmax(1)],
                    "heads": heads,
                    "labels": [self._labels[labels[row, i + 1, h]] for i, h in enumerate(heads)],
                    "names": stretches(names[row, 1 : w + 1], self._names, self._name_table, 0),
                    "sayso": stretches(sayso[row, 1 : w + 1], self._sayso, self._sayso_table, 0),
                }
        return results

    def _run(self, batch: list[Encoded]) -> list[Any]:
        ids, mask, shapes, firsts = pad(batch)
        return list(self._session.run(None, {"ids": ids, "mask": mask, "shapes": shapes, "firsts": firsts}))

    @staticmethod
    def _batches(encoded: list[Encoded]) -> list[list[int]]:
        """Sentences of like length together: sorted by length, then by place, and cut at `BATCH`."""
        made: list[list[int]] = []
        for k in sorted(range(len(encoded)), key=lambda k: (len(encoded[k].ids), k)):
            if not encoded[k].firsts:
                continue
            if made and len(encoded[k].ids) * (len(made[-1]) + 1) <= BATCH:
                made[-1].append(k)
            else:
                made.append([k])
        return made

    def _fill(self, doc: Doc, forms: list[list[str]]) -> None:
        encoded = encode(self._tokenizer, [blinded(sentence) for sentence in forms])
        for members in self._batches(encoded):
            upos, names, sayso, arcs, labels = self._run([encoded[k] for k in members])
            tags = upos.argmax(2)
            for row, k in enumerate(members):
                first, last, _ = doc.sentences[k]
                w = last - first
                heads = tree(arcs[row, : w + 1, : w + 1])
                chosen = labels[row, np.arange(1, w + 1), heads].tolist()
                for i, (head, label, tag) in enumerate(zip(heads, chosen, tags[row, 1 : w + 1].tolist(), strict=True), first):
                    doc.upos[i] = self._upos[tag]
                    doc.labels[i] = "root" if head == 0 else self._labels[label]
                    doc.lemmas[i] = lemma(doc.words[i], doc.upos[i])
                    if head:
                        doc.heads[i] = first + head - 1
                        doc.children[first + head - 1].append(i)
                doc.names += stretches(names[row, 1 : w + 1], self._names, self._name_table, first)
                doc.sayso += stretches(sayso[row, 1 : w + 1], self._sayso, self._sayso_table, first)
        doc.names = [s._replace(type="organisation") if _is_group(doc, s) else s for s in doc.names]
        doc.names.sort()
        doc.sayso.sort()
        mend(doc)
