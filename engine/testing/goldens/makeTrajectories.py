#!/usr/bin/env python3
"""Writes trajectories.json: ten training steps of whole models, as a document describes them. See README.md for its layout.

Peepholes and attention over time are not in PyTorch; they are written out here and differentiated by its autograd. Everything in
float64; PyTorch's own float32 must stay within the tolerances. Deterministic: running it again changes nothing.
"""
import json
import os

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from makeGoldens import FORWARD_TOLERANCE, GRADIENT_TOLERANCE, HERE, check_close, tensor_json, uniform
from makeScheduleGoldens import scheduler

STEPS, ROWS, TIME = 10, 4, 6
FEATURES, VOCABULARY, CLASSES = 3, 7, 3


def packed(module, x, lengths):
    """y [B, T, H] of a recurrent module, 0 past the lengths."""
    y, _ = module(pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False))
    return pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])[0]


def valid(x, lengths):
    return (torch.arange(x.shape[1])[None, :] < lengths[:, None]).to(x.dtype)


def mean_over_time(x, lengths):
    return (x * valid(x, lengths)[:, :, None]).sum(1) / lengths[:, None].to(x.dtype)


def last_step(x, lengths):
    return x[torch.arange(len(lengths)), lengths - 1]


class Peepholes(nn.Module):
    """LSTM of Gers & Schmidhuber 2000 with PyTorch's gate order i f g o."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.weight_ih_l0 = nn.Parameter(torch.zeros(4 * hidden, inputs))
        self.weight_hh_l0 = nn.Parameter(torch.zeros(4 * hidden, hidden))
        self.bias_ih_l0 = nn.Parameter(torch.zeros(4 * hidden))
        self.bias_hh_l0 = nn.Parameter(torch.zeros(4 * hidden))
        for gate in "ifo":
            setattr(self, f"peephole_{gate}", nn.Parameter(torch.zeros(hidden)))

    def forward(self, x):
        h = c = x.new_zeros(x.shape[0], self.peephole_i.shape[0])
        outputs = []
        for t in range(x.shape[1]):
            sums = x[:, t] @ self.weight_ih_l0.T + self.bias_ih_l0 + h @ self.weight_hh_l0.T + self.bias_hh_l0
            i, f, g, o = sums.chunk(4, 1)
            i = torch.sigmoid(i + self.peephole_i * c)
            f = torch.sigmoid(f + self.peephole_f * c)
            c = f * c + i * torch.tanh(g)
            h = torch.sigmoid(o + self.peephole_o * c) * torch.tanh(c)
            outputs.append(h)
        return torch.stack(outputs, 1)


class AdditivePooling(nn.Module):
    """Bahdanau et al. 2015 without a query."""

    def __init__(self, features, size):
        super().__init__()
        self.attention = nn.Linear(features, size)
        self.score = nn.Linear(size, 1, bias=False)

    def forward(self, x, lengths):
        scores = self.score(torch.tanh(self.attention(x)))[:, :, 0]
        shares = torch.softmax(scores.masked_fill(valid(x, lengths) == 0, float("-inf")), 1)
        return (shares[:, :, None] * x).sum(1)


# ---------------------------------------------------------------- models

def node(type, **settings):
    return {"type": type, "settings": settings}


DENSE = node("dense", size=None, activation="none")


class Model(nn.Module):
    """`nodes` in order, wired one to the next from the data set on; `inside`: a frame's only node."""

    inside = {}
    # Weights without any influence, from one place to another: Adam moves them by the noise of a gradient that is 0.
    unsettled = {}

    def cross_entropy(self, logits, target):
        return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), target.reshape(-1), ignore_index=-1)


class ForecastLstm(Model):
    name = "forecast: LSTM, Huber, AdamW, cosine"
    kind = "forecast"
    nodes = {"lstm": node("lstm", hidden=6), "last": node("lastStep"), "dense": DENSE,
             "head": node("forecast", loss="huber")}
    training = {"optimizer": "adamw", "learningRate": 0.05, "weightDecay": 0.1, "clipNorm": 0,
                "schedule": {"kind": "cosine", "warmup": 0}}

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(FEATURES, 6, batch_first=True)
        self.dense = nn.Linear(6, 2)

    def loss(self, x, lengths, target, _):
        return F.smooth_l1_loss(self.dense(last_step(packed(self.lstm, x, lengths), lengths)), target)


