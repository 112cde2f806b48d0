#!/usr/bin/env python3
"""Writes schedules.json: what PyTorch's schedulers multiply the learning rate by in every step of short runs.

A list of `{ "schedule" as in a document, "totalSteps", "stepsPerEpoch", "factors": one a step }`. Step and exponential schedules
step once an epoch, the others at every optimizer step. Also plateaus.json: `ReduceLROnPlateau` over made-up losses of the validation
part, a list of `{ "schedule", "learningRate", "losses": one an epoch, "rates": the learning rate after each }`.
"""
import json
import os

import torch
from torch.optim import lr_scheduler

HERE = os.path.dirname(os.path.abspath(__file__))

CASES = [
    ({"kind": "constant"}, 6, 3),
    ({"kind": "step", "everyEpochs": 2, "factor": 0.5}, 24, 4),
    ({"kind": "step", "everyEpochs": 1, "factor": 0.1}, 9, 3),
    ({"kind": "exponential", "factor": 0.9}, 22, 5),
    ({"kind": "cosine", "warmup": 0}, 12, 4),
    ({"kind": "cosine", "warmup": 0.1}, 30, 7),
    ({"kind": "cosine", "warmup": 0.5}, 9, 9),
    ({"kind": "oneCycle"}, 20, 5),
    ({"kind": "oneCycle"}, 37, 10),
    ({"kind": "oneCycle"}, 2, 1),
]


def scheduler(schedule, optimizer, total):
    """The scheduler, and whether it steps by epoch."""
    kind = schedule["kind"]
    if kind == "constant":
        return lr_scheduler.LambdaLR(optimizer, lambda _: 1), False
    if kind == "step":
        return lr_scheduler.StepLR(optimizer, schedule["everyEpochs"], schedule["factor"]), True
    if kind == "exponential":
        return lr_scheduler.ExponentialLR(optimizer, schedule["factor"]), True
    if kind == "oneCycle":
        return lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=total, cycle_momentum=False), False
    # As in the engine: rounded half up.
    warmup = int(schedule["warmup"] * total + 0.5)
    cosine = lr_scheduler.CosineAnnealingLR(optimizer, T_max=total - warmup)
    if warmup == 0:
        return cosine, False
    # SequentialLR must find the rate that its first part begins with.
    optimizer.param_groups[0]["lr"] = 1.0
    linear = lr_scheduler.LinearLR(optimizer, start_factor=1 / (warmup + 1), total_iters=warmup)
    return lr_scheduler.SequentialLR(optimizer, [linear, cosine], milestones=[warmup]), False


PLATEAUS = [
    ({"factor": 0.5, "patience": 2, "threshold": 0.01, "minimum": 0}, 0.1),
    ({"factor": 0.1, "patience": 0, "threshold": 0.0001, "minimum": 0.003}, 0.05),
    ({"factor": 0.3, "patience": 1, "threshold": 0, "minimum": 0}, 3e-8),
]
LOSSES = [2, 1.5, 1.499, 1.49, 1.5, 1.6, 1.2, 1.21, 1.2, 1.195, 1.19, 1.188, 1.3, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]


def plateaus():
    for schedule, rate in PLATEAUS:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
        stepper = lr_scheduler.ReduceLROnPlateau(
            optimizer,
            factor=schedule["factor"],
            patience=schedule["patience"],
            threshold=schedule["threshold"],
            min_lr=schedule["minimum"],
        )
        rates = []
        for loss in LOSSES:
            stepper.step(loss)
            rates.append(float(f"{optimizer.param_groups[0]['lr']:.12g}"))
        yield {"schedule": {"kind": "plateau", **schedule}, "learningRate": rate, "losses": LOSSES, "rates": rates}


def write(name, cases):
    lines = [json.dumps(case, separators=(",", ":")) for case in cases]
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


def main():
    write("plateaus.json", plateaus())
    write("schedules.json", schedules())


def schedules():
    for schedule, total, per_epoch in CASES:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        stepper, by_epoch = scheduler(schedule, optimizer, total)
        factors = []
        for step in range(total):
            factors.append(float(f"{optimizer.param_groups[0]['lr']:.12g}"))
            optimizer.step()
            if step + 1 < total and (not by_epoch or (step + 1) % per_epoch == 0):
                stepper.step()
        yield {"schedule": schedule, "totalSteps": total, "stepsPerEpoch": per_epoch, "factors": factors}


if __name__ == "__main__":
    main()
