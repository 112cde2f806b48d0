#!/usr/bin/env python3
"""Writes decoders.json: encoder, attention decoder, loss and all gradients of whole models that turn one sequence into another.

See README.md for its layout. The encoder is PyTorch's GRUCell, the decoder its GRUCell or LSTMCell, step by step; attention is written out
(Bahdanau 2015, Luong 2015). Deterministic: running it again changes nothing.
"""
import torch
from torch import nn
from torch.nn import functional

from goldenTensors import tensor_json, uniform, write

START, END = 0, 1
VOCABULARY, TARGETS = 5, 6
EMBEDDING, ENCODER, SYMBOL, HIDDEN = 3, 4, 3, 5
SOURCES = [[1, 4, 2, 3], [3], [2, 2, 4]]
ANSWERS = [[3, 4, END], [5, 2, 3, 4, END], [2, END]]


def hidden_of(attention):
    """Dot attention multiplies the memory cells with the encoder's numbers as they are."""
    return ENCODER if attention == "dot" else HIDDEN


def weights_of(cells, attention):
    """node.name -> tensor, in the shapes that the decoder's node documents."""
    gates, hidden = 3 if cells == "gru" else 4, hidden_of(attention)
    features = 0 if attention == "none" else ENCODER
    shapes = {
        "embedding.weight": (VOCABULARY, EMBEDDING),
        "encoder.weight_ih_l0": (3 * ENCODER, EMBEDDING),
        "encoder.weight_hh_l0": (3 * ENCODER, ENCODER),
        "encoder.bias_ih_l0": (3 * ENCODER,),
        "encoder.bias_hh_l0": (3 * ENCODER,),
        "decoder.embedding.weight": (TARGETS, SYMBOL),
        "decoder.weight_ih": (gates * hidden, SYMBOL + features),
        "decoder.weight_hh": (gates * hidden, hidden),
        "decoder.bias_ih": (gates * hidden,),
        "decoder.bias_hh": (gates * hidden,),
        "decoder.out.weight": (TARGETS, hidden + features),
        "decoder.out.bias": (TARGETS,),
    }
    for bridge in ["bridge", "bridge_memory"][: 1 if cells == "gru" else 2]:
        shapes[f"decoder.{bridge}.weight"] = (hidden, ENCODER)
        shapes[f"decoder.{bridge}.bias"] = (hidden,)
    if attention == "additive":
        shapes["decoder.attention.key.weight"] = (hidden, ENCODER)
        shapes["decoder.attention.query.weight"] = (hidden, hidden)
        shapes["decoder.attention.query.bias"] = (hidden,)
        shapes["decoder.attention.v"] = (hidden,)
    if attention == "general":
        shapes["decoder.attention.query.weight"] = (ENCODER, hidden)
    return {name: uniform(*shape).double() for name, shape in shapes.items()}


def encode(weights, source):
    """States [B, T, H], 0 past the lengths, and the last state of each row."""
    numbers = functional.embedding(source, weights["embedding.weight"])
    cell = nn.GRUCell(EMBEDDING, ENCODER).double()
    own = {name: weights[f"encoder.{name}_l0"] for name in ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]}
    lengths = torch.tensor([len(row) for row in SOURCES])
    h = torch.zeros(len(SOURCES), ENCODER).double()
    states = []
    for step in range(int(lengths.max())):
        valid = (step < lengths)[:, None]
        renewed = torch.nn.utils.stateless.functional_call(cell, own, (numbers[:, step], h))
        h = torch.where(valid, renewed, h)
        states.append(torch.where(valid, renewed, torch.zeros_like(renewed)))
    return torch.stack(states, 1), h, lengths


def attend(weights, attention, h, encoded, lengths):
    if attention == "additive":
        query = functional.linear(h, weights["decoder.attention.query.weight"], weights["decoder.attention.query.bias"])
        keys = functional.linear(encoded, weights["decoder.attention.key.weight"])
        scores = torch.tanh(query[:, None] + keys) @ weights["decoder.attention.v"]
    else:
        query = functional.linear(h, weights["decoder.attention.query.weight"]) if attention == "general" else h
        scores = (encoded * query[:, None]).sum(-1)
    over = torch.arange(encoded.shape[1])[None] >= lengths[:, None]
    return (functional.softmax(scores.masked_fill(over, -torch.inf), dim=1)[:, :, None] * encoded).sum(1)


def decode(weights, cells, attention, encoded, last, lengths, shown):
    names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    features = 0 if attention == "none" else ENCODER
    kind = nn.GRUCell if cells == "gru" else nn.LSTMCell
    cell = kind(SYMBOL + features, hidden_of(attention)).double()
    own = {name: weights[f"decoder.{name}"] for name in names}
    bridge = lambda name: torch.tanh(functional.linear(last, weights[f"decoder.{name}.weight"], weights[f"decoder.{name}.bias"]))
    h = bridge("bridge")
    c = bridge("bridge_memory") if cells == "lstm" else None
    logits = []
    for step in range(shown.shape[1]):
        x = functional.embedding(shown[:, step], weights["decoder.embedding.weight"])
        context = None
        if attention != "none":
            context = attend(weights, attention, h, encoded, lengths)
            x = torch.cat([x, context], -1)
        if cells == "gru":
            h = torch.nn.utils.stateless.functional_call(cell, own, (x, h))
        else:
            h, c = torch.nn.utils.stateless.functional_call(cell, own, (x, (h, c)))
        said = h if context is None else torch.cat([h, context], -1)
        logits.append(functional.linear(said, weights["decoder.out.weight"], weights["decoder.out.bias"]))
    return torch.stack(logits, 1)


def padded(rows, width, filling):
    return torch.tensor([row + [filling] * (width - len(row)) for row in rows])


def case(cells, attention):
    weights = {name: value.requires_grad_(True) for name, value in weights_of(cells, attention).items()}
    steps = max(len(row) for row in SOURCES + ANSWERS)
    target = padded(ANSWERS, steps, -1)
    shown = padded([[START] + row[:-1] for row in ANSWERS], steps, START)
    encoded, last, lengths = encode(weights, padded(SOURCES, steps, 0))
    logits = decode(weights, cells, attention, encoded, last, lengths, shown)
    loss = functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=-1)
    loss.backward()
    return {
        "name": f"{cells}, attention {attention}",
        "settings": {"cells": cells, "attention": attention, "hidden": hidden_of(attention), "size": SYMBOL},
        "sources": SOURCES,
        "answers": ANSWERS,
        "weights": {name: tensor_json(value.detach().float()) for name, value in weights.items()},
        "loss": loss.item(),
        "gradients": {name: tensor_json(value.grad) for name, value in weights.items()},
    }


def main():
    torch.manual_seed(20261122)
    cases = [("gru", "additive"), ("lstm", "additive"), ("gru", "general"), ("gru", "none"), ("lstm", "none")]
    cases += [("lstm", "general"), ("gru", "dot"), ("lstm", "dot")]
    write("decoders.json", [case(*one) for one in cases])


if __name__ == "__main__":
    main()