class Letters(Model):
    name = "next letter: embedding, two LSTMs, Adam, clipping"
    kind = "nextSymbol"
    nodes = {"embedding": node("embedding", size=4), "first": node("lstm", hidden=6), "second": node("lstm", hidden=5),
             "dense": DENSE, "head": node("nextSymbol")}
    training = {"optimizer": "adam", "learningRate": 0.03, "clipNorm": 0.2}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 4)
        self.first = nn.LSTM(4, 6, batch_first=True)
        self.second = nn.LSTM(6, 5, batch_first=True)
        self.dense = nn.Linear(5, VOCABULARY)

    def loss(self, x, lengths, target, _):
        y = packed(self.second, packed(self.first, self.embedding(x), lengths), lengths)
        return self.cross_entropy(self.dense(y), target)


class ClassifyGru(Model):
    name = "classify: GRU, average over time, momentum"
    kind = "classify"
    nodes = {"embedding": node("embedding", size=4), "gru": node("gru", hidden=6), "mean": node("averageOverTime"),
             "dense": DENSE, "head": node("classify")}
    training = {"optimizer": "sgd", "learningRate": 0.2, "momentum": 0.9, "nesterov": True, "clipNorm": 0}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 4)
        self.gru = nn.GRU(4, 6, batch_first=True)
        self.dense = nn.Linear(6, CLASSES)

    def loss(self, x, lengths, target, _):
        y = packed(self.gru, self.embedding(x), lengths)
        return self.cross_entropy(self.dense(mean_over_time(y, lengths)), target)


class ClassifyTransformer(Model):
    name = "classify: transformer block, Adam, warm-up"
    kind = "classify"
    nodes = {"embedding": node("embedding", size=6),
             "block": node("transformerBlock", heads=2, feedForward=8, causal=False, norm="after", activation="relu",
                           dropout=0),
             "mean": node("averageOverTime"), "dense": DENSE, "head": node("classify")}
    training = {"optimizer": "adam", "learningRate": 0.02, "clipNorm": 0, "schedule": {"kind": "cosine", "warmup": 0.3}}
    # What is added to every key alike changes no share of attention.
    unsettled = {"block.self_attn.in_proj_bias": [6, 12]}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 6)
        self.block = nn.TransformerEncoderLayer(6, 2, 8, dropout=0.0, activation="relu", batch_first=True)
        self.dense = nn.Linear(6, CLASSES)

    def loss(self, x, lengths, target, _):
        embedded = self.embedding(x)
        y = self.block(embedded, src_key_padding_mask=valid(embedded, lengths) == 0)
        return self.cross_entropy(self.dense(mean_over_time(y, lengths)), target)


class ForecastPeepholes(Model):
    name = "forecast: LSTM with peepholes, squared error, RMSprop, exponential"
    kind = "forecast"
    nodes = {"lstm": node("lstm", hidden=5, peepholes=True), "last": node("lastStep"), "dense": DENSE,
             "head": node("forecast")}
    training = {"optimizer": "rmsprop", "learningRate": 0.01, "clipNorm": 0.5,
                "schedule": {"kind": "exponential", "factor": 0.9}}

    def __init__(self):
        super().__init__()
        self.lstm = Peepholes(FEATURES, 5)
        self.dense = nn.Linear(5, 2)

    def loss(self, x, lengths, target, _):
        return F.mse_loss(self.dense(last_step(self.lstm(x), lengths)), target)


class ForecastRnn(Model):
    name = "forecast: RNN with ReLU, absolute error, RMSprop, one-cycle"
    kind = "forecast"
    nodes = {"rnn": node("rnn", hidden=6, nonlinearity="relu"), "last": node("lastStep"), "dense": DENSE,
             "head": node("forecast", loss="absolute")}
    training = {"optimizer": "rmsprop", "learningRate": 0.01, "weightDecay": 0.05, "clipNorm": 0,
                "schedule": {"kind": "oneCycle"}}

    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(FEATURES, 6, nonlinearity="relu", batch_first=True)
        self.dense = nn.Linear(6, 2)

    def loss(self, x, lengths, target, _):
        return F.l1_loss(self.dense(last_step(packed(self.rnn, x, lengths), lengths)), target)


