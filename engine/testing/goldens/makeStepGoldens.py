#!/usr/bin/env python3
"""Writes steps.json: nodes that look at several steps at once, laid out as nodes.json.

Needs PyTorch. Deterministic: running it again changes nothing.
"""
import torch
from torch import nn

from goldenModules import hidden_from
from goldenTensors import write
from makeGoldens import node_case

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


class Rotary(nn.Module):
    """MultiheadAttention whose queries and keys are turned (Su et al. 2021); PyTorch has no module for it."""

    def __init__(self, features, heads, causal):
        super().__init__()
        plain = nn.MultiheadAttention(features, heads)
        self.in_proj_weight, self.in_proj_bias, self.out_proj = plain.in_proj_weight, plain.in_proj_bias, plain.out_proj
        self.heads, self.causal = heads, causal

    def forward(self, x, past):
        time, batch, features = x.shape
        depth = features // self.heads

        def split(part):
            return part.reshape(time, batch, self.heads, depth)

        def turn(part):
            angles = torch.arange(time, dtype=torch.float64)[:, None] / 10000 ** (
                torch.arange(0, depth, 2, dtype=torch.float64) / depth
            )
            # A rotation is a product of complex numbers, (a + ib)(cos + i sin).
            pairs = torch.view_as_complex(part.reshape(time, batch, self.heads, depth // 2, 2).contiguous())
            turned = pairs * torch.polar(torch.ones_like(angles), angles)[:, None, None, :].to(pairs.dtype)
            return torch.view_as_real(turned).reshape(time, batch, self.heads, depth)

        q, k, v = (split(part) for part in functional.linear(x, self.in_proj_weight, self.in_proj_bias).chunk(3, dim=-1))
        scores = torch.einsum("tbnd,sbnd->bnts", turn(q), turn(k)) / depth**0.5
        scores = scores.masked_fill(past[:, None, None, :], float("-inf"))
        if self.causal:
            scores = scores.masked_fill(hidden_from(time, True), float("-inf"))
        y = torch.einsum("bnts,sbnd->tbnd", torch.softmax(scores, dim=-1), v).reshape(time, batch, features)
        return self.out_proj(y)


def rotary_cases():
    for time, batch, features, heads, causal, lengths in (
        (5, 3, 6, 1, False, [5, 2, 4]),
        (7, 2, 8, 2, True, [3, 7]),
        (4, 2, 12, 2, True, [4, 2]),
    ):
        yield node_case(
            f"rotary attention N{heads} F{features}", "selfAttention", {"heads": heads, "causal": causal, "rotary": True},
            Rotary(features, heads, causal), lambda module, x, past: module(x, past), time, batch, features, lengths,
        )


class Scores(nn.Module):
    """One look at a memory: Luong et al. 2015 (dot, general), Bahdanau et al. 2015 (additive)."""

    def __init__(self, kind, features, size, causal):
        super().__init__()
        self.kind, self.causal = kind, causal
        if kind == "general":
            self.weight = nn.Parameter(torch.zeros(features, features))
        if kind == "additive":
            self.query = nn.Linear(features, size)
            self.key = nn.Linear(features, size, bias=False)
            self.score = nn.Linear(size, 1, bias=False)

    def forward(self, x, past, memory):
        if self.kind == "additive":
            pairs = torch.tanh(self.query(x)[:, None] + self.key(memory)[None, :])  # [T, S, B, A]
            scores = self.score(pairs)[..., 0].permute(2, 0, 1)
        else:
            asked = functional.linear(x, self.weight) if self.kind == "general" else x
            scores = torch.einsum("tbf,sbf->bts", asked, memory)
        scores = scores.masked_fill(past[:, None, :], float("-inf"))
        if self.causal:
            scores = scores.masked_fill(hidden_from(len(x), True), float("-inf"))
        return torch.einsum("bts,sbf->tbf", torch.softmax(scores, dim=-1), memory)


class Question(nn.Module):
    """Attention over time by a dot product with one learned question."""

    def __init__(self, features, scaled):
        super().__init__()
        self.query = nn.Linear(features, 1, bias=False)
        self.divisor = features**0.5 if scaled else 1.0

    def forward(self, x, past):
        scores = self.query(x) / self.divisor
        shares = torch.softmax(scores.masked_fill(past.T[:, :, None], float("-inf")), dim=0)
        return (shares * x).sum(dim=0)


def score_cases():
    for kind in ("dot", "general", "additive"):
        for time, batch, features, size, causal, lengths in ((5, 3, 5, 3, False, [5, 2, 4]), (6, 2, 4, 6, True, [6, 3])):
            settings = {"score": kind, "size": size, "causal": causal}
            yield node_case(
                f"cross-attention by {kind}, F{features}", "crossAttention", settings,
                Scores(kind, features, size, causal), lambda module, x, past, memory: module(x, past, memory),
                time, batch, features, lengths, memory=features,
            )
    for score in ("dot", "scaled"):
        yield node_case(
            f"attention over time by {score}", "attentionPooling", {"score": score}, Question(5, score == "scaled"),
            lambda module, x, past: module(x, past), 6, 3, 5, [6, 1, 4], vector=True,
        )


if __name__ == "__main__":
    torch.manual_seed(20261122)
    write("steps.json", [*cases(), *rotary_cases(), *score_cases()])
