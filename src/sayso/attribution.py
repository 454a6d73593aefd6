"""Doc + parties → who says which words.

In: a parsed report whose nominals can be resolved. Out: `Saying`s: a cue, the speakers, and the words that are theirs, so that
the chain of speakers of any word can be told, nearest first. It reads reporting verbs with clauses, trailing and inverted cues,
"according to", "citing", quotations over sentences and paragraphs, accusing and denying words with their objects; where these find
nothing, or too little, the reader's own spans of source, cue and content are linked over the tree. It carries a speaker on to
the next sentence only where that sentence plainly continues the account; what is carried on is marked so.
It judges neither whether a thing said is an act nor whether it is true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from sayso.lexicon import Lexicon, Row
from sayso.model import BlockKind, Channel, Distance, Manner, Sector, When
from sayso.reader import Doc
from sayso.reader.doc import Sentence, Stretch
from sayso.reader.mend import LONGEST_TAIL, headline_tail
from sayso.resolve.dates import find_dates
from sayso.resolve.entities import FIRST_PERSON, Party, Resolver
from sayso.resolve.party import _BODIES_OF_MEN
from sayso.syntax import RELATIVE, asks, clause_of, clause_words, is_passive, subject_of

OPENING, CLOSING = {"“", "«", "„"}, {"”", "»"}
_STRAIGHT = {'"', "''", "``"}
_PREPOSITION_LABELS = ("obl", "nmod", "advmod", "parataxis", "dep", "advcl", "root")
_VERBAL = {"VERB", "AUX"}
_DASHES = {",", "—", "–", "-", "--"}
INSERTING = {"who", "which", "whose", "whom"}
"""Pronouns that open an aside; "where …" and "in which …" mostly go on with the account."""
_PRESENT = {"has", "have", "is", "are"}
"""What tells that "where …" is an aside: the tense of the report, not that of what was said."""
_SPEAKING = {"he", "she", "it", "they"}
_NOBODY = {"nobody", "none", "neither", "no-one"}
_VERBAL_ACTS = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
_BODIES = {"organ", "actor", "state", "body", "mission", "armed-group", "organisation", "ngo", "party"}
"""Kinds of speakers that a spokesman speaks for."""
MOST = 0.8
"""Share of a relayed statement that the words of the one who is relayed make up."""
OPENING_CHARACTERS = 36
"""So many characters are looked at for the time with which a sentence opens; it begins in their first third."""
_LINES = 4
"""Lines over which a quotation may go whose opening mark stands at the end of the line before."""
LATEST = 8
"""Sentences back in which "the statement" or "he" finds who spoke last."""


@dataclass(slots=True, eq=False)
class Saying:
    """Somebody's words: `cue` and `content` are word numbers; `speakers` heads of nominals; `parties` who they are."""

    cue: tuple[int, int] | None
    speakers: list[int]
    content: set[int]
    row: Row | None = None
    distance: Distance = Distance.NEUTRAL
    manner: Manner = Manner.INDIRECT
    channel: Channel = Channel.UNKNOWN
    act: bool = False
    parties: list[Party] = field(default_factory=list)
    because: str = ""