class ClassifyAttention(Model):
    name = "classify: GRU, attention over time (Bahdanau), Adagrad, clipping by value"
    kind = "classify"
    nodes = {"embedding": node("embedding", size=4), "gru": node("gru", hidden=5),
             "pool": node("attentionPooling", size=4), "dense": DENSE, "head": node("classify")}
    training = {"optimizer": "adagrad", "learningRate": 0.1, "clipNorm": 0, "clipValue": 0.02}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 4)
        self.gru = nn.GRU(4, 5, batch_first=True)
        self.pool = AdditivePooling(5, 4)
        self.dense = nn.Linear(5, CLASSES)

    def loss(self, x, lengths, target, _):
        y = packed(self.gru, self.embedding(x), lengths)
        return self.cross_entropy(self.dense(self.pool(y, lengths)), target)


class Tagger(Model):
    name = "tag: bidirectional LSTM, momentum, norm and value clipped, steps"
    kind = "tag"
    nodes = {"embedding": node("embedding", size=4), "both": node("bidirectional", merge="concat"), "dense": DENSE,
             "head": node("tagSteps")}
    inside = {"both": {"lstm": node("lstm", hidden=4)}}
    training = {"optimizer": "sgd", "learningRate": 0.5, "momentum": 0.8, "clipNorm": 0.3, "clipValue": 0.05,
                "weightDecay": 0.01, "schedule": {"kind": "step", "everyEpochs": 1, "factor": 0.5}}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 4)
        self.lstm = nn.LSTM(4, 4, batch_first=True, bidirectional=True)
        self.dense = nn.Linear(8, CLASSES)

    def loss(self, x, lengths, target, _):
        return self.cross_entropy(self.dense(packed(self.lstm, self.embedding(x), lengths)), target)


def carried(layer, module, second=None):
    """The next letter with memory carried from window to window, the gradient cut between them."""

    class Carried(Model):
        name = f"next letter, memory carried: {layer}"
        kind = "nextSymbol"
        nodes = {"embedding": node("embedding", size=4), "layer": node(layer, hidden=5),
                 **({"second": node(second, hidden=4)} if second else {}), "dense": DENSE, "head": node("nextSymbol")}
        training = {"optimizer": "sgd", "learningRate": 0.5, "clipNorm": 0, "carry": True}

        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(VOCABULARY, 4)
            self.layer = module(4, 5, batch_first=True)
            self.second = nn.GRU(5, 4, batch_first=True) if second else None
            self.dense = nn.Linear(4 if second else 5, VOCABULARY)

        def loss(self, x, lengths, target, memory):
            y, memory["layer"] = self.layer(self.embedding(x), memory.get("layer"))
            if self.second:
                y, memory["second"] = self.second(y, memory.get("second"))
            for name, state in memory.items():
                memory[name] = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
            return self.cross_entropy(self.dense(y), target)

    return Carried


MODELS = [
    ForecastLstm, Letters, ClassifyGru, ClassifyTransformer, ForecastPeepholes, ForecastRnn, ClassifyAttention, Tagger,
    carried("lstm", nn.LSTM, "gru"), carried("gru", nn.GRU), carried("rnn", nn.RNN),
]

# ---------------------------------------------------------------- data and training


def make_batches(kind, streams, steps):
    """Batches of input, lengths and target, batch-first. As streams, a batch goes on where the one before stopped."""
    if streams:
        text = torch.randint(0, VOCABULARY, (ROWS, steps * TIME + 1))
        lengths = torch.full((ROWS,), TIME)
        starts = [index * TIME for index in range(steps)]
        return [(text[:, at:at + TIME], lengths, text[:, at + 1:at + TIME + 1]) for at in starts]
    batches = []
    for _ in range(steps):
        lengths = torch.randint(1, TIME + 1, (ROWS,))
        lengths[torch.randint(0, ROWS, (1,))] = TIME
        past = torch.arange(TIME)[None, :] >= lengths[:, None]
        if kind == "forecast":
            input = uniform(ROWS, TIME, FEATURES).masked_fill(past[:, :, None], 0)
            batches.append((input, lengths, uniform(ROWS, 2)))
            continue
        input = torch.randint(0, VOCABULARY, (ROWS, TIME)).masked_fill(past, 0)
        if kind == "classify":
            target = torch.randint(0, CLASSES, (ROWS,))
        else:
            target = torch.randint(0, VOCABULARY if kind == "nextSymbol" else CLASSES, (ROWS, TIME)).masked_fill(past, -1)
        batches.append((input, lengths, target))
    return batches


