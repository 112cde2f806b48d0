#!/usr/bin/env python3
"""Writes tied.json: a small language model whose output uses the weights of its embedding, of which one row is blank.

Needs PyTorch. Deterministic: running it again changes nothing.
"""
import torch
from torch import nn

from goldenTensors import tensor_json, tensors_json, uniform, write

functional = nn.functional


def case(name, vocabulary, width, time, batch, blank):
    weights = {
        "embedding": uniform(vocabulary, width),
        "hidden": uniform(width, width),
        "hiddenBias": uniform(width),
        "bias": uniform(vocabulary),
    }
    if blank:
        weights["embedding"][0] = 0
    tokens = torch.randint(0, vocabulary, (time, batch))
    target = torch.randint(-1, vocabulary, (time, batch))
    tensors = {key: value.clone().requires_grad_(True) for key, value in weights.items()}
    embedded = functional.embedding(tokens, tensors["embedding"], padding_idx=0 if blank else None)
    hidden = torch.tanh(functional.linear(embedded, tensors["hidden"], tensors["hiddenBias"]))
    logits = functional.linear(hidden, tensors["embedding"], tensors["bias"])
    loss = functional.cross_entropy(logits.reshape(-1, vocabulary), target.reshape(-1), ignore_index=-1)
    loss.backward()
    return {
        "name": name,
        "blank": blank,
        "tokens": tensor_json(tokens),
        "target": tensor_json(target),
        "weights": tensors_json(weights),
        "loss": loss.item(),
        "gradients": tensors_json({key: value.grad for key, value in tensors.items()}),
    }


if __name__ == "__main__":
    torch.manual_seed(20261122)
    write("tied.json", [case("all rows", 6, 3, 5, 3, False), case("a blank row", 9, 5, 4, 4, True)])
