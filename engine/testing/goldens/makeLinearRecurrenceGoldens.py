#!/usr/bin/env python3
"""Writes linearRecurrence.json: nodes whose memory is a linear recurrence, in the layout of nodes.json (see README.md).

PyTorch has no such layers: they are written out here, step by step, and differentiated by autograd. Deterministic: running it again
changes nothing.
"""
import torch
from torch import nn

from makeGoldens import node_case, write


class MinimalMemory(nn.Module):
    """minGRU (Feng et al. 2024), the vanilla version."""

    def __init__(self, features, hidden):
        super().__init__()
        self.linear_z = nn.Linear(features, hidden)
        self.linear_h = nn.Linear(features, hidden)

    def forward(self, x, past):
        z, candidate = torch.sigmoid(self.linear_z(x)), self.linear_h(x)
        h, outputs = torch.zeros_like(candidate[0]), []
        for t in range(len(x)):
            h = (1 - z[t]) * h + z[t] * candidate[t]
            outputs.append(h)
        return torch.stack(outputs)


def run(module, x, past):
    return module(x, past)


def minimal_memory_cases():
    for time, batch, features, lengths in ((1, 1, 1, [1]), (7, 3, 5, [7, 2, 5]), (12, 2, 8, [4, 12])):
        yield node_case(
            f"minimal gated memory T{time} B{batch} H{features}", "minimalMemory", {"hidden": features},
            MinimalMemory(features, features), run, time, batch, features, lengths,
        )


torch.manual_seed(23)
write("linearRecurrence.json", [*minimal_memory_cases()])
