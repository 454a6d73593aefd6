"""Trees that grammar rules out → trees that it allows.

In: a parsed `Doc`. Out: the same, with single arcs moved where the words' forms or their order show that the network erred, and names cut to
what is a name in them. A mended tree is a tree still: a word is only ever hung on one that stands above its old head or beside it, or changes
places with its head. It does not second-guess what forms and order leave open. Where the treebanks differ (the head of "rebel commander Jean
Mapela"), it keeps to one of the two ways.
"""

from __future__ import annotations

from sayso.reader.agree import agree, hang
from sayso.reader.doc import Doc, Sentence, Stretch
from sayso.reader.lemmas import lemma

_STOPS = {".", "!", "?", "”", '"'}
_DASHES = {"-", "–", "—", "--"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_PLACES = {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "conj"}
"""Relations in which somebody stands."""
LONGEST_TAIL = 4
"""Words behind the dash or colon of a headline that may name who says it."""
_CLITICS = {"'s", "’s", "'", "’"}
_BESIDE = {"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"}
"""Where an office and the name behind it may stand, though the tree holds them for two."""


def mend(doc: Doc) -> None:
    """Mend every sentence of a `Doc`, in place."""
    _join_names(doc)
    _part_names(doc)
    named = [cut for name in doc.names if (cut := _named(doc, name)) is not None]
    doc.names[:] = [_without_common_nouns(doc, name) for name in named]
    agree(doc)
    for k in range(len(doc)):
        _by_order(doc, k)
    for k in range(len(doc)):
        if doc.upos[k] == "PROPN" and doc.heads[k] >= 0:
            _name_behind_its_title(doc, k)
        if doc.labels[k] in {"nsubj", "nsubj:pass"}:
            _part_behind_the_verb(doc, k)
        elif doc.labels[k] == "acl:relcl":
            _relative_behind_a_name(doc, k)
    for k in range(len(doc)):
        if doc.labels[k] == "conj" and doc.upos[k] == "VERB":
            _past_beside_infinitive(doc, k)
    for k in range(len(doc)):
        if doc.labels[k] == "conj" and doc.upos[k] in _NOMINAL:
            _both_sides(doc, k)
    for sentence in doc.sentences:
        if (dash := headline_tail(doc, sentence)) is not None:
            _cut_off(doc, sentence, dash)


def _by_order(doc: Doc, k: int) -> None:
    """What the order of the words tells of a word, by its relation."""
    label, upos = doc.labels[k], doc.upos[k]
    if label == "acl" and upos == "VERB":
        _finite_noun(doc, k)
    elif label == "advcl" and upos == "VERB":
        _of_the_first(doc, k)
        _of_the_place(doc, k)
    elif label == "iobj":
        _lone_object(doc, k)
    elif label == "mark" and upos == "ADP":
        _case_after_all(doc, k)
    elif label == "ccomp" and upos == "VERB":
        _condition_by_order(doc, k)
    elif label == "conj" and upos == "NUM":
        _gapped_count(doc, k)
    if doc.labels[k] == "xcomp" and doc.heads[k] == k - 2 and doc.words[k - 1] in _DASHES and doc.ends[k - 2] == doc.starts[k - 1] == doc.starts[k] - 1:
        _swap(doc, k, "compound")  # "tear-gassed"
    if doc.labels[k] == "nsubj":
        _behind_the_gerund(doc, k)
    elif doc.labels[k] == "obj":
        _before_the_conjunction(doc, k)
        _first_of_two(doc, k)
    if upos == "PROPN" and doc.labels[k] in _BESIDE:
        _name_in_two(doc, k)
        _name_of_office(doc, k)


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


def _without_common_nouns(doc: Doc, name: Stretch) -> Stretch:
    """ "the Somali party Horseed", "Radio Kulmis channel": a small noun only tells what the body is; the name stands behind or before it."""
    if name.type != "organisation" or name.last - name.first < 2:
        return name
    common = [k for k in range(name.first, name.last) if doc.upos[k] == "NOUN" and doc.words[k].islower() and doc.words[k].isalpha()]
    if len(common) != 1 or not common[0] > name.first:
        return name
    k = common[0]
    cut = name._replace(last=k) if k == name.last - 1 else name._replace(first=k + 1)
    return cut if all(doc.words[w][0].isupper() or "-" in doc.words[w] for w in range(cut.first, cut.last)) else name


def _named(doc: Doc, name: Stretch) -> Stretch | None:
    """A name without the words that only tell what it is ("the rights group Dawn"), or None for a description alone ("the Chadian army", "a nurse")."""
    first, last, kind = name
    if kind == "place" and last - first > 1 and doc.words[last - 1].islower() and doc.upos[last - 1] in {"NOUN", "PROPN"} and doc.words[last - 2][0].isupper():
        doc.upos[last - 1], doc.lemmas[last - 1] = "NOUN", lemma(doc.words[last - 1], "NOUN")  # "the Atrato river"
        return name._replace(last=last - 1)
    while last - first > 1 and doc.words[last - 1] in _CLITICS:
        last -= 1
    name = name._replace(last=last)
    if kind not in {"organisation", "person"}:
        return name
    capitals = [k for k in range(first, last) if doc.words[k][0].isupper()]
    while first < last and doc.words[first].islower() and doc.words[first].isalpha() and doc.upos[first] in {"NOUN", "ADJ", "DET"} and capitals:
        first += 1
    described = last - first > 1 and doc.upos[last - 1] == "NOUN" and doc.words[last - 1].islower() and capitals in ([], [first])
    if described and (doc.upos[first] in {"ADJ", "DET"} or (kind == "person" and first == doc.sentences[doc.sentence_of[first]].first)):
        return None
    return name._replace(first=first)


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


def _swap(doc: Doc, k: int, label: str) -> None:
    """Word `k` takes the place of its head, which hangs on it by `label` then; what hung on the head hangs on `k`."""
    head = doc.heads[k]
    above, role = doc.heads[head], doc.labels[head]
    hang(doc, k, above)
    doc.labels[k] = role
    for c in list(doc.children[head]):
        hang(doc, c, k)
    hang(doc, head, k)
    doc.labels[head] = label


def _to_noun(doc: Doc, k: int) -> None:
    """Word `k` is a noun after all, and what hung on it as on a verb hangs on it as on a noun."""
    doc.upos[k] = "NOUN"
    doc.lemmas[k] = lemma(doc.words[k], "NOUN")
    for c in doc.dependents(k, "obl"):
        doc.labels[c] = "nmod"


def _finite_noun(doc: Doc, k: int) -> None:
    """ "the missile launches by Chad": no finite verb stands behind a noun without a word that joins it, so it is a noun, and the one before it tells which."""
    word, head = doc.words[k].lower(), doc.heads[k]
    if head != k - 1 or not word.endswith("s") or lemma(word, "NOUN") == word or doc.lemmas[k] == word or doc.upos[head] != "NOUN":
        return
    if not doc.dependents(k, "nsubj", "nsubj:pass", "aux", "mark", "obj", "ccomp", "xcomp"):
        _swap(doc, k, "compound")
        _to_noun(doc, k)


def _behind_the_gerund(doc: Doc, k: int) -> None:
    """ "Speaking in Oslo, the minister said …": the subject behind the comma is the subject of the verb that follows it."""
    gerund = doc.heads[k]
    if not 0 <= gerund < k or doc.labels[gerund] != "advcl" or not doc.words[gerund].lower().endswith("ing") or doc.dependents(gerund, "aux"):
        return
    verb = doc.heads[gerund]
    if verb > k and "," in doc.words[gerund : min(doc.subtree(k)) + 1] and not doc.dependents(verb, "nsubj", "nsubj:pass", "csubj"):
        hang(doc, k, verb)
        doc.labels[k] = "nsubj:pass" if doc.dependents(verb, "aux:pass") else "nsubj"


def _lone_object(doc: Doc, k: int) -> None:
    """ "accused Chad of an attack": what a verb is done to, where nothing else stands for it, is its object."""
    verb = doc.heads[k]
    if k > verb and not doc.dependents(verb, "obj", "xcomp") and not any(c > k or not doc.dependents(verb, "advcl") for c in doc.dependents(verb, "ccomp")):
        doc.labels[k] = "obj"


def _before_the_conjunction(doc: Doc, k: int) -> None:
    """ "quoted the ministry as saying …": what stands before the word that opens a clause belongs to the verb above."""
    verb = doc.heads[k]
    marks = [m for m in doc.dependents(verb, "mark") if k < m < verb]
    above = doc.heads[verb]
    if marks and 0 <= above < k and doc.upos[above] == "VERB" and not doc.dependents(above, "obj"):
        hang(doc, k, above)


def _of_the_first(doc: Doc, k: int) -> None:
    """ "was among the first to condemn it": an infinitive right behind an adjective that stands for a noun tells which."""
    head = doc.heads[k]
    if head >= 0 and doc.upos[head] == "ADJ" and doc.dependents(head, "det") and [m for m in doc.dependents(k, "mark") if m == head + 1]:
        doc.labels[k] = "acl"


def _of_the_place(doc: Doc, k: int) -> None:
    """ "flew to Kigali on Sunday, where he met her": what "where" opens behind a comma is said of the place last named before it."""
    verb, where = doc.heads[k], min(doc.subtree(k))
    while doc.upos[where] == "PUNCT":
        where += 1
    if not 0 <= verb < where or doc.words[where].lower() != "where" or doc.words[where - 1] != ",":
        return
    for name in reversed(doc.names):
        place = next((c for c in doc.children[verb] if name.type == "place" and name.first <= c < name.last and verb < c < where), None)
        if place is not None:
            hang(doc, k, place)
            doc.labels[k] = "acl:relcl"
            return


def _case_after_all(doc: Doc, k: int) -> None:
    """ "called on Chad to withdraw": a preposition before a nominal and "to" belongs to the nominal, and both to the verb above."""
    verb = doc.heads[k]
    to = next((m for m in doc.dependents(verb, "mark") if doc.words[m].lower() == "to"), None)
    above = doc.heads[verb]
    if to is None or not 0 <= above < k or doc.upos[above] != "VERB":
        return
    for c in [*doc.children[verb], *doc.children[above]]:
        if k < c < to and doc.upos[c] in {"NOUN", "PROPN", "PRON"} and min(doc.subtree(c)) == k + 1 and max(doc.subtree(c)) == to - 1:
            hang(doc, k, c)
            doc.labels[k] = "case"
            if doc.heads[c] == verb:
                hang(doc, c, above)
            doc.labels[c] = "obl"
            return


def _condition_by_order(doc: Doc, k: int) -> None:
    """ "Had they attacked, he would have told us": what opens with the auxiliary before its subject is a condition of what follows."""
    helper, subject = doc.dependent(k, "aux"), doc.dependent(k, "nsubj", "nsubj:pass")
    if helper is None or subject is None or not helper < subject or doc.lemmas[helper] not in {"have", "should"}:
        return
    if k < doc.heads[k] and helper == doc.sentences[doc.sentence_of[k]].first and doc.dependents(doc.heads[k], "aux"):
        doc.labels[k] = "advcl"


def _gapped_count(doc: Doc, k: int) -> None:
    """ "killed 61 people in Mali and 10 in Niger": a number with a place of its own is joined to what was counted, not to the place."""
    head = doc.heads[k]
    case = doc.case(head)
    if doc.upos[head] != "PROPN" or not case or not any(doc.case(c) == case for c in doc.dependents(k, "nmod", "obl")):
        return
    verb = doc.heads[head]
    while verb >= 0 and doc.upos[verb] != "VERB":
        verb = doc.heads[verb]
    if 0 <= verb < k:
        hang(doc, k, verb)


def _name_in_two(doc: Doc, k: int) -> None:
    """ "between Boko Haram and Chad": a name whose preposition stands before the word beside it is one with that word."""
    before = k - 1
    cases = [c for c in doc.dependents(k, "case") if c < before]
    if cases and doc.upos[before] == "PROPN" and doc.heads[before] == doc.heads[k] and doc.labels[before] == doc.labels[k]:
        for c in list(doc.children[k]):
            hang(doc, c, before)
        hang(doc, k, before)
        doc.labels[k] = "flat"


def _name_of_office(doc: Doc, k: int) -> None:
    """ "rebel leader Peter Lual spoke": an office and the name right behind it are one, not two beside each other."""
    first = min(doc.subtree(k))
    if doc.upos[first] in {"ADP", "PUNCT", "CCONJ", "DET"} or first == 0 or doc.words[first - 1] in _CLITICS:
        return
    for c in doc.children[doc.heads[k]] if doc.heads[k] >= 0 else ():
        if c < k and doc.labels[c] == doc.labels[k] and doc.upos[c] in {"NOUN", "PROPN"} and max(doc.subtree(c)) == first - 1:
            for other in doc.dependents(k, "conj"):
                hang(doc, other, c)
            hang(doc, k, c)
            doc.labels[k] = "appos"
            return


def _first_of_two(doc: Doc, k: int) -> None:
    """ "send Chad 14 tanks": of two objects that stand side by side behind a verb, the first is to whom."""
    verb = doc.heads[k]
    if k < verb or doc.dependents(verb, "iobj", "ccomp", "xcomp"):
        return
    for c in doc.dependents(verb, "obj"):
        if c > k and doc.labels[c] == "obj" and min(doc.subtree(c)) == max(doc.subtree(k)) + 1 and doc.upos[c] == "NOUN" and doc.upos[k] != "NUM":
            if doc.upos[min(doc.subtree(c))] in {"NUM", "DET", "ADJ"}:
                doc.labels[k] = "iobj"
            return


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


def _name_behind_its_title(doc: Doc, k: int) -> None:
    """ "rebel commander Jean Mapela, who …": a bare noun right before a name is a title, and what follows is said of the one named."""
    title = min(doc.subtree(k)) - 1
    if title < doc.sentences[doc.sentence_of[k]].first or doc.upos[title] != "NOUN" or doc.upos[title + 1] == "PUNCT" or len(doc.words[k]) == 1:
        return
    opening = title == doc.sentences[doc.sentence_of[k]].first
    bare = doc.lemmas[title] == doc.words[title].lower() and not doc.dependents(title, "det", "nmod:poss", "nummod")
    under = doc.heads[k] == title and doc.labels[k] in {"appos", "flat"}
    same = doc.labels[k] == doc.labels[title] and doc.labels[k] in _PLACES
    beside = doc.heads[k] == doc.heads[title] and (doc.labels[k] == "appos" or same) and not doc.dependents(k, "case")
    if not bare or not (under or beside) or not (opening or doc.words[title].islower()):
        return
    hang(doc, k, doc.heads[title])
    doc.labels[k] = doc.labels[title]
    hang(doc, title, k)
    doc.labels[title] = "nmod:desc"
    for c in list(doc.children[title]):
        if c > k or doc.labels[c] in {"case", "cc", "mark", "punct"}:
            hang(doc, c, k)


def _part_behind_the_verb(doc: Doc, k: int) -> None:
    """ "nine were killed, two of them in a crash": behind a second subject, where a comma parts it from the verb, stands what is told of it alone."""
    head = doc.heads[k]
    first, behind = min(doc.subtree(k)), max(doc.subtree(k))
    if not head < k or "," not in doc.words[first - 1 : first + 1]:
        return
    if not any(s < head for s in doc.dependents(head, "nsubj", "nsubj:pass")):
        return
    for c in doc.dependents(head, "obl"):
        if c > k and min(doc.subtree(c)) == behind + 1:
            hang(doc, c, k)
            doc.labels[c] = "nmod"
            return


def _relative_behind_a_name(doc: Doc, k: int) -> None:
    """ "the officer shot on the pass, Major Ali Musa, who died": "who" behind a name that tells who the noun is goes on with the name."""
    head, who = doc.heads[k], doc.dependent(k, "nsubj", "nsubj:pass")
    if doc.upos[head] != "NOUN" or who is None or doc.words[who].lower() != "who":
        return
    for name in doc.dependents(head, "appos"):
        if name < k and doc.upos[name] == "PROPN" and max(doc.subtree(name)) in {who - 1, who - 2} and doc.words[who - 1] == ",":
            hang(doc, k, name)
            return


def _both_sides(doc: Doc, k: int) -> None:
    """ "the accord between Chad and the main faction": what stands behind "and" is joined to what "between" introduces."""
    head = doc.heads[k]
    first = min(doc.subtree(k))
    joined = [c for c in doc.dependents(k, "cc") if c < k and doc.words[c].lower() == "and"]
    if not joined or first != joined[0]:
        return
    one = next((c for c in range(first - 1, head, -1) if doc.case(c) == "between" and doc.below(c, head)), None)
    if one is None or one == head or doc.dependents(one, "conj") or max(doc.subtree(one)) != first - 1:
        return
    plural = doc.upos[one] == "NOUN" and doc.lemmas[one] != doc.words[one].lower()
    if not plural or doc.upos[k] != "NOUN":
        hang(doc, k, one)


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
