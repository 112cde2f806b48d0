#!/usr/bin/env python3
"""Writes linearRecurrence.json: nodes whose memory is a linear recurrence, in the layout of nodes.json (see README.md).

PyTorch has no such layers: they are written out here, step by step, and differentiated by autograd. Deterministic: running it again
changes nothing.
"""
import torch
from torch import nn

from goldenTensors import write
from makeGoldens import node_case


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


class StateSpace(nn.Module):
    """The linear recurrent unit (Orvieto et al. 2023) with γ = √(1 − |λ|²), over complex numbers."""

    def __init__(self, features, states, activation):
        super().__init__()
        self.states, self.activation = states, activation
        self.nu, self.theta = nn.Parameter(torch.zeros(states)), nn.Parameter(torch.zeros(states))
        self.B = nn.Parameter(torch.zeros(2 * states, features))
        self.C = nn.Parameter(torch.zeros(features, 2 * states))
        self.D = nn.Parameter(torch.zeros(features))

    def forward(self, u, past):
        n = self.states
        eigenvalues = torch.exp(torch.complex(-torch.exp(self.nu), torch.exp(self.theta)))
        gamma = torch.sqrt(1 - eigenvalues.abs() ** 2)
        B = torch.complex(self.B[:n], self.B[n:])
        C = torch.complex(self.C[:, :n], -self.C[:, n:])
        x, outputs = torch.zeros(u.shape[1], n, dtype=B.dtype), []
        for step in u:
            x = eigenvalues * x + gamma * (step.to(B.dtype) @ B.T)
            outputs.append((x @ C.T).real + self.D * step)
        y = torch.stack(outputs)
        return nn.functional.gelu(y) if self.activation == "gelu" else y


def run(module, x, past):
    return module(x, past)


def minimal_memory_cases():
    for time, batch, features, lengths in ((1, 1, 1, [1]), (7, 3, 5, [7, 2, 5]), (12, 2, 8, [4, 12])):
        yield node_case(
            f"minimal gated memory T{time} B{batch} H{features}", "minimalMemory", {"hidden": features},
            MinimalMemory(features, features), run, time, batch, features, lengths,
        )


def state_space_cases():
    for time, batch, features, states, activation, lengths in (
        (1, 1, 1, 1, "none", [1]), (7, 3, 5, 3, "gelu", [7, 2, 5]), (12, 2, 6, 8, "none", [4, 12]),
    ):
        yield node_case(
            f"state space T{time} B{batch} F{features} N{states}", "stateSpace",
            {"hidden": states, "activation": activation}, StateSpace(features, states, activation), run,
            time, batch, features, lengths,
        )


torch.manual_seed(23)
write("linearRecurrence.json", [*minimal_memory_cases(), *state_space_cases()])
