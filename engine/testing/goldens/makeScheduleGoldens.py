#!/usr/bin/env python3
"""Writes schedules.json: what PyTorch's schedulers multiply the learning rate by in every step of short runs.

A list of `{ "schedule" as in a document, "totalSteps", "stepsPerEpoch", "factors": one a step }`. Step and exponential schedules
step once an epoch, the others at every optimizer step.
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


def main():
    lines = []
    for schedule, total, per_epoch in CASES:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        stepper, by_epoch = scheduler(schedule, optimizer, total)
        factors = []
        for step in range(total):
            factors.append(float(f"{optimizer.param_groups[0]['lr']:.12g}"))
            optimizer.step()
            if step + 1 < total and (not by_epoch or (step + 1) % per_epoch == 0):
                stepper.step()
        case = {"schedule": schedule, "totalSteps": total, "stepsPerEpoch": per_epoch, "factors": factors}
        lines.append(json.dumps(case, separators=(",", ":")))
    with open(os.path.join(HERE, "schedules.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
