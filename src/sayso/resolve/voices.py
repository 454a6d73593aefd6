"""Report → whose words the whole of it is: its publisher, the authors in its headline, whoever its head names.

In: the context of a report. Out: the parties that "we" and "our forces" stand for outside quotations; none for a paper or an agency.
Who speaks in a quotation is not asked here: attribution tells.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from sayso.model import BlockKind, Entity, Sector
from sayso.reader.tokens import words
from sayso.resolve.context import Context
from sayso.resolve.party import ARMED, Party

_OF_WHOM = {"of", "by", "from", "to", "for"}
_OPENING = 8
"""In how many sentences "our fighters" tells that an armed group speaks."""
LONGEST_HEAD = 4
"""In how many sentences the head of a statement tells whose words it is."""


class Voices(Context):
    """Answers whose words a whole report is."""

    def _told_by_another(self, i: int) -> bool:
        """Whether somebody else than the publisher says word `i`."""
        own = {(p.entity.country, p.entity.sector) for p in self._voice}
        return any((p.entity.country, p.entity.sector) not in own for p in self.speaker_of(i))

    @cached_property
    def _authors(self) -> list[Party]:
        """Those whose words the whole report is, by its headline: "Statement by President Ali Musa on …", "Joint Declaration by …"."""
        doc = self.doc
        if not doc.sentences or doc.report.blocks[doc.sentences[0].block].kind != BlockKind.HEADLINE:
            return []
        for k in range(doc.sentences[0].first, doc.sentences[0].last):
            row = self.lexicon.channels.get(doc.lemmas[k].lower())
            if row is not None and row["channel"] == "statement" and doc.heads[k] < 0:
                found = [p for c in doc.dependents(k, "nmod") if doc.case(c) in {"by", "from", "of"} for p in self.parties(c)]
                guessed = any("names such organs" in p.because for p in found)
                return [self._own_fighters] if guessed and self._own_fighters is not None else found  # "Statement by the Northern Dawn Command"
        return []

    def publisher(self) -> list[Party]:
        """The party whose words the whole report is: it publishes it ("The White House"), or the head of the text names it, and it is no paper or agency."""
        return self._voice

    @cached_property
    def _voice(self) -> list[Party]:
        found = self._named_in(self.doc.report.publisher or "", "the publisher") or self._authors or self._headed
        if (not found or "speaks" in found[0].because) and self._own_fighters is not None:
            return [self._own_fighters]
        return found

    @cached_property
    def _own_fighters(self) -> Party | None:
        """The armed group of no list that speaks of "our fighters" in a statement headed by its name."""
        doc = self.doc
        first = doc.sentences[0] if doc.sentences else None
        if first is None or doc.report.blocks[first.block].kind != BlockKind.HEADLINE or not self.main:
            return None
        for mark in self.marks:
            agent = mark.of("agent")
            if agent is not None and agent.row["sector"] in ARMED - {Sector.UAF} and doc.sentence_of[mark.first] <= _OPENING:
                k = mark.last - 1
                if any(doc.words[c].lower() == "our" for c in doc.dependents(k, "nmod:poss")):
                    name = doc.text(first.first, first.last)
                    return Party(Entity(text=name, name=name, country=self.main[0], sector=Sector(agent.row["sector"])), "armed-group",
                                 f"it speaks of “{doc.text(mark.first - 1, mark.last)}”; the report speaks most of its country")  # fmt: skip
        return None

    @cached_property
    def _civic(self) -> list[Party]:
        """The organisation for others that publishes the report, by a word of its name: who "we" is in a rights group's or a watch's own report."""
        name = self.doc.report.publisher or ""
        if not any(self.lexicon.is_word(w.form.lower(), "civic") for w in words(name)):
            return []
        return [Party(Entity(text=name, name=name, country="NGO", sector=Sector.SOC), "ngo", "the publisher, by its name an organisation for others")]

    @cached_property
    def _headed(self) -> list[Party]:
        """The party whose name stands above a statement or bulletin: "General Staff of the Armed Forces of X", "Press release of the Y Front"."""
        doc, starts = self.doc, defaultdict(list)
        for s in doc.sentences[:LONGEST_HEAD]:
            starts[s.block].append(s)
        for sentences in starts.values():
            s = sentences[0]
            line = range(s.first, s.last)
            if len(sentences) > 1 or doc.words[s.last - 1] in {".", "!", "?"} or any(doc.upos[k] in {"VERB", "AUX"} and doc.labels[k] != "amod" for k in line):
                return []
            told = any(self._is_statement(k) for k in line)
            opened = (k for k in line if k > s.first and (doc.words[k] == "," or (doc.upos[k] == "ADP" and doc.words[k].lower() not in _OF_WHOM)))
            end = next(opened, s.last)
            named = {k for m in self.marks_in(s.first, end) if m.of("organ", "actor", "country", "adjective", "agent") for k in range(m.first, m.last)}
            rest = [k for k in range(s.first, end) if k not in named]
            common = [k for k in rest if doc.words[k][0].islower() and doc.upos[k] in {"NOUN", "NUM"}]
            plain = not common and not any(row.type != "NONE" for k in rest for row in self.lexicon.nouns.get(doc.words[k].lower(), ()))
            if told or plain:
                found = next((f for e in (end, s.last) if (f := self._named_in(doc.text(s.first, e), "the head of the report names it", True))), [])
                if found:
                    return found
        return []

    def _is_statement(self, k: int) -> bool:
        """Whether a word means what a body publishes in its own voice: a statement, a communiqué, a report."""
        doc = self.doc
        row = self.lexicon.channels.get(doc.lemmas[k].lower()) or self.lexicon.channels.get(doc.text(k - 1, k + 1).lower() if k else "")
        return (row is not None and row["channel"] == "statement") or (doc.lemmas[k].lower(), "noun") in self.lexicon.cues

    def _named_in(self, text: str, because: str, head: bool = False) -> list[Party]:
        """The party, and no paper or agency, that a text of a few words names; in the `head` of a report a country alone is none."""
        words_ = [w.form for w in words(text)]
        lower = [w.lower() for w in words_]
        organ, owners, fighters, k = None, [], None, 0
        lands = {m.row["code"] for at in range(len(words_)) for m in self.lexicon.names_at(at, len(words_), lower.__getitem__, lower.__getitem__)[1]
                 if m.kind in {"country", "adjective"}}  # fmt: skip
        while k < len(words_):
            end, names = self.lexicon.names_at(k, len(words_), lambda j: lower[j], lambda j: lower[j])
            known = [n for n in names if n.kind != "person" and not (n.kind == "actor" and n.row["sector"] in ARMED and n.row["country"] not in self._weights)]
            abroad = {id(n) for n in known if n.kind == "actor" and n.row["kind"] == "security" and lands and n.row["country"] not in lands}
            known = [n for n in known if id(n) not in abroad]  # "the State Border Service of the Kyrgyz Republic": another's is called so too
            name = next((n for n in known if n.kind == "actor"), next(iter(known), None))
            if name is None:
                k += 1
                continue
            if name.kind == "organ":  # "Press Service of the Ministry of Defence": the ministry's
                organ = name.row if organ is None or (head and name.row["sector"] != "JRN") else organ
            elif name.kind in {"country", "adjective", "capital", "metonym", "actor", "seat"}:
                owners.append(name.row)
            elif name.kind == "agent" and name.row["sector"] in ARMED:
                fighters = fighters or name.row
            k = end
        owner = next((r for r in owners if "code" not in r.cells), next(iter(owners), None)) if head else next(iter(owners), None)
        if head and (owner is None or (organ is None and "code" in owner.cells)) and not (organ is not None and organ["country"]):
            return []
        code, sector, qualifiers = self._codes(owner)
        if (organ is None or organ["sector"] == "JRN") and owner is None and fighters is not None and self.main:  # "Maoist Press Cell"
            entity = Entity(text=text, name=text, country=self.main[0], sector=Sector(fighters["sector"]))
            return [Party(entity, "organ", f"{because}; the report speaks most of its country")]
        if (organ is None and owner is None) or (owner is not None and owner.cells.get("kind") == "media"):
            return []
        own = Sector(organ["sector"] or "GOV") if organ is not None and sector not in ARMED else sector or Sector.GOV
        code = code or (organ["country"] if organ is not None else None)
        return [Party(Entity(text=text, name=text, country=code or None, sector=own, qualifiers=qualifiers), "organ", because)]
