"""Trees that grammar rules out → trees that it allows.

In: a parsed `Doc`. Out: the same, with single arcs moved where the words' forms or their order show that the network erred, and names cut to
what is a name in them. A mended tree is a tree still: a word is only ever hung on one that stands above its old head or beside it, or changes
places with its head. It does not second-guess what forms and order leave open. Where the treebanks differ (the head of "rebel commander Jean
Mapela"), it keeps to one of the two ways.
"""

from __future__ import annotations

from sayso.reader.doc import Doc, Sentence, Stretch
from sayso.reader.lemmas import lemma

_STOPS = {".", "!", "?", "”", '"'}
_DASHES = {"-", "–", "—", "--"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_PLACES = {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "conj"}
"""Relations in which somebody stands."""
_BEFORE = {"det", "amod", "compound", "nummod", "nmod:poss"}
"""What stands before a noun and belongs to it."""
LONGEST_TAIL = 4
"""Words behind the dash or colon of a headline that may name who says it."""
_CLITICS = {"'s", "’s", "'", "’"}
_PRONOUNS = {"its", "his", "this", "us", "ours", "yours", "hers", "theirs"}
"""Pronouns that end as a plural does; those in "-selves" beside them."""
_BESIDE = {"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"}
"""Where an office and the name behind it may stand, though the tree holds them for two."""


def mend(doc: Doc) -> None:
    """Mend every sentence of a `Doc`, in place."""
    _join_names(doc)
    doc.names[:] = [_without_common_nouns(doc, _no_person(doc, name)) for name in doc.names]
    for k in range(len(doc)):
        _by_its_form(doc, k)
    for k in range(len(doc)):
        label, upos = doc.labels[k], doc.upos[k]
        if label.startswith("nsubj") and any(doc.words[c] in _CLITICS for c in doc.dependents(k, "case")):
            _possessor(doc, k)
        elif label == "acl" and upos == "VERB":
            _finite_noun(doc, k)
        elif label == "advcl" and upos == "VERB":
            _of_the_first(doc, k)
            _of_the_place(doc, k)
        elif label == "obl:agent" and doc.case(k).split(" ")[0] not in {"", "by", "from"}:
            doc.labels[k] = "obl"  # "according to the army", "because of rain"
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
        if doc.labels[k] == "obj":
            _before_the_conjunction(doc, k)
            _first_of_two(doc, k)
        if upos == "PROPN" and doc.labels[k] in _BESIDE:
            _name_in_two(doc, k)
            _name_of_office(doc, k)
    for k in range(len(doc)):
        _noun_after_all(doc, k)
        if doc.upos[k] == "PROPN" and doc.heads[k] >= 0:
            _name_behind_its_title(doc, k)
        if doc.labels[k] == "mark" and doc.upos[k] == "ADP":
            _mark_before_a_nominal(doc, k)
        if doc.labels[k] in {"nsubj", "nsubj:pass"}:
            _adverb_between(doc, k)
            _subject_of_the_next(doc, k)
            _part_behind_the_verb(doc, k)
        if doc.labels[k] == "obj":
            _object_of_the_infinitive(doc, k)
        if doc.labels[k] == "acl:relcl":
            _relative_behind_a_name(doc, k)
    for k in range(len(doc)):
        if doc.labels[k] == "conj" and doc.upos[k] == "VERB":
            _past_beside_infinitive(doc, k)
        elif doc.labels[k] == "conj" and doc.upos[k] == "NOUN":
            _behind_the_verb(doc, k)
            _compound_after_all(doc, k)
        elif doc.labels[k] == "ccomp" and doc.upos[k] == "VERB":
            _past_a_semicolon(doc, k)
            _cue_between(doc, k)
    for k in range(len(doc)):
        if doc.labels[k] == "conj" and doc.upos[k] in _NOMINAL:
            _both_sides(doc, k)
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
        elif (name := _named(doc, name)) is not None:
            names.append(name)
    doc.names[:] = names


def _no_person(doc: Doc, name: Stretch) -> Stretch:
    """ "the White House" is nobody's name: no person's begins with an article."""
    article = doc.words[name.first].lower() == "the" and name.last - name.first > 1
    return name._replace(type="organisation", first=name.first + 1) if name.type == "person" and article else name


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


def _hang(doc: Doc, k: int, head: int) -> None:
    """Hang a word on another head; -1 for the root."""
    if doc.heads[k] >= 0:
        doc.children[doc.heads[k]].remove(k)
    doc.heads[k] = head
    if head >= 0:
        doc.children[head] = sorted([*doc.children[head], k])


def _swap(doc: Doc, k: int, label: str) -> None:
    """Word `k` takes the place of its head, which hangs on it by `label` then; what hung on the head hangs on `k`."""
    head = doc.heads[k]
    above, role = doc.heads[head], doc.labels[head]
    _hang(doc, k, above)
    doc.labels[k] = role
    for c in list(doc.children[head]):
        _hang(doc, c, k)
    _hang(doc, head, k)
    doc.labels[head] = label


def _to_noun(doc: Doc, k: int) -> None:
    """Word `k` is a noun after all, and what hung on it as on a verb hangs on it as on a noun."""
    doc.upos[k] = "NOUN"
    doc.lemmas[k] = lemma(doc.words[k], "NOUN")
    for c in doc.dependents(k, "obl"):
        doc.labels[c] = "nmod"


def _by_its_form(doc: Doc, k: int) -> None:
    """A plural that is no pronoun is a noun: "residents fled"."""
    word = doc.words[k].lower()
    if doc.upos[k] == "PRON" and word.endswith("s") and not word.endswith("selves") and word not in _PRONOUNS and lemma(word, "NOUN") != word:
        doc.upos[k] = "NOUN"
        doc.lemmas[k] = lemma(word, "NOUN")


def _possessor(doc: Doc, k: int) -> None:
    """ "Peru's criticism of Chile": whose something is cannot be a subject, nor the word behind it a verb, where that stands as a noun does."""
    head = doc.heads[k]
    if head < k or max(doc.subtree(k)) != max(doc.dependents(k, "case")):
        return
    nominal = doc.labels[head].split(":")[0] in {"nsubj", "obj", "obl", "nmod"} and not doc.words[head].lower().endswith("ing")
    if doc.upos[head] == "VERB" and nominal and not doc.dependents(head, "aux", "cop", "obj", "ccomp", "xcomp"):
        _to_noun(doc, head)
    if doc.upos[head] in {"NOUN", "PROPN"} and not doc.dependents(head, "cop"):
        doc.labels[k] = "nmod:poss"


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
        _hang(doc, k, verb)
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
        _hang(doc, k, above)


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
            _hang(doc, k, place)
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
            _hang(doc, k, c)
            doc.labels[k] = "case"
            if doc.heads[c] == verb:
                _hang(doc, c, above)
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
        _hang(doc, k, verb)


def _name_in_two(doc: Doc, k: int) -> None:
    """ "between Boko Haram and Chad": a name whose preposition stands before the word beside it is one with that word."""
    before = k - 1
    cases = [c for c in doc.dependents(k, "case") if c < before]
    if cases and doc.upos[before] == "PROPN" and doc.heads[before] == doc.heads[k] and doc.labels[before] == doc.labels[k]:
        for c in list(doc.children[k]):
            _hang(doc, c, before)
        _hang(doc, k, before)
        doc.labels[k] = "flat"


def _name_of_office(doc: Doc, k: int) -> None:
    """ "rebel leader Peter Lual spoke": an office and the name right behind it are one, not two beside each other."""
    first = min(doc.subtree(k))
    if doc.upos[first] in {"ADP", "PUNCT", "CCONJ", "DET"} or first == 0 or doc.words[first - 1] in _CLITICS:
        return
    for c in doc.children[doc.heads[k]] if doc.heads[k] >= 0 else ():
        if c < k and doc.labels[c] == doc.labels[k] and doc.upos[c] in {"NOUN", "PROPN"} and max(doc.subtree(c)) == first - 1:
            for other in doc.dependents(k, "conj"):
                _hang(doc, other, c)
            _hang(doc, k, c)
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
    _hang(doc, k, above)


def _behind_the_verb(doc: Doc, k: int) -> None:
    """ "two women were killed and five men wounded": a second subject behind the verb, with a participle of its own, is joined to the verb."""
    subject = doc.heads[k]
    verb = doc.heads[subject] if subject >= 0 and doc.labels[subject].startswith("nsubj") else -1
    joined = any(verb < c < k for c in doc.dependents(k, "cc"))
    if subject < verb < k and joined and any(c > k and doc.upos[c] == "VERB" for c in doc.dependents(k, "acl")):
        _hang(doc, k, verb)


def _noun_after_all(doc: Doc, k: int) -> None:
    """ "amid demands from the rebels": what has a preposition before it, and nothing that a verb has, is a noun."""
    if doc.upos[k] != "VERB" or not doc.labels[k].startswith(("obl", "nmod")) or doc.words[k].lower().endswith("ing"):
        return
    cases = [c for c in doc.dependents(k, "case") if c < k and doc.upos[c] == "ADP"]
    if cases and doc.words[k].lower().endswith("s") and not doc.dependents(k, "nsubj", "obj", "aux", "mark", "aux:pass", "ccomp", "xcomp"):
        doc.upos[k] = "NOUN"
        doc.lemmas[k] = lemma(doc.words[k], "NOUN")


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
    _hang(doc, k, doc.heads[title])
    doc.labels[k] = doc.labels[title]
    _hang(doc, title, k)
    doc.labels[title] = "nmod:desc"
    for c in list(doc.children[title]):
        if c > k or doc.labels[c] in {"case", "cc", "mark", "punct"}:
            _hang(doc, c, k)


def _mark_before_a_nominal(doc: Doc, k: int) -> None:
    """ "called on both sides to disarm": a preposition right before a nominal introduces it, not the infinitive behind."""
    verb = doc.heads[k]
    between = [c for c in doc.dependents(doc.heads[verb], "obl", "obj", "iobj") if k < c < verb] if verb >= 0 and doc.heads[verb] >= 0 else []
    infinitive = any(doc.words[m].lower() == "to" for m in doc.dependents(verb, "mark") if m > k)
    if infinitive and len(between) == 1 and min(doc.subtree(between[0])) == k + 1 and not doc.case(between[0]):
        _hang(doc, k, between[0])
        doc.labels[k] = "case"


def _adverb_between(doc: Doc, k: int) -> None:
    """ "Chad strongly condemns the raid": an adverb has no subject; it is that of the verb behind."""
    adverb = doc.heads[k]
    verb = doc.heads[adverb]
    if k < adverb < verb and doc.labels[adverb] == "advmod" and doc.words[adverb].lower().endswith("ly") and not doc.dependents(verb, "nsubj", "nsubj:pass"):
        _hang(doc, k, verb)
        doc.upos[adverb], doc.lemmas[adverb] = "ADV", lemma(doc.words[adverb], "ADV")


def _object_of_the_infinitive(doc: Doc, k: int) -> None:
    """ "was continuing to block the flow of aid": what stands right behind an infinitive is its object, not that of the verb above."""
    head, before = doc.heads[k], min(doc.subtree(k)) - 1
    if before <= head or doc.labels[before] != "xcomp" or doc.heads[before] != head or doc.upos[before] != "VERB" or doc.upos[k] == "PRON":
        return
    if any(doc.words[m].lower() == "to" for m in doc.dependents(before, "mark")) and not doc.dependents(before, "obj"):
        _hang(doc, k, before)


def _subject_of_the_next(doc: Doc, k: int) -> None:
    """ "left a guard injured and a driver dead": a subject behind its predicate and before one joined to it is that one's own."""
    head = doc.heads[k]
    if head > k or head < 0:
        return
    for c in doc.dependents(head, "conj"):
        if c > k and max(doc.subtree(k)) < c and any(head < a < k for a in doc.dependents(c, "cc")) and not doc.dependents(c, "nsubj", "nsubj:pass"):
            _hang(doc, k, c)
            return


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
            _hang(doc, c, k)
            doc.labels[c] = "nmod"
            return


def _relative_behind_a_name(doc: Doc, k: int) -> None:
    """ "the officer shot on the pass, Major Ali Musa, who died": "who" behind a name that tells who the noun is goes on with the name."""
    head, who = doc.heads[k], doc.dependent(k, "nsubj", "nsubj:pass")
    if doc.upos[head] != "NOUN" or who is None or doc.words[who].lower() != "who":
        return
    for name in doc.dependents(head, "appos"):
        if name < k and doc.upos[name] == "PROPN" and max(doc.subtree(name)) in {who - 1, who - 2} and doc.words[who - 1] == ",":
            _hang(doc, k, name)
            return


def _compound_after_all(doc: Doc, k: int) -> None:
    """ "Chadian artillery and army aviation": of two nouns side by side behind one "and", the second is joined, and the first belongs to it."""
    head, before = doc.heads[k], k - 1
    if before <= head or doc.upos[before] != "NOUN" or doc.labels[before] != "conj" or doc.heads[before] != head:
        return
    joined = doc.dependents(before, "cc")
    if not joined and not any(c < before for c in doc.dependents(k, "cc")):
        return
    for c in list(doc.children[before]):
        _hang(doc, c, k)
    _hang(doc, before, k)
    doc.labels[before] = "compound"
    for c in doc.children[k]:
        if c < head and doc.labels[c] in _BEFORE:
            _hang(doc, c, head)
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
        _hang(doc, k, one)


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
        _hang(doc, first, k)
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
        _hang(doc, last, above)
        doc.labels[last] = "root" if above < 0 else label
        for k in led[:-1]:
            _hang(doc, k, last)
    if top != root:
        _hang(doc, top, root)
        doc.labels[top] = "parataxis"
    for k in tail:
        if k != top and doc.heads[k] not in tail:
            _hang(doc, k, top)
    _hang(doc, dash, top)
