"""Trees that grammar rules out → trees that it allows.

In: a parsed `Doc`. Out: the same, with single arcs moved where the words' forms show that the network erred. A mended tree is a
tree still: a word is only ever hung on one that stands above its old head, or changes places with its head. It does not second-guess
what forms leave open.
"""

from __future__ import annotations

from sayso.reader.agree import agree, hang
from sayso.reader.doc import Doc, Sentence, Stretch

_STOPS = {".", "!", "?", "”", '"'}
_DASHES = {"-", "–", "—", "--"}
LONGEST_TAIL = 4
"""Words behind the dash or colon of a headline that may name who says it."""


def mend(doc: Doc) -> None:
    """Mend every sentence of a `Doc`, in place."""
    _join_names(doc)
    _part_names(doc)
    agree(doc)
    for k in range(len(doc)):
        if doc.labels[k] == "conj" and doc.upos[k] == "VERB":
            _past_beside_infinitive(doc, k)
        elif doc.labels[k] == "conj" and doc.upos[k] == "NOUN":
            _behind_the_verb(doc, k)
        elif doc.labels[k] == "ccomp" and doc.upos[k] == "VERB":
            _past_a_semicolon(doc, k)
            _cue_between(doc, k)
    for sentence in doc.sentences:
        if (dash := headline_tail(doc, sentence)) is not None:
            _cut_off(doc, sentence, dash)


def _join_names(doc: Doc) -> None:
    """ "Ras" and "al-Ain" one behind the other are one place: a name that begins with a small article and a hyphen goes on with the one before."""
    names: list[Stretch] = []
    for name in doc.names:
        word = doc.words[name.first]
        article, hyphen, rest = word.partition("-")
        goes_on = bool(hyphen) and article.islower() and rest[:1].isupper()
        if names and goes_on and names[-1].type == name.type == "place" and names[-1].last == name.first:
            names[-1] = names[-1]._replace(last=name.last)
        else:
            names.append(name)
    doc.names[:] = names


def _part_names(doc: Doc) -> None:
    """ "Ann Wairimu, a spokeswoman" and "the Blue House" are no people: a name ends before a comma or an "and", and does not begin with an article.

    A house or office that has an article and a capital is a body; of words behind a name that are written small, none is part of it.
    """
    names: list[Stretch] = []
    for name in doc.names:
        if name.type == "organisation":  # "Basque party Amaiur": the name stands behind the word for its kind
            behind = [k for k in range(name.first + 1, name.last + 1) if k < len(doc) and _follows_its_kind(doc, k)]
            names += [name] if not behind else [name._replace(first=behind[-1])] if behind[-1] < name.last else []
            continue
        if name.type != "person":
            names.append(name)
            continue
        first = name.first
        for k in range(name.first, name.last + 1):
            if k == name.last or doc.words[k] in {",", "and"}:
                names += _person(doc, first, k)
                first = k + 1
    doc.names[:] = names


def _follows_its_kind(doc: Doc, k: int) -> bool:
    return doc.labels[k] == "appos" and doc.heads[k] == k - 1 and doc.words[k - 1].islower() and doc.words[k][0].isupper()


def _person(doc: Doc, first: int, last: int) -> list[Stretch]:
    """The name in a stretch between commas, if it is one."""
    while last - first > 1 and doc.words[last - 1].islower() and doc.words[last - 2] not in _DASHES:
        last -= 1
    if first >= last or not any(doc.words[k][0].isupper() for k in range(first, last)):
        return []
    opening = doc.upos[first]
    if opening in {"DET", "PRON"} and last - first > 1:
        named = doc.words[first].lower() == "the" and all(doc.words[k][0].isupper() for k in range(first + 1, last))
        return [Stretch(first, last, "organisation")] if named else []
    return [Stretch(first, last, "person")]


