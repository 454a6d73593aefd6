"""Questions about a UD tree that several rooms ask: the subject of a verb, the words of a clause, who governs whom.

In: a `Doc` and word numbers. Out: word numbers. Nothing here knows a word's meaning. Relations are those of Universal
Dependencies 2 (universaldependencies.org/u/dep).
"""

from __future__ import annotations

from sayso.reader import Doc

_VERBAL = {"VERB", "AUX"}
_ORDINAL = {"first", "second", "last", "latest", "only", "next"}
_BESIDES = {"by", "from", "for", "with", "against", "on"}
"""What ties a nominal to the verb as much as to a noun without an article before it: "came under fire for", "went to war with"."""
_CALLED = {"on", "upon"}
"""What stands before those who are called on to do something."""
RELATIVE = {"who", "which", "that", "whom", "whose"}


def is_passive(doc: Doc, i: int) -> bool:
    """Whether verb `i` is in the passive, or a participle behind what it says something of ("soldiers killed in …")."""
    if doc.dependents(i, "aux:pass"):
        return True
    if doc.dependents(i, "nsubj:pass"):
        return not _active_after_all(doc, i)
    word = doc.words[i].lower()
    changed = word != doc.lemmas[i] or bool(doc.dependents(i, "obl:agent"))  # "was hit and set on fire by rebels"
    participle = word.endswith(("ed", "en", "n", "t", "d")) and changed and not word.endswith("ing")
    if doc.labels[i] == "acl" and participle and not doc.dependents(i, "nsubj", "obj", "mark", "aux"):
        return True
    if doc.labels[i] == "conj" and doc.heads[i] >= 0 and participle and not doc.dependents(i, "nsubj", "aux", "obj"):
        return is_passive(doc, doc.heads[i]) and doc.upos[doc.heads[i]] == "VERB"
    return doc.labels[i] in {"advcl", "amod"} and participle and not doc.dependents(i, "obj", "mark", "aux") and bool(doc.dependents(i, "obl:agent"))


def _active_after_all(doc: Doc, i: int) -> bool:
    """Whether the tree took an active verb for a passive: without an auxiliary, with an object behind it ("soldiers executed 30 villagers").

    Nor does a whole sentence or a clause that a conjunction opens go without its auxiliary ("after rebels fired on a post"); a headline does.
    """
    if doc.dependents(i, "aux", "aux:pass", "cop", "obl:agent") or not doc.dependents(i, "nsubj:pass"):
        return False
    opened = doc.labels[i] in {"advcl", "ccomp"} and any(k < i for k in doc.dependents(i, "mark"))
    whole = doc.labels[i] == "root" and doc.words[doc.sentences[doc.sentence_of[i]].last - 1] == "."
    return opened or whole or bool(_behind(doc, i))


def _behind(doc: Doc, i: int) -> list[int]:
    """The objects behind verb `i`, and counted nominals that the tree took for circumstances: "killed at least 18 civilians"."""
    loose = [c for c in doc.dependents(i, "obl") if not doc.case(c) and doc.upos[c] == "NOUN"]
    counted = [c for c in loose if doc.dependents(c, "nummod") and not doc.dependents(c, "advmod")]
    named = [c for c in doc.dependents(i, "obl:unmarked") if doc.upos[c] == "PROPN" and not any(n.type == "time" and n.first <= c < n.last for n in doc.names)]
    return [c for c in (*doc.dependents(i, "obj"), *counted, *named) if c > i]


def subject_of(doc: Doc, i: int) -> int | None:
    """The subject of verb `i`: its own, or the one it shares by coordination, control, or modification; None for none."""
    seen: set[int] = set()
    while i >= 0 and i not in seen:
        seen.add(i)
        subjects = doc.dependents(i, "nsubj", "csubj") or (doc.dependents(i, "nsubj:pass") if _active_after_all(doc, i) else [])
        behind = next((o for o in doc.dependents(i, "obj") if o > i), None)  # no subject follows the object: "killed 30 people, six children among them"
        subjects = [s for s in subjects if behind is None or s < behind]
        own = next((s for s in subjects if doc.labels[s] != "csubj" and doc.words[s].lower() not in {"there"}), None)
        if own is not None:
            if doc.words[own].lower() in RELATIVE and doc.labels[i].startswith("acl"):
                return doc.heads[i]
            return own
        if first_objects(doc, i):
            return first_objects(doc, i)[0]
        if (opening := _opening(doc, i)) is not None:
            return opening
        label, head = doc.labels[i].split(":")[0], doc.heads[i]
        if head < 0:
            return None
        if label == "conj" and (doc.upos[head] in _VERBAL | {"ADJ", "NOUN"} or doc.dependents(head, "cop")):
            i = head
        elif label == "xcomp":
            controlled = doc.dependent(head, "obj", "iobj")
            if controlled is not None and controlled < i:
                return controlled
            if controlled is None and doc.dependents(head, "nsubj:pass"):
                return doc.dependent(head, "nsubj:pass")
            i = head
        elif label in {"advcl", "obl"} and not doc.dependents(i, "nsubj"):
            controlled = doc.dependent(head, "obj", "iobj") if doc.upos[head] == "VERB" else None
            marks = {doc.words[m].lower() for m in doc.dependents(i, "mark", "case")}
            if "at" in marks and doc.labels[head] == "acl" and is_passive(doc, head):  # "raids on posts aimed at seizing guns": it is the raids that aim
                top = doc.heads[head]
                while doc.labels[top] == "nmod":
                    top = doc.heads[top]
                return top
            if controlled is not None and controlled < i and marks & {"of", "from", "for", "with"}:
                return controlled  # "accused X of shelling", "kept X from leaving", "charged X with killing"
            if doc.dependents(head, "nsubj:pass") and not doc.dependents(i, "mark"):
                return doc.dependent(head, "nsubj:pass")
            if marks & {"by", "in", "during"} and doc.upos[head] in _VERBAL and is_passive(doc, head):
                return None  # "were killed by shelling", "was wounded in fighting"
            i = head
        elif label == "acl":
            return _said_of(doc, i, head)
        elif label in {"parataxis", "ccomp"} and doc.words[i].lower().endswith("ing"):
            i = head
        else:
            return None
    return None


