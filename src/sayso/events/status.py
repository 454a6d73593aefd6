"""An act's place in the tree → whether it is said to have happened, to go on, to have been tried, denied, planned or feared.

In: a doc and the word that names an act. Out: a `Status` and why. Modals, negation, aspect, conjunctions and the words that
govern the act (`matrix.tsv`) decide, from the act outwards, and no further than the clause that a speaker is cited for.
"""

from __future__ import annotations

from sayso.lexicon import Lexicon
from sayso.model import Status
from sayso.reader import Doc
from sayso.syntax import asks, called_on, is_passive, objects_of, subject_of

_NEGATIONS = {"not", "n't", "n’t", "never", "no", "neither", "nor", "without"}
_NOT_YET = {"yet"}
"""What says that an act has not been done so far: "has yet to withdraw"."""
_NOBODY = {"none", "nobody", "nothing", "neither", "no-one"}
_EFFECTS = {
    "attempted": Status.ATTEMPTED, "negated": Status.NEGATED, "planned": Status.PLANNED, "hypothetical": Status.HYPOTHETICAL,
    "conditional": Status.HYPOTHETICAL, "ongoing": Status.ONGOING, "occurred": Status.OCCURRED, "ended": Status.OCCURRED,
}  # fmt: skip
HEADLINE = "a headline’s “to”"
PURPOSE = "an infinitive of purpose"
ASKED = "what somebody is called on to do"
_PRESENT = {"is", "are", "'s", "’s", "'re", "’re", "am"}
_PAST = {"was", "were"}
_UP = {"xcomp", "ccomp", "obj", "obl", "acl", "nmod", "advcl", "csubj", "nsubj"}


def status_of(doc: Doc, i: int, lexicon: Lexicon, stop: set[int]) -> tuple[Status, str, int]:
    """The status of the act named by word `i`, why, and the outermost word that had a say in it; `stop` holds cues, which end the climb."""
    found, why, top = _own(doc, i, lexicon)
    if found is Status.PLANNED and doc.labels[i] == "ccomp":
        above = doc.lemmas[doc.heads[i]]
        row = lexicon.matrix.get((above, "verb"))
        acts = any(act.type != "NONE" for act in lexicon.verbs.get(above, ()))  # "warned that it would": the warning is the act
        if row is not None and row["effect"] == "hypothetical" and not acts:  # "fear that they will attack"
            return Status.HYPOTHETICAL, f"{row.place} {row['form']}", doc.heads[i]
    if found is not Status.OCCURRED:
        return found, why, i
    k, steps = i, 0
    while doc.heads[k] >= 0 and steps < 4:
        label, head = doc.labels[k].split(":")[0], doc.heads[k]
        if label == "conj":
            if doc.upos[k] == doc.upos[head] and not doc.dependents(k, "nsubj", "aux", "mark"):
                own, reason, _ = _own(doc, head, lexicon)
                if own in {Status.PLANNED, Status.HYPOTHETICAL} and doc.upos[k] == "VERB" and doc.words[k].lower() == doc.lemmas[k]:
                    return own, reason, head
            if doc.dependents(k, "nsubj"):
                return found, why, top
            k = head
            continue
        if label not in _UP or head in stop:
            refuted = _refuted(doc, head, lexicon) if head in stop and label in {"acl", "nmod"} else None
            return refuted or (found, why, top)
        refuted = _refuted(doc, k, lexicon) if label in {"nsubj", "csubj", "ccomp"} else None
        if refuted is not None:
            return refuted
        if label in {"advcl", "acl"} and doc.upos[k] == "VERB":
            marks = {doc.words[m].lower() for m in doc.dependents(k, "mark")}
            swift = lexicon.matrix.get((doc.lemmas[head], "adj")) if doc.upos[head] == "ADJ" else None
            if swift is not None and swift["effect"] == "occurred":  # "were quick to claim it"
                return found, why, top
            if "to" in marks and (label == "advcl"):
                blamed = k != i and any(use.type == "ACCUSE" for use in lexicon.verbs.get(doc.lemmas[k], ()))
                return (found, why, top) if blamed else (Status.PLANNED, PURPOSE, k)  # "marched to denounce the killing": there was one
            bare = doc.labels[head] == "root" and doc.upos[head] in {"NOUN", "PROPN"} and not doc.dependents(head, "cop", "nsubj")
            if label == "acl" and "to" in marks and bare:
                return Status.PLANNED, HEADLINE, k  # "Rebels to free captives"
            done = not marks and is_passive(doc, k) and not doc.dependents(k, "aux:pass", "nsubj:pass")
            beside = doc.words[k].lower().endswith("ing") and doc.words[k - 1] == "," and not marks
            if label == "advcl" or "relcl" in doc.labels[k] or done or beside:
                return found, why, top  # "rejected a truce offered by Khartoum", "under a deal signed in May", "foiled the raid, killing two"
        if label in {"obl", "nmod", "nsubj", "obj"} and doc.upos[k] == "NOUN" and label == "obl":
            case = doc.case(k)
            if case == "without":
                return Status.NEGATED, "without", k
            if case not in {"", "of", "to", "in", "on", "at", "from", "with", "for", "against"}:
                return found, why, top
        if label == "xcomp" and called_on(doc, k) is not None:
            return Status.HYPOTHETICAL, ASKED, k
        still = next((doc.words[c] for c in doc.dependents(head, "advmod") if doc.words[c].lower() in _NOT_YET), "")
        if label == "xcomp" and still and doc.lemmas[head] in {"have", "be"}:
            return Status.NEGATED, f"“{still}”", head
        pos = {"VERB": "verb", "ADJ": "adj", "NOUN": "noun", "AUX": "verb"}.get(doc.upos[head], "")
        row = lexicon.matrix.get((doc.lemmas[head], pos))
        governs = (
            label in {"xcomp", "ccomp", "obj", "acl", "csubj"}
            or (label in {"nsubj"} and bool(doc.dependents(k, "aux")))
            or (label == "obl" and row is not None)
        )
        if row is not None and (governs or (label == "nmod" and doc.case(k) in {"of", "to", "at", "for"})):
            effect = row["effect"].split("|")[0]
            if effect == "ongoing" and label == "ccomp":  # "maintains that its troops had left": what is said, not what goes on
                return found, why, top
            if effect == "planned" and charged_order(doc, head, lexicon):
                return found, why, top
            outer, reason, _ = _own(doc, head, lexicon)
            if outer is Status.NEGATED and effect in {"attempted", "planned", "hypothetical", "occurred"}:
                return Status.NEGATED, reason, head
            if effect in {"ongoing", "occurred"} and doc.labels[head] in {"xcomp", "ccomp", "acl"}:  # "intend to go on killing"
                outer, reason, over = status_of(doc, head, lexicon, stop)
                if outer not in {Status.OCCURRED, Status.ONGOING}:
                    return outer, reason, over
            if outer is Status.PLANNED and effect in {"ongoing", "occurred"}:
                return outer, reason, head
            return _EFFECTS[effect], f"{row.place} {row['form']}", head
        if doc.upos[head] in {"VERB", "AUX"}:
            outer, reason, _ = _own(doc, head, lexicon)
            if outer is Status.NEGATED and label == "ccomp" and asks(doc, k):
                return found, why, top  # "did not say who fired"
            carries = label in {"xcomp", "obj", "nsubj"} if doc.upos[i] == "NOUN" else label in {"xcomp", "ccomp"}
            if outer in {Status.NEGATED, Status.PLANNED, Status.HYPOTHETICAL} and carries:
                return outer, reason, head
            if label not in {"xcomp"}:
                return found, why, top
        k, steps = head, steps + 1
    return found, why, top