def headline_tail(doc: Doc, sentence: Sentence) -> int | None:
    """The dash or the colon before the last words of a headline, where these are no clause: "Six killed in raid - army"; None for none."""
    last = sentence.last - 1
    if last - sentence.first < LONGEST_TAIL or doc.words[last] in _STOPS:
        return None
    for k in range(last - 1, max(sentence.first + 3, last - LONGEST_TAIL) - 1, -1):
        if doc.words[k] in _DASHES | {":"}:
            spaced = doc.words[k] == ":" or (doc.ends[k - 1] < doc.starts[k] and doc.ends[k] < doc.starts[k + 1])
            nominal = all(doc.upos[w] in {"NOUN", "PROPN", "ADJ", "DET", "PART", "ADP"} for w in range(k + 1, last + 1))
            return k if spaced and nominal and doc.upos[last] in {"NOUN", "PROPN"} else None
    return None


def _past_beside_infinitive(doc: Doc, k: int) -> None:
    """ "held talks to discuss the truce and urged …": a past tense is not coordinated with an infinitive, but with the verb above it."""
    head = doc.heads[k]
    if head < 0 or doc.upos[head] != "VERB" or doc.words[head].lower() != doc.lemmas[head]:
        return
    word = doc.words[k].lower()
    past = word.endswith("ed") and word != doc.lemmas[k] and not doc.dependents(k, "aux", "nsubj", "mark")
    infinitive = any(doc.words[m].lower() == "to" for m in doc.dependents(head, "mark"))
    above = doc.heads[head]
    while above >= 0 and doc.upos[above] != "VERB":
        above = doc.heads[above]
    if not (past and infinitive) or above < 0 or above > k or doc.words[above].lower() == doc.lemmas[above]:
        return
    hang(doc, k, above)


def _behind_the_verb(doc: Doc, k: int) -> None:
    """ "two women were killed and five men wounded": a second subject behind the verb, with a participle of its own, is joined to the verb."""
    subject = doc.heads[k]
    verb = doc.heads[subject] if subject >= 0 and doc.labels[subject].startswith("nsubj") else -1
    joined = any(verb < c < k for c in doc.dependents(k, "cc"))
    if subject < verb < k and joined and any(c > k and doc.upos[c] == "VERB" for c in doc.dependents(k, "acl")):
        hang(doc, k, verb)


def _past_a_semicolon(doc: Doc, k: int) -> None:
    """ "said that A; B denied it": what stands behind a semicolon is a statement of its own, where the verb has its clause before it."""
    head = doc.heads[k]
    if not doc.dependents(k, "nsubj", "nsubj:pass") or doc.dependents(k, "mark"):
        return
    if any(head < c < k and ";" in doc.words[c:k] for c in doc.dependents(head, "ccomp")):
        doc.labels[k] = "parataxis"


def _cue_between(doc: Doc, k: int) -> None:
    """ "Israeli troops, medics said on Monday, shot …": of two subjects of the verb put in between, the first is the clause's own."""
    head = doc.heads[k]
    subjects = [s for s in doc.dependents(head, "nsubj") if s < head]
    if k < head or len(subjects) != 2 or doc.dependents(k, "nsubj", "nsubj:pass", "mark") or doc.words[k - 1] == "to":
        return
    first, second = subjects
    if "," in doc.words[first:second] and "," in doc.words[head:k]:
        hang(doc, first, k)
        doc.labels[first] = "nsubj:pass" if doc.dependents(k, "aux:pass") else "nsubj"


def _cut_off(doc: Doc, sentence: Sentence, dash: int) -> None:
    """The words behind the dash hang on the root of the headline, and none before it on them."""
    tail = range(dash + 1, sentence.last)
    top = next(k for k in tail if doc.heads[k] not in tail)
    root = next(k for k in range(sentence.first, sentence.last) if doc.heads[k] < 0)
    led = [k for k in range(sentence.first, dash) if doc.heads[k] in tail]
    if led:  # "killed in ambush - army": the ambush takes the place of the army
        last, label, above = led[-1], doc.labels[top], doc.heads[top]
        if root == top:
            root = last
        hang(doc, last, above)
        doc.labels[last] = "root" if above < 0 else label
        for k in led[:-1]:
            hang(doc, k, last)
    if top != root:
        hang(doc, top, root)
        doc.labels[top] = "parataxis"
    for k in tail:
        if k != top and doc.heads[k] not in tail:
            hang(doc, k, top)
    hang(doc, dash, top)