class Attribution:
    """The sayings of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, lexicon: Lexicon) -> None:
        self.doc = doc
        self.resolver = resolver
        self.lexicon = lexicon
        self.sayings: list[Saying] = []
        self.by_sentence: dict[int, list[Saying]] = {}
        self.unsaid: set[int] = set()
        """The words of clauses that somebody is said not to have said: nobody states them."""
        self.quotes = quotations(doc)
        self.quote_at = {k: q for q in self.quotes for k in range(*q)}
        self._times = {k for t in doc.names if t.type == "time" for k in range(t.first, t.last)}
        self._cited: list[tuple[Saying, Saying]] = []
        self._phrasal: dict[str, list[str]] = {}
        for form, pos in lexicon.cues:
            if pos in {"verb", "clause"} and " " in form:
                verb, particle = form.split(" ", 1)
                self._phrasal.setdefault(verb, []).append(particle)
        self._tagged: dict[int, list[Stretch]] = {}
        for span in doc.sayso:
            self._tagged.setdefault(doc.sentence_of[span.first], []).append(span)
        for number in range(len(doc.sentences)):
            self._sentence(number)
            self._spans(number)
        self._quotations()
        for saying in self.sayings:
            saying.content -= self._inserted(saying)
        resolver.speaker_of = self._speakers_at
        resolver.quoted = self.quote_at
        resolver.quoted_speaker = lambda i: self._speakers_at(i) if i in self.quote_at else []
        for saying in self.sayings:
            self._name(saying)
            if self._own_voice(saying):
                saying.parties = []  # "we found that …", outside quotation marks: the report itself says so (codebook, section 2)
        self._listed()
        for inner, outer in self._cited:
            inner.parties = [self.resolver.relayed(p, outer.parties) for p in inner.parties]
        self._inherit()
        resolver.forget()
        self.by_word: dict[int, list[Saying]] = {}
        for saying in self.sayings:
            for k in saying.content:
                self.by_word.setdefault(k, []).append(saying)
        for held in self.by_word.values():
            held.sort(key=lambda s: (len(s.content), -(s.cue[0] if s.cue and s.manner is not Manner.INHERITED else 0)))

    def chain(self, i: int) -> list[Saying]:
        """Whose words word `i` is, nearest speaker first; empty for the report's own."""
        found: list[Saying] = []
        for saying in self.by_word.get(i, ()):
            if not saying.parties:
                continue
            same = next((s for s in found if _same_speaker(s, saying)), None)
            if same is None:
                found.append(saying)
            elif same.act and saying.distance is Distance.DENYING:  # "denied that it had ordered the raid": the denial covers the order
                found[found.index(same)] = saying
        return found

    def _own_voice(self, saying: Saying) -> bool:
        """Whether the speaker is the "we" of a report in its publisher's own words."""
        plain = not saying.act and saying.distance is Distance.NEUTRAL
        return plain and bool(saying.speakers) and all(self.doc.words[k].lower() in {"we", "i"} and k not in self.quote_at for k in saying.speakers)

    def own_voice(self, party: Party) -> bool:
        """Whether a speaker is the party whose words the whole report is: it speaks with the report's own voice."""
        return any((p.entity.country, p.entity.sector) == (party.entity.country, party.entity.sector) for p in self.resolver.publisher())

    def _speakers_at(self, i: int) -> list[Party]:
        """Who says "we" at word `i`."""
        covering = [s for s in self.by_sentence.get(self.doc.sentence_of[i], ()) if i in s.content and s.speakers]
        if not covering:
            return []
        nearest = min(covering, key=lambda s: len(s.content))
        return nearest.parties or [p for h in nearest.speakers for p in self.resolver.of(h)]

    def _add(self, saying: Saying) -> None:
        """Keep a saying, and note the sentences that it touches."""
        self.sayings.append(saying)
        for number in {self.doc.sentence_of[k] for k in saying.content | (set(range(*saying.cue)) if saying.cue else set())}:
            self.by_sentence.setdefault(number, []).append(saying)

    # cues

    def _sentence(self, number: int) -> None:
        doc = self.doc
        s = doc.sentences[number]
        for i in range(s.first, s.last):
            lemma = doc.lemmas[i]
            if doc.upos[i] in _VERBAL:
                row = self._row(i)
                if row is not None:
                    self._verb(i, row)
            elif doc.upos[i] == "NOUN" and (row := self.lexicon.cues.get((lemma, "noun"))) is not None:
                self._noun(i, row)
        self._prepositions(s.first, s.last)
        if not self.by_sentence.get(number):
            self._headline(s)

    def _headline(self, s: Sentence) -> None:
        """ "Six killed in raid - army", "Army: six killed in raid"."""
        doc = self.doc
        dash = headline_tail(doc, s)
        named = range(dash + 1, s.last) if dash is not None else range(s.first, s.first)
        content = set(range(s.first, dash)) if dash is not None else set()
        colon = next((k for k in range(s.first + 1, min(s.first + LONGEST_TAIL + 1, s.last - 3)) if doc.words[k] == ":"), None)
        if dash is None and colon is not None and doc.words[s.last - 1] not in {".", "!", "?"}:
            dash, named, content = colon, range(s.first, colon), set(range(colon + 1, s.last))
        speaker = next((k for k in named if doc.heads[k] not in named), None)
        if dash is None or speaker is None or not self._may_speak(speaker, dash == colon):
            return
        self._add(Saying((dash, dash + 1), [speaker], content, manner=self._manner(content), because=f"named beside the “{doc.words[dash]}” of a headline"))

    def _may_speak(self, k: int, first: bool) -> bool:
        """Whether a headline's few words beside its dash or colon name a speaker; a country that stands first is where it happened."""
        mark = self.resolver.mark_at.get(k)
        if k in self.resolver.person_at or (mark is not None and mark.of("agent", "organ", "office", "actor", "metonym")):
            return True
        return not first and (self._document(k) or (mark is not None and mark.of("country", "capital") is not None))

    def _row(self, i: int) -> Row | None:
        """The entry for a verb: with the words that hang on it ("put … at", "go on") before the verb alone."""
        doc = self.doc
        lemma = doc.lemmas[i]
        for particle in self._phrasal.get(lemma, ()):
            if any(doc.words[k].lower() == particle for k in doc.dependents(i, "compound:prt", "advmod")) or any(
                doc.case(k) == particle for k in doc.dependents(i, "obl")
            ):
                return self.lexicon.cues.get((f"{lemma} {particle}", "verb")) or self.lexicon.cues.get((f"{lemma} {particle}", "clause"))
        return self.lexicon.cues.get((lemma, "verb")) or self.lexicon.cues.get((lemma, "clause"))

    def _verb(self, i: int, row: Row) -> None:
        doc = self.doc
        if doc.labels[i] in {"amod", "compound", "aux", "aux:pass", "cop"}:
            return
        s = doc.sentences[doc.sentence_of[i]]
        passive = bool(doc.dependents(i, "aux:pass", "nsubj:pass"))
        if self._relays(row) or self._withholds(i, row):  # "quoted X as saying …" is read at "saying"
            return
        subject = self._in_title(self._subject(i), i)
        speakers = [subject] if subject is not None else []
        if passive:
            agent = doc.dependent(i, "obl:agent")
            speakers = [agent] if agent is not None else []
        relayer = self._relayer(i)
        if relayer is not None:
            subject, speakers = None, self._relayed(relayer)
        content = self._content(i, passive, row)
        host = self._host(i) if not content or i in content else set()
        content = host or content
        if not content:
            content = self._around(i, subject, s.first, s.last, row) if relayer is None else self._before(relayer, s.first)
        if not content or i in content:
            content = content - {i}
        if not content:
            return
        said = self._said(i)
        if content and min(content) < i and not host:  # what comes first is a clause of its own; behind the cue only what is tagged goes on with it
            behind = {k for k in content if k > i}
            tagged = {k for t in self._tagged.get(doc.sentence_of[i], ()) if t.type == "content" and t.last - t.first > 1 for k in range(t.first, t.last)}
            if tagged and not behind & set(doc.subtree(i)) & self.quote_at.keys():
                content -= behind - tagged
            content |= self._led_to(i, content)
        content -= self._nominal(speakers, i)
        if not content:
            return
        saying = Saying((i, i + 1), speakers, content, row, Distance(row["distance"]), because=f"{row.place} {row['form']}")
        saying.act = bool(row["act"])
        if self._denies(i, row):
            saying.act, saying.distance = False, Distance.DENYING
        saying.manner = self._manner(content)
        saying.channel = said
        if self._unsaid(i):
            if self._negated(i):
                self.unsaid |= {k for c in doc.dependents(i, "ccomp") if not asks(doc, c) for k in doc.subtree(c)}
                if row["distance"] == Distance.DENYING.value:  # "neither confirmed nor denied the strike"
                    self.unsaid |= {k for c in doc.dependents(i, "obj") for k in doc.subtree(c)}
            return
        self._add(saying)
        self._citing(i, saying)
        if relayer is not None:
            self._relay(relayer, saying)

    def _led_to(self, i: int, content: set[int]) -> set[int]:
        """What somebody goes on to tell behind a cue in the middle: "shells hit a clinic, the group said on Friday, killing two"."""
        doc = self.doc
        last = doc.sentences[doc.sentence_of[i]].last
        for k in range(i + 1, last):
            led = doc.labels[k] == "advcl" and doc.words[k].endswith("ing") and doc.words[k - 1] == "," and not doc.dependents(k, "mark")
            if led and self._row(k) is None and (doc.heads[k] in content or (doc.heads[k] == i and self._violent([k]))):
                return set(doc.subtree(k))
        return set()

    def _subject(self, i: int) -> int | None:
        """Who says what a cue tells. A participle behind a trailing cue goes on with that cue's speaker, wherever the tree hangs it: "…, X said, adding"."""
        doc = self.doc
        below, above = i, doc.heads[i]
        while doc.labels[i] == "advcl" and doc.words[i].lower().endswith("ing") and not doc.dependents(i, "nsubj") and above >= 0:
            if doc.labels[below] == "ccomp" and below < above < i and self._row(above) is not None:
                return subject_of(doc, above)
            if (
                doc.labels[below] == "ccomp"
                and above < below < i
                and self.lexicon.is_word(doc.lemmas[i], "adding")
                and self._row(below) is None
                and self._row(above) is not None
            ):
                return subject_of(doc, above)  # "the agency said they had left, adding that …"
            below, above = above, doc.heads[above]
        several = [k for k in doc.dependents(i, "nsubj") if k < i]
        if len(several) > 1 and "," in doc.words[several[0] : several[-1]] and self._row(i) is not None and not is_passive(doc, i):
            return several[-1]  # "Mali demanded that they leave, Chad's foreign ministry said": of two subjects the nearer
        return subject_of(doc, i)

    def _in_title(self, subject: int | None, i: int) -> int | None:
        """The person, where the tree makes a subject of a body in his title: "Northern Dawn Front (NDF) council member Ali Musa said"."""
        doc = self.doc
        mark = self.resolver.mark_at.get(subject) if subject is not None else None
        if subject is None or mark is None or len(doc.dependents(i, "nsubj")) < 2:
            return subject
        for k in range(mark.last, i):
            person = self.resolver.person_at.get(k)
            if person is not None:
                named = any(t.first <= subject < t.last and any(t.last == first <= k < last for first, last in person.spans) for t in person.titles)
                return k if named else subject
        return subject

    def _nominal(self, speakers: list[int], cue: int) -> set[int]:
        """The words that name the speakers, without a clause about them in which they are said to speak ("police, who reported that …")."""
        doc = self.doc
        named = {k for h in speakers for k in doc.subtree(h)}
        return named - set(doc.subtree(cue)) if cue in named else named

    def _unsaid(self, i: int) -> bool:
        """Whether a cue is negated, only possible, or a headline's passive: "did not say", "may announce", "two guards reported wounded"."""
        doc = self.doc
        for c in doc.dependents(i, "xcomp"):
            if doc.upos[c] == "VERB" and not doc.words[c].lower().endswith("ing") and not doc.dependents(c, "mark", "aux") and not doc.dependents(i, "obj"):
                return True
        if self._negated(i):
            return True
        return any(doc.lemmas[k] in {"will", "would", "may", "might", "could", "should", "can", "shall", "must"} for k in doc.dependents(i, "aux"))

    def _negated(self, i: int) -> bool:
        """Whether a cue says that nothing was said: "did not say", "nobody has said", "no group has claimed"."""
        doc = self.doc
        if any(doc.words[k].lower() in {"not", "n't", "n’t", "never", "neither", "nor"} for k in doc.dependents(i, "advmod", "cc")):
            return True
        for k in doc.dependents(i, "nsubj"):
            if doc.words[k].lower() in _NOBODY or any(doc.words[c].lower() in {"no", "neither"} for c in doc.dependents(k, "det", "advmod", "cc")):
                return True
        return False

    def _denies(self, i: int, row: Row) -> bool:
        """Whether a cue denies: by its entry, or as a refusal of what others state ("rejected reports that …")."""
        if row["distance"] == Distance.DENYING.value:
            return True
        return row["act"] == "REJECT" and any(self._stated(c) for c in self._denied(i))

    def _withholds(self, i: int, row: Row) -> bool:
        """Whether a word of denial says that something was not granted, and nothing of what is so: "denied the envoy a visa"."""
        if row["distance"] != Distance.DENYING.value:
            return False
        granted = {use.words[-1] for use in self.lexicon.verbs.get(self.doc.lemmas[i], ()) if use.type == "REJECT" and len(use.words) > 1}
        return any(self.doc.lemmas[c] in granted for c in self.doc.dependents(i, "obj", "nsubj:pass"))

    def _denied(self, i: int) -> list[int]:
        """The objects of a cue; one parted from it by a date may hang on it as an adjunct: "denied on Monday reports that …"."""
        doc = self.doc
        return [*doc.dependents(i, "obj"), *(c for c in doc.dependents(i, "obl") if c > i and not doc.case(c) and self._stated(c))]

    def _stated(self, i: int) -> bool:
        """Whether a noun is a statement whose words are told: "the claim that …", "its figure of nine"."""
        doc = self.doc
        row = self.lexicon.cues.get((doc.lemmas[i], "noun"))
        if row is None:
            return False
        told = any(doc.words[k].lower() == "that" for c in doc.dependents(i, "acl", "ccomp") for k in doc.dependents(c, "mark"))
        return told or ("subj" in row.listed("source") and any(doc.case(c) == "of" for c in doc.children[i]))

    def _relays(self, row: Row | None) -> bool:
        """Whether a cue passes on another's words: its object, not its subject, is the speaker ("quote X as saying")."""
        return row is not None and row["pos"] == "verb" and "obj" in row.listed("source")

    def _relayer(self, i: int) -> int | None:
        """The verb that passes on what verb `i` says: "quoted" in "quoted X as saying"; None where there is none."""
        doc = self.doc
        head = doc.heads[i]
        if head < 0 or not self._relays(self.lexicon.cues.get((doc.lemmas[head], "verb"))):
            return None
        return head if any(doc.words[k].lower() == "as" for k in doc.dependents(i, "mark", "case", "advmod")) else None

    def _relayed(self, relayer: int) -> list[int]:
        """The speaker whom a relaying verb names."""
        doc = self.doc
        if doc.dependents(relayer, "aux:pass", "nsubj:pass"):
            subject = subject_of(doc, relayer)
            return [subject] if subject is not None else []
        if doc.labels[relayer] in {"acl", "acl:relcl"} and not doc.dependents(relayer, "obj"):
            return [doc.heads[relayer]]
        return doc.dependents(relayer, "obj")

    def _relay(self, relayer: int, inner: Saying) -> None:
        """The second link of the chain: the agency that quoted the speaker."""
        doc = self.doc
        passive = bool(doc.dependents(relayer, "aux:pass", "nsubj:pass")) or not doc.dependents(relayer, "obj")
        agents = doc.dependents(relayer, "obl:agent") or [k for k in doc.dependents(relayer, "obl") if doc.case(k) == "by"]
        if not agents and inner.cue is not None:  # "was quoted as saying by the agency": hung on "saying"
            agents = [k for k in doc.children[inner.cue[0]] if doc.case(k) == "by" and k > relayer]
        subject = subject_of(doc, relayer)
        speakers = agents if passive else [subject] if subject is not None else []
        if speakers:
            row = self.lexicon.cues[doc.lemmas[relayer], "verb"]
            content = inner.content | (set(range(*inner.cue)) if inner.cue else set())
            self._add(Saying((relayer, relayer + 1), speakers, content, row, Distance(row["distance"]), inner.manner, because=f"{row.place} {row['form']}"))

    def _content(self, i: int, passive: bool, row: Row) -> set[int]:
        """The words of the clause, or the thing, that a cue governs."""
        doc = self.doc
        found: set[int] = set()
        for c in doc.dependents(i, "ccomp"):
            found |= clause_words(doc, c, i)
        if not found and not row["act"] and not self._denies(i, row):  # "said in a statement that …", "told reporters that …": hung on the noun before
            for n in doc.dependents(i, "obl", "iobj", "obj"):
                if n > i and not (doc.labels[n] == "obj" and self._document(n)):
                    for c in (c for k in doc.subtree(n) for c in doc.dependents(k, "acl")):
                        if doc.labels[c] == "acl" and any(doc.words[k].lower() == "that" for k in doc.dependents(c, "mark")):
                            found |= clause_words(doc, c, i)
        if not found and not row["act"]:  # "said after it recovered the body that it would …": hung on the clause put in between
            for c in (c for a in doc.dependents(i, "advcl") if a > i for c in doc.dependents(a, "ccomp")):
                if c > i and self._row(doc.heads[c]) is None and any(doc.words[k].lower() == "that" for k in doc.dependents(c, "mark")):
                    found |= {k for k in clause_words(doc, c, i) if k >= min(m for m in doc.dependents(c, "mark") if doc.words[m].lower() == "that")}
        if not found and row["pos"] != "clause":
            for c in doc.dependents(i, "xcomp"):
                if not (passive and doc.lemmas[i] in {"expect", "believe"}):
                    found |= clause_words(doc, c, i)
        if not found:
            for c in doc.dependents(i, "parataxis"):
                if c > i and not doc.dependents(c, "mark") and self._heads_clause(c) and ";" not in doc.words[i:c]:
                    found |= clause_words(doc, c, i)
        return found

    def _heads_clause(self, c: int) -> bool:
        return self.doc.upos[c] in _VERBAL or bool(self.doc.dependents(c, "cop", "nsubj", "nsubj:pass"))

    def _host(self, i: int) -> set[int]:
        """The clause into which a cue is put between commas, words on both sides of it: "the post, he said, was shelled"."""
        doc = self.doc
        if doc.labels[i] not in {"parataxis", "acl:relcl", "dep"} or not doc.dependents(i, "nsubj") or doc.heads[i] < 0:
            return set()
        own = doc.subtree(i)
        inner = [k for k in own if doc.upos[k] != "PUNCT"]
        before, after = inner[0] - 1, inner[-1] + 1
        if inner[-1] - inner[0] >= len(own) or before < 0 or after >= len(doc) or doc.words[before] not in _DASHES or doc.words[after] not in _DASHES:
            return set()
        if any(doc.words[k].lower() in RELATIVE for k in own):
            return set()
        found = set(doc.subtree(clause_of(doc, doc.heads[i]))) - set(own)
        return found if any(k < before for k in found) and any(k > after for k in found) else set()

    def _around(self, i: int, subject: int | None, first: int, last: int, row: Row) -> set[int]:
        """Content that no clause label gives: what stands before ", X said", a quotation in the sentence, an accused act, an object."""
        doc = self.doc
        if row["pos"] == "clause":
            return {k for c in doc.dependents(i, "obj") if self._stated(c) for k in doc.subtree(c)}
        start = min([i, *(doc.subtree(subject) if subject is not None and subject < i else [])])
        start = min(start, i)
        before = start - 1
        after = i + 1
        inverted = subject is not None and subject > i
        trailing = before > first and doc.words[before] in {",", "”", '"', "?", "!", "—", "–"} and doc.labels[i] not in {"acl:relcl", "acl", "amod"}
        end_of_cue = (
            max([i, *(k for c in doc.children[i] if doc.labels[c] not in {"ccomp", "parataxis", "conj"} and c > i for k in doc.subtree(c))])
            if (inverted or trailing)
            else i
        )
        if trailing and (doc.labels[i] in {"root", "parataxis", "ccomp", "conj", "acl:relcl", "advcl", "dep"}) and not doc.dependents(i, "obj"):
            whole = set(range(first, before + 1))
            tagged = {k for t in self._tagged.get(doc.sentence_of[i], ()) if t.type == "content" for k in range(t.first, t.last)}
            rest = end_of_cue + 1
            if rest < last - 1 and doc.words[rest] in {",", ":"}:
                whole |= {k for k in range(rest + 1, last) if not tagged or k in tagged}
            if doc.labels[i] == "conj" and doc.heads[i] >= first and doc.words[before] == ",":
                return set()
            return whole
        if after < last and (doc.words[after] in {":", ","} or doc.words[after] in OPENING | {'"'}):
            quoted = {k for k in range(after, last) if k in self.quote_at}
            if quoted:
                return quoted
        quoted = {k for k in range(first, last) if k in self.quote_at and k != i and not self._of_another(k, i)}
        if row["act"]:  # "“We condemn the raid,” he said, adding that his government had asked for help": what is told in the words of another
            quoted -= {k for s in self.by_sentence.get(self.doc.sentence_of[i], ()) if not s.act and s.speakers != [subject] for k in s.content}
        if quoted and i not in self.quote_at and len(quoted) > 3:
            return quoted
        if self._denies(i, row):
            return {k for c in self._denied(i) for k in doc.subtree(c)}
        if bool(row["act"]):
            return self._accused(i)
        particle = row["form"].partition(" ")[2]
        governed: set[int] = set()
        for k in doc.dependents(i, "obl") if particle else []:
            if doc.case(k) == particle or (governed and not doc.case(k) and doc.subtree(k)[0] == max(governed) + 1):  # "at nine dead"
                governed |= set(doc.subtree(k))
        for c in doc.dependents(i, "obj"):
            # "put the dead at nine", "claimed responsibility for the attack", "denied involvement in it"
            if doc.upos[c] in {"NOUN", "PROPN"} or (governed and doc.upos[c] == "ADJ"):
                behind = [k for k in doc.dependents(i, "obl") if doc.case(k) in {"for", "in"} and k > c]
                return set(doc.subtree(c)) | {w for k in behind for w in doc.subtree(k)} | governed
        return governed

    def _before(self, relayer: int, first: int) -> set[int]:
        """What stands before a relaying verb at the end of a sentence: "The two will meet, the agency quoted X as saying"."""
        doc = self.doc
        subject = subject_of(doc, relayer)
        begin = min([relayer, *(doc.subtree(subject) if subject is not None and subject < relayer else [])])
        closed = begin - 1 > first and doc.words[begin - 1] in {",", "”", '"', "?", "!", "—", "–"}
        return set(range(first, begin - 1)) if closed else set()

    def _of_another(self, k: int, i: int) -> bool:
        """Whether word `k` is what another verb of saying than `i` tells, beside it: "put the toll at 39; the mayor said that …"."""
        doc = self.doc
        above = {i, *doc.ancestors(i)}
        return any(a not in above and doc.upos[a] in _VERBAL and doc.dependents(a, "ccomp") and self._row(a) is not None for a in doc.ancestors(k))

    def _accused(self, i: int) -> set[int]:
        """The act that somebody accuses another of, blames on them, condemns or claims."""
        doc = self.doc
        found: set[int] = set()
        for c in doc.children[i]:
            label = doc.labels[c]
            if label == "advcl" or (label.startswith("obl") and doc.case(c) in {"for", "of", "over"}):
                if any(doc.words[k].lower() in {"of", "for", "over"} for k in doc.dependents(c, "mark", "case")):
                    found |= set(doc.subtree(c))
            elif (label == "obj" and doc.lemmas[i] not in {"accuse"}) or (label == "nsubj:pass" and doc.lemmas[i] in {"condemn", "blame", "denounce"}):
                found |= set(doc.subtree(c))
        return found

    def _noun(self, i: int, row: Row) -> None:
        """ "a statement by X that …", "reports that …", "X's claim that …"."""
        doc = self.doc
        content: set[int] = set()
        for c in doc.dependents(i, "acl", "ccomp"):
            if any(doc.words[k].lower() == "that" and doc.labels[k] == "mark" for k in doc.children[c]):
                content |= clause_words(doc, c, i)
        if not content and doc.labels[i] == "obj" and self._row(doc.heads[i]) is None:  # "accepted the settlers' account that …"
            for c in doc.dependents(doc.heads[i], "ccomp"):
                if c > i and any(doc.words[k].lower() == "that" for k in doc.dependents(c, "mark")):
                    content |= clause_words(doc, c, i)
        figure = "subj" in row.listed("source")
        if figure:  # "gave a toll of nine"
            content |= {k for c in doc.children[i] if doc.case(c) == "of" for k in doc.subtree(c)}
        elif row["distance"] == Distance.DOUBTING.value:  # "accusations of hacking", "allegations of torture by the police"
            below = doc.dependents(i, "nmod", "acl")
            charged = [c for c in below if doc.case(c) == "of" or any(doc.words[k].lower() == "of" for k in doc.dependents(c, "mark"))]
            content |= {k for c in charged if doc.lemmas[c] in self.lexicon.nouns or doc.words[c].lower().endswith("ing") for k in doc.subtree(c)}
        if not content or self._refused(i):
            return
        speakers = []
        for c in doc.children[i]:
            if c in content or (figure and doc.case(c) == "of"):
                continue
            if doc.labels[c] == "nmod:poss" or (doc.labels[c].startswith("nmod") and doc.case(c) in {"by", "from", "of"}):
                speakers.append(c)
        if not speakers and doc.labels[i] == "obj":
            subject = subject_of(doc, doc.heads[i])
            told = subject is not None and (subject in self.resolver.mark_at or subject in self.resolver.person_at or self._author(subject) != subject)
            if subject is not None and (doc.upos[subject] == "PRON" or told):
                speakers.append(subject)
        self._add(Saying((i, i + 1), speakers, content, row, Distance(row["distance"]), because=f"{row.place} {row['form']}",
                                   manner=self._manner(content)))  # fmt: skip

    def _refused(self, i: int) -> bool:
        """Whether a noun of statement hangs on a denial, which covers it: "denied reports that …"."""
        head = self.doc.heads[i]
        row = self._row(head) if head >= 0 and self.doc.upos[head] in _VERBAL else None
        return row is not None and self._denies(head, row)

    def _prepositions(self, first: int, last: int) -> None:
        """ "according to X", "citing X", "in the words of X": the clause that they stand in, without them."""
        doc = self.doc
        for i in range(first, last):
            row, width = None, 0
            if doc.words[i].lower() not in self.lexicon.openings:
                continue
            for n in (4, 3, 2, 1):
                form = " ".join(w.lower() for w in doc.words[i : i + n])
                if i + n <= last and (row := self.lexicon.cues.get((form, "prep"))) is not None:
                    width = n
                    break
            if row is None or (width == 1 and row["form"] in {"per", "for", "to", "with", "by", "from"}):
                continue
            head = self._governed(i, width, last)
            if head is None or (doc.labels[i] == "acl" and not self._document(doc.heads[i])):  # "a statement carried by", not "crates carried by"
                continue
            clause = self._clause_above(head, i)
            if row["form"] == "citing" and self._reason(head, i):
                continue
            if row["form"].endswith(" from") and self._sent_from(head, i):
                continue
            if any(s.cue and i <= s.cue[0] < i + width for s in self.by_sentence.get(doc.sentence_of[i], ())):
                continue  # read at the reporting verb beside it
            own = set(doc.subtree(head)) | set(range(i, i + width))
            content = (set(doc.subtree(clause)) if clause is not None else set(range(first, last))) - own
            if clause is None or doc.heads[clause] < 0 or len(content) < 3:
                content = set(range(first, last)) - own
            content = {k for k in content if doc.words[k] not in {",", "."}} or content
            stops = [k for k in range(first, last) if doc.words[k] == ";" and k not in self.quote_at]  # each statement between semicolons stands for itself
            begin, end = max([k for k in stops if k < i], default=first), min([k for k in stops if k > i], default=last)
            content = {k for k in content if begin <= k < end} or content
            self._add(Saying((i, i + width), [head], content, row, Distance(row["distance"]), because=f"{row.place} {row['form']}",
                                       manner=self._manner(content)))  # fmt: skip

    def _reason(self, head: int, i: int) -> bool:
        """Whether what somebody cites is why he acts, not who says so: "closed the border, citing reports of raids", "citing fears of an attack"."""
        doc = self.doc
        above = doc.heads[i] if doc.labels[i] == "advcl" else -1
        if above < 0 or doc.upos[above] != "VERB" or is_passive(doc, above):
            return False
        row = self._row(above)
        if row is not None and not row["act"]:
            return False
        named = head in self.resolver.mark_at or head in self.resolver.person_at or doc.upos[head] == "PROPN"
        return self._document(head) or not named

    def _sent_from(self, head: int, i: int) -> bool:
        """Whether what stands behind "from" is only where a statement was sent from: "the rebels said in a statement from Paris"."""
        mark = self.resolver.mark_at.get(head)
        town = mark.of("capital") is not None and mark.of("country") is None if mark is not None else head in self.resolver.place_at
        said = [s for s in self.by_sentence.get(self.doc.sentence_of[i], ()) if s.cue and s.speakers and s.cue[0] < i]
        return town and any(self.doc.upos[s.cue[0]] in _VERBAL and s.cue[0] in self.doc.ancestors(i + 1) for s in said if s.cue)

    # what the network tags

    def _spans(self, number: int) -> None:
        """The network's cues and contents of one sentence: a saying where the rules found none, more words where they found too few."""
        tagged = self._tagged.get(number, [])
        cues = [(self._top(t), t) for t in tagged if t.type == "cue"]
        linked: dict[Stretch, set[int]] = {}
        for content in tagged:
            if content.type != "content" or not cues:
                continue
            top = self._top(content)
            _, cue = min(cues, key=lambda c: (self._apart(c[0], top), min(abs(c[1].first - content.last), abs(content.first - c[1].last)), c[1].first))
            linked.setdefault(cue, set()).update(range(content.first, content.last))
        for top, cue in cues:
            if cue in linked:
                self._spanned(top, cue, linked[cue], [t for t in tagged if t.type == "source"])

    def _spanned(self, top: int, cue: Stretch, content: set[int], sources: list[Stretch]) -> None:
        """Make, or fill up, the saying of one tagged cue."""
        doc = self.doc
        here = self.by_sentence.get(doc.sentence_of[cue.first], [])
        known = [s for s in here if s.cue and s.cue[0] < cue.last and s.cue[1] > cue.first]
        if known:
            owner = known[0]
            stop = next((k for k in range(cue.last, doc.sentences[doc.sentence_of[top]].last) if doc.words[k] == ";" and k not in self.quote_at), None)
            if stop is not None and owner.content and min(owner.content) > top and max(owner.content) < stop:
                content = {k for k in content if k < stop}  # behind a semicolon another statement begins
            if not owner.act and len(known) == 1 and not self._relays(owner.row):
                inner = {k for s in here if s is not owner and s.cue and s.cue[0] in content | owner.content for k in s.content}
                more = {k for k in content if k not in inner} - self._nominal(owner.speakers, top) - self._beside(top, owner)
                opening = min(owner.content, default=top)
                if opening - 1 > top and doc.words[opening - 1].lower() == "that":
                    more -= set(range(top, opening))  # what stands between a cue and "that" is not told by it
                owner.content |= more
            return
        row = next((r for k in range(cue.first, cue.last) for kind in ("verb", "clause", "noun") if (r := self.lexicon.cues.get((doc.lemmas[k], kind)))), None)
        if doc.upos[top] == "NOUN" and self._refused(top):
            return
        clause = self._governs_clause(top, content)
        if (row is not None and row["act"]) or (row is None and not clause) or (self._relays(row) and doc.labels[top] == "advcl"):
            return
        if row is not None and row["pos"] == "clause" and not clause and doc.dependents(top, "obj") and not any(doc.upos[k] in _VERBAL for k in content):
            return  # "recalled its ambassador": a word of saying only with a clause
        if row is not None and self._withholds(top, row):
            return
        speaker = None
        heads = [self._top(t) for t in sources]
        if doc.upos[top] in _VERBAL:
            if self._unsaid(top):
                return
            if is_passive(doc, top):
                heads = [h for h in heads if doc.case(h) == "by" and doc.heads[h] == top]
            else:
                speaker = subject_of(doc, top)
        if speaker is None or speaker not in {k for t in sources for k in range(t.first, t.last)}:
            speaker = min(heads, key=lambda h: (self._apart(h, top), abs(h - top)), default=speaker)
        if speaker is None:
            return
        content = content - self._nominal([speaker], top) - set(range(cue.first, cue.last))
        if not content:
            return
        distance = Distance(row["distance"]) if row else Distance.NEUTRAL
        self._add(Saying((top, top + 1), [speaker], content, row, distance, self._manner(content), self._said(top),
                         because="tagged as a cue with its source and content"))  # fmt: skip

    def _beside(self, top: int, owner: Saying) -> set[int]:
        """A statement of its own behind what a cue tells, which the tree joins to the cue: "said that they had fired, and Chad recalled its envoy"."""
        doc = self.doc
        found: set[int] = set()
        for c in doc.dependents(top, "conj"):
            words = doc.subtree(c)
            told = owner.content and top < min(owner.content) and max(owner.content) < min(words)
            if told and "," in doc.words[min(words) - 1 : min(words) + 1] and doc.dependents(c, "nsubj", "nsubj:pass") and not doc.dependents(c, "mark"):
                found |= {k for k in words if k not in self.quote_at}
        return found

    def _governs_clause(self, top: int, content: set[int]) -> bool:
        """Whether a word that the lists don't have stands to its content as a word of saying does: it governs a finite clause, or is put into one."""
        doc = self.doc
        if any(c in content for c in doc.dependents(top, "ccomp")):
            return True
        return doc.labels[top] == "parataxis" and doc.heads[top] in content and doc.upos[top] == "VERB"

    def _top(self, span: Stretch) -> int:
        """The word of a stretch that governs the others."""
        return next((k for k in range(span.first, span.last) if not span.first <= self.doc.heads[k] < span.last), span.first)

    def _apart(self, a: int, b: int) -> int:
        """Steps in the tree between two words of one sentence."""
        above = {k: n for n, k in enumerate([a, *self.doc.ancestors(a)])}
        return next((above[k] + n for n, k in enumerate([b, *self.doc.ancestors(b)]) if k in above), len(above))

    def _document(self, i: int) -> bool:
        """Whether a noun is something said or written: a statement, a report, an interview."""
        return (self.doc.lemmas[i], "noun") in self.lexicon.cues or self.doc.lemmas[i] in self.lexicon.channels

    def _governed(self, i: int, width: int, last: int) -> int | None:
        """The head of the nominal behind a preposition."""
        doc = self.doc
        inside = set(range(i, i + width))
        for k in range(i + width, min(last, i + width + 12)):
            if doc.upos[k] in {"NOUN", "PROPN", "PRON"} and (
                doc.heads[k] < i or doc.heads[k] in inside or doc.heads[k] >= last or doc.labels[k] in {"obl", "obj"}
            ):
                head = k
                if doc.labels[k] in {"compound", "amod", "flat", "nmod:poss"}:
                    continue
                return head
        return None

    def _clause_above(self, head: int, i: int) -> int | None:
        doc = self.doc
        for a in doc.ancestors(head):
            if a == i:
                continue
            if doc.upos[a] in _VERBAL or doc.dependents(a, "cop"):
                top = a
                while doc.labels[top] in {"xcomp", "conj"} and doc.heads[top] >= 0 and doc.upos[doc.heads[top]] in _VERBAL and abs(doc.heads[top] - head) > 0:
                    top = doc.heads[top]
                return top
        return None

    def _citing(self, i: int, outer: Saying) -> None:
        """ "the agency said, citing border guards, that …": border guards speak first, the agency relays."""
        doc = self.doc
        subject = subject_of(doc, i)
        for c in [*doc.dependents(i, "advcl", "conj"), *(doc.dependents(subject, "acl", "advcl") if subject is not None else [])]:
            if self._relays(self.lexicon.cues.get((doc.lemmas[c], "verb"))) and doc.words[c].lower().endswith("ing"):
                source = doc.dependent(c, "obj")
                if source is not None and not (outer.act and self._document(source)):  # "urged a halt, citing assurances by the envoy": a reason
                    content = outer.content - set(doc.subtree(c))
                    outer.content = content | {c}
                    row = self.lexicon.cues.get((doc.lemmas[c], "verb")) or outer.row
                    inner = Saying((c, c + 1), [source], content, row, manner=outer.manner, because="citing")
                    self._cited.append((inner, outer))
                    self._add(inner)

    def _said(self, i: int) -> Channel:
        """How it was said, by the words that hang on the cue."""
        doc = self.doc
        for c in doc.children[i]:
            if doc.labels[c] in {"obl", "advcl", "xcomp", "obj", "iobj"}:
                for k in doc.subtree(c):
                    row = self.lexicon.channels.get(doc.lemmas[k]) or self.lexicon.channels.get(f"{doc.lemmas[k - 1]} {doc.lemmas[k]}" if k else "")
                    if row is not None:
                        return Channel(row["channel"])
        return Channel.UNKNOWN

    def _manner(self, content: set[int]) -> Manner:
        quoted = sum(k in self.quote_at for k in content)
        words = [k for k in content if self.doc.upos[k] != "PUNCT"]
        inside = sum(k in self.quote_at for k in words)
        if not quoted or not words:
            return Manner.INDIRECT
        return Manner.DIRECT if inside >= 0.9 * len(words) else Manner.MIXED

    # quotations without a cue of their own

    def _quotations(self) -> None:
        """A quotation belongs whole to the speaker whose cue stands beside it; one with no cue continues the speaker before."""
        doc = self.doc
        previous: Saying | None = None
        for quote in self.quotes:
            inside = set(range(*quote))
            if len(inside) < 4:
                continue
            first_sentence, last_sentence = doc.sentence_of[quote[0]], doc.sentence_of[quote[1] - 1]
            before = first_sentence - 1
            while before > 0 and all(doc.upos[k] == "PUNCT" for k in range(doc.sentences[before].first, doc.sentences[before].last)):
                before -= 1  # a quotation mark alone at the end of a line
            near = [s for number in range(before, last_sentence + 1) for s in self.by_sentence.get(number, ())]
            touching = [s for s in near if s.content & inside and s.cue and not inside & set(range(*s.cue))]
            if touching:
                owner = max(touching, key=lambda s: len(s.content & inside))
                owner.content |= inside
                for number in range(first_sentence, last_sentence + 1):
                    if owner not in (held := self.by_sentence.setdefault(number, [])):
                        held.append(owner)
                previous = owner
                continue
            beside = [s for s in near if s.cue and s.speakers and before <= doc.sentence_of[s.cue[0]] <= last_sentence
                      and not inside & set(range(*s.cue)) and not s.act]  # fmt: skip
            same = [s for s in beside if s.cue and first_sentence <= doc.sentence_of[s.cue[0]] <= last_sentence]
            whole = quote[0] <= doc.sentences[first_sentence].first + 1
            candidates = same or (beside if whole else [])
            owner2 = candidates[-1] if candidates else previous if whole and previous is not None and self._near(previous, quote) else None
            if owner2 is not None:
                told = [s for s in candidates if not self._relays(s.row)]
                relayed = [owner2] if self._relays(owner2.row) and told else []  # "“…,” the agency quoted X as saying. “…”": X, and the agency relays
                for owner in (*relayed, told[-1] if relayed else owner2):
                    self._add(Saying(owner.cue, owner.speakers, inside, owner.row, owner.distance, Manner.DIRECT, owner.channel,
                                               because="a quotation that continues"))  # fmt: skip
                previous = self.sayings[-1]

    def _inserted(self, saying: Saying) -> set[int]:
        """The report's own asides in somebody's statement: a relative clause behind a comma or in an apposition, outside quotation marks (codebook, 3.12)."""
        doc = self.doc
        found: set[int] = set()
        for k in saying.content:
            if doc.labels[k] != "acl:relcl" or k in self.quote_at or doc.heads[k] not in saying.content:
                continue
            clause = doc.subtree(k)
            before = clause[0] - 1
            aside = (before >= 0 and (doc.words[clause[0]] == "," or doc.words[before] == ",")) or doc.labels[doc.heads[k]] == "appos"
            opening = next((doc.words[w].lower() for w in clause if doc.upos[w] != "PUNCT"), "")
            present = any(doc.words[w].lower() in _PRESENT for w in doc.dependents(k, "aux", "cop", "aux:pass"))
            relative = opening in INSERTING or (opening == "where" and present)
            if ((aside and relative) or self._stands(k, saying)) and not (saying.cue and saying.cue[0] in clause):
                found |= set(clause)
        return found

    def _stands(self, k: int, saying: Saying) -> bool:
        """Whether a relative clause only tells which thing or person is meant in a denial: "denied links with the men who had seized the ship"."""
        doc = self.doc
        if saying.distance is not Distance.DENYING or saying.cue is None:
            return False
        top = doc.heads[k]
        while top >= 0 and doc.heads[top] != saying.cue[0] and doc.labels[top] in {"nmod", "conj", "obl", "obj", "appos", "nmod:poss"}:
            top = doc.heads[top]
        return top >= 0 and doc.heads[top] == saying.cue[0] and doc.labels[top] == "obj" and (doc.lemmas[doc.heads[k]], "noun") not in self.lexicon.cues

    def _near(self, saying: Saying, quote: tuple[int, int]) -> bool:
        doc = self.doc
        last = max(saying.content | ({saying.cue[0]} if saying.cue else set()))
        return 0 <= doc.sentence_of[quote[0]] - doc.sentence_of[last] <= 1

    def _author(self, head: int) -> int:
        """Whose a statement is, where the speaker's word is itself one ("a statement by X said"): X, else the word."""
        doc = self.doc
        before = [doc.words[c].lower() for c in doc.dependents(head, "compound", "amod")]
        if any(self.lexicon.is_word(form, "outlet") for form in (doc.lemmas[head], *(f"{word} {doc.lemmas[head]}" for word in before))):
            owner = next((c for c in doc.children[head] if doc.labels[c] == "nmod:poss" or doc.case(c) == "of"), None)
            if owner is not None:
                return owner  # "the army's media wing"
        channel = self.lexicon.channels.get(doc.lemmas[head])
        if (doc.lemmas[head], "noun") in self.lexicon.cues or (channel is not None and channel["channel"] in {"statement", "social media"}):
            for c in reversed(doc.children[head]):
                mark = self.resolver.mark_at.get(c)
                if doc.labels[c] in {"compound", "amod"} and mark is not None and mark.of("organ", "actor", "agent", "country", "adjective", "metonym"):
                    return c  # "an army statement", "the Pentagon toll"
            for c in doc.children[head]:
                if doc.labels[c] == "nmod:poss" or (doc.labels[c].startswith("nmod") and doc.case(c) in {"by", "from", "of"} and doc.upos[c] != "NUM"):
                    return c
                if doc.labels[c].startswith("nmod") and doc.case(c) in {"on", "in"} and doc.lemmas[c] in self.lexicon.agent_words("JRN"):
                    return c
                if doc.labels[c] == "acl" and (agent := doc.dependent(c, "obl:agent")) is not None:
                    return agent
            if (sender := self._sender(head)) is not None:
                return sender
        return head

    def _sender(self, head: int) -> int | None:
        """Who sends the message that the noun at `head` is: "Mali sent the council a letter saying …", "a letter was sent by Mali"; None where nobody does."""
        doc = self.doc
        verb = doc.heads[head]
        if verb < 0 or doc.upos[verb] != "VERB" or not self.lexicon.is_word(doc.lemmas[verb], "sending"):
            return None
        if doc.labels[head] == "nsubj:pass":
            return next((c for c in doc.children[verb] if doc.labels[c].startswith("obl") and doc.case(c) == "by" and c not in self.resolver.place_at), None)
        return subject_of(doc, verb) if doc.labels[head] == "obj" else None

    def _name(self, saying: Saying) -> None:
        charge = saying.row is not None and saying.row["pos"] == "noun" and saying.row["distance"] == Distance.DOUBTING.value
        if charge and not saying.speakers and saying.cue is not None and not self._judged(saying.cue[0]):
            saying.parties.append(self.resolver.unnamed(saying.cue[0]))
        if not saying.speakers and saying.cue is not None and self._reported(saying.cue[0]):
            rumour = self.resolver.somebody(saying.cue[0], Sector.UNK, named=True)
            saying.parties.append(rumour._replace(entity=replace(rumour.entity, country=None), kind="unnamed", because="nobody is named who reports it"))
        for word in saying.speakers:
            head = self._author(word)
            if head == word and (self.doc.lemmas[head], "noun") in self.lexicon.cues and self._definite(head):
                earlier = self._written(head, saying) or self._latest(head, saying)  # "the statement said": the one who spoke before
                if earlier:
                    saying.parties += [self.resolver.as_words(head, p) for p in earlier if all(p.entity.name != q.entity.name for q in saying.parties)]
                    continue
            goes_on = self._speaks_on(head) or self._speaks_for(head, saying) or self._same_medium(head)
            for party in goes_on or self._named_voice(head) or self.resolver.parties(head):
                if self.lexicon.is_word(self.doc.lemmas[head], "medical") and party.entity.sector in {Sector.GOV, Sector.UNK}:
                    party = party._replace(entity=replace(party.entity, sector=Sector.MED))  # "hospitals reported"
                if all(party.entity.name != p.entity.name for p in saying.parties):
                    saying.parties.append(party)
            if not saying.parties:
                saying.parties += self._unknown(head, saying)

    def _reported(self, i: int) -> bool:
        """Whether a noun stands for reports of nobody's by name: "there were reports that …"."""
        doc = self.doc
        head = doc.heads[i]
        return doc.lemmas[i] == "report" and doc.upos[i] == "NOUN" and head >= 0 and bool(doc.dependents(head, "expl"))

    def _speaks_for(self, head: int, own: Saying) -> list[Party]:
        """Whom "a spokesman" speaks for, where the text does not say: whose praise, protest or demand he tells, or who spoke last.

        Last, that is, in the paragraph or the sentence before.
        """
        doc = self.doc
        bare = self.lexicon.is_word(doc.lemmas[head], "voice") and head not in self.resolver.person_at and self.resolver.owner(head)[0] is None
        if not bare or any(k not in self._times for k in doc.dependents(head, "appos", "compound", "nmod", "nmod:poss")):
            return []
        here, s = doc.sentence_of[head], doc.sentences[doc.sentence_of[head]]
        verb = next((k for k in sorted(own.content) if doc.upos[k] == "VERB" and doc.heads[k] not in own.content), -1)
        verbal = verb >= 0 and any(row.type in _VERBAL_ACTS for row in self.lexicon.verbs.get(doc.lemmas[verb], ()))
        subject = subject_of(doc, verb) if verbal else None
        if subject is not None and doc.upos[subject] != "PRON":
            party = next(iter(self.resolver.of(subject)), None)
            if party is not None and party.kind in _BODIES:
                told = self.resolver.as_words(head, party)  # "Mali rejects the plan, a spokesman said": for Mali, and not Mali itself
                name = f"{doc.words[head].capitalize()} of {party.entity.name}"
                return [told._replace(entity=replace(told.entity, name=name, id=None), kind="office", because=f"speaks for {party.entity.name}")]
        for number in range(here - 1, -1, -1):
            if doc.sentences[number].block != s.block and number < here - 1:
                break
            for saying in reversed(self.by_sentence.get(number, ())):
                if saying.parties and saying.cue and not saying.act and saying.parties[0].kind in _BODIES:
                    return [self.resolver.as_words(head, saying.parties[0])]
        return []

    def _same_medium(self, head: int) -> list[Party]:
        """The paper, agency or station that "the paper", "the agency" or "the station" takes up: the last of the press that spoke; [] for none."""
        doc = self.doc
        more = len(doc.children[head]) - 1 - (doc.words[head - 1].lower() == "news")  # words beside the article: "the Congolese news agency"
        if more > 0 or not self.lexicon.is_word(doc.lemmas[head], "medium") or not self._definite(head):
            return []
        here = doc.sentence_of[head]
        for number in range(here, max(-1, here - LATEST - 1), -1):
            for saying in reversed(self.by_sentence.get(number, ())):
                told = saying.cue is not None and saying.cue[0] < head and head not in saying.content and bool(saying.parties)
                if told and saying.parties[0].entity.sector is Sector.JRN:
                    return [self.resolver.as_words(head, saying.parties[0])]
        return []

    def _named_voice(self, head: int) -> list[Party]:
        """A spokesman by name of whom the text does not say for whom he speaks: for whoever of his country spoke in the sentence before."""
        person = self.resolver.person_at.get(head)
        if person is None or person.known is not None or len(person.titles) != 1:
            return []
        title = person.titles[0]
        voice = title.office is not None and self.lexicon.is_word(self.doc.lemmas[title.office.last - 1], "voice")
        if not voice or title.others or title.last - title.first > 2:
            return []
        number = self.doc.sentence_of[head] - 1
        for saying in reversed(self.by_sentence.get(number, ())):
            party = saying.parties[0] if saying.parties and saying.cue and not saying.act else None
            if party is not None and party.kind in _BODIES:
                found = self.resolver.parties(head)
                return [
                    p._replace(entity=replace(p.entity, country=party.entity.country, sector=party.entity.sector, qualifiers=party.entity.qualifiers),
                               because=f"speaks for {party.entity.name}, who spoke before") for p in found
                ]  # fmt: skip
        return []

    def _judged(self, i: int) -> bool:
        """Whether the report itself says of a statement that it is so or not: "the claim that … is false"."""
        head = self.doc.heads[i]
        return head >= 0 and self.doc.labels[i] == "nsubj" and (self.doc.lemmas[head], "claim") in self.lexicon.matrix

    def _speaks_on(self, head: int) -> list[Party]:
        """Who goes on speaking in "he added", "they said": whoever spoke last, in this sentence or the two before, where the pronoun fits."""
        doc = self.doc
        word = doc.words[head].lower()
        if doc.upos[head] != "PRON" or word not in _SPEAKING:
            return []
        here = doc.sentence_of[head]
        near = [s for number in range(max(0, here - 2), here + 1) for s in self.by_sentence.get(number, ())]
        before = [s for s in near if s.parties and s.cue and s.cue[0] < head and not s.act and head not in s.content]
        last = max(before, key=lambda s: s.cue[0] if s.cue else 0, default=None)
        if last is None or not last.speakers or last.cue is None:
            return []
        told = {k for s in near for k in s.content}
        if any(doc.labels[k].startswith("nsubj") and k not in told and self.resolver.of(k) for k in range(last.cue[1], head)):
            return []  # the report has turned to somebody else: "The army gave another account. Nobody was hurt, it said"
        person = last.parties[0].kind in {"person", "office"} or self._single(last.speakers[0], last.parties[0])
        plural = len(last.parties) > 1 or doc.words[last.speakers[0]].lower() != doc.lemmas[last.speakers[0]]
        fits = person and len(last.parties) == 1 if word in {"he", "she"} else plural if word == "they" else not person and not plural
        return [self.resolver.as_words(head, p) for p in last.parties] if fits else []

    def _single(self, head: int, party: Party) -> bool:
        """Whether a speaker is one human being of a kind: "a U.S. diplomat", not "the police"."""
        doc = self.doc
        mark = self.resolver.mark_at.get(head)
        agent = mark.of("agent") if mark is not None else None
        if party.kind != "agent" or agent is None or doc.upos[head] != "NOUN" or doc.words[head].lower() != doc.lemmas[head]:
            return False
        return agent.row["kind"] not in _BODIES_OF_MEN and agent.row["sector"] != "JRN"

    def _definite(self, head: int) -> bool:
        return any(self.doc.words[d].lower() in {"the", "this", "that", "its", "their"} for d in self.doc.dependents(head, "det", "nmod:poss"))

    def _unknown(self, head: int, own: Saying) -> list[Party]:
        """A speaker of whom only the words are known; for a pronoun, whoever spoke last. A claim is never kept without its holder."""
        doc = self.doc
        if doc.upos[head] == "PRON":
            return [self.resolver.as_words(head, p) for p in self._latest(head, own)] if doc.words[head].lower() in {"he", "she", "it", "they"} else []
        if doc.upos[head] not in {"NOUN", "PROPN"}:
            return []
        if self._definite(head) and not self._document(head) and (again := self._again(head)):
            return again
        press = any(doc.lemmas[c] in self.lexicon.agent_words("JRN") for c in [head, *doc.dependents(head, "compound", "amod")])
        return [self.resolver.somebody(head, Sector.JRN if press else Sector.UNK, named=True)]

    def _again(self, head: int) -> list[Party]:
        """Who was called by the same noun before, with more words: "the coalition", after "the US-led coalition"; the latest; [] for nobody."""
        doc = self.doc
        for k in range(head - 1, -1, -1):
            if doc.lemmas[k] == doc.lemmas[head] and doc.upos[k] in {"NOUN", "PROPN"} and doc.sentence_of[k] < doc.sentence_of[head]:
                mark = self.resolver.mark_at.get(k)
                named = mark is not None and mark.of("actor", "organ") is not None
                found = self.resolver.parties(k) if named or any(k in s.speakers for s in self.by_sentence.get(doc.sentence_of[k], ())) else []
                if found and all(p.entity.sector is not Sector.UNK for p in found):
                    return [self.resolver.as_words(head, p) for p in found]
        return []

    def _written(self, head: int, own: Saying) -> list[Party]:
        """Who was named as having said something in the report, statement or bulletin that the noun at `head` takes up; the latest; [] for none."""
        doc = self.doc
        for saying in reversed(self.sayings):
            if saying.parties and saying.cue and saying.cue[0] < head and saying.cue[0] not in own.content:
                below = doc.dependents(saying.cue[0], "obl", "nmod")
                if any(doc.lemmas[k] == doc.lemmas[head] for k in below):
                    return saying.parties
        first = doc.sentences[max(0, doc.sentence_of[head] - LATEST)].first
        for k in range(head - 1, first - 1, -1):
            if doc.lemmas[k] == doc.lemmas[head] and doc.upos[k] == "NOUN" and k not in own.content:
                author = self._author(k)
                return self.resolver.parties(author) if author != k else []
        return []

    def _latest(self, i: int, own: Saying) -> list[Party]:
        """Who spoke last before word `i`, among the sayings named so far and not told in the saying itself; for "he" and "she" a person."""
        here = self.doc.sentence_of[i]
        near = [s for number in range(max(0, here - LATEST), here + 1) for s in self.by_sentence.get(number, ())]
        before = [s for s in near if s.parties and s.cue and s.cue[0] < i and not s.act and s.cue[0] not in own.content]
        if self.doc.words[i].lower() in {"he", "she"}:
            before = [s for s in before if len(s.parties) == 1 and s.parties[0].kind in {"person", "office"}]
        if self.lexicon.is_word(self.doc.lemmas[i], "press"):  # "the report said": what a newspaper, an agency or a body published
            press = [s for s in before if s.parties[0].entity.sector is Sector.JRN]
            before = press or [s for s in before if s.parties[0].kind not in {"person", "office", "agent"}] or before
        stated = [s for s in before if s.channel is Channel.STATEMENT or s.parties[0].kind in {"organ", "actor", "state", "office", "body"}]
        chosen = stated or before
        return max(chosen, key=lambda s: s.cue[0] if s.cue else 0).parties if chosen else []

    # what is carried on

    def _listed(self) -> None:
        """ "The command states the following:": the paragraphs of the list behind, or the one paragraph where no marks make a list, are its words."""
        doc = self.doc
        for number, s in enumerate(doc.sentences[:-1]):
            if doc.words[s.last - 1] != ":" or doc.sentences[number + 1].block == s.block:
                continue
            root = next((k for k in range(s.first, s.last) if doc.heads[k] < 0), s.first)
            row = self._row(root) if doc.upos[root] == "VERB" and not self._unsaid(root) else None
            subject = subject_of(doc, root) if row is not None and not row["act"] else None
            parties = self.resolver.parties(subject) if subject is not None and doc.upos[subject] != "PRON" else []
            if not parties or row is None or subject is None:
                continue
            block, marked = -1, self._marked(number + 1)
            for later in range(number + 1, len(doc.sentences)):
                here = doc.sentences[later]
                opens = here.block != block
                if opens and block >= 0 and not (marked and self._marked(later)):
                    break
                block = here.block
                if doc.report.blocks[block].kind is not BlockKind.PARAGRAPH or any(x.cue and not x.act for x in self.by_sentence.get(later, ())):
                    continue
                manner = Manner.INDIRECT if opens else Manner.INHERITED
                self._add(Saying((root, root + 1), [subject], set(range(here.first, here.last)), row, Distance(row["distance"]), manner, self._said(root),
                                 parties=parties, because=f"{row.place} {row['form']}, with a list behind it"))  # fmt: skip

    def _marked(self, number: int) -> bool:
        """Whether a sentence opens an item of a list: a dash, a dot or a number stands before it on its line."""
        text, at = self.doc.report.text, self.doc.starts[self.doc.sentences[number].first]
        before = text[text.rfind("\n", 0, at) + 1 : at].strip()
        return bool(before) and (not before.strip("-–—•*·") or before.rstrip(".)").isdigit())

    def _inherit(self) -> None:
        """Carry a speaker on to the next sentence, where it plainly continues the account and has no speaker of its own.

        Both stand in one paragraph and tell of force or harm; the second is about those harmed. Across paragraphs it was wrong far more often
        than right on annotated reports.
        """
        doc = self.doc
        hops = 0
        for number in range(1, len(doc.sentences)):
            s, before = doc.sentences[number], doc.sentences[number - 1]
            root = next((k for k in range(s.first, s.last) if doc.heads[k] < 0), s.first)
            mine = self.by_sentence.get(number, ())
            if self._spoken(root) is not None or any(x.cue and s.first <= x.cue[0] < s.last and (not x.act or x.cue[0] == root) for x in mine):
                hops = 0
                continue  # one who blames, condemns or demands speaks for himself
            root_before = next((k for k in range(before.first, before.last) if doc.heads[k] < 0), before.first)
            owners = self._speaking(root_before)
            if not owners or hops >= 2 or not self._continues(number, owners[0]) or self._published(s, owners[0]):
                hops = 0
                continue
            hops += 1
            for owner in owners:
                self._add(Saying(owner.cue, owner.speakers, set(range(s.first, s.last)), owner.row, owner.distance, Manner.INHERITED, owner.channel,
                                 parties=owner.parties, because="continues what was just reported"))  # fmt: skip

    def _published(self, s: Sentence, owner: Saying) -> bool:
        """Whether what might be carried on is said by the party whose words the whole report is: it is the speaker, or speaks as "we" in between."""
        if not self.resolver.publisher():
            return False
        return any(self.own_voice(p) for p in owner.parties) or any(
            self._first_person(k)
            for k in (*range(s.first, s.last), *owner.content)  # "Radio X said that our men …. Nobody was …"
        )

    def _first_person(self, k: int) -> bool:
        return self.doc.words[k].lower() in FIRST_PERSON and self.doc.upos[k] in {"PRON", "DET"} and k not in self.quote_at

    def _spoken(self, i: int) -> Saying | None:
        """The nearest saying that word `i` belongs to, acts left out; at a cue, the saying that it opens."""
        return next(iter(self._speaking(i)), None)

    def _speaking(self, i: int) -> list[Saying]:
        """All sayings that word `i` belongs to, acts left out, nearest first and each speaker once; at a cue, also the one that it opens."""
        mine = self.by_sentence.get(self.doc.sentence_of[i], ())
        here = [s for s in mine if not s.act and s.parties and (i in s.content or (s.cue and i in range(*s.cue)))]
        opened = {k for s in here if s.cue and i in range(*s.cue) for k in s.content}
        # at "quoted X as saying …", X as well
        here += [s for s in mine if opened and s not in here and not s.act and s.parties and len(s.content & opened) > MOST * len(opened)]
        found: list[Saying] = []
        for saying in sorted(here, key=lambda s: len(s.content)):
            if not any(_same_speaker(saying, s) for s in found):
                found.append(saying)
        return found

    def _continues(self, number: int, owner: Saying) -> bool:
        doc = self.doc
        s, before = doc.sentences[number], doc.sentences[number - 1]
        if s.block != before.block or doc.report.blocks[s.block].kind is not BlockKind.PARAGRAPH:
            return False
        opening = doc.words[s.first].lower()
        if self.lexicon.is_word(opening, "shift") or any(
            t.type == "time" and s.first <= t.first < s.last and any(doc.words[k].isdigit() for k in (t.first, t.last - 1)) for t in doc.names
        ):
            return False
        root = next((k for k in range(s.first, s.last) if doc.heads[k] < 0), s.first)
        perfect = any(doc.words[c].lower() in _PRESENT for c in doc.dependents(root, "aux"))  # "more than 300 have been killed since May": summed up
        if perfect or self._longer(s) or self._other_day(before, s) or self._elsewhere(s, root):
            return False  # no part of the incident just told
        return owner.manner not in {Manner.DIRECT, Manner.MIXED} and self._tells_harm(root) and self._violent(sorted(owner.content))

    def _other_day(self, before: Sentence, s: Sentence) -> bool:
        """Whether a sentence opens with a time that has nothing of the times told in the one before: "said in May that … On Saturday, …"."""
        doc, day = self.doc, self.doc.report.day
        told = [f.when for f in find_dates(doc.report.text[doc.starts[before.first] : doc.ends[before.last - 1]], day) if f.when is not None]
        text = doc.report.text[doc.starts[s.first] : doc.ends[s.last - 1]][:OPENING_CHARACTERS]
        opening = [f.when for f in find_dates(text, day) if f.when is not None and f.start_char < OPENING_CHARACTERS // 3]
        return bool(told) and any(all(_apart(o, t) for t in told) for o in opening)

    def _longer(self, s: Sentence) -> bool:
        """Whether a sentence opens with more than a day: "So far this year", "In April": the report goes on to something else than was just told."""
        text = self.doc.report.text[self.doc.starts[s.first] : self.doc.ends[s.last - 1]][:OPENING_CHARACTERS]
        return any(f.when is not None and f.when.start != f.when.end and f.start_char < OPENING_CHARACTERS // 3 for f in find_dates(text, self.doc.report.day))

    def _elsewhere(self, s: Sentence, root: int) -> bool:
        """Whether a sentence opens with another place: "In the south, a mine killed two soldiers"."""
        doc = self.doc
        if doc.words[s.first].lower() not in {"in", "near", "at", "outside"} or doc.upos[s.first] != "ADP":
            return False
        k = doc.heads[s.first]
        if k < 0 or k >= root or any(t.type == "time" and t.first <= k < t.last for t in doc.names):
            return False
        mark = self.resolver.mark_at.get(k)
        apart = k + 1 < s.last and doc.words[k + 1] == "," and doc.upos[k] == "NOUN" and doc.lemmas[k] not in self.lexicon.nouns and doc.words[k].islower()
        if apart:
            return True
        named = k in self.resolver.place_at or (mark is not None and mark.of("country", "capital", "seat") is not None)
        return named or self.lexicon.is_word(doc.lemmas[k], "place") or any(c in self.resolver.place_at for c in doc.subtree(k)[:8])

    def _tells_harm(self, root: int) -> bool:
        """Whether a clause is about people harmed: its verb, or what hangs on it right below, is a word of harm."""
        doc = self.doc
        near = [root, *doc.dependents(root, "obj", "xcomp", "conj", "nsubj", "obl")]
        return any(doc.lemmas[k] in self.lexicon.harms or doc.words[k].lower() in self.lexicon.harms for k in near)

    def _violent(self, words: Iterable[int]) -> bool:
        """Whether some word tells of harm or of an act of force."""
        doc = self.doc
        for k in words:
            lemma = doc.lemmas[k]
            if lemma in self.lexicon.harms:
                return True
            rows = self.lexicon.verbs.get(lemma, ()) if doc.upos[k] == "VERB" else self.lexicon.nouns.get(lemma, ()) if doc.upos[k] == "NOUN" else ()
            if any(r.type == "ASSAULT" for r in rows):
                return True
        return False


def _same_speaker(a: Saying, b: Saying) -> bool:
    return {p.entity.name for p in a.parties} == {p.entity.name for p in b.parties}


def _apart(a: When, b: When) -> bool:
    """Whether two times have no day in common."""
    return bool(a.end and b.start and a.end < b.start) or bool(b.end and a.start and b.end < a.start)


def _goes_over(doc: Doc, start: int, first: int) -> bool:
    """Whether a mark at the very end of a paragraph opens a quotation in the next, as old wires break their lines: `he said. "` and the words below.

    So it does where the next such mark, a few lines on at most, closes: a blank, a stop or the end of the line stands behind it.
    """
    if start >= len(doc) or doc.words[start - 1] not in _STRAIGHT:
        return False
    text, opened = doc.report.text, doc.sentences[doc.sentence_of[start]]
    if start != opened.first or doc.sentences[doc.sentence_of[start - 1]].block == opened.block:
        return False
    for k in range(first, len(doc)):
        if doc.sentences[doc.sentence_of[k]].block - opened.block >= _LINES:
            return False
        if doc.words[k] in _STRAIGHT | OPENING | CLOSING:
            behind = text[doc.ends[k] : doc.ends[k] + 1]
            return k > first and doc.words[k] not in OPENING and (not behind or behind.isspace() or behind in ".,;:)")
    return False


def quotations(doc: Doc) -> list[tuple[int, int]]:
    """Ranges of words between quotation marks; one that a paragraph leaves open and the next reopens goes on."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    block = -1
    for number, sentence in enumerate(doc.sentences):
        if sentence.block != block:
            if start is not None and not _goes_over(doc, start, sentence.first):
                found.append((start, doc.sentences[number - 1].last))
                start = None
            block = sentence.block
        if doc.report.blocks[sentence.block].kind == BlockKind.HEADLINE:
            continue
        for k in range(sentence.first, sentence.last):
            word = doc.words[k]
            if word in OPENING or (word in _STRAIGHT and start is None):
                if start is None:
                    start = k + 1
            elif start is not None and (word in CLOSING or word in _STRAIGHT):
                if k > start:
                    found.append((start, k))
                start = None
    if start is not None and start < len(doc):
        found.append((start, len(doc)))
    return [q for q in found if q[0] < q[1]]