def charged_order(doc: Doc, k: int, lexicon: Lexicon) -> bool:
    """Whether a verb tells of an order that somebody is charged with: "accused of ordering the raid", "jailed for ordering attacks"; they were made."""
    orders = any(use.type == "REQUEST" for use in lexicon.verbs.get(doc.lemmas[k], ()))
    return orders and doc.words[k].lower().endswith("ing") and any(doc.words[m].lower() in {"of", "for"} for m in doc.dependents(k, "mark"))


def _refuted(doc: Doc, k: int, lexicon: Lexicon) -> tuple[Status, str, int] | None:
    """Whether what is said of a clause or of a talk of it is that it isn't so: "it is not true that …", "the claim that … is baseless"."""
    head = doc.heads[k]
    if head < 0 or doc.labels[k].split(":")[0] not in {"nsubj", "csubj", "ccomp"} or not doc.dependents(head, "cop"):
        return None
    row = lexicon.matrix.get((doc.lemmas[head], "claim"))
    if row is None:
        return None
    negated = any(doc.words[c].lower() in _NEGATIONS for c in doc.dependents(head, "advmod", "det"))
    if (row["effect"] == "negated") is negated:  # "is not false"
        return None
    return Status.NEGATED, f"{row.place} {row['form']}", head


def missing_party(doc: Doc, i: int) -> str:
    """The word by which a verb's subject, object or occasion is said to be none ("no unit of ours fired", "at no time"), or nothing."""
    subject = subject_of(doc, i)
    shared = doc.dependents(i, "conj")  # the object of a verb joined behind says nothing of this one: "called for calm and chanted “no war”"
    for k in [*([subject] if subject is not None else []), *(k for k in objects_of(doc, i) if doc.heads[k] not in shared)]:
        if doc.words[k].lower() in _NOBODY:
            return doc.words[k]
        for c in doc.children[k]:
            for word in (c, *doc.dependents(c, "advmod")):  # "not a shell", "not one soldier", where the tree hangs "not" on "one"
                if word < k and doc.labels[word].split(":")[0] in {"det", "advmod", "cc"} and doc.words[word].lower() in _NEGATIONS | _NOBODY:
                    return doc.words[word]
    helper, own = doc.dependent(i, "aux"), doc.dependent(i, "nsubj")
    if helper is not None and own is not None and helper < own:  # only a negated opening turns the order round so
        for k in doc.dependents(i, "obl"):
            if k < helper and (no := [c for c in doc.dependents(k, "det") if doc.words[c].lower() in _NEGATIONS]):
                return doc.words[no[0]]
    return ""


