#!/usr/bin/env python3
"""Writes trajectories.json: ten training steps of whole models, as a document describes them. See README.md for its layout.

Peepholes and attention over time are not in PyTorch; they are written out here and differentiated by its autograd. Everything in
float64; PyTorch's own float32 must stay within the tolerances. Deterministic: running it again changes nothing.
"""
import json
import os

import torch
from torch import nn

from goldenTensors import FORWARD_TOLERANCE, GRADIENT_TOLERANCE, HERE, check_close, tensor_json, uniform
from makeScheduleGoldens import scheduler
from trajectoryModels import CLASSES, FEATURES, MODELS, VOCABULARY

STEPS, ROWS, TIME = 10, 4, 6


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
