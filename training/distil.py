"""Teachers → the reader that ships: `python -m training.distil --teachers a.pt b.pt --teacher-encoder FOLDER --device cuda`.

Teachers (`training.train --encoder` of all-mpnet-base-v2, of several seeds) read every sentence of the annotated corpora and of raw
reports; the mean of what they give for each word (part of speech, head, relation, name, say-so) is kept. A fresh all-MiniLM-L6-v2 learns
these, and the annotation where there is one. The teachers read the words as they stand; the student does so now and then, else as it will at
run time, with the names of countries and groups hidden (`sayso.reader.blind`), or in capitals. Writes a checkpoint for `training.export`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from sayso.reader.blind import blinded
from sayso.reader.encode import encode
from sayso.reader.tokens import sentences, words
from training.network import Network, encoder_folder, load_tokenizer, tensors, usable
from training.train import LONGEST_TREE, NAME_IDS, SAYSO_IDS, UPOS_IDS, batches, glance, optimizer_of, prepared, targets

HIDDEN_SHARE, CAPITALS_SHARE = 0.6, 0.03
"""Shares of the batches that the student reads with names hidden, and in capitals."""
BLOCK = re.compile(r"\n\s*\n")


class Batch(NamedTuple):
    """Sentences of like length: what the student may read (as it stands, names hidden, in capitals), what it should give, and where words are."""

    inputs: list[tuple[Tensor, ...]]
    real: Tensor
    gold: dict[str, Tensor]
    soft: dict[str, Tensor]
    heads: Tensor


def raw_sentences(paths: list[Path]) -> Iterator[list[str]]:
    """The sentences of reports: of JSON lines with a `text`, and of text files, whose lines that begin with === part reports."""
    for path in paths:
        if path.suffix == ".jsonl":
            texts = [json.loads(line)["text"] for line in path.read_text().splitlines()]
        else:
            texts = re.split(r"(?m)^===.*$", path.read_text())
        for text in texts:
            for block in BLOCK.split(text):
                for sentence in sentences(words(" ".join(block.split()))):
                    yield [w.form for w in sentence]


def gold_of(members: list[dict], label_ids: dict[str, int], width: int, device: str) -> dict[str, Tensor]:
    """What annotators gave, -100 where they gave nothing."""

    def rows(key: str, ids: dict[str, int] | None) -> Tensor:
        return targets([[ids[x] if ids else x for x in s[key]] if key in s else [] for s in members], width, device)

    sayso = targets([[SAYSO_IDS[t] for t in s["tags"][0]] if "tags" in s else [] for s in members], width, device)
    return {"upos": rows("upos", UPOS_IDS), "arcs": rows("heads", None), "labels": rows("labels", label_ids), "names": rows("names", NAME_IDS), "sayso": sayso}


def taught(teachers: list[Network], members: list[dict], variants: list[list], label_ids: dict[str, int], device: str) -> Batch:
    """The batch with the teachers' mean."""
    inputs = [tensors(variant, device) for variant in variants]
    width = inputs[0][3].shape[1]
    real = torch.zeros(len(members), width, dtype=torch.bool)
    for i, s in enumerate(members):
        real[i, : len(s["words"]) + 1] = True
    real = real.to(device)
    gold = gold_of(members, label_ids, width, device)
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu"):
        seen = [net.hidden(*inputs[0]) for net in teachers]
        soft = {"upos": _mean([net.upos(h) for net, h in zip(teachers, seen, strict=True)]),
                "names": _mean([net.names(h) for net, h in zip(teachers, seen, strict=True)]),
                "sayso": _mean([net.sayso(h) for net, h in zip(teachers, seen, strict=True)]),
                "arcs": _mean([net.arcs(h).float().masked_fill(~real[:, None, :], -1e4) for net, h in zip(teachers, seen, strict=True)])}  # fmt: skip
        heads = torch.where(gold["arcs"] >= 0, gold["arcs"], soft["arcs"].argmax(-1))
        soft["labels"] = _mean([net.labels_at(h, heads) for net, h in zip(teachers, seen, strict=True)])
    return Batch(inputs, real, gold, soft, heads)


def _mean(scores: list[Tensor]) -> Tensor:
    return torch.stack([s.float().softmax(-1) for s in scores]).mean(0).to(torch.bfloat16)


def student_loss(net: Network, batch: Batch, variant: int, soft_share: float, device: str) -> Tensor:
    """How far the student is from the teachers and, where there is annotation, from that."""
    ids, mask, shapes, firsts = batch.inputs[variant]
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu"):
        h = net.hidden(ids, mask, shapes, firsts)
        scores = {"upos": net.upos(h), "names": net.names(h), "sayso": net.sayso(h), "arcs": net.arcs(h), "labels": net.labels_at(h, batch.heads)}
    words_only = batch.real.clone()
    words_only[:, 0] = False
    total = torch.zeros((), device=device)
    for key, score in scores.items():
        given = score.float()
        if key == "arcs":
            given = given.masked_fill(~batch.real[:, None, :], -1e4)
        logs = given.log_softmax(-1)
        apart = -(batch.soft[key].float() * logs).sum(-1)
        gold = batch.gold[key]
        known = gold >= 0
        wrong = functional.nll_loss(logs.flatten(0, 1), gold.flatten(), reduction="none", ignore_index=-100).view_as(apart)
        each = torch.where(known, soft_share * apart + (1 - soft_share) * wrong, apart)
        total = total + (each * words_only).sum() / words_only.sum()
    return total