def lasting(doc: Doc, i: int, stands: bool = False) -> bool:
    """Whether a verb tells of what has gone on for some time: "have besieged the town for five weeks", "has held it since 1985".

    In the passive only where what was done stands since then: "have been deployed there since May", not "have been killed since May".
    """
    if not any(doc.words[c].lower() in {"have", "has"} for c in doc.dependents(i, "aux")) or (doc.dependents(i, "aux:pass") and not stands):
        return False
    spans = _spans(doc, i)
    return bool(spans) and not any(doc.dependents(o, "nummod") for o in doc.dependents(i, "obj", "obl") if o not in spans)


def _spans(doc: Doc, i: int) -> list[int]:
    """The nominals that say how long, or since when."""
    since = [k for k in doc.dependents(i, "obl") if doc.case(k) in {"for", "since"}]
    return [k for k in since if any(s.type == "time" and s.first <= k < s.last for s in doc.names)]


def _own(doc: Doc, i: int, lexicon: Lexicon) -> tuple[Status, str, int]:
    """What the auxiliaries, negation and conjunction of the word itself say."""
    lemmas, negated, progressive, scheduled = [], "", False, False
    to = {doc.words[k].lower() for m in doc.dependents(i, "mark") for k in (m, *doc.dependents(m, "fixed"))}
    for c in doc.children[i]:
        label, lower = doc.labels[c].split(":")[0], doc.words[c].lower()
        if label in {"aux", "cop"}:
            lemmas.append(doc.lemmas[c])
            scheduled = scheduled or (doc.lemmas[c] == "be" and "to" in to and (label == "cop" or c < min(doc.dependents(i, "mark"))))
            told = lower in _PAST and doc.labels[i] in {"root", "ccomp"}  # "said it was investigating"; "while they were marching" is the setting
            if doc.upos[i] != "ADJ" and (lower in _PRESENT or told) and doc.words[i].lower().endswith("ing"):
                progressive = True
        if (label in {"advmod", "det", "cc"}) and lower in _NEGATIONS:
            negated = doc.words[c]
    for c in doc.dependents(i, "mark"):
        row = lexicon.matrix.get((doc.words[c].lower(), "mark"))
        if row is not None and row["effect"] in {"conditional", "hypothetical"}:
            return Status.HYPOTHETICAL, f"{row.place} {row['form']}", i
    helper, subject = doc.dependent(i, "aux"), doc.dependent(i, "nsubj", "nsubj:pass")
    if doc.labels[i] == "advcl" and helper is not None and subject is not None and helper < subject and doc.lemmas[helper] in {"have", "should"}:
        return Status.HYPOTHETICAL, f"“{doc.words[helper]}” before its subject", i
    if negated or (doc.upos[i] == "VERB" and "without" in to):
        return Status.NEGATED, f"“{negated or 'without'}”", i
    for lemma in lemmas:
        row = lexicon.matrix.get((lemma, "modal"))
        if row is not None:
            return _EFFECTS[row["effect"].split("|")[0]], f"{row.place} {row['form']}", i
    for c in doc.dependents(i, "amod", "compound"):
        row = lexicon.matrix.get((doc.lemmas[c], "adj")) or lexicon.matrix.get((doc.words[c].lower(), "adj"))
        if row is not None and doc.upos[i] in {"NOUN", "PROPN"}:
            return _EFFECTS[row["effect"].split("|")[0]], f"{row.place} {row['form']}", i
    if scheduled and doc.upos[i] == "VERB":
        return Status.PLANNED, "“is to”", i
    if progressive:
        return Status.ONGOING, "the progressive", i
    if doc.labels[i] == "root" and doc.upos[i] == "VERB" and "to" in to and not lemmas and doc.words[i].lower() == doc.lemmas[i]:
        return Status.PLANNED, HEADLINE, i
    past = any(doc.words[c].lower() == "had" for c in doc.dependents(i, "aux")) and not _spans(doc, i)
    if "be" in lemmas and "have" in lemmas and doc.words[i].lower().endswith("ing") and not past:
        return Status.ONGOING, "the perfect progressive", i
    return Status.OCCURRED, "", i
