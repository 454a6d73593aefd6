"""Counts of people and things: the bounds of each phrase, and the numbers that count nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.lexicon.tables import faults, read_table
from sayso.reader.tokens import words as cut
from sayso.resolve.counts import count_at, count_before, plural, times_in

# sentence, the counted noun or number, low, high, approximate, words of the count
COUNTED = [
    ("Four Azerbaijani soldiers were killed.", "soldiers", 4, 4, False, "Four"),
    ("Four Malian guards were killed and four others wounded.", "others", 4, 4, False, "four"),
    ("At least 16 other people died.", "people", 16, None, False, "At least 16"),
    ("A policeman was hurt.", "policeman", 1, 1, False, "A"),
    ("The army said that one soldier was hurt.", "soldier", 1, 1, False, "one"),
    ("An Armenian border guard was hurt.", "guard", 1, 1, False, "An"),
    ("A senior police officer was hurt.", "officer", 1, 1, False, "A"),
    ("Two police officers were hurt.", "officers", 2, 2, False, "Two"),
    ("No one was killed.", "one", 0, 0, False, "No one"),
    ("Nobody was killed.", "Nobody", 0, 0, False, "Nobody"),
    ("There were no casualties.", "casualties", 0, 0, False, "no"),
    ("None of the soldiers was hurt.", "soldiers", 0, 0, False, "None"),
    ("Dozens of people were held.", "people", 24, None, False, "Dozens"),
    ("Scores of villagers fled.", "villagers", 40, None, False, "Scores"),
    ("Scores were killed.", "Scores", 40, None, False, "Scores"),
    ("Hundreds were killed.", "Hundreds", 200, None, False, "Hundreds"),
    ("Thousands of families fled.", "families", 2000, None, False, "Thousands"),
    ("Tens of thousands fled.", "thousands", 20000, None, False, "Tens of thousands"),
    ("Hundreds of thousands of people fled.", "people", 200000, None, False, "Hundreds of thousands"),
    ("Several fighters gave up.", "fighters", 3, None, False, "Several"),
    ("Several hundred fighters gave up.", "fighters", 300, None, False, "Several hundred"),
    ("A few dozen fighters gave up.", "fighters", 24, None, False, "A few dozen"),
    ("A couple of soldiers were hurt.", "soldiers", 2, 2, False, "A couple"),
    ("A dozen soldiers were hurt.", "soldiers", 12, 12, False, "A dozen"),
    ("Half a dozen rockets fell.", "rockets", 6, 6, False, "Half a dozen"),
    ("Two dozen rebels fled.", "rebels", 24, 24, False, "Two dozen"),
    ("More than a dozen civilians died.", "civilians", 12, None, False, "More than a dozen"),
    ("More than 16 people died.", "people", 16, None, False, "More than 16"),
    ("Over 100 people died.", "people", 100, None, False, "Over 100"),
    ("No fewer than 12 soldiers died.", "soldiers", 12, None, False, "No fewer than 12"),
    ("Up to 20 fighters died.", "fighters", None, 20, False, "Up to 20"),
    ("As many as 40 fighters died.", "fighters", None, 40, False, "As many as 40"),
    ("Fewer than 20 men were left.", "men", None, 20, False, "Fewer than 20"),
    ("No more than 20 men were left.", "men", None, 20, False, "No more than 20"),
    ("Between 10 and 15 soldiers died.", "soldiers", 10, 15, False, "Between 10 and 15"),
    ("Some 16-20 soldiers died.", "soldiers", 16, 20, True, "Some 16-20"),
    ("There were 16 to 20 soldiers.", "soldiers", 16, 20, False, "16 to 20"),
    ("Two or three shells fell.", "shells", 2, 3, False, "Two or three"),
    ("Two or three hundred people fled.", "people", 200, 300, False, "Two or three hundred"),
    ("Nearly 50 people were hurt.", "people", 50, 50, True, "Nearly 50"),
    ("Some 30 fighters were hurt.", "fighters", 30, 30, True, "Some 30"),
    ("About 30 fighters were hurt.", "fighters", 30, 30, True, "About 30"),
    ("An estimated 400 people fled.", "people", 400, 400, True, "An estimated 400"),
    ("About 1.2 million people fled.", "people", 1_200_000, 1_200_000, True, "About 1.2 million"),
    ("The raid hurt 2,300 people.", "people", 2300, 2300, False, "2,300"),
    ("Twenty-five soldiers were hurt.", "soldiers", 25, 25, False, "Twenty-five"),
    ("Two hundred and five men were hurt.", "men", 205, 205, False, "Two hundred and five"),
    ("Three thousand four hundred men came.", "men", 3400, 3400, False, "Three thousand four hundred"),
    ("A hundred houses burned.", "houses", 100, 100, False, "A hundred"),
    ("One soldier was hurt.", "soldier", 1, 1, False, "One"),
    ("Another soldier was hurt.", "soldier", 1, 1, False, "Another"),
    ("Another three soldiers were hurt.", "soldiers", 3, 3, False, "Another three"),
    ("Three more soldiers were hurt.", "soldiers", 3, 3, False, "Three"),
    ("An additional 12 people were hurt.", "people", 12, 12, False, "An additional 12"),
    ("A total of at least 16 people were hurt.", "people", 16, None, False, "A total of at least 16"),
    ("Sixteen or more people were hurt.", "people", 16, None, False, "Sixteen or more"),
    ("The base held 200-plus fighters.", "fighters", 200, None, False, "200-plus"),
    ("The four soldiers were buried.", "soldiers", 4, 4, False, "four"),
    ("Two of the wounded soldiers died.", "soldiers", 2, 2, False, "Two"),
    ("One of Armenia's soldiers died.", "soldiers", 1, 1, False, "One"),
    ("A group of 20 fighters crossed.", "fighters", 20, 20, False, "20"),
    ("A 12-year-old boy was hurt.", "boy", 1, 1, False, "A"),
    ("Two 12-year-old boys were hurt.", "boys", 2, 2, False, "Two"),
    ("Three 155-mm guns were lost.", "guns", 3, 3, False, "Three"),
    ("Two T-72 tanks were lost.", "tanks", 2, 2, False, "Two"),
    ("In May 20 people were killed.", "people", 20, 20, False, "20"),
    ("The army has 2020 soldiers there.", "soldiers", 2020, 2020, False, "2020"),
    ("Sixteen Turkish and Syrian soldiers died.", "soldiers", 16, 16, False, "Sixteen"),
    ("Twelve armed men came.", "men", 12, 12, False, "Twelve"),
    ("Just under 200 people are missing.", "people", 200, 200, True, "Just under 200"),
    ("It grew from the start in 2000 to 4,899.", "4,899", 4899, 4899, False, "4,899"),
    ("It grew from the start in May 2000 to 4,899.", "4,899", 4899, 4899, False, "4,899"),
    ("It is a dispute over two villages.", "villages", 2, 2, False, "two"),
]

UNCOUNTED = [
    ("The soldier was hurt.", "soldier"),
    ("Soldiers were hurt.", "Soldiers"),
    ("Their soldiers were hurt.", "soldiers"),
    ("A few soldiers were hurt.", "soldiers"),
    ("Many soldiers were hurt.", "soldiers"),
    ("Some soldiers were hurt.", "soldiers"),
    ("Some of the soldiers were hurt.", "soldiers"),
    ("A group of fighters crossed.", "fighters"),
    ("A number of fighters crossed.", "fighters"),
    ("Three rockets hit houses.", "houses"),
    ("One shell hurt soldiers.", "soldiers"),
    ("A shell killed soldiers.", "soldiers"),
    ("The blast killed soldiers.", "soldiers"),
    ("Two men told soldiers to go.", "soldiers"),
    ("Four soldiers and policemen came.", "policemen"),
    ("After the raid on two posts, soldiers left.", "soldiers"),
    ("A 12-year-old boy was hurt.", "12"),
    ("A man aged 35 was hurt.", "35"),
    ("Karim Haddad, 35, was hurt.", "35"),
    ("They fired 155 mm shells.", "155"),
    ("They fired 122-mm shells.", "122"),
    ("A T-72 tank was lost.", "72"),
    ("A Su-25 was shot down.", "25"),
    ("They hold 60 percent of the city.", "60"),
    ("They hold 60% of the city.", "60"),
    ("They hold 60 per cent of the city.", "60"),
    ("They hold two-thirds of the city.", "two"),
    ("They hold two thirds of the city.", "two"),
    ("They hold 1/3 of the city.", "1"),
    ("The raid was on July 12.", "12"),
    ("The raid was on 12 July.", "12"),
    ("The raid was on 12-13 July.", "12"),
    ("The raid was on July 12, 2020.", "2020"),
    ("The war began in 1992.", "1992"),
    ("The war of 1992-1994 was long.", "1992"),
    ("The war of 1992-1994 was long.", "1994"),
    ("The 2014 annexation stands.", "2014"),
    ("The raid began at 4 p.m. sharp.", "4"),
    ("The raid began at 4:30 a.m. sharp.", "4:30"),
    ("The truce began at 1900 GMT.", "1900"),
    ("The fight lasted three days.", "three"),
    ("The fight lasted 20 minutes.", "20"),
    ("The post is 12 km away.", "12"),
    ("The ransom was $500.", "500"),
    ("The ransom was two million dollars.", "two"),
    ("Resolution 1701 ended the war.", "1701"),
    ("Flight 752 was shot down.", "752"),
    ("School No. 5 was shelled.", "5"),
    ("A four-member crew came.", "four"),
    ("The team won 3-0.", "3"),
    ("One in five people fled.", "One"),
    ("They shot one another.", "one"),
    ("This one fell.", "one"),
    ("The 12th Brigade came.", "12th"),
    ("They broke the truce 70 times.", "70"),
    ("A Covid-19 ward was hit.", "19"),
    ("The text has 1.5 in it.", "1.5"),
]

TIMES = [
    ("They violated the truce 70 times.", 70, 70, "70 times"),
    ("They violated the truce at least 12 times in a day.", 12, None, "at least 12 times"),
    ("They violated the truce more than 70 times.", 70, None, "more than 70 times"),
    ("They shelled the post twice.", 2, 2, "twice"),
    ("They shelled the post thrice.", 3, 3, "thrice"),
    ("They shelled the post more than once.", 1, None, "more than once"),
    ("They shelled the post only once.", 1, 1, "once"),
    ("They shelled the post on three occasions.", 3, 3, "three occasions"),
    ("They shelled the post on two other occasions.", 2, 2, "two other occasions"),
    ("They shelled the post dozens of times.", 24, None, "dozens of times"),
    ("They shelled the post several times.", 3, None, "several times"),
]

NO_TIMES = [
    "They shelled the post.",
    "They shelled the post many times.",
    "Once the troops had left, the town fell.",
    "The army is three times as big.",
    "The army is four times bigger.",
    "The army is twice as big.",
    "The army has twice the guns.",
    "They shell the post twice a day.",
    "They shell the post three times a week.",
    "At times they shell the post.",
    "He told the New York Times so.",
    "Four soldiers were hurt.",
]


def _cut(sentence: str) -> list[str]:
    return [w.form for w in cut(sentence)]


def _count(sentence: str, target: str) -> tuple[int | None, int | None, bool, str] | None:
    forms = cut(sentence)
    words = [w.form for w in forms]
    k = words.index(target)
    found = count_at(words, k) or count_before(words, k)
    if found is None:
        return None
    count, first, last = found
    return count.low, count.high, count.approximate, sentence[forms[first].start : forms[last - 1].end]


@pytest.mark.parametrize(("sentence", "target", "low", "high", "approximate", "text"), COUNTED)
def test_a_count_is_bounded_as_the_codebook_says(sentence: str, target: str, low: int | None, high: int | None, approximate: bool, text: str) -> None:
    assert (low, high, approximate, text) == _count(sentence, target)


@pytest.mark.parametrize(("sentence", "target"), UNCOUNTED)
def test_what_counts_nobody_gives_nothing(sentence: str, target: str) -> None:
    assert _count(sentence, target) is None


@pytest.mark.parametrize(("sentence", "low", "high", "text"), TIMES)
def test_acts_are_counted(sentence: str, low: int, high: int | None, text: str) -> None:
    found = times_in(_cut(sentence))

    assert found is not None
    assert (low, high, text) == (found[0].low, found[0].high, " ".join(_cut(sentence)[found[1] : found[2]]))


@pytest.mark.parametrize("sentence", NO_TIMES)
def test_where_no_acts_are_counted_there_are_no_times(sentence: str) -> None:
    assert times_in(_cut(sentence)) is None


def test_the_number_before_a_noun_counts_acts_only_where_asked() -> None:
    words = _cut("The side committed at least 16 violations in a day.")

    assert times_in(words) is None
    asked = times_in(words, words.index("violations"))
    assert asked is not None
    assert (asked[0].low, asked[0].high) == (16, None)
    assert times_in(_cut("The side committed a violation."), 4) is None


@pytest.mark.parametrize(("word", "many"), [("soldiers", True), ("policemen", True), ("people", True), ("soldier", False), ("bus", False), ("boss", False)])
def test_plurals_are_told_by_their_form(word: str, many: bool) -> None:
    assert plural(word) is many


def test_every_part_of_a_phrase_leads_to_its_count() -> None:
    words = _cut("They said that between 10 and 15 soldiers died.")
    found = [count_at(words, k) for k in range(len(words))]

    assert [f is not None for f in found] == [False] * 3 + [True] * 4 + [False] * 3
    assert len({f and f[1:] for f in found[3:7]}) == 1


def test_the_table_is_sound_and_its_examples_have_their_words() -> None:
    assert faults("numbers") == []
    for row in read_table("numbers"):
        tokens = " ".join(_cut(row["example"])).lower()
        assert f" {row['form']}" in f" {tokens}", row.place


_SOME = st.sampled_from(
    "a an no one none two twenty - – five hundred thousand million dozen dozens of and between at least more than up to some about the 's "
    "soldiers people man police 16 1,200 1.2 2020 July in over several few couple half or so plus % $ , . “ mm year old times twice once "
    "occasions Point aged + from not single İ 000 ٣".split()
)


@given(st.lists(_SOME, max_size=20) | st.lists(st.text(min_size=1, max_size=6), max_size=12), st.integers(0, 20))
def test_any_words_are_read_and_ranges_lie_inside(words: list[str], k: int) -> None:
    for found in (count_at(words, k), count_before(words, k), times_in(words), times_in(words, k)):
        if found is not None:
            assert 0 <= found[1] < found[2] <= len(words)
            assert found[0].text == " ".join(words[found[1] : found[2]]) or "times" in words or "occasions" in words


@given(st.integers(2, 999_999))
def test_digits_and_their_grouped_form_count_alike(n: int) -> None:
    for form in (str(n), f"{n:,}"):
        found = count_before(["exactly" if n else "", form, "soldiers"], 2)

        assert found is not None
        assert (n, n) == (found[0].low, found[0].high)
