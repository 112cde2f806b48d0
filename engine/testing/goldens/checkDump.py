#!/usr/bin/env python3
"""Checks a training step of the engine against PyTorch, from nothing but a dump and its document:

    node tools/unroll.mjs step FILE.unroll --model M --dump STEP.safetensors
    python3 checkDump.py STEP.safetensors FILE.unroll

or, of every model of every sample, with one command:

    python3 checkDump.py --samples

Rebuilds the model of the dump in PyTorch, in float64, with the dump's weights, batch and dropout masks; compares outputs, loss, every
gradient, and every weight after the step. Exits 0 when all agree, 1 when something differs, 2 when the model holds something that
PyTorch does not have (it says what).
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

import torch
from torch import nn
from torch.nn import functional as F

from dumpFile import Dump, NotInPyTorch, needs, read_safetensors
from rebuiltModel import Rebuilt, valid

# As in ../tolerances.ts, relative to the largest magnitude of a tensor.
FORWARD, GRADIENT = 1e-5, 1e-4
SMALLEST_SCALE = 1e-3

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


# ---------------------------------------------------------------- losses


def loss_of(head, prediction, target, dump):
    how = json.loads(dump.metadata[f"loss.{head}"])
    weight, op = how.get("weight", 1), how["op"]
    if op == "crossEntropy":
        ignored = how.get("ignored")
        wanted = target if ignored is None else target.masked_fill(target == ignored, -1)
        classes = how.get("classWeights")
        return weight * F.cross_entropy(
            prediction.reshape(-1, prediction.shape[-1]),
            wanted.reshape(-1),
            weight=None if classes is None else torch.tensor(classes, dtype=torch.float64),
            ignore_index=-1,
            label_smoothing=how.get("labelSmoothing", 0),
        )
    losses = {"meanSquaredError": F.mse_loss, "meanAbsoluteError": F.l1_loss, "huber": F.smooth_l1_loss}
    needs(op in losses, f"the loss {op}")
    return weight * losses[op](prediction, target)


# ---------------------------------------------------------------- the step


def moved(dump):
    """Weights after the optimizer's step, from the dump's own gradients: what is checked here is the rule."""
    meta = {key: float(value) for key, value in dump.metadata.items() if is_number(value)}
    kind = dump.metadata["optimizer"]
    weights = [weight for weight in dump.weights.values() if weight.requires_grad]
    options = {"lr": meta["learningRate"], "weight_decay": meta["weightDecay"]}
    if kind == "sgd":
        options.update(momentum=meta["momentum"], nesterov=dump.metadata["nesterov"] == "true")
    classes = {"adam": "Adam", "adamw": "AdamW", "sgd": "SGD", "rmsprop": "RMSprop", "adagrad": "Adagrad"}
    optimizer = getattr(torch.optim, classes[kind])(weights, **options)
    for name, weight in dump.weights.items():
        if weight.requires_grad:
            weight.grad = dump.tensors[f"grad.{name}"].clone()
    if meta["clipNorm"] > 0:
        nn.utils.clip_grad_norm_(weights, meta["clipNorm"])
    if meta.get("clipValue", 0) > 0:
        nn.utils.clip_grad_value_(weights, meta["clipValue"])
    optimizer.step()


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def error(actual, expected):
    if actual.shape != expected.shape or not torch.isfinite(actual).all():
        return float("inf")
    scale = max(SMALLEST_SCALE, expected.abs().max().item())
    return (actual - expected).abs().max().item() / scale


ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")


def check_samples():
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(glob.glob(os.path.join(ROOT, "samples", "*.unroll"))):
            with open(path, encoding="utf-8") as file:
                models = [model["id"] for model in json.load(file)["models"]]
            for model in models:
                dump = os.path.join(folder, "step.safetensors")
                program = os.path.join(ROOT, "tools", "unroll.mjs")
                command = ["node", program, "step", path, "--model", model, "--dump", dump]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                worst = max(worst, check(dump, path))
    return worst


def check(dump_path, document_path):
    try:
        return compare_step(dump_path, document_path)
    except NotInPyTorch as missing:
        print(f"{document_path}: cannot be rebuilt, for PyTorch does not have {missing}")
        return 2


def compare_step(dump_path, document_path):
    tensors, metadata = read_safetensors(dump_path)
    with open(document_path, encoding="utf-8") as file:
        document = json.load(file)
    model = next(model for model in document["models"] if model["id"] == metadata["model"])
    dump = Dump(tensors, metadata)
    rebuilt = Rebuilt(model, dump)
    failures, worst = [], {}

    def compare(name, actual, tolerance):
        found = error(tensors[name], actual.detach())
        group = name.split(".")[0]
        worst[group] = max(worst.get(group, 0), found)
        if not found <= tolerance:
            failures.append(f"{name} is {found:.2e} away, more than {tolerance:.0e}")

    total = 0
    heads = [name[len("output."):] for name in tensors if name.startswith("output.")]
    for head in heads:
        speaks = model["nodes"][head]["type"] == "decoder"
        prediction = rebuilt.decoder(head) if speaks else rebuilt.input(head)
        shown = prediction
        if prediction.dim() == 3:
            # Past the lengths the engine may leave anything.
            inside = valid(prediction, tensors["batch.targetLengths"] if speaks else dump.lengths)[:, :, None]
            shown = torch.where(inside, prediction, tensors[f"output.{head}"])
        compare(f"output.{head}", shown, FORWARD)
        total = total + loss_of(head, prediction, tensors["batch.target"], dump)
    compare("loss", total.reshape(1), FORWARD)
    total.backward()
    gradients = {name: weight.grad for name, weight in dump.weights.items() if weight.requires_grad}
    for name, gradient in gradients.items():
        compare(f"grad.{name}", gradient if gradient is not None else torch.zeros_like(dump.weights[name]), GRADIENT)
    moved(dump)
    for name, weight in dump.weights.items():
        compare(f"after.{name}", weight, GRADIENT)
    masks = {name for name in tensors if name.startswith("mask.")}
    for name in sorted((masks | set(dump.weights)) - dump.used):
        failures.append(f"{name} is in the dump, but the rebuilt model has no use for it")
    figures = ", ".join(f"{group} {found:.1e}" for group, found in worst.items())
    print(f"{document['name']}, {model['name']}: {'differs' if failures else 'agrees'} ({len(gradients)} gradients; largest error: {figures})")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--samples"]:
        sys.exit(check_samples())
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(check(sys.argv[1], sys.argv[2]))
