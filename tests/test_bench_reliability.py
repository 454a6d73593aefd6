"""The table and the plot of stated confidence against what came right."""

from __future__ import annotations

from xml.etree import ElementTree

from bench.reliability import table
from sayso.scoring.measures import Bin
from sayso.scoring.page import reliability_plot

SERIES = {"one": [Bin(0.2, 10, 0.25, 0.3), Bin(0.5, 40, 0.55, 0.5)], "<other> & more": [Bin(0.5, 4, 0.5, 1.0)]}


def test_the_table_has_a_row_for_each_confidence_that_any_set_states() -> None:
    assert table(SERIES).splitlines()[2:] == ["| 0.2–0.3 | 0.30 (10) | – |", "| 0.5–0.6 | 0.50 (40) | 1.00 (4) |"]


def test_the_plot_is_sound_xml_with_a_circle_for_each_bin_and_each_name() -> None:
    plot = ElementTree.fromstring(reliability_plot(SERIES))  # our own
    circles = [e for e in plot.iter() if e.tag.endswith("circle")]
    words = [e.text for e in plot.iter() if e.tag.endswith("text")]

    assert len(circles) == 3 + 2
    assert {"one", "<other> & more", "stated confidence"} <= set(words)
    large = max(float(c.get("r", "0")) for c in circles)
    assert [c.get("cy") for c in circles if float(c.get("r", "0")) == large] == ["185.0"]  # half of them right: half way up
