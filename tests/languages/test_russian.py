"""The Russian pack: every entry of its lists by its example, and the same claims from a Russian dispatch as from the English one."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from bench.pairs import compare, measure
from sayso import languages
from sayso.errors import BadLexicon
from sayso.intake import report_from_text
from sayso.intake.languages import language_read, only_read
from sayso.languages import readable
from sayso.languages.russian import Russian, words
from sayso.languages.russian.mending import mended
from sayso.languages.russian.names import latin
from sayso.languages.russian.parsing import Parser, lemmas
from sayso.lexicon import read_table
from sayso.model import Casualty, Distance, Event, Manner, Materiel, Reading, Report, Role, Status, spans_of
from sayso.reading import Reader
from sayso.resolve.places import Gazetteer

PAIRS = Path(__file__).parents[2] / "corpus" / "pairs"
DISPATCH = (
    "ЕРЕВАН, 13 июля. /ТАСС/. Министерство обороны Армении сообщило, что азербайджанские войска 12 июля обстреляли село Мовсес. "
    "Двое военнослужащих погибли.\n\n"
    "Министр иностранных дел России Сергей Лавров призвал обе стороны к переговорам, сообщили в МИД России."
)


@pytest.fixture(scope="module")
def pack() -> Russian:
    return Russian()


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def read(pack: Russian, text: str, day: str = "2020-07-13") -> Reading:
    return pack.read(report_from_text(text, published=day))


def events(reading: Reading) -> list[Event]:
    return [claim for claim in reading.claims if isinstance(claim, Event)]


# the lists


@pytest.mark.parametrize("row", words.table("verbs"), ids=lambda row: row["form"])
def test_verbs(pack: Russian, row: words.Row) -> None:
    found = events(read(pack, row["example"]))
    assert row["type"] in {event.type for event in found} | {event.object.type for event in found if event.object}, found


@pytest.mark.parametrize("row", words.table("nouns"), ids=lambda row: row["form"])
def test_nouns(pack: Russian, row: words.Row) -> None:
    found = events(read(pack, row["example"]))
    told = {event.type for event in found} | {event.object.type for event in found if event.object}
    assert row["type"] in told or {"SUPPORT", "ACCUSE", "REJECT"} & told, found  # what is welcomed or condemned is not told anew


@pytest.mark.parametrize("row", words.table("cues"), ids=lambda row: row["form"])
def test_cues(pack: Russian, row: words.Row) -> None:
    sources = [source for claim in read(pack, row["example"]).claims for source in claim.sources]
    assert sources, row["example"]
    assert sources[0].distance == row["distance"]


@pytest.mark.parametrize("row", words.table("harms"), ids=lambda row: row["form"])
def test_harms(pack: Russian, row: words.Row) -> None:
    assert row["harm"] in {claim.harm for claim in read(pack, row["example"]).claims if isinstance(claim, Casualty)}


@pytest.mark.parametrize("name", ["agents", "organs", "actors", "things", "discourse"])
def test_examples_have_their_words(parser: Parser, name: str) -> None:
    for row in words.table(name):
        sentence = parser.parse(report_from_text(row["example"]))[0]
        found = any(all(any(lemmas(part) & word.lemmas for word in sentence.words) for part in form.split()) for form in row["form"].split("|"))
        assert found, row


def test_lists_stand_on_ours() -> None:
    actors, codes = {row["id"] for row in read_table("actors")}, {row["code"] for row in read_table("countries")}
    assert not {row["id"] for row in words.table("actors")} - actors
    assert not {row["code"] for row in words.table("countries")} - codes
    assert not {row["name"] for row in words.table("people")} - {row["name"] for row in read_table("people")}
    gazetteer = Gazetteer()
    assert [row["name"] for row in words.table("places") if gazetteer.resolve(row["name"], {row["country"]: 1.0}) is None] == []
    for name in words.TABLES:
        assert words.table(name)


def test_faults_are_told_with_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words.TABLES, "cues", ("form", "other"))
    words.table.cache_clear()
    with pytest.raises(BadLexicon, match=r"cues\.tsv:4: the columns are not form, other"):
        words.table("cues")
    monkeypatch.undo()
    words.table.cache_clear()


# pairs


@pytest.mark.parametrize(("name", "matched", "same"), [("en-ru", 0.95, 0.88), ("en-ru-more", 0.9, 0.75)])
def test_a_dispatch_in_russian_gives_the_claims_of_the_english_one(name: str, matched: float, same: float) -> None:
    found = measure(PAIRS / f"{name}.jsonl", Reader())
    assert found.matched / found.english >= matched
    assert found.matched / found.other >= matched
    for field in ("who", "whom", "say-so", "status", "how many"):
        assert found.same[field] / found.of[field] >= (same if field in {"who", "whom"} else 0.93), field


def test_comparing_knows_what_differs(pack: Russian) -> None:
    two = read(pack, "Двое солдат погибли, сообщила полиция Мали.").claims
    three = read(pack, "Трое солдат погибли, сообщила полиция Мали.").claims
    found = compare(two, three)
    assert (found.matched, found.same["how many"], found.of["how many"]) == (1, 0, 1)
    assert compare(two, []).matched == 0


# what must be read so


def test_a_dispatch(pack: Russian) -> None:
    reading = read(pack, DISPATCH)
    attack = next(event for event in events(reading) if event.type == "ASSAULT")
    assert [actor.name for actor in attack.actors] == ["Armed Forces of Azerbaijan"]
    assert [source.entity.name for source in attack.sources] == ["Ministry of Defence of Armenia"]
    assert attack.when and attack.when.start and attack.when.start.isoformat() == "2020-07-12"
    assert attack.where and attack.where.name == "Movses"
    killed = next(claim for claim in reading.claims if isinstance(claim, Casualty))
    assert (killed.count.low, killed.sources[0].manner) == (2, Manner.INHERITED)
    appeal = next(event for event in events(reading) if event.type == "REQUEST")
    assert sorted(str(entity.country) for entity in appeal.recipients) == ["ARM", "AZE"]
    assert any(isinstance(claim, Role) and claim.office == "Foreign Minister" for claim in reading.claims)
    assert reading.report.language == "ru"
    for claim in reading.claims:
        assert all(reading.report.text[span.start : span.end] == span.text for span in spans_of(claim))
        assert claim.id in reading.explanations


@pytest.mark.parametrize(
    ("text", "status"),
    [("Армия обстреляла село.", "occurred"), ("Армия не обстреливала село.", "negated"), ("Повстанцы пытались захватить город.", "attempted"),
     ("Армия планирует захватить город.", "planned"), ("Армия может захватить город.", "hypothetical"), ("Армия обстреливает город.", "ongoing")],
)  # fmt: skip
def test_whether_it_happened(pack: Russian, text: str, status: str) -> None:
    assert [event.status for event in events(read(pack, text)) if event.type == "ASSAULT"] == [Status(status)]


@pytest.mark.parametrize(
    ("words_", "low", "high"),
    [("Погиб солдат", 1, 1), ("Погибли двое солдат", 2, 2), ("Погибли 105 солдат", 105, 105), ("Погибли более 20 солдат", 20, None), ("Никто не погиб", 0, 0),
     ("Погибли не менее пяти солдат", 5, None), ("Погибли около ста солдат", 100, 100), ("Погибли двадцать три солдата", 23, 23), ("Погибли солдаты", 2, None),
     ("Погибли две тысячи солдат", 2000, 2000)],
)  # fmt: skip
def test_how_many(pack: Russian, words_: str, low: int, high: int | None) -> None:
    found = [claim.count for claim in read(pack, f"{words_}, сообщила полиция Мали.").claims if isinstance(claim, Casualty)]
    assert [(count.low, count.high) for count in found] == [(low, high)]


@pytest.mark.parametrize(
    ("words_", "start", "end"),
    [("в воскресенье", "2020-07-12", "2020-07-12"), ("вчера", "2020-07-12", "2020-07-12"), ("12 июля", "2020-07-12", "2020-07-12"),
     ("в мае 2019 года", "2019-05-01", "2019-05-31"), ("3 декабря", "2019-12-03", "2019-12-03"), ("на прошлой неделе", "2020-07-06", "2020-07-12")],
)  # fmt: skip
def test_when(pack: Russian, words_: str, start: str, end: str) -> None:
    when = events(read(pack, f"Армия {words_} обстреляла село."))[0].when
    assert when is not None
    assert (str(when.start), str(when.end)) == (start, end)


def test_nothing_is_made_of_nothing(pack: Russian) -> None:
    for text in ("Суп варится час на слабом огне. Его едят с хлебом.", "Выставка открылась в музее.", "Погода в горах была холодной.", "Матч окончен."):
        assert [claim for claim in read(pack, text).claims if not isinstance(claim, Casualty | Materiel)] == [], text


def test_denials(pack: Russian) -> None:
    denied = events(read(pack, "Министерство обороны России опровергло обстрел больницы в Харькове."))[0]
    assert (denied.status, denied.sources[0].distance) == (Status.NEGATED, Distance.DENYING)


def test_odd_prose_is_no_error(pack: Russian) -> None:
    rng = random.Random(5)
    texts = [json.loads(line)["ru"] for line in (PAIRS / "en-ru.jsonl").read_text("utf-8").splitlines()]
    for _ in range(40):
        parts = rng.choice(texts).split(" ")
        rng.shuffle(parts)
        reading = read(pack, " ".join(parts[: rng.randint(1, 40)]) + rng.choice(("", ".", " «", "\n\n— ", " 😀", " ")))
        assert Reading.__struct_fields__
        for claim in reading.claims:
            assert all(reading.report.text[span.start : span.end] == span.text for span in spans_of(claim))


def test_names_in_latin_letters() -> None:
    assert latin("Щекино")[0] == "Shchekino"
    assert latin("Нью-Йорк")[0] == "Nyu-York"


def test_trees_are_put_right(parser: Parser) -> None:
    sentence = mended(parser.parse(report_from_text("Армия в пятницу бомбила город в Сирии, сообщили Сирийские демократические силы."))[0])
    cue = next(i for i, word in enumerate(sentence.words) if word.lemma == "сообщить")
    assert sentence.words[cue].rel == "parataxis"
    assert [sentence.words[k].lemma for k in sentence.children(cue, "nsubj")] == ["сила"]


# which language


def test_the_reader_takes_the_pack() -> None:
    russian = report_from_text(DISPATCH, published="2020-07-13")
    english = report_from_text("Two soldiers were killed, the ministry said.", published="2020-07-13")
    assert (language_read(russian), language_read(english)) == ("ru", "en")
    first, second = Reader(threads=2).read_many([russian, english])
    assert (first.report.language, second.report.language) == ("ru", "en")
    assert first.claims and second.claims


def test_without_what_the_pack_needs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(languages.NEEDED, "ru", ("no_such_module",))
    readable.cache_clear()
    try:
        told = only_read(report_from_text(DISPATCH, id="wire-1"))
        assert not isinstance(told, Report)
        assert str(told) == "wire-1: is in another language (ru), for which there is no language pack here"
    finally:
        monkeypatch.undo()
        readable.cache_clear()
    assert isinstance(only_read(report_from_text(DISPATCH)), Report)


def test_by_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DISPATCH, "utf-8")
    run = [sys.executable, "-m", "sayso", "read", str(tmp_path / "a.txt"), "--date", "2020-07-13"]
    told = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    assert told["report"]["language"] == "ru"
    assert any(claim["kind"] == "casualty" for claim in told["claims"])
