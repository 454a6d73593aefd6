"""Names find the place that the report means, or none: by its country first, never by size alone, and not at all for common words."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest

from sayso.lexicon import Row, read_table
from sayso.resolve.places import Gazetteer, fold, stripped

GAZETTEER = Gazetteer()

# name, share of countries, country, latitude, longitude, km, precision
FOUND = [
    # towns whose most populous namesake lies elsewhere
    ("Gao", {"MLI": 0.6, "FRA": 0.2}, "MLI", 16.27, -0.04, 20, "city"),
    ("Gao", {"BFA": 0.8}, "BFA", 11.6, -2.2, 120, "city"),
    ("Bor", {"SSD": 0.7, "USA": 0.1}, "SSD", 6.21, 31.56, 20, "city"),
    ("Bor", {"SRB": 0.8}, "SRB", 44.07, 22.10, 20, "city"),
    ("Tumen", {"CHN": 0.5, "PRK": 0.4}, "CHN", 42.97, 129.84, 20, "city"),
    ("Palma", {"MOZ": 0.6}, "MOZ", -10.77, 40.47, 20, "city"),
    ("Palma", {"ESP": 0.6}, "ESP", 39.57, 2.65, 20, "city"),
    ("Tripoli", {"LBN": 0.5, "ISR": 0.2}, "LBN", 34.44, 35.84, 20, "city"),
    ("Tripoli", {"LBY": 0.5, "TUR": 0.2}, "LBY", 32.89, 13.19, 20, "city"),
    ("Hyderabad", {"PAK": 0.4}, "PAK", 25.4, 68.4, 20, "city"),
    ("Hyderabad", {"IND": 0.4}, "IND", 17.4, 78.5, 20, "city"),
    ("Donetsk", {"RUS": 0.5, "UKR": 0.3}, "UKR", 48.0, 37.8, 20, "city"),
    ("Odessa", {"USA": 0.4, "UKR": 0.3}, "UKR", 46.48, 30.73, 20, "city"),
    ("Odessa", {"USA": 0.9}, "USA", 31.85, -102.37, 20, "city"),
    ("Hebron", {"USA": 0.3, "PSE": 0.2}, "PSE", 31.53, 35.10, 20, "city"),
    ("Geneva", {"USA": 0.5, "IRN": 0.3}, "CHE", 46.20, 6.15, 20, "city"),
    ("Vienna", {"USA": 0.5, "IRN": 0.3}, "AUT", 48.21, 16.37, 20, "city"),
    ("Damascus", {"USA": 0.4}, "SYR", 33.51, 36.29, 20, "city"),
    # without context
    ("Moscow", {}, "RUS", 55.75, 37.62, 20, "city"),
    ("Istanbul", {}, "TUR", 41.01, 28.95, 20, "city"),
    ("Kandahar", {}, "AFG", 31.61, 65.71, 20, "city"),
    ("Qamishli", {}, "SYR", 37.05, 41.23, 20, "city"),
    # spellings
    ("Gorlovka", {"RUS": 0.4}, "UKR", 48.31, 38.05, 20, "city"),
    ("Rabotino", {}, "UKR", 47.45, 35.84, 20, "city"),
    ("BAKHMUT", {}, "UKR", 48.59, 38.00, 20, "city"),
    ("Şuşa", {}, "AZE", 39.76, 46.75, 20, "city"),
    ("Sana’a", {}, "YEM", 15.35, 44.21, 20, "city"),
    ("N'Djamena", {}, "TCD", 12.11, 15.04, 20, "city"),
    ("El-Fasher", {}, "SDN", 13.63, 25.35, 20, "city"),
    ("Al Fashir", {}, "SDN", 13.63, 25.35, 30, "city"),
    ("Mocímboa da Praia", {}, "MOZ", -11.35, 40.35, 20, "city"),
    ("St. Petersburg", {"RUS": 0.5}, "RUS", 59.94, 30.31, 20, "city"),
    ("the village of Robotyne", {}, "UKR", 47.45, 35.84, 20, "city"),
    ("Prague, Oklahoma", {}, "USA", 35.49, -96.69, 20, "city"),
    ("Mexico City", {}, "MEX", 19.43, -99.13, 20, "city"),
    # the town and what is called after it
    ("Idlib", {"SYR": 0.8}, "SYR", 35.93, 36.63, 15, "city"),
    ("Idlib city", {"SYR": 0.8}, "SYR", 35.93, 36.63, 15, "city"),
    ("Idlib province", {"SYR": 0.8}, "SYR", 35.8, 36.7, 15, "province"),
    ("Aleppo Governorate", {}, "SYR", 36.1, 37.6, 15, "province"),
    ("Kursk", {"RUS": 0.5}, "RUS", 51.73, 36.18, 15, "city"),
    ("Kursk region", {"RUS": 0.5}, "RUS", 51.7, 36.2, 15, "province"),
    ("Tovuz", {"AZE": 0.5}, "AZE", 40.99, 45.63, 15, "city"),
    ("Tovuz district", {"AZE": 0.5}, "AZE", 40.9, 45.7, 15, "district"),
    ("the Tovuz region", {"AZE": 0.5}, "AZE", 40.9, 45.7, 15, "district"),
    ("Niger State", {"NGA": 0.5}, "NGA", 9.9, 5.6, 15, "province"),
    ("Gaza City", {"PSE": 0.5}, "PSE", 31.51, 34.46, 15, "city"),
    ("Rafah crossing", {"PSE": 0.5, "EGY": 0.3}, "PSE", 31.25, 34.26, 15, "point"),
    ("Zamzam camp", {}, "SDN", 13.49, 25.31, 15, "point"),
    ("Sichuan", {}, "CHN", 30.7, 104.6, 200, "province"),
    ("southern Lebanon", {"LBN": 0.5}, "LBN", 33.3, 35.4, 15, "province"),
    # several countries' waters
    ("the Red Sea", {"YEM": 0.5}, None, 20.0, 38.5, 15, "province"),
    # de facto entities keep the codebook's country
    ("Nagorno-Karabakh", {"ARM": 0.6}, "AZE", 39.8, 46.75, 15, "province"),
    ("Crimea", {"RUS": 0.8}, "UKR", 45.3, 34.4, 15, "province"),
    ("South Ossetia", {"RUS": 0.8}, "GEO", 42.3, 44.0, 15, "province"),
]  # fmt: skip

COUNTRIES = [
    ("Azerbaijan", {}, "AZE"), ("the United States", {}, "USA"), ("U.K.", {}, "GBR"), ("Georgia", {}, "GEO"), ("Georgia", {"USA": 0.4, "GEO": 0.3}, "GEO"),
    ("Niger", {"NGA": 0.5}, "NER"), ("Lebanon", {"USA": 0.9}, "LBN"), ("DRC", {}, "COD"), ("Kosovo", {}, "XKX"),
    ("Soviet Union", {}, "RUS"), ("Zaire", {}, "COD"),
    ("Côte d’Ivoire", {}, "CIV"), ("Luxembourg", {}, "LUX"),
]  # fmt: skip

COMMON = ("March", "May", "Police", "Of", "The", "Most", "War", "Peace", "Time", "North", "Border")

NOTHING: list[tuple[str, dict[str, float]]] = [
    # common words, though settlements are called so
    *[(word, {"USA": 0.3, "FRA": 0.2, "POL": 0.2, "TUR": 0.2}) for word in COMMON],
    ("Man", {"CIV": 0.5}), ("Hamas", {"PSE": 0.5}), ("Ali", {"IRN": 0.5}),
    # written small, a name is none
    ("bakhmut", {"UKR": 0.9}), ("split", {"HRV": 0.9}), ("", {}), ("...", {}),
    # unknown
    ("Qwertyville", {}), ("Zxqvosk", {"RUS": 0.9}), ("X" * 500, {}),
    # too many, and nothing in the report speaks for one of them
    ("Bor", {}), ("Palma", {}), ("Valencia", {}), ("Punjab", {}), ("Delta", {}), ("San Pedro", {"UKR": 0.9}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "countries", "country", "lat", "lon", "within", "precision"), FOUND)
def test_a_name_finds_the_place_that_the_report_means(
    name: str, countries: dict[str, float], country: str | None, lat: float, lon: float, within: float, precision: str
) -> None:
    place = GAZETTEER.resolve(name, countries)

    assert place is not None
    where = GAZETTEER.to_where(place, name, 7)
    assert (where.country, where.precision, where.text, where.at) == (country, precision, name, 7)
    assert where.lat is not None and where.lon is not None
    assert 111 * hypot(where.lat - lat, (where.lon - lon) * cos(radians(lat))) <= within
    assert place.why


@pytest.mark.parametrize(("name", "countries", "country"), COUNTRIES)
def test_countries_and_states_of_the_past_resolve(name: str, countries: dict[str, float], country: str) -> None:
    place = GAZETTEER.resolve(name, countries)

    assert place is not None
    assert (place.country, place.kind) == (country, "country")


@pytest.mark.parametrize(("name", "countries"), NOTHING)
def test_common_words_unknown_names_and_mere_size_find_nothing(name: str, countries: dict[str, float]) -> None:
    assert GAZETTEER.resolve(name, countries) is None


def test_the_part_of_a_country_has_its_name_and_no_point() -> None:
    place = GAZETTEER.resolve("eastern Ukraine", {"UKR": 0.5})

    assert place is not None
    where = GAZETTEER.to_where(place, "eastern Ukraine", 0)
    assert (where.name, where.country, where.lat, where.precision) == ("eastern Ukraine", "UKR", None, "province")


@pytest.mark.parametrize("row", list(read_table("places")), ids=lambda row: row["name"])
def test_every_place_of_ours_is_found_by_its_name(row: Row) -> None:
    countries = {row["country"]: 0.5} if row["country"] else {}

    place = GAZETTEER.resolve(row["name"], countries)

    assert place is not None
    assert place.why == f"{row.place} {row['name']}"


def test_what_two_countries_are_called_together_is_no_place() -> None:
    assert GAZETTEER.country_of("Koreas") is None


@pytest.mark.parametrize("row", [row for row in read_table("countries") if not row["to"]], ids=lambda row: row["name"])
def test_every_country_and_seat_of_government_lies_in_its_country(row: Row) -> None:
    both = {"Koreas", "North and South Korea", "South and North Korea"}  # no one place
    for name in {row["name"], *row.listed("aliases"), *row.listed("capital")} - both:
        assert GAZETTEER.country_of(name) == row["code"], name


def test_the_reason_names_the_entry_and_what_spoke_for_it() -> None:
    ours, theirs = GAZETTEER.resolve("Tovuz", {"AZE": 0.5}), GAZETTEER.resolve("Aleppo", {"SYR": 0.5})

    assert ours is not None and theirs is not None
    assert ours.why.startswith("places.tsv:") and ours.why.endswith(" Tovuz")
    assert theirs.why.startswith("GeoNames ") and theirs.why.endswith("the report speaks of Syria")


def test_a_country_is_told_only_where_it_is_plain() -> None:
    assert [GAZETTEER.country_of(name) for name in ("Kharkiv", "Tovuz district", "Black Sea", "Valencia", "Nowhereton")] == ["UKR", "AZE", None, None, None]


@pytest.mark.parametrize("name", ["the Şuşa", "Sana’a", "AL-HUDAYDAH", "Ås", "İstanbul", "a\u0301", "…"])
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("key", "expected"),
    [("idlib province", ("idlib", "province")), ("aleppo governorates", ("aleppo", "province")), ("town of leer", ("leer", "city")), ("gaza", ("gaza", ""))],
)
def test_the_word_for_a_kind_comes_off(key: str, expected: tuple[str, str]) -> None:
    assert stripped(key) == expected