def pool(args: argparse.Namespace) -> tuple[list[dict], list[str], dict[str, int], dict]:
    """Every sentence to learn from."""
    trees, labels, label_ids, articles, data = prepared(args.data)
    read = [s for a in articles for p in a["paragraphs"] for s in p]
    raw = [{"words": forms} for forms in raw_sentences(args.raw)]
    print(f"{len(trees)} trees, {len(read)} sentences of PolNeAR, {len(raw)} of raw reports, {sum(len(s['words']) for s in raw)} words", flush=True)
    return trees + [s for s in read if s["words"]] + raw * args.copies, labels, label_ids, data


def distil(args: argparse.Namespace) -> None:
    """Write `--out`: a checkpoint of the student."""
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    members, labels, label_ids, data = pool(args)
    tokenizer = load_tokenizer(encoder_folder())
    variants = [
        encode(tokenizer, [s["words"] for s in members]),
        encode(tokenizer, [blinded(s["words"]) for s in members]),
        encode(tokenizer, [[w.upper() for w in s["words"]] for s in members]),
    ]
    items = [(s, rows) for s, *rows in zip(members, *variants, strict=True) if max(len(r.ids) for r in rows) <= LONGEST_TREE]
    teachers = []
    for path in args.teachers:
        state = torch.load(path, map_location="cpu")
        teacher = Network(state["labels"], args.teacher_encoder, pretrained=False)
        teacher.load_state_dict(state["network"])
        if state["labels"] != labels:
            raise SystemExit(f"{path}: was taught other relations than this data has; train it again on {args.data}")
        teachers.append(teacher.to(args.device).eval())
    began = time.monotonic()
    made = [
        taught(teachers, [s for s, _ in group], [[rows[v] for _, rows in group] for v in range(3)], label_ids, args.device)
        for group in batches(items, lambda item: len(item[1][0].ids), rng, args.batch)
    ]
    del teachers
    print(f"{len(made)} batches read by the teachers in {time.monotonic() - began:.0f} s", flush=True)
    net = Network(labels, encoder_folder(args.encoder)).to(args.device)
    optimizer = optimizer_of(net, args.rate)
    net.train()
    order: list[int] = []
    lost, began = torch.zeros((), device=args.device), time.monotonic()
    step, spent = 0, 0.0
    while spent < 1:
        spent = (time.monotonic() - began) / 60 / args.minutes
        scale = min(1.0, (step + 1) / 200) * max(0.02, 1 - spent)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * scale
        if not order:
            order = rng.sample(range(len(made)), len(made))
        chance = rng.random()
        variant = 2 if chance < CAPITALS_SHARE else 1 if chance < CAPITALS_SHARE + HIDDEN_SHARE else 0
        loss = student_loss(net, made[order.pop()], variant, args.soft, args.device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        lost += loss.detach()
        step += 1
        if step % 500 == 0:
            print(f"step {step} {(time.monotonic() - began) / 60:.1f} min loss {lost.item() / 500:.4f}", flush=True)
            lost.zero_()
    torch.save({"network": net.state_dict(), "labels": labels, "step": step, "elapsed": time.monotonic() - began}, args.out)
    print(args.out, json.dumps(glance(net, data, labels, args.device)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("training/prepared"))
    parser.add_argument("--teachers", type=Path, nargs="+", required=True, help="checkpoints of training.train")
    parser.add_argument("--teacher-encoder", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--encoder", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--raw", type=Path, nargs="*", default=[], help="raw reports: .jsonl with texts, or .txt")
    parser.add_argument("--copies", type=int, default=3, help="how often a raw report is read in one round")
    parser.add_argument("--out", type=Path, default=Path("training/prepared/checkpoint.pt"))
    parser.add_argument("--minutes", type=float, default=5, help="for the student, the teachers' reading not counted")
    parser.add_argument("--batch", type=int, default=3072, help="padded sub-tokens of a batch")
    parser.add_argument("--rate", type=float, default=3e-4, help="learning rate of the encoder")
    parser.add_argument("--soft", type=float, default=0.8, help="weight of the teachers where there is annotation too")
    parser.add_argument("--device", type=usable, default="cpu", help="cpu or cuda")
    parser.add_argument("--seed", type=int, default=3)
    distil(parser.parse_args())


if __name__ == "__main__":
    main()
