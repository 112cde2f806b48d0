"""The models of trajectories.json in PyTorch, each with the document that describes it. Used by makeTrajectories.py."""
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

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