OPTIMIZERS = {
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "sgd": torch.optim.SGD,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad,
}


def factors(training):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    # One epoch: what steps by epoch does not step here.
    stepper, by_epoch = scheduler(training.get("schedule", {"kind": "constant"}), optimizer, STEPS)
    for _ in range(STEPS):
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        if not by_epoch:
            stepper.step()


def run(model_class, weights, batches, dtype):
    model = model_class().to(dtype)
    model.load_state_dict({name: value.to(dtype) for name, value in weights.items()})
    training = model_class.training
    options = {"lr": training["learningRate"]}
    for ours, theirs in (("momentum", "momentum"), ("nesterov", "nesterov"), ("weightDecay", "weight_decay")):
        if ours in training:
            options[theirs] = training[ours]
    optimizer = OPTIMIZERS[training["optimizer"]](model.parameters(), **options)
    losses, memory = [], {}

    def loss_of(batch, memory):
        return model.loss(*[value.to(dtype) if value.is_floating_point() else value for value in batch], memory)

    for batch, factor in zip(batches[:STEPS], factors(training)):
        optimizer.param_groups[0]["lr"] = training["learningRate"] * factor
        optimizer.zero_grad()
        loss = loss_of(batch, memory)
        loss.backward()
        if training["clipNorm"] > 0:
            nn.utils.clip_grad_norm_(model.parameters(), training["clipNorm"])
        if training.get("clipValue", 0) > 0:
            nn.utils.clip_grad_value_(model.parameters(), training["clipValue"])
        optimizer.step()
        losses.append(loss.item())
    memory = {}
    with torch.no_grad():
        measured = [(loss_of(batch, memory).item(), (batch[2] >= 0).sum().item()) for batch in batches[STEPS:]]
    # Without a target for every step each row counts once; padded steps count nowhere.
    counts = [count if model_class.kind in ("nextSymbol", "tag") else ROWS for _, count in measured]
    validation = sum(loss * count for (loss, _), count in zip(measured, counts)) / sum(counts)
    return losses, validation, {name: value.detach() for name, value in model.state_dict().items()}


def joined(batches, part):
    return tensor_json(torch.cat([batch[part] for batch in batches]))


def trajectory(index, model_class):
    torch.manual_seed(100 + index)
    streams = model_class.training.get("carry", False)
    # Three more batches to be measured on.
    batches = make_batches(model_class.kind, streams, STEPS) + make_batches(model_class.kind, streams, 3)
    weights = {name: uniform(*value.shape, low=-0.6, high=0.6) for name, value in model_class().state_dict().items()}
    losses, validation, after = run(model_class, weights, batches, torch.float64)
    single = run(model_class, weights, batches, torch.float32)
    name = model_class.name
    check_close(name, torch.tensor(single[0] + [single[1]]), torch.tensor(losses + [validation]), FORWARD_TOLERANCE)
    for key, value in after.items():
        start, end = model_class.unsettled.get(key, (0, 0))
        value[start:end] = single[2][key][start:end] = 0
        check_close(f"{name} {key}", single[2][key], value, GRADIENT_TOLERANCE)
        assert not torch.equal(value, weights[key]), f"{name}: {key} does not move"
    parts = {"training": batches[:STEPS], "validation": batches[STEPS:]}
    data = {
        part: {field: joined(rows, place) for place, field in enumerate(("input", "lengths", "target"))}
        for part, rows in parts.items()
    }
    return {
        "name": name,
        "kind": model_class.kind,
        "sizes": {"rows": ROWS, "features": FEATURES, "vocabulary": VOCABULARY, "classes": CLASSES},
        "nodes": model_class.nodes,
        "inside": model_class.inside,
        "training": model_class.training,
        "unsettled": model_class.unsettled,
        "data": data,
        "weights": {key: tensor_json(value) for key, value in weights.items()},
        "losses": [float(f"{loss:.9g}") for loss in losses],
        "validation": float(f"{validation:.9g}"),
        "after": {key: tensor_json(value) for key, value in after.items()},
    }


def main():
    lines = [json.dumps(trajectory(index, model), separators=(",", ":")) for index, model in enumerate(MODELS)]
    with open(os.path.join(HERE, "trajectories.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