def called_on(doc: Doc, i: int) -> int | None:
    """Who is called on to do what verb `i` tells: "called on Chad to withdraw"; None for nobody."""
    head = doc.heads[i]
    if head < 0 or doc.labels[i] != "xcomp":
        return None
    called = [k for k in doc.dependents(head, "obl") if head < k < i and doc.case(k) in _CALLED]
    return next((k for k in called if any(m - 1 in doc.subtree(k) for m in doc.dependents(i, "mark"))), None)


def _opening(doc: Doc, i: int) -> int | None:
    """A nominal right behind the conjunction that opens a finite clause, which the tree took for a circumstance: "after Chad and the rebels agreed"."""
    marks = doc.dependents(i, "mark") if doc.upos[i] == "VERB" and doc.labels[i] in {"advcl", "ccomp"} else []
    if not marks or doc.words[i].lower().endswith("ing") or doc.words[marks[0]].lower() == "to" or doc.dependents(i, "nsubj", "nsubj:pass", "csubj", "expl"):
        return None
    for k in doc.dependents(i, "obl", "obl:unmarked"):
        time = any(n.type == "time" and n.first <= k < n.last for n in doc.names)
        if marks[0] < k < i and doc.upos[k] in {"NOUN", "PROPN"} and not doc.case(k) and not time and min(doc.subtree(k)) == marks[0] + 1:
            return k
    return None


def _said_of(doc: Doc, i: int, head: int) -> int:
    """Whom a clause behind nominal `head` is said of: "Putin was among the first to congratulate him", "Chad, the first state to send troops"."""
    ordinal = doc.upos[head] == "ADJ" or any(doc.words[c].lower() in _ORDINAL for c in doc.dependents(head, "amod"))
    if not ordinal or not any(doc.words[m].lower() == "to" for m in doc.dependents(i, "mark")):
        return head
    if doc.labels[head] == "appos":
        return doc.heads[head]
    subject = doc.dependent(head, "nsubj") if doc.dependents(head, "cop") else None
    return head if subject is None else subject


def clause_words(doc: Doc, c: int, governor: int) -> set[int]:
    """The words of a clause, without the word that introduces it and without commas at its edges."""
    found = set(doc.subtree(c))
    found -= {k for k in doc.dependents(c, "mark") if doc.words[k].lower() in {"that", "to", "as", "of", "for"}}
    found.discard(governor)
    ordered = sorted(found)
    while ordered and doc.upos[ordered[0]] == "PUNCT":
        found.discard(ordered.pop(0))
    while ordered and doc.upos[ordered[-1]] == "PUNCT":
        found.discard(ordered.pop())
    return found


def clause_of(doc: Doc, i: int) -> int:
    """The nearest verb (or predicate) at or above word `i`; the word's own sentence root where there is none."""
    k = i
    while k >= 0:
        if doc.upos[k] in _VERBAL or doc.dependents(k, "nsubj", "nsubj:pass", "cop"):
            return k
        if doc.heads[k] < 0:
            return k
        k = doc.heads[k]
    return i


def asks(doc: Doc, c: int) -> bool:
    """Whether a clause asks for a part of what it takes to be so: "how many were killed", "who fired"; not "whether they fired"."""
    return bool({doc.words[k].lower() for k in doc.subtree(c)[:2]} & {"how", "who", "what", "why", "where", "when", "which", "whose", "whom"})


def doer_of(doc: Doc, i: int) -> int | None:
    """Who does what word `i` tells: its subject, or the agent of a passive; None for none."""
    if doc.upos[i] in _VERBAL and is_passive(doc, i):
        return agent_of(doc, i)
    found = subject_of(doc, i)
    if found is None and doc.upos[i] == "ADJ":  # "remains committed": the subject may hang on the copula
        found = next((s for c in doc.dependents(i, "cop", "aux:pass") for s in doc.dependents(c, "nsubj")), None)
    return found


