"""A document's model in PyTorch, node by node, with the weights and the masks of a dump. Used by checkDump.py."""
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from dumpFile import needs


def bent(x, kind):
    if kind == "none":
        return x
    return {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": F.gelu}[kind](x)


def valid(x, lengths):
    return torch.arange(x.shape[1])[None, :] < lengths[:, None]


def module_with(module, weights):
    """The module with these weights as its parameters, so that gradients reach them."""
    for name, value in weights.items():
        owner, _, last = name.rpartition(".")
        target = module.get_submodule(owner) if owner else module
        del target._parameters[last]
        setattr(target, last, value)
    return module


class Rebuilt:
    """One frame's content, or the whole model, laid out once."""

    def __init__(self, model, dump, parent=None, path=(), entered=None):
        self.model, self.dump, self.parent, self.path, self.entered = model, dump, parent, path, entered
        self.values = {}

    def weight(self, node, name):
        return self.dump.weight(node, name, self.path)

    def setting(self, node, key, default):
        return self.model["nodes"][node]["settings"].get(key, default)

    def wire_into(self, node, port):
        for wire in self.model["wires"].values():
            if wire["to"] == {"node": node, "port": port}:
                return wire["from"]["node"], wire["from"]["port"]
        return None

    def input(self, node, port="in"):
        source = self.wire_into(node, port)
        return None if source is None else self.output(*source)

    def output(self, node, port):
        if node == self.parent:
            return self.entered
        if node not in self.values:
            kind = self.model["nodes"][node]["type"]
            rebuild = getattr(self, kind, None)
            needs(rebuild is not None, f"a node of type {kind}")
            values = rebuild(node)
            self.values[node] = values if isinstance(values, dict) else {"out": values}
        return self.values[node][port]

    # Every method below is a node type.

    def dataset(self, node):
        return self.dump.tensors["batch.input"]

    def embedding(self, node):
        # A blank symbol is a row of zeros that does not learn.
        blank = 0 if self.setting(node, "rare", "learned") == "blank" else None
        return F.embedding(self.input(node), self.weight(node, "weight"), padding_idx=blank)

    def dense(self, node):
        y = F.linear(self.input(node), self.weight(self.lender(node), "weight"), self.weight(node, "bias"))
        return bent(y, self.setting(node, "activation", "none"))

    def lender(self, node):
        """Whose weight a Dense uses: its own, or that of the model's only Embedding."""
        if f"{node}.weight" in self.dump.weights or not self.setting(node, "shared", False):
            return node
        embeddings = [id for id, other in self.model["nodes"].items() if other["type"] == "embedding"]
        needs(len(embeddings) == 1, "a weight shared with one of several embeddings")
        return embeddings[0]

    def activation(self, node):
        return bent(self.input(node), self.setting(node, "kind", "relu"))

    def dropout(self, node):
        x = self.input(node)
        return x * self.dump.mask(node, "out", self.path) if self.setting(node, "rate", 0) > 0 else x

    def recurrent(self, node, make, names=("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"), memory=False):
        needs(not self.setting(node, "recurrentDropout", 0), "recurrent dropout")
        needs(not self.setting(node, "layerNorm", False), "layer norm inside a recurrent layer")
        x, lengths = self.input(node), self.dump.lengths
        weights = {name: self.weight(node, name) for name in names}
        hidden, state = weights["weight_hh_l0"].shape[1], self.setting(node, "hidden", 64)
        module = module_with(make(x.shape[2], state), weights)
        h, c = self.input(node, "state"), self.input(node, "memory")
        first = h[None] if h is not None else x.new_zeros(1, x.shape[0], hidden)
        if memory:
            first = (first, c[None] if c is not None else x.new_zeros(1, x.shape[0], state))
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        y, last = module(packed, first)
        y = pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])[0]
        return {"out": y, "state": last[0][0], "memory": last[1][0]} if memory else {"out": y, "state": last[0]}

    def rnn(self, node):
        kind = self.setting(node, "nonlinearity", "tanh")
        return self.recurrent(node, lambda i, h: nn.RNN(i, h, nonlinearity=kind, batch_first=True))

    def gru(self, node):
        needs(self.setting(node, "reset", "after") == "after", "a GRU that resets before the product")
        return self.recurrent(node, lambda i, h: nn.GRU(i, h, batch_first=True))

    def lstm(self, node):
        needs(not self.setting(node, "peepholes", False), "an LSTM with peepholes")
        needs(not self.setting(node, "coupled", False), "an LSTM with coupled gates")
        size = self.setting(node, "projection", 0)
        names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"] + (["weight_hr_l0"] if size else [])
        return self.recurrent(node, lambda i, h: nn.LSTM(i, h, batch_first=True, proj_size=size), names, True)

    def lastStep(self, node):
        x = self.input(node)
        return x[torch.arange(x.shape[0]), self.dump.lengths - 1]

    def averageOverTime(self, node):
        x, lengths = self.input(node), self.dump.lengths
        return (x * valid(x, lengths)[:, :, None]).sum(1) / lengths[:, None]

    def maxOverTime(self, node):
        x = self.input(node)
        return x.masked_fill(~valid(x, self.dump.lengths)[:, :, None], float("-inf")).amax(1)

    def attentionPooling(self, node):
        x = self.input(node)
        sums = F.linear(x, self.weight(node, "attention.weight"), self.weight(node, "attention.bias"))
        scores = F.linear(torch.tanh(sums), self.weight(node, "score.weight"))[:, :, 0]
        shares = torch.softmax(scores.masked_fill(~valid(x, self.dump.lengths), float("-inf")), 1)
        return (shares[:, :, None] * x).sum(1)

    def normalised(self, node, x, prefix=""):
        weight, bias = self.weight(node, prefix + "weight"), self.weight(node, prefix + "bias")
        return F.layer_norm(x, x.shape[-1:], weight, bias)

    def layerNorm(self, node):
        return self.normalised(node, self.input(node))

    def positionalEncoding(self, node):
        x = self.input(node)
        if self.setting(node, "kind", "sinusoidal") == "learned":
            return x + self.weight(node, "weight")[: x.shape[1]]
        width = x.shape[2]
        place = torch.arange(x.shape[1], dtype=torch.float64)[:, None]
        columns = torch.arange(width)
        angle = place / 10000 ** ((columns - columns % 2) / width)
        return x + torch.where(columns % 2 == 0, torch.sin(angle), torch.cos(angle))

    def attended(self, node, x, rate, prefix=""):
        needs(not self.setting(node, "rotary", False), "places marked by turning")
        weights = {
            name: self.weight(node, prefix + name)
            for name in ("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias")
        }
        heads, causal = self.setting(node, "heads", 4), self.setting(node, "causal", False)
        if rate > 0:
            return self.attended_by_hand(x, heads, causal, weights, self.dump.mask(node, "attention", self.path))
        module = nn.MultiheadAttention(x.shape[2], heads, batch_first=True)
        length = x.shape[1]
        ahead = torch.ones(length, length, dtype=torch.bool).triu(1) if causal else None
        past = ~valid(x, self.dump.lengths)
        return module_with(module, weights)(x, x, x, attn_mask=ahead, key_padding_mask=past, need_weights=False)[0]

    def attended_by_hand(self, x, heads, causal, weights, mask):
        """nn.MultiheadAttention with a dropout mask [B, N, T, T] of its own, which the module cannot be given."""
        batch, length, width = x.shape
        projected = F.linear(x, weights["in_proj_weight"], weights["in_proj_bias"])
        q, k, v = (part.reshape(batch, length, heads, -1).transpose(1, 2) for part in projected.chunk(3, -1))
        hidden = ~valid(x, self.dump.lengths)[:, None, None, :]
        if causal:
            hidden = hidden | torch.ones(length, length, dtype=torch.bool).triu(1)
        scores = (q @ k.transpose(2, 3) / (width // heads) ** 0.5).masked_fill(hidden, float("-inf"))
        y = ((torch.softmax(scores, -1) * mask) @ v).transpose(1, 2).reshape(batch, length, width)
        return F.linear(y, weights["out_proj.weight"], weights["out_proj.bias"])

    def selfAttention(self, node):
        return self.attended(node, self.input(node), self.setting(node, "dropout", 0))

    def transformerBlock(self, node):
        rate, kind = self.setting(node, "dropout", 0.1), self.setting(node, "activation", "gelu")

        def dropped(x, name):
            return x * self.dump.mask(node, name, self.path) if rate > 0 else x

        def dense(x, name):
            return F.linear(x, self.weight(node, f"{name}.weight"), self.weight(node, f"{name}.bias"))

        def attend(x):
            return dropped(self.attended(node, x, rate, "self_attn."), "dropout1")

        def think(x):
            return dropped(dense(dropped(bent(dense(x, "linear1"), kind), "dropout"), "linear2"), "dropout2")

        x = self.input(node)
        if self.setting(node, "norm", "before") == "before":
            x = x + attend(self.normalised(node, x, "norm1."))
            return x + think(self.normalised(node, x, "norm2."))
        x = self.normalised(node, x + attend(x), "norm1.")
        return self.normalised(node, x + think(x), "norm2.")

    def add(self, node):
        return self.input(node) + self.input(node, "other")

    def multiply(self, node):
        return self.input(node) * self.input(node, "other")

    def concat(self, node):
        return torch.cat([self.input(node), self.input(node, "other")], -1)

    def turned(self, x):
        """Valid steps from last to first, the others where they are."""
        steps = torch.arange(x.shape[1])[None, :].expand(x.shape[0], -1)
        lengths = self.dump.lengths[:, None]
        places = torch.where(steps < lengths, lengths - 1 - steps, steps)
        return x.gather(1, places[:, :, None].expand(-1, -1, x.shape[2]))

    def reverse(self, node):
        return self.turned(self.input(node))

    def content(self, node, x, label, count, layer=None, ways=False, reverse=False):
        turn = {"label": label, "count": count, "layer": layer, "ways": ways, "reverse": reverse}
        inside = Rebuilt(self.model, self.dump, node, (*self.path, turn), x)
        return inside.input(node, "leave")

    def bidirectional(self, node):
        x = self.input(node)
        forward = self.content(node, x, "forward", 2, ways=True)
        backward = self.turned(self.content(node, self.turned(x), "backward", 2, ways=True, reverse=True))
        merge = self.setting(node, "merge", "concat")
        if merge == "concat":
            return torch.cat([forward, backward], -1)
        return forward + backward if merge == "sum" else (forward + backward) / 2

    def stack(self, node):
        x, times = self.input(node), self.setting(node, "times", 2)
        separate = self.setting(node, "weights", "separate") == "separate"
        for copy in range(times):
            y = self.content(node, x, f"layer {copy + 1}", times, layer=copy if separate else None)
            if copy < times - 1 and self.setting(node, "dropout", 0) > 0:
                y = y * self.dump.mask(node, f"dropped.{copy}", self.path)
            x = x + y if self.setting(node, "residual", False) else y
        return x

    def decoder(self, node):
        """Bahdanau et al. 2015, Luong et al. 2015: what is said, [B, T, V], about the symbols that the dump says were read."""
        kind, is_lstm = self.setting(node, "attention", "additive"), self.setting(node, "cells", "gru") == "lstm"
        values, given = self.input(node), self.input(node, "state")
        last = given if given is not None else values[torch.arange(values.shape[0]), self.dump.lengths - 1]
        weights = {name: self.weight(node, name) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
        cell = module_with((nn.LSTMCell if is_lstm else nn.GRUCell)(1, 1), weights)
        # The cells take their sizes from their weights.
        cell.input_size, cell.hidden_size = weights["weight_ih"].shape[1], weights["weight_hh"].shape[1]

        def bridge(name):
            return torch.tanh(F.linear(last, self.weight(node, f"{name}.weight"), self.weight(node, f"{name}.bias")))

        h, c = bridge("bridge"), bridge("bridge_memory") if is_lstm else None
        keys = F.linear(values, self.weight(node, "attention.key.weight")) if kind == "additive" else values
        past = ~valid(values, self.dump.lengths)

        def look(h):
            if kind == "additive":
                query = F.linear(h, self.weight(node, "attention.query.weight"), self.weight(node, "attention.query.bias"))
                scores = torch.tanh(query[:, None] + keys) @ self.weight(node, "attention.v")
            else:
                query = F.linear(h, self.weight(node, "attention.query.weight")) if kind == "general" else h
                scores = (keys * query[:, None]).sum(2)
            return (torch.softmax(scores.masked_fill(past, float("-inf")), 1)[:, :, None] * values).sum(1)

        shown = self.dump.tensors["batch.targetInput"]
        read = self.dump.tensors.get(f"chosen.{node}", shown)
        symbols = F.embedding(read, self.weight(node, "embedding.weight"))
        said = []
        for t in range(symbols.shape[1]):
            context = [] if kind == "none" else [look(h)]
            x = torch.cat([symbols[:, t], *context], 1)
            if is_lstm:
                h, c = cell(x, (h, c))
            else:
                h = cell(x, h)
            said.append(torch.cat([h, *context], 1))
        logits = F.linear(torch.stack(said, 1), self.weight(node, "out.weight"), self.weight(node, "out.bias"))
        self.check_choices(node, read, shown, logits)
        return logits

    def check_choices(self, node, read, shown, logits):
        """Scheduled sampling: every symbol read is the right one or the one said before, and the first is the right one."""
        own = torch.cat([shown[:, :1], logits.detach().argmax(2)[:, :-1]], 1)
        inside = valid(read, self.dump.tensors["batch.targetLengths"])
        fits = (read == shown) | (read == own) | ~inside
        if not fits.all():
            raise AssertionError(f"{node} read symbols that are neither the right ones nor its own")
