"""Train a network on the annotated corpora: `python -m training.train --data training/prepared --minutes 100`.

With all-MiniLM-L6-v2 it gives a reader as it could ship; with `--encoder all-mpnet-base-v2` a teacher for `training.distil`. Checkpoints
every few minutes; run again, it goes on where it stopped. The learning rate follows the time spent, so a run that was cut off and resumed
ends as an uninterrupted one does. bf16 autocast where the processor has it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn

from sayso.reader.encode import NAME_TAGS, SAYSO_TAGS, UPOS, Encoded, encode
from training.network import Network, encoder_folder, load_tokenizer, tensors, usable

LONGEST_TREE, LONGEST_WINDOW = 130, 200
UPOS_IDS, NAME_IDS, SAYSO_IDS = ({t: i for i, t in enumerate(tags)} for tags in (UPOS, NAME_TAGS, SAYSO_TAGS))


def relation_ids(sentences: list[dict]) -> tuple[list[str], dict[str, int]]:
    """The relations seen five times or more; a rarer one counts as its base."""
    counts = Counter(label for s in sentences for label in s["labels"])
    labels = sorted(label for label, n in counts.items() if n >= 5)
    ids = {label: i for i, label in enumerate(labels)}
    for label in counts:
        ids.setdefault(label, ids.get(label.split(":")[0], ids["dep"]))
    return labels, ids


def batches(items: list, length, rng: random.Random, size: int) -> list[list]:
    """Items of like length together, within `size` padded sub-tokens, in random order."""
    made, current, longest = [], [], 0
    for item in sorted(items, key=lambda x: length(x) + rng.random() * 6):
        longest = max(longest, length(item))
        if current and longest * (len(current) + 1) > size:
            made.append(current)
            current, longest = [], length(item)
        current.append(item)
    if current:
        made.append(current)
    rng.shuffle(made)
    return made


def windows(articles: list[dict], rng: random.Random, single: float) -> Iterator[tuple[Encoded, list[int]]]:
    """Attribution input: single sentences for a share `single` of the paragraphs, else runs of sentences to 128 sub-tokens."""
    for article in articles:
        annotators = len(article["paragraphs"][0][0]["tags"])
        k = rng.randrange(annotators)
        for paragraph in article["paragraphs"]:
            groups: list[list[dict]] = []
            alone, size = rng.random() < single, 0
            for sentence in paragraph:
                n = len(sentence["encoded"].ids) - 2
                if not groups or alone or size + n > 128:
                    groups.append([])
                    size = 0
                groups[-1].append(sentence)
                size += n
            for group in groups:
                ids, shapes, firsts, tags = [101], [0], [], []
                for s in group:
                    e, shift = s["encoded"], len(ids) - 1
                    ids += e.ids[1:-1]
                    shapes += e.shapes[1:-1]
                    firsts += [f + shift for f in e.firsts]
                    tags += [SAYSO_IDS[t] for t in s["tags"][k]]
                if len(ids) < LONGEST_WINDOW:
                    yield Encoded([*ids, 102], [*shapes, 0], firsts), tags


def targets(rows: list[list[int]], width: int, device: str = "cpu") -> torch.Tensor:
    """Gold values behind the root's place, -100 where there are none."""
    out = np.full((len(rows), width), -100)
    for i, row in enumerate(rows):
        out[i, 1 : len(row) + 1] = row
    return torch.from_numpy(out).to(device)


def prepared(path: Path) -> tuple[list[dict], list[str], dict[str, int], list[dict], dict]:
    """The annotated sentences of a prepared file, encoded: trees, relations, their ids, PolNeAR's articles; and all that the file holds."""
    data = pickle.loads((path / "prepared.pkl").read_bytes())
    trees = data["ewt"]["train"] + data["gum"]["train"]
    labels, label_ids = relation_ids(trees)
    trees = trees + data["trailing"]
    articles = data["polnear"].get("train", [])
    tokenizer = load_tokenizer(encoder_folder())
    for sentences in (trees, [s for a in articles for p in a["paragraphs"] for s in p]):
        for s, e in zip(sentences, encode(tokenizer, [s["words"] for s in sentences]), strict=True):
            s["encoded"] = e
    return [s for s in trees if len(s["encoded"].ids) <= LONGEST_TREE], labels, label_ids, articles, data


def optimizer_of(net: Network, rate: float) -> torch.optim.Optimizer:
    """AdamW with `rate` for the encoder and larger ones for what starts from nothing."""
    shapes = {id(p) for p in net.shape_parameters()}
    groups = [
        ([p for n, p in net.named_parameters() if n.startswith("encoder.") and id(p) not in shapes], rate),
        (net.shape_parameters(), 5e-4),
        ([p for n, p in net.named_parameters() if not n.startswith("encoder.") and id(p) not in shapes], 1e-3),
    ]
    return torch.optim.AdamW([{"params": p, "lr": r, "base": r} for p, r in groups], weight_decay=0.01, betas=(0.9, 0.98), fused=True)


