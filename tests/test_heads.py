"""Learned heads: a table of weights that survives its file, and shares that sum to 1."""

from __future__ import annotations

from pathlib import Path

from sayso.heads import Chooser, Heads, load, shipped


def test_shares_sum_to_one_and_follow_the_weights() -> None:
    shares = Chooser({"near": 2.0, "wide": -1.0}).shares([["near"], ["near", "wide"], ["unheard of"]], [])

    assert abs(sum(shares) - 1) < 0.01
    assert shares[0] > shares[1] > shares[2] == shares[3]


def test_a_choice_without_answers_is_none() -> None:
    assert Chooser({"near": 2.0}).shares([], ["far"]) == [1.0]


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    heads = Heads(place=Chooser({"near": 2.125, "none: AID": -0.5}))
    heads.save(tmp_path / "heads.npz")

    assert load(tmp_path / "heads.npz") == heads


def test_a_file_without_weights_holds_no_head(tmp_path: Path) -> None:
    Heads().save(tmp_path / "heads.npz")

    assert load(tmp_path / "heads.npz") == Heads()


def test_the_package_ships_the_place_head() -> None:
    head = shipped().place

    assert head is not None
    assert head.weights["the rules' choice"] > 0
