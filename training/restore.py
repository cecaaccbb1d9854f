"""Converts the shipped reader to torch weights, to train it further or to load it with transformers.

    python -m training.restore --out FOLDER    # writes a BertForQuestionAnswering folder

The weights keep the rounding of int8. The word embeddings are the base model's, because training does not change them.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from rag.models.manifest import MODEL_FILE
from rag.models.span_reader import SHIPPED
from training.model import SpanReader, base_model_folder, new_reader

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")
"""Files that transformers needs to load the tokenizer."""


def restore_weights(graph: Path) -> dict[str, torch.Tensor]:
    """Reads the network's weights from a graph that `training.export` wrote.

    An int8 matrix is multiplied by its scales and transposed from [inputs, outputs] to torch's [outputs, inputs].

    Args:
        graph: The ONNX file.

    Returns:
        The weights by their names in `SpanReader`, without the word embeddings.
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
    """Creates a network with the weights of a shipped reader.

    Args:
        folder: The reader's folder.
        attention: The implementation of attention, by the name that transformers gives it.

    Raises:
        RuntimeError: If the graph lacks a weight.
    """
    reader = new_reader(attention)
    words = "encoder.embeddings.word_embeddings.weight"
    reader.load_state_dict(restore_weights(folder / MODEL_FILE) | {words: reader.state_dict()[words]})
    return reader


def save_for_transformers(reader: SpanReader, folder: Path) -> None:
    """Writes the reader as `BertForQuestionAnswering` with its tokenizer, so that transformers can load the folder.

    Args:
        reader: The reader.
        folder: The folder to write.
    """
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
    """Writes the folder and prints its path."""
    parser = argparse.ArgumentParser(prog="python -m training.restore", description=__doc__)
    parser.add_argument("--reader", type=Path, default=SHIPPED, help="folder of the reader; the shipped one by default")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    arguments = parser.parse_args()
    save_for_transformers(restore_reader(arguments.reader), arguments.out)
    print(arguments.out)


if __name__ == "__main__":
    main()