@torch.no_grad()
def glance(net: Network, data: dict, labels: list[str], device: str) -> dict[str, float]:
    """Percentages on the dev sets without search over trees or tag sequences: to compare runs while training. `training.evaluate` scores what ships."""
    net.eval()
    tokenizer = load_tokenizer(encoder_folder())
    hits: Counter = Counter()
    news = [s for part in ("dev", "test") for s in data["gum"][part] if s["genre"] == "news"]
    flat = [s for a in data["polnear"].get("dev", []) for p in a["paragraphs"] for s in p]
    for name, sentences in (("EWT", data["ewt"]["dev"]), ("GUM", data["gum"]["dev"]), ("news", news), ("PolNeAR", flat)):
        for s, e in zip(sentences, encode(tokenizer, [s["words"] for s in sentences]), strict=True):
            s["encoded"] = e
        for batch in batches(sentences, lambda s: len(s["encoded"].ids), random.Random(0), 4096):
            ids, mask, shapes, firsts = tensors([s["encoded"] for s in batch], device)
            with torch.autocast(device, dtype=torch.bfloat16):
                h = net.hidden(ids, mask, shapes, firsts)
                arcs, upos, named, sayso = net.arcs(h), net.upos(h).argmax(-1).tolist(), net.names(h).argmax(-1).tolist(), net.sayso(h).argmax(-1).tolist()
                real = torch.tensor([[i <= len(s["words"]) for i in range(firsts.shape[1])] for s in batch], device=device)
                heads = arcs.float().masked_fill(~real[:, None, :], -1e4).argmax(-1)
                relations, heads = net.labels_at(h, heads).argmax(-1).tolist(), heads.tolist()
            for row, s in enumerate(batch):
                for i in range(len(s["words"])):
                    if "tags" in s:
                        wanted, got = SAYSO_IDS[s["tags"][0][i]], sayso[row][i + 1]
                        hits["PolNeAR", "say-so words"] += wanted == got
                        hits["PolNeAR", "n"] += 1
                        continue
                    right = heads[row][i + 1] == s["heads"][i]
                    hits[name, "n"] += 1
                    hits[name, "UPOS"] += upos[row][i + 1] == UPOS_IDS[s["upos"][i]]
                    hits[name, "UAS"] += right
                    hits[name, "LAS"] += right and labels[relations[row][i + 1]] == s["labels"][i]
                    if "names" in s and (s["names"][i] != "O" or named[row][i + 1]):
                        hits[name, "name n"] += 1
                        hits[name, "names"] += named[row][i + 1] == NAME_IDS[s["names"][i]]
    net.train()
    shown = [(name, key, n) for (name, key), n in hits.items() if key not in {"n", "name n"}]
    return {f"{name} {key}": round(100 * n / hits[name, "name n" if key == "names" else "n"], 2) for name, key, n in shown}


