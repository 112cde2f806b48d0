#!/usr/bin/env python3
"""Writes losses.json: losses with weights of classes, label smoothing, ignored classes, one score for two classes, and quantiles.

Laid out as layers.json. Needs PyTorch. Deterministic: running it again changes nothing.
"""
import torch
from torch import nn

from goldenTensors import exact, uniform, write
from makeGoldens import layer_case

functional = nn.functional


def counted_weight(target, weight, ignored):
    """What mean reduction divides by: the weights of all targets that count."""
    weights = torch.ones(16, dtype=torch.float64) if weight is None else weight
    return sum(weights[label].item() for label in target.reshape(-1).tolist() if label >= 0 and label != ignored)


def without(target, ignored):
    """Targets with -1 where the class is ignored: PyTorch knows one index only."""
    return torch.where(target == ignored, torch.full_like(target, -1), target)


def cross_entropy_case(name, logits, target, weight=None, ignored=-1, smoothing=0.0):
    divisor = counted_weight(target, weight, ignored)
    scale = exact(torch.tensor([1 / divisor if divisor > 0 else 0.0]))
    attributes = {}
    if ignored >= 0:
        attributes["ignored"] = ignored
    if smoothing > 0:
        attributes["labelSmoothing"] = smoothing

    def function(logits, target, scale, weight=None):
        kept = without(target, ignored).reshape(-1)
        flat = logits.reshape(-1, logits.shape[-1])
        options = {"weight": weight, "ignore_index": -1, "label_smoothing": smoothing}
        total = functional.cross_entropy(flat, kept, reduction="sum", **options)
        if divisor > 0:
            # The mean that PyTorch itself forms is the same number.
            mean = functional.cross_entropy(flat, kept, reduction="mean", **options)
            assert abs((total * scale - mean).item()) < 1e-5, name
        return total.reshape(1) * scale

    inputs = [logits, target, scale] + ([] if weight is None else [weight])
    return layer_case(name, "crossEntropy", attributes, inputs, (0,), function, torch.ones(1))


def binary_case(name, logit, target, weight=None, ignored=-1, smoothing=0.0):
    divisor = counted_weight(target, weight, ignored)
    scale = exact(torch.tensor([1 / divisor if divisor > 0 else 0.0]))
    attributes = {}
    if ignored >= 0:
        attributes["ignored"] = ignored
    if smoothing > 0:
        attributes["labelSmoothing"] = smoothing

    def function(logit, target, scale, weight=None):
        kept = without(target, ignored)
        share = kept.clamp(min=0).to(logit.dtype) * (1 - smoothing) + smoothing / 2
        pair = torch.ones(2, dtype=logit.dtype) if weight is None else weight
        # Both halves weighed apart: pos_weight weighs the first, the second is what is left.
        one = functional.binary_cross_entropy_with_logits(logit[..., 0], torch.ones_like(share), reduction="none")
        zero = functional.binary_cross_entropy_with_logits(logit[..., 0], torch.zeros_like(share), reduction="none")
        loss = pair[1] * share * one + pair[0] * (1 - share) * zero
        if weight is None:
            whole = functional.binary_cross_entropy_with_logits(logit[..., 0], share, reduction="none")
            assert torch.allclose(loss, whole, atol=1e-5), name
        return (loss * (kept >= 0)).sum().reshape(1) * scale

    inputs = [logit, target, scale] + ([] if weight is None else [weight])
    return layer_case(name, "binaryCrossEntropy", attributes, inputs, (0,), function, torch.ones(1))


def quantile_case(name, rows, outputs, quantiles):
    count = len(quantiles)

    def function(prediction, target, scale, quantiles):
        miss = target[:, :, None] - prediction.reshape(rows, outputs, count)
        return torch.maximum(quantiles * miss, (quantiles - 1) * miss).mean(dim=(1, 2)).sum().reshape(1) * scale

    inputs = [
        uniform(rows, outputs * count, low=-2, high=2), uniform(rows, outputs, low=-2, high=2),
        exact(torch.tensor([1 / rows])), exact(torch.tensor(quantiles)),
    ]
    return layer_case(name, "quantileLoss", {}, inputs, (0,), function, torch.ones(1))


def cases():
    def logits(*dims):
        return uniform(*dims, low=-4, high=4)

    classes = torch.tensor([0, 6, -1, 3, 3])
    steps = torch.tensor([[0, 4, 2], [1, -1, 2], [3, -1, 0], [4, -1, -1]])
    yield cross_entropy_case("cross-entropy, weights", logits(5, 7), classes, uniform(7, low=0.2, high=3))
    yield cross_entropy_case("cross-entropy, smoothing", logits(5, 7), classes, smoothing=0.1)
    yield cross_entropy_case("cross-entropy, ignored class", logits(5, 7), classes, ignored=3)
    yield cross_entropy_case(
        "cross-entropy, weights, smoothing and ignored class", logits(5, 7), classes, uniform(7, low=0.2, high=3), 6, 0.25
    )
    yield cross_entropy_case(
        "cross-entropy of steps, weights, smoothing", logits(4, 3, 5), steps, uniform(5, low=0.2, high=3), -1, 0.1
    )
    yield cross_entropy_case("cross-entropy of steps, ignored class", logits(4, 3, 5), steps, ignored=0, smoothing=0.1)
    yield cross_entropy_case("cross-entropy, nothing counts", logits(4, 9), torch.tensor([2, -1, 2, 2]), ignored=2)
    binary = torch.tensor([0, 1, 1, -1, 0])
    yield binary_case("one score", uniform(5, 1, low=-9, high=9), binary)
    yield binary_case("one score, smoothing", logits(5, 1), binary, smoothing=0.2)
    yield binary_case("one score, weights, ignored class", logits(5, 1), binary, uniform(2, low=0.2, high=3), 0)
    yield binary_case("one score, weights, smoothing", logits(5, 1), binary, uniform(2, low=0.2, high=3), -1, 0.1)
    yield binary_case("one score, nothing counts", logits(3, 1), torch.tensor([-1, 1, 1]), ignored=1)
    yield quantile_case("quantile loss, one", 3, 1, [0.5])
    yield quantile_case("quantile loss, three of two targets", 5, 2, [0.1, 0.5, 0.9])
    yield quantile_case("quantile loss, five", 4, 3, [0.05, 0.25, 0.5, 0.75, 0.95])


if __name__ == "__main__":
    torch.manual_seed(20261122)
    write("losses.json", list(cases()))
