"""The graph, read back by networkx, and the same as tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pandas as pd

Written = Callable[..., Path]


def test_gexf_has_who_accuses_acts_on_and_disputes_whom(written: Written) -> None:
    """Nodes with sides; edges with kinds; a dispute in both directions; a denial is no accusation."""
    graph = nx.read_gexf(written("gexf", "x.gexf"))
    edges = {(graph.nodes[a]["label"], graph.nodes[b]["label"], d["kind"], d["type"]): d["weight"] for a, b, d in graph.edges(data=True)}
    baku, yerevan = "Ministry of Defence of Azerbaijan", "Ministry of Defence of Armenia"
    assert edges[baku, "Armed Forces of Armenia", "says-of", "ASSAULT"] == 1
    assert edges[baku, "Armed Forces of Armenia", "says-of", "killed"] == 1
    assert edges[yerevan, "Armed Forces of Azerbaijan", "says-of", "ASSAULT"] == 1
    assert (yerevan, "Armed Forces of Armenia", "says-of", "ASSAULT") not in edges
    assert edges["Armed Forces of Armenia", "Armed Forces of Azerbaijan", "act", "ASSAULT"] == 1
    assert edges[baku, yerevan, "dispute", "count"] == edges[yerevan, baku, "dispute", "count"]
    assert next(d["side"] for _, d in graph.nodes(data=True) if d["label"] == "Armed Forces of Armenia") == "ARM"


def test_tables_have_the_same_edges(written: Written) -> None:
    """One row an edge, a dispute once and without direction; whoever is in an edge is a node."""
    path = written("network", "x.csv")
    edges, nodes = pd.read_csv(path), pd.read_csv(path.with_name("x.nodes.csv"))
    graph = nx.read_gexf(written("gexf", "x.gexf"))
    assert len(graph.edges) == len(edges) + (edges.kind == "dispute").sum()
    assert set(edges.source) | set(edges.target) == set(nodes.id)
    assert set(edges[edges.kind == "dispute"].directed) == {False}
    built = nx.from_pandas_edgelist(edges, create_using=nx.MultiDiGraph, edge_attr=True)
    assert len(built.edges) == len(edges)