class Trainer:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.rng = random.Random(args.seed)
        random.seed(args.seed)
        np.random.seed(args.seed)
        torch.manual_seed(args.seed)
        torch.set_num_threads(args.threads)
        self.trees, self.labels, self.label_ids, self.articles, self.data = prepared(args.data)
        self.net = Network(self.labels, encoder_folder(args.encoder)).to(args.device)
        self.optimizer = optimizer_of(self.net, args.rate)
        self.elapsed, self.step = 0.0, 0
        self.checkpoint = args.data / args.checkpoint
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, map_location=args.device)
            self.net.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.elapsed, self.step = state["elapsed"], state["step"]
            self.rng = random.Random(args.seed + self.step)
            print(f"resumed at step {self.step}, {self.elapsed / 60:.1f} minutes", flush=True)

    def save(self) -> None:
        state = {"network": self.net.state_dict(), "optimizer": self.optimizer.state_dict(), "labels": self.labels, "elapsed": self.elapsed, "step": self.step}
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(self.checkpoint)

    def tree_loss(self, batch: list[dict], stats: Counter) -> torch.Tensor:
        ids, mask, shapes, firsts = tensors([s["encoded"] for s in batch], self.args.device)
        width = firsts.shape[1]
        gold_heads = targets([s["heads"] for s in batch], width, self.args.device)
        gold_labels = targets([[self.label_ids[x] for x in s["labels"]] for s in batch], width, self.args.device)
        gold_upos = targets([[UPOS_IDS[x] for x in s["upos"]] for s in batch], width, self.args.device)
        real = gold_heads >= 0
        real[:, 0] = True
        with torch.autocast(self.args.device, dtype=torch.bfloat16, enabled=self.args.bf16):
            h = self.net.hidden(ids, mask, shapes, firsts)
            upos, names, arcs = self.net.upos(h).float(), self.net.names(h).float(), self.net.arcs(h).float()
            labels = self.net.labels_at(h, gold_heads.clamp(min=0)).float()
        arcs = arcs.masked_fill(~real[:, None, :], -1e4)
        parts = {
            "upos": functional.cross_entropy(upos.flatten(0, 1), gold_upos.flatten()),
            "arc": functional.cross_entropy(arcs.flatten(0, 1), gold_heads.flatten()),
            "label": functional.cross_entropy(labels.flatten(0, 1), gold_labels.flatten()),
        }
        loss = torch.stack(list(parts.values())).sum()
        named = targets([[NAME_IDS[x] for x in s["names"]] if "names" in s else [] for s in batch], width, self.args.device)
        if (named >= 0).any():
            parts["name"] = functional.cross_entropy(names.flatten(0, 1), named.flatten())
            loss = loss + parts["name"]
        for key, value in parts.items():
            stats[key] = stats[key] + value.detach()
            stats[f"n {key}"] += 1
        stats["sub-tokens"] += sum(len(s["encoded"].ids) for s in batch)
        return loss

    def sayso_loss(self, batch: list[tuple[Encoded, list[int]]], stats: Counter) -> torch.Tensor:
        ids, mask, shapes, firsts = tensors([e for e, _ in batch], self.args.device)
        with torch.autocast(self.args.device, dtype=torch.bfloat16, enabled=self.args.bf16):
            scores = self.net.sayso(self.net.hidden(ids, mask, shapes, firsts))
        loss = functional.cross_entropy(scores.float().flatten(0, 1), targets([t for _, t in batch], firsts.shape[1], self.args.device).flatten())
        stats["sayso"] = stats["sayso"] + loss.detach()
        stats["n sayso"] += 1
        stats["sub-tokens"] += sum(len(e.ids) for e, _ in batch)
        return loss

    def trees_forever(self) -> Iterator[list]:
        while True:
            yield from batches(self.trees, lambda s: len(s["encoded"].ids), self.rng, self.args.batch)

    def articles_forever(self) -> Iterator[list]:
        while True:
            yield from batches(list(windows(self.articles, self.rng, self.args.single)), lambda w: len(w[0].ids), self.rng, self.args.batch)

    def run(self) -> None:
        args, budget = self.args, self.args.minutes * 60
        trees, articles = self.trees_forever(), self.articles_forever()
        self.net.train()
        stats: Counter = Counter()
        began = last = saved = time.monotonic()
        before = self.elapsed
        while self.elapsed < budget:
            scale = min(1.0, (self.step + 1) / 100) * max(0.02, 1 - self.elapsed / budget)
            for group in self.optimizer.param_groups:
                group["lr"] = group["base"] * scale
            attribution = bool(self.articles) and self.rng.random() < args.share
            loss = self.sayso_loss(next(articles), stats) if attribution else self.tree_loss(next(trees), stats)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.optimizer.step()
            self.step += 1
            now = time.monotonic()
            self.elapsed = before + now - began
            if self.step % 100 == 0:
                losses = " ".join(f"{k} {stats[k] / stats['n ' + k]:.3f}" for k in ("upos", "arc", "label", "name", "sayso") if stats["n " + k])
                print(f"step {self.step} {self.elapsed / 60:.1f} min {stats['sub-tokens'] / (now - last):.0f} sub-tokens/s {losses}", flush=True)
                stats, last = Counter(), now
            if now - saved > 300:
                self.save()
                saved = now
        self.save()
        print(f"done: {self.step} steps, {self.elapsed / 60:.1f} minutes", json.dumps(glance(self.net, self.data, self.labels, args.device)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("training/prepared"))
    parser.add_argument("--encoder", type=Path, help="folder of all-MiniLM-L6-v2, or of all-mpnet-base-v2 for a teacher")
    parser.add_argument("--checkpoint", default="checkpoint.pt", help="file in --data that the network is kept in")
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--device", type=usable, default="cpu", help="cpu or cuda")
    parser.add_argument("--batch", type=int, default=1024, help="padded sub-tokens of a batch")
    parser.add_argument("--rate", type=float, default=1e-4, help="learning rate of the encoder")
    parser.add_argument("--share", type=float, default=0.45, help="share of the steps spent on attribution")
    parser.add_argument("--single", type=float, default=0.7, help="share of PolNeAR's paragraphs fed as single sentences, as at run time")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    Trainer(parser.parse_args()).run()


if __name__ == "__main__":
    main()