def agent_of(doc: Doc, i: int) -> int | None:
    """The agent of passive `i`: its own, or that of a passive joined to it ("was looted and burned by militiamen"); None for none."""
    own = doc.dependent(i, "obl:agent")
    if own is not None or any(doc.case(k) == "by" for k in doc.dependents(i, "obl")):
        return own
    for c in doc.dependents(i, "conj"):
        shared = doc.dependent(c, "obl:agent") if doc.upos[c] == "VERB" and not doc.dependents(c, "nsubj", "nsubj:pass") else None
        if shared is not None and is_passive(doc, c):
            return shared
    if doc.labels[i] == "conj" and not doc.dependents(i, "nsubj", "nsubj:pass", "obl"):  # "was tracked down and killed by police", hung on the first
        shared = next((a for a in doc.dependents(doc.heads[i], "obl:agent") if a > i), None)
        return shared if shared is not None and is_passive(doc, i) else None
    return None


def objects_of(doc: Doc, i: int) -> list[int]:
    """What verb `i` is done to: its objects, the subject of a passive, or what a relative clause says it of."""
    if doc.upos[i] in _VERBAL and is_passive(doc, i):
        own = doc.dependents(i, "nsubj:pass")
        if own:
            first = own[0]
            if doc.words[first].lower() in {"who", "which", "that"} and doc.labels[i].startswith("acl"):
                return [doc.heads[i]]
            return own
        if doc.labels[i] in {"acl", "acl:relcl"}:
            return [doc.heads[i]]
        if doc.labels[i] == "conj":
            return objects_of(doc, doc.heads[i])
        subject = subject_of(doc, i)
        return [subject] if subject is not None else []
    found = [k for k in doc.dependents(i, "obj") if k not in first_objects(doc, i)] or doc.dependents(i, "iobj") or second_subjects(doc, i)
    found = found or (_behind(doc, i) if _active_after_all(doc, i) else [])
    if len(found) == 1 and doc.words[found[0]].lower() in RELATIVE and doc.labels[i].startswith("acl:relcl"):
        return [doc.heads[i]]  # "the town that they captured", where "that" is the object
    if not found and doc.labels[i].startswith("acl:relcl"):
        subject = doc.dependent(i, "nsubj")
        elsewhere = any(doc.words[k].lower() in RELATIVE | {"where", "when"} for k in doc.dependents(i, "obl", "advmod"))  # "the town in which they fired"
        if subject is not None and doc.words[subject].lower() not in {"who", "which", "that"} and not elsewhere:
            return [doc.heads[i]]  # "the town that they captured"
    if not found:
        for c in doc.dependents(i, "conj"):
            if doc.upos[c] == "VERB" and not doc.dependents(c, "nsubj"):
                return doc.dependents(c, "obj")
    return found


def first_objects(doc: Doc, i: int) -> list[int]:
    """What stands before an active verb without a subject, and the tree took for an object: "Yoon will visit Tokyo"."""
    if doc.upos[i] != "VERB" or doc.dependents(i, "nsubj", "nsubj:pass", "csubj", "aux:pass", "mark") or not doc.dependents(i, "aux"):
        return []
    return [k for k in doc.dependents(i, "obj")[:1] if k < i and doc.upos[k] in {"NOUN", "PROPN"} and doc.labels[i] in {"root", "ccomp"}]


def second_subjects(doc: Doc, i: int) -> list[int]:
    """What stands right behind a verb that has a subject before it, and the tree took for one more: "urged South Africa to use its influence"."""
    own = doc.dependents(i, "nsubj")
    if len(own) < 2 or doc.upos[i] != "VERB" or not own[0] < i:
        return []
    return [s for s in own[1:] if s > i and doc.upos[s] in {"NOUN", "PROPN"} and min(doc.subtree(s)) == i + 1 and not doc.dependents(s, "case")]


def obliques_of(doc: Doc, i: int) -> list[int]:
    """The nominals that hang on word `i`, or on its object, by a preposition."""
    found = [
        c
        for c in doc.children[i]
        if doc.labels[c].split(":")[0] in {"obl", "nmod"} and doc.labels[c] not in {"nmod:poss", "obl:tmod", "obl:unmarked", "obl:npmod"}
    ]
    for c in doc.dependents(i, "obj", "nsubj:pass"):
        found += [k for k in doc.dependents(c, "nmod") if doc.labels[k] != "nmod:poss"]
    for c in doc.dependents(i, "obl") if doc.upos[i] == "VERB" else ():
        bare = c > i and doc.upos[c] == "NOUN" and doc.case(c) and len(doc.children[c]) == 1 + len(doc.dependents(c, "nmod"))
        found += [k for k in doc.dependents(c, "nmod") if doc.case(k) in _BESIDES] if bare else []  # "came under fire from the hills"
    return found
