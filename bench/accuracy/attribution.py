"""Source, cue and content on PolNeAR's dev articles: each alone, linked to one another, and the source resolved to a name.

Gold: the first annotator of each article. A span is cut at the ends of our sentences, since the network sees one sentence at a time.
`exact`: both ends right. `overlapping`: F1 over characters. `linked`: of the annotated attributions with a source, those of which one of our
sayings has source, cue and content overlapping (content by half or more). `resolved`: and our speaker's name shares a word with the source's own
words or, for a pronoun or a common noun, with the name that CoreNLP's coreference (shipped with PolNeAR; silver, not gold) gives it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from bench.accuracy.figures import Counts, Figure, f1, figure, overlap, share
from bench.accuracy.folder import Folder
from sayso.attribution import Attribution, Saying
from sayso.intake import report_from_text
from sayso.lexicon import lexicon
from sayso.reader import Doc, Parser
from sayso.resolve.entities import Resolver
from sayso.resolve.places import Gazetteer
from sayso.scoring.compare import telling

KINDS = ("source", "cue", "content")
PUBLISHED = {
    "source": "PolNeAR test: CofeNet 83.2, BERT 81.1, BiLSTM+CRF 69.6, rules 10.7; Citron (PARC 3) 82.0",
    "cue": "PolNeAR test: CofeNet 75.3, BERT 74.0, BiLSTM+CRF 66.7, rules 22.8; Citron (PARC 3) 82.3",
    "content": "PolNeAR test: CofeNet 72.9, BERT 68.9, BiLSTM+CRF 59.0, rules 5.6; Citron (PARC 3) 59.3",
}
HALF = 0.5
PRONOUNS = frozenset("he she they it who him her them we i".split())

Ranges = list[tuple[int, int]]


@dataclass
class Relation:
    """An annotated attribution: character ranges by kind; a discontinuous span has several."""

    spans: dict[str, Ranges] = field(default_factory=dict)


def measure(folder: Folder) -> Iterator[Figure]:
    """The figures on PolNeAR dev."""
    files = folder.files("PolNeAR", "data/dev/text/*.txt")
    parser, gazetteer, words = Parser(), Gazetteer(), lexicon()
    counts = []
    for path in files:
        annotations = sorted(path.parent.parent.glob(f"attributions/{path.stem.removesuffix('.txt')}_*.ann"))
        if annotations:
            text = path.read_text("utf-8")
            doc = parser.parse(report_from_text(text))
            attribution = Attribution(doc, Resolver(doc, words, gazetteer.country_of), words)
            counts.append(count(doc, attribution, relations(annotations[0].read_text("utf-8")), chains(path)))
    size = f"{len(counts)} articles, {{gold {{kind}}}}"
    for kind in KINDS:
        number = size.replace("{kind}", kind)
        yield figure(f"PolNeAR dev, {kind}, exact F1", counts, f1(f"exact {kind}", f"got {kind}", f"gold {kind}"), number, PUBLISHED[kind])
        yield figure(f"PolNeAR dev, {kind}, overlapping F1 (characters)", counts, f1(f"shared {kind}", f"got chars {kind}", f"gold chars {kind}"), number)
    yield figure("PolNeAR dev, linked: found, of attributions with a source", counts, share("linked", "relations"), "{relations}", "none reported")
    yield figure("PolNeAR dev, linked: right, of our sayings", counts, share("linked sayings", "sayings"), "{sayings}", "none reported")
    yield figure("PolNeAR dev, linked and resolved, all sources", counts, share("resolved", "resolvable"), "{resolvable}", "none reported")
    yield figure("PolNeAR dev, linked and resolved, pronouns and nouns (silver)", counts, share("resolved silver", "silver"), "{silver}", "none reported")


def relations(annotation: str) -> list[Relation]:
    """The attributions of a brat file."""
    spans: dict[str, tuple[str, Ranges]] = {}
    found = []
    for line in annotation.split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 2:
            kind, offsets = fields[1].split(" ", 1)
            spans[fields[0]] = (kind.lower(), [(int(a), int(b)) for a, b in (part.split() for part in offsets.split(";"))])
    for line in annotation.split("\n"):
        fields = line.split("\t")
        if line.startswith("E") and len(fields) >= 2:
            relation = Relation()
            for role in fields[1].split(" "):
                kind, _, key = role.partition(":")
                if key in spans and spans[key][0] in KINDS:
                    relation.spans.setdefault(re.sub(r"\d+$", "", kind).lower(), []).extend(spans[key][1])
            found.append(relation)
    return found


def chains(path: Path) -> dict[tuple[int, int], str]:
    """By character range of a mention, the name that CoreNLP's coreference gives it: the chain's longest mention with a capital."""
    file = path.parent.parent / "corenlp" / f"{path.name}.xml"
    if not file.exists():
        return {}
    try:
        document = ElementTree.fromstring(file.read_bytes()).find("document")  # PolNeAR's own files, which the user fetched
    except ElementTree.ParseError:
        print(f"  {file.name} is no whole XML; its pronouns are left out", file=sys.stderr)
        return {}
    assert document is not None
    offsets = {
        (int(s.attrib["id"]), int(t.attrib["id"])): (int(t.findtext("CharacterOffsetBegin", "0")), int(t.findtext("CharacterOffsetEnd", "0")))
        for s in document.iterfind("sentences/sentence")
        for t in s.iterfind("tokens/token")
    }
    named = {}
    for chain in document.iterfind("coreference/coreference"):
        mentions = [(m.findtext("text", ""), m) for m in chain.iterfind("mention")]
        proper = [text for text, _ in mentions if any(w[:1].isupper() and w.lower() not in PRONOUNS for w in text.split()[:1] + text.split()[-1:])]
        if not proper:
            continue
        for _, m in mentions:
            sentence = int(m.findtext("sentence", "0"))
            first, last = (sentence, int(m.findtext("start", "0"))), (sentence, int(m.findtext("end", "0")) - 1)
            if first in offsets and last in offsets:
                named[offsets[first][0], offsets[last][1]] = max(proper, key=len)
    return named


def count(doc: Doc, attribution: Attribution, gold: list[Relation], names: dict[tuple[int, int], str]) -> Counts:
    """The counts of one article."""
    n: Counts = Counter()
    for kind in KINDS:
        wanted = {cut for r in gold for span in r.spans.get(kind, ()) for cut in _cut(doc, span)}
        found = {(doc.starts[s.first], doc.ends[s.last - 1]) for s in doc.sayso if s.type == kind}
        n[f"gold {kind}"], n[f"got {kind}"], n[f"exact {kind}"] = len(wanted), len(found), len(wanted & found)
        one, other = ({c for a, b in spans for c in range(a, b)} for spans in (wanted, found))
        n[f"gold chars {kind}"], n[f"got chars {kind}"], n[f"shared {kind}"] = len(one), len(other), len(one & other)
    sayings = [s for s in attribution.sayings if s.cue and s.speakers and s.content]
    n["sayings"] = len(sayings)
    linked: set[int] = set()
    for relation in gold:
        if not relation.spans.get("source") or not relation.spans.get("content"):
            continue
        n["relations"] += 1
        fitting = [s for s in sayings if _links(doc, s, relation)]
        n["linked"] += bool(fitting)
        linked |= {id(s) for s in fitting}
        source = relation.spans["source"][0]
        words = doc.report.text[slice(*source)]
        own = any(w[:1].isupper() for w in words.split()[1:]) or (words[:1].isupper() and words.split()[0].lower() not in PRONOUNS | {"the", "a", "an"})
        name = words if own else max(((overlap(source, at), text) for at, text in names.items()), default=(0.0, ""))[1] if _known(source, names) else ""
        if not name:
            continue
        right = any(telling(name) & telling(p.entity.name, p.entity.text) for s in fitting for p in s.parties)
        n["resolvable"] += 1
        n["resolved"] += right
        if not own:
            n["silver"] += 1
            n["resolved silver"] += right
    n["linked sayings"] = len(linked)
    return n


def _known(source: tuple[int, int], names: dict[tuple[int, int], str]) -> bool:
    return any(overlap(source, at) >= HALF for at in names)


def _cut(doc: Doc, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """A span, cut at the ends of our sentences, and from word to word."""
    for s in doc.sentences:
        inside = [k for k in range(s.first, s.last) if doc.starts[k] < span[1] and doc.ends[k] > span[0]]
        if inside:
            yield doc.starts[inside[0]], doc.ends[inside[-1]]


def _links(doc: Doc, saying: Saying, relation: Relation) -> bool:
    """Whether a saying is the annotated attribution: its source and cue overlap, and half of its content does."""
    assert saying.cue is not None
    cue = (doc.starts[saying.cue[0]], doc.ends[saying.cue[1] - 1])
    if not any(overlap(cue, c) > 0 for c in relation.spans.get("cue", [])):
        return False
    heads = [(doc.starts[h], doc.ends[h]) for h in saying.speakers]
    if not any(overlap(h, s) > 0 for h in heads for s in relation.spans["source"]):
        return False
    ours = {c for k in saying.content for c in range(doc.starts[k], doc.ends[k])}
    theirs = {c for a, b in relation.spans["content"] for c in range(a, b) if not doc.report.text[c].isspace()}
    return len(ours & theirs) / max(1, len(ours | theirs)) >= HALF
