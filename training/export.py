"""Checkpoint → the shipped graph: `python -m training.export --data training/prepared --out src/sayso/reader/weights`.

Exports every head to ONNX, checks that the graph answers as the network does, and quantises the weights to int8 per channel
with reduced range, so that processors without VNNI do not saturate. Writes `reader.onnx`, `labels.json` and `tokenizer.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch

from sayso.reader.encode import encode, pad
from training.network import Exported, Network, encoder_folder, load_tokenizer, save_labels, tensors

INPUTS = ["ids", "mask", "shapes", "firsts"]
OUTPUTS = ["upos", "names", "sayso", "arcs", "labels"]
PROBE = [["The", "minister", "said", ",", "on", "Monday", ",", "no", "."], ["Hello", "John", "Smith"], ["A"]]
TOLERANCE = 1e-3
"""The largest difference allowed between the network's scores and the graph's, before quantisation."""


def export(checkpoint: Path, out: Path, encoder: Path | None) -> None:
    """Write the three files into `out`.

    Raises:
        SystemExit: the graph's answers differ from the network's.
    """
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    folder = encoder_folder(encoder)
    state = torch.load(checkpoint, map_location="cpu")
    network = Network(state["labels"], folder, pretrained=False)
    network.load_state_dict(state["network"])
    module = Exported(network).eval()  # on the wrapper: the exporter restores its mode, dropout included
    tokenizer = load_tokenizer(folder)
    axes = {name: {0: "batch", 1: "pieces"} for name in INPUTS[:3]} | {"firsts": {0: "batch", 1: "words"}}
    axes |= {name: {0: "batch", 1: "words"} for name in OUTPUTS[:3]} | {name: {0: "batch", 1: "words", 2: "heads"} for name in OUTPUTS[3:]}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        whole, prepared = Path(place) / "whole.onnx", Path(place) / "prepared.onnx"
        example = tensors(encode(tokenizer, [["Russia", "said", "it", "stopped", "."], ["Hello", "John"]]))
        torch.onnx.export(module, example, str(whole), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes, opset_version=17, dynamo=False)
        arrays = pad(encode(tokenizer, PROBE))
        got = onnxruntime.InferenceSession(str(whole), providers=["CPUExecutionProvider"]).run(None, dict(zip(INPUTS, arrays, strict=True)))
        with torch.no_grad():
            wanted = module(*(torch.from_numpy(a) for a in arrays))
        apart = max(float(np.abs(g - w.numpy()).max()) for g, w in zip(got[:4], wanted[:4], strict=True))
        if apart > TOLERANCE:
            raise SystemExit(f"the graph differs from the network by {apart:.2e}; nothing was written")
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(str(prepared), str(out / "reader.onnx"), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    save_labels(out / "labels.json", state["labels"])
    shutil.copyfile(folder / "tokenizer.json", out / "tokenizer.json")
    (out / "tokenizer.json").chmod(0o644)
    weights = (out / "reader.onnx").read_bytes()
    print(f"step {state['step']}, {state['elapsed'] / 60:.1f} minutes; graph and network differ by {apart:.1e}")
    print(f"reader.onnx {len(weights) / 1e6:.1f} MB, SHA-256 {hashlib.sha256(weights).hexdigest()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("training/prepared"), help="folder that holds checkpoint.pt")
    parser.add_argument("--encoder", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/reader/weights"))
    args = parser.parse_args()
    export(args.data / "checkpoint.pt", args.out, args.encoder)


if __name__ == "__main__":
    main()
