"""Train the reader: `python -m training.train --data training/prepared --minutes 100`.

Checkpoints every few minutes; run again, it goes on where it stopped. The learning rate follows the time spent, so a run
that was cut off and resumed ends as an uninterrupted one does. bf16 autocast where the processor has it.
"""

from __future__ import annotations

import argparse
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
from training.network import Network, encoder_folder, load_tokenizer, tensors

BATCH = 1024  # padded sub-tokens
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


def batches(items: list, length, rng: random.Random) -> list[list]:
    """Items of like length together, within `BATCH` padded sub-tokens, in random order."""
    made, current, longest = [], [], 0
    for item in sorted(items, key=lambda x: length(x) + rng.random() * 6):
        longest = max(longest, length(item))
        if current and longest * (len(current) + 1) > BATCH:
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


def targets(rows: list[list[int]], width: int) -> torch.Tensor:
    """Gold values behind the root's place, -100 where there are none."""
    out = np.full((len(rows), width), -100)
    for i, row in enumerate(rows):
        out[i, 1 : len(row) + 1] = row
    return torch.from_numpy(out)


class Trainer:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.rng = random.Random(args.seed)
        random.seed(args.seed)
        np.random.seed(args.seed)
        torch.manual_seed(args.seed)
        torch.set_num_threads(args.threads)
        folder = encoder_folder(args.encoder)
        data = pickle.loads((args.data / "prepared.pkl").read_bytes())
        trees = data["ewt"]["train"] + data["gum"]["train"]
        self.labels, self.label_ids = relation_ids(trees)
        trees = trees + data["trailing"]
        tokenizer = load_tokenizer(folder)
        for s, e in zip(trees, encode(tokenizer, [s["words"] for s in trees]), strict=True):
            s["encoded"] = e
        self.trees = [s for s in trees if len(s["encoded"].ids) <= LONGEST_TREE]
        self.articles = data["polnear"]["train"]
        flat = [s for a in self.articles for p in a["paragraphs"] for s in p]
        for s, e in zip(flat, encode(tokenizer, [s["words"] for s in flat]), strict=True):
            s["encoded"] = e
        self.net = Network(self.labels, folder)
        shapes = list(self.net.encoder.embeddings.token_type_embeddings.parameters())
        groups = [
            ([p for n, p in self.net.encoder.named_parameters() if "token_type" not in n], args.rate),
            (shapes, 5e-4),
            ([p for n, p in self.net.named_parameters() if not n.startswith("encoder.")], 1e-3),
        ]
        self.optimizer = torch.optim.AdamW([{"params": p, "lr": r, "base": r} for p, r in groups], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.elapsed, self.step = 0.0, 0
        self.checkpoint = args.data / "checkpoint.pt"
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, map_location="cpu")
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
        ids, mask, shapes, firsts = tensors([s["encoded"] for s in batch])
        width = firsts.shape[1]
        gold_heads = targets([s["heads"] for s in batch], width)
        gold_labels = targets([[self.label_ids[x] for x in s["labels"]] for s in batch], width)
        gold_upos = targets([[UPOS_IDS[x] for x in s["upos"]] for s in batch], width)
        real = gold_heads >= 0
        real[:, 0] = True
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.args.bf16):
            h = self.net.hidden(ids, mask, shapes, firsts)
            upos, names, arcs = self.net.upos(h).float(), self.net.names(h).float(), self.net.arcs(h).float()
            labels = self.net.labels_at(h, gold_heads.clamp(min=0)).float()
        arcs = arcs.masked_fill(~real[:, None, :], -1e4)
        parts = {
            "upos": functional.cross_entropy(upos.flatten(0, 1), gold_upos.flatten()),
            "arc": functional.cross_entropy(arcs.flatten(0, 1), gold_heads.flatten()),
            "label": functional.cross_entropy(labels.flatten(0, 1), gold_labels.flatten()),
        }
        loss = sum(parts.values(), torch.zeros(()))
        named = targets([[NAME_IDS[x] for x in s["names"]] if "names" in s else [] for s in batch], width)
        if (named >= 0).any():
            parts["name"] = functional.cross_entropy(names.flatten(0, 1), named.flatten())
            loss = loss + parts["name"]
        for key, value in parts.items():
            stats[key] += value.item()
            stats[f"n {key}"] += 1
        stats["sub-tokens"] += int(mask.sum())
        return loss

    def sayso_loss(self, batch: list[tuple[Encoded, list[int]]], stats: Counter) -> torch.Tensor:
        ids, mask, shapes, firsts = tensors([e for e, _ in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.args.bf16):
            scores = self.net.sayso(self.net.hidden(ids, mask, shapes, firsts))
        loss = functional.cross_entropy(scores.float().flatten(0, 1), targets([t for _, t in batch], firsts.shape[1]).flatten())
        stats["sayso"] += loss.item()
        stats["n sayso"] += 1
        stats["sub-tokens"] += int(mask.sum())
        return loss

    def trees_forever(self) -> Iterator[list]:
        while True:
            yield from batches(self.trees, lambda s: len(s["encoded"].ids), self.rng)

    def articles_forever(self) -> Iterator[list]:
        while True:
            yield from batches(list(windows(self.articles, self.rng, self.args.single)), lambda w: len(w[0].ids), self.rng)

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
        print(f"done: {self.step} steps, {self.elapsed / 60:.1f} minutes", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("training/prepared"))
    parser.add_argument("--encoder", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--rate", type=float, default=1e-4, help="learning rate of the encoder")
    parser.add_argument("--share", type=float, default=0.45, help="share of the steps spent on attribution")
    parser.add_argument("--single", type=float, default=0.7, help="share of PolNeAR's paragraphs fed as single sentences, as at run time")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    Trainer(parser.parse_args()).run()


if __name__ == "__main__":
    main()
