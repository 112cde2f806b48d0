#!/usr/bin/env python3
"""Writes steps.json: nodes that look at several steps at once, laid out as nodes.json.

Needs PyTorch. Deterministic: running it again changes nothing.
"""
import torch
from torch import nn

from makeGoldens import node_case, write

functional = nn.functional


def convolve(module, x, past, activation):
    """Zeros in front, so that no step sees a later one. x is [T, B, F], PyTorch wants [B, F, T]."""
    (size,), (dilation,) = module.kernel_size, module.dilation
    y = module(functional.pad(x.permute(1, 2, 0), ((size - 1) * dilation, 0))).permute(2, 0, 1)
    return activation(y)


def cases():
    activations = {"relu": torch.relu, "tanh": torch.tanh, "none": lambda y: y}
    for time, batch, features, lengths, size, dilation, activation in (
        (1, 1, 1, [1], 1, 1, "none"),
        (7, 3, 5, [7, 2, 5], 3, 1, "tanh"),
        (9, 2, 4, [4, 9], 2, 3, "none"),
        (5, 3, 8, [5, 5, 1], 4, 2, "tanh"),
        (6, 2, 3, [6, 3], 3, 1, "relu"),
    ):
        settings = {"channels": features, "size": size, "dilation": dilation, "activation": activation}
        yield node_case(
            f"convolution of {size} steps, {dilation} apart, {activation}", "convolution", settings,
            nn.Conv1d(features, features, size, dilation=dilation),
            lambda module, x, past, act=activations[activation]: convolve(module, x, past, act),
            time, batch, features, lengths,
        )


if __name__ == "__main__":
    torch.manual_seed(20261122)
    write("steps.json", list(cases()))
