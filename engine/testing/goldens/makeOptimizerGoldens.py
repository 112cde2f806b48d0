#!/usr/bin/env python3
"""Writes optimizers.json: ten training losses of the forecast model of models.json with every optimizer.

A list of `{ "training": optimizer settings as in a document, "losses": ten }`, from the weights and batches of models.json; loss n
is measured before step n. In a document `weightDecay` of "adam", "sgd", "rmsprop" and "adagrad" is PyTorch's `weight_decay`
(L2), that of "adamw" the decoupled one. Deterministic: running it again changes nothing.
"""
import json
import os

import torch
from torch import nn

from goldenModels import Forecast
from goldenTensors import FORWARD_TOLERANCE, HERE, check_close

CLASSES = {
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "sgd": torch.optim.SGD,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad,
}

RUNS = [
    {"optimizer": "sgd", "learningRate": 0.1, "clipNorm": 0, "momentum": 0.9},
    {"optimizer": "sgd", "learningRate": 0.1, "clipNorm": 0, "momentum": 0.9, "nesterov": True},
    {"optimizer": "sgd", "learningRate": 0.2, "clipNorm": 0, "weightDecay": 0.1},
    {"optimizer": "sgd", "learningRate": 0.1, "clipNorm": 0.15, "momentum": 0.8, "nesterov": True, "weightDecay": 0.05},
    {"optimizer": "adam", "learningRate": 0.02, "clipNorm": 0, "weightDecay": 0.1},
    {"optimizer": "adamw", "learningRate": 0.02, "clipNorm": 0},
    {"optimizer": "adamw", "learningRate": 0.02, "clipNorm": 0.15, "weightDecay": 0.5},
    {"optimizer": "rmsprop", "learningRate": 0.005, "clipNorm": 0},
    {"optimizer": "rmsprop", "learningRate": 0.005, "clipNorm": 0.15, "weightDecay": 0.1},
    {"optimizer": "adagrad", "learningRate": 0.05, "clipNorm": 0},
    {"optimizer": "adagrad", "learningRate": 0.05, "clipNorm": 0.15, "weightDecay": 0.1},
]


def tensor(value):
    return torch.tensor(value["values"], dtype=torch.float64).reshape(value["dims"])


def train(golden, run, dtype):
    model = Forecast().to(dtype)
    model.load_state_dict({name: tensor(value).to(dtype) for name, value in golden["weights"].items()})
    options = {"lr": run["learningRate"]}
    for ours, theirs in (("momentum", "momentum"), ("nesterov", "nesterov"), ("weightDecay", "weight_decay")):
        if ours in run:
            options[theirs] = run[ours]
    optimizer = CLASSES[run["optimizer"]](model.parameters(), **options)
    losses = []
    for batch in golden["batches"]:
        optimizer.zero_grad()
        input, target = tensor(batch["input"]).to(dtype), tensor(batch["target"]).to(dtype)
        loss = model.loss(input, tensor(batch["lengths"]).long(), target)
        loss.backward()
        if run["clipNorm"] > 0:
            nn.utils.clip_grad_norm_(model.parameters(), run["clipNorm"])
        optimizer.step()
        losses.append(loss.item())
    return losses


def main():
    with open(os.path.join(HERE, "models.json"), encoding="utf-8") as file:
        golden = next(model for model in json.load(file) if model["name"] == "forecast")
    lines = []
    for run in RUNS:
        double = train(golden, run, torch.float64)
        single = train(golden, run, torch.float32)
        check_close(str(run), torch.tensor(single), torch.tensor(double), FORWARD_TOLERANCE)
        lines.append(json.dumps({"training": run, "losses": [float(f"{loss:.9g}") for loss in double]}))
    with open(os.path.join(HERE, "optimizers.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
