"""Pieces of models that PyTorch does not have as modules. Used by makeGoldens.py, makeStepGoldens.py and goldenModels.py."""
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def run_packed(module, x, lengths):
    """y [T, B, H] of a recurrent module over padded x [T, B, I], 0 past each length."""
    packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
    y, _ = module(packed)
    return pad_packed_sequence(y, total_length=x.shape[0])[0]


def valid_steps(time, lengths):
    """[T, B, 1]: 1 within each example's length, 0 past it."""
    return (torch.arange(time)[:, None] < torch.tensor(lengths)[None, :])[:, :, None].to(torch.float64)


def hidden_from(time, causal):
    """[T, T], True where a query (row) must not look, as PyTorch's attn_mask has it; None when it may look anywhere."""
    return torch.ones(time, time, dtype=torch.bool).triu(1) if causal else None


class Waves(nn.Module):
    """Vaswani et al. 2017, 3.5; PyTorch has no module for it."""

    def forward(self, x):
        time, _, features = x.shape
        table = torch.zeros(time, features)
        for step in range(time):
            for column in range(features):
                angle = torch.tensor(step / 10000 ** (2 * (column // 2) / features))
                table[step, column] = torch.sin(angle) if column % 2 == 0 else torch.cos(angle)
        return x + table[:, None, :].to(x.dtype)


class LearnedPositions(nn.Module):
    def __init__(self, maximum, features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(maximum, features))

    def forward(self, x):
        return x + self.weight[: len(x), None, :]


class AdditivePooling(nn.Module):
    """Bahdanau et al. 2015 without a query; PyTorch has no module for it."""

    def __init__(self, features, size):
        super().__init__()
        self.attention = nn.Linear(features, size)
        self.score = nn.Linear(size, 1, bias=False)

    def forward(self, x, past):
        scores = self.score(torch.tanh(self.attention(x)))  # [T, B, 1]
        shares = torch.softmax(scores.masked_fill(past.T[:, :, None], float("-inf")), dim=0)
        return (shares * x).sum(dim=0)
