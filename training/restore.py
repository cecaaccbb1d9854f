"""The shipped reader back as torch weights: to train it further, or to run it where only transformers models go.

    python -m training.restore --out FOLDER    # a BertForQuestionAnswering folder

What int8 rounded away stays away; word embeddings are the base model's own, which training never changed.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from rag.models.span_reader import MODEL_FILE, SHIPPED
from training.model import SpanReader, base_model_folder, new_reader

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")


def restore_weights(graph: Path) -> dict[str, torch.Tensor]:
    """The network's weights but the word embeddings, by their names in `SpanReader`, from a graph of `training.export`.

    Each int8 matrix times its scales, [inputs, outputs] turned to torch's [outputs, inputs].
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load(graph).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.initializer}
    found = {name: value for name, value in stored.items() if name.endswith((".weight", ".bias"))}
    for node in model.node:
        module = node.name.removesuffix("/MatMul_quant").removesuffix("/MatMul").removesuffix("/product")
        target = module.strip("/").replace("/", ".") + ".weight"
        if node.op_type == "MatMulInteger":
            matrix = node.input[1].removesuffix("_quantized")
            steps = stored[node.input[1]].astype(np.float32) - stored[node.input[3]].astype(np.float32)
            found[target] = (steps * stored[f"{matrix}_scale"]).T
        elif node.op_type == "MatMul" and node.input[1] in stored:
            found[target] = stored[node.input[1]].T
    return {name: torch.tensor(np.ascontiguousarray(value)) for name, value in found.items()}


def restore_reader(folder: Path = SHIPPED, attention: str = "sdpa") -> SpanReader:
    """A network with the weights of a shipped reader; RuntimeError where the graph lacks one."""
    reader = new_reader(attention)
    words = "encoder.embeddings.word_embeddings.weight"
    reader.load_state_dict(restore_weights(folder / MODEL_FILE) | {words: reader.state_dict()[words]})
    return reader


def save_for_transformers(reader: SpanReader, folder: Path) -> None:
    """Write the reader as `BertForQuestionAnswering` with its tokenizer, loadable by name of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {"encoder.": "bert.", "span_head.": "qa_outputs."}
    state = {}
    for name, value in reader.state_dict().items():
        prefix = next(prefix for prefix in names if name.startswith(prefix))
        state[names[prefix] + name.removeprefix(prefix)] = value.contiguous()
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    config = reader.encoder.config.to_diff_dict() | {"architectures": ["BertForQuestionAnswering"]}
    type(reader.encoder.config).from_dict(config).save_pretrained(folder)
    for file in TOKENIZER_FILES:
        if (base_model_folder() / file).is_file():
            shutil.copyfile(base_model_folder() / file, folder / file)


def main() -> None:
    """Write the folder and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m training.restore", description=__doc__)
    parser.add_argument("--reader", type=Path, default=SHIPPED)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    save_for_transformers(restore_reader(arguments.reader), arguments.out)
    print(arguments.out)


if __name__ == "__main__":
    main()
