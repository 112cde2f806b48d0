#!/usr/bin/env python3
"""Writes frames.json: frames around recurrent layers, one in the other, over sequences of different lengths.

See README.md for its layout. Where PyTorch has the whole (num_layers, bidirectional) it comes from one module of PyTorch's; the others
are PyTorch's layers put together here. Deterministic: running it again changes nothing.
"""
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from goldenTensors import FORWARD_TOLERANCE, GRADIENT_TOLERANCE, check_close, tensor_json, uniform, write

TIME, LENGTHS, FEATURES = 5, [5, 2, 4], 3
MODULES = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
GATES = {"rnn": 1, "gru": 3, "lstm": 4}


def run(kind, weights, x, **options):
    """PyTorch's own layer over padded x [T, B, F] with these weights, 0 past the lengths."""
    hidden = weights["weight_hh_l0"].shape[1]
    module = MODULES[kind](x.shape[2], hidden, **options).to(x.dtype)
    assert set(weights) == set(module._parameters), sorted(module._parameters)
    for name, value in weights.items():
        del module._parameters[name]
        setattr(module, name, value)
    module._flat_weights = [weights[name] for name in module._flat_weights_names]
    packed = pack_padded_sequence(x, torch.tensor(LENGTHS), enforce_sorted=False)
    return pad_packed_sequence(module(packed)[0], total_length=TIME)[0]


def turned(x):
    """Each row's own steps from the last to the first; 0 past them."""
    rows = [torch.cat([x[:length, row].flip(0), x[length:, row] * 0]) for row, length in enumerate(LENGTHS)]
    return torch.stack(rows, dim=1)


def layer(kind, features, hidden, suffixes=("_l0",)):
    gates = GATES[kind]
    made = {}
    for suffix in suffixes:
        made[f"weight_ih{suffix}"] = uniform(gates * hidden, features)
        made[f"weight_hh{suffix}"] = uniform(gates * hidden, hidden)
        made[f"bias_ih{suffix}"] = uniform(gates * hidden)
        made[f"bias_hh{suffix}"] = uniform(gates * hidden)
    return made


def only(weights, suffix, plain="_l0"):
    """Those whose names end in `suffix`, called as a single layer's."""
    return {name[: -len(suffix)] + plain: value for name, value in weights.items() if name.endswith(suffix)}


def case(name, nodes, wires, weights, function):
    """`function(x, {node: {name: weight}})` gives what leaves the frame."""
    x = uniform(TIME, len(LENGTHS), FEATURES, low=-2, high=2)
    d_output, results = None, {}
    for dtype in (torch.float32, torch.float64):
        leaves = {key: value.to(dtype).clone().requires_grad_(True) for key, value in [("input", x), *flat(weights)]}
        given = {node: {key: leaves[f"{node}.{key}"] for key in own} for node, own in weights.items()}
        output = function(leaves["input"], given)
        if d_output is None:
            d_output = uniform(*output.shape)
            for row, length in enumerate(LENGTHS):
                d_output[length:, row] = 0
        (output * d_output.to(dtype)).sum().backward()
        results[dtype] = (output.detach(), {key: leaf.grad for key, leaf in leaves.items()})
    single, double = results[torch.float32], results[torch.float64]
    check_close(f"{name} output", single[0], double[0], FORWARD_TOLERANCE)
    for key, gradient in double[1].items():
        check_close(f"{name} gradient of {key}", single[1][key], gradient, GRADIENT_TOLERANCE)
    return {
        "name": name,
        "nodes": nodes,
        "wires": wires,
        "lengths": LENGTHS,
        "input": tensor_json(x),
        "weights": {key: tensor_json(value) for key, value in flat(weights)},
        "output": tensor_json(double[0]),
        "dOutput": tensor_json(d_output),
        "gradients": {key: tensor_json(gradient) for key, gradient in double[1].items()},
    }


def flat(weights):
    return [(f"{node}.{name}", value) for node, own in weights.items() for name, value in own.items()]


def settings(kind, hidden):
    return {"hidden": hidden, **({"nonlinearity": "tanh"} if kind == "rnn" else {})}


def nested(kind, outer, inner, hidden):
    """One layer in a frame in a frame."""
    nodes = {
        "frame": outer,
        "inner": {**inner, "parent": "frame"},
        "layer": {"type": kind, "settings": settings(kind, hidden), "parent": "inner"},
    }
    wires = ["frame:enter > inner", "inner:enter > layer", "layer > inner:leave", "inner > frame:leave"]
    return nodes, wires


def alone(kind, frame, hidden):
    nodes = {"frame": frame, "layer": {"type": kind, "settings": settings(kind, hidden), "parent": "frame"}}
    return nodes, ["frame:enter > layer", "layer > frame:leave"]


def stack(times, **more):
    return {"type": "stack", "settings": {"times": times, **more}}


def bidirectional(merge):
    return {"type": "bidirectional", "settings": {"merge": merge}}


def whole_cases():
    """What PyTorch has as one module: num_layers, bidirectional, both."""
    for kind in MODULES:
        nodes, wires = alone(kind, stack(3), 2)
        weights = {**layer(kind, FEATURES, 2), **layer(kind, 2, 2, ("_l1", "_l2"))}
        yield case(f"{kind}, num_layers=3", nodes, wires, {"layer": weights}, lambda x, w: run(kind, w["layer"], x, num_layers=3))

        nodes, wires = alone(kind, bidirectional("concat"), 4)
        weights = layer(kind, FEATURES, 4, ("_l0", "_l0_reverse"))
        yield case(
            f"{kind}, bidirectional", nodes, wires, {"layer": weights}, lambda x, w: run(kind, w["layer"], x, bidirectional=True)
        )

        nodes, wires = nested(kind, stack(2), bidirectional("concat"), 3)
        weights = {**layer(kind, FEATURES, 3, ("_l0", "_l0_reverse")), **layer(kind, 6, 3, ("_l1", "_l1_reverse"))}
        yield case(
            f"{kind}, bidirectional, num_layers=2", nodes, wires, {"layer": weights},
            lambda x, w: run(kind, w["layer"], x, bidirectional=True, num_layers=2),
        )


def put_together_cases():
    for kind in ("lstm", "gru"):
        for merge, together in (
            ("concat", lambda a, b: torch.cat([a, b], dim=2)),
            ("sum", lambda a, b: a + b),
            ("average", lambda a, b: (a + b) / 2),
        ):
            # Two layers one way, two layers the other way, and only then together.
            nodes, wires = nested(kind, bidirectional(merge), stack(2), 3)
            weights = {**layer(kind, FEATURES, 3, ("_l0", "_l0_reverse")), **layer(kind, 3, 3, ("_l1", "_l1_reverse"))}

            def both(x, w):
                forward = {**only(w["layer"], "_l0"), **only(w["layer"], "_l1", "_l1")}
                backward = {**only(w["layer"], "_l0_reverse"), **only(w["layer"], "_l1_reverse", "_l1")}
                return together(
                    run(kind, forward, x, num_layers=2), turned(run(kind, backward, turned(x), num_layers=2))
                )

            yield case(f"{kind}, two layers each way, {merge}", nodes, wires, {"layer": weights}, both)

        for shared in (False, True):
            nodes, wires = alone(kind, stack(3, residual=True, weights="shared" if shared else "separate"), FEATURES)
            suffixes = ("_l0",) if shared else ("_l0", "_l1", "_l2")

            def with_shortcuts(x, w):
                for index in range(3):
                    x = x + run(kind, only(w["layer"], "_l0" if shared else f"_l{index}"), x)
                return x

            name = f"{kind}, three with shortcuts, {'shared' if shared else 'separate'} weights"
            yield case(name, nodes, wires, {"layer": layer(kind, FEATURES, FEATURES, suffixes)}, with_shortcuts)


def names_without_layer():
    """A Dense behind the layer: its weights have the copy's number behind their names."""
    nodes = {
        "frame": stack(2),
        "inner": {**bidirectional("sum"), "parent": "frame"},
        "layer": {"type": "lstm", "settings": settings("lstm", 2), "parent": "inner"},
        "dense": {"type": "dense", "settings": {"size": 4, "activation": "tanh"}, "parent": "inner"},
    }
    wires = ["frame:enter > inner", "inner:enter > layer", "layer > dense", "dense > inner:leave", "inner > frame:leave"]
    copies = [("_l0", ".0"), ("_l0_reverse", ".0_reverse"), ("_l1", ".1"), ("_l1_reverse", ".1_reverse")]
    dense = {}
    for _, suffix in copies:
        dense[f"weight{suffix}"] = uniform(4, 2)
        dense[f"bias{suffix}"] = uniform(4)
    recurrent = {**layer("lstm", FEATURES, 2, ("_l0", "_l0_reverse")), **layer("lstm", 4, 2, ("_l1", "_l1_reverse"))}

    def function(x, w):
        def one(x, suffix, behind):
            y = run("lstm", only(w["layer"], suffix), x)
            y = torch.tanh(y @ w["dense"][f"weight{behind}"].T + w["dense"][f"bias{behind}"])
            return y

        for forward, backward in (copies[:2], copies[2:]):
            x = one(x, *forward) + turned(one(turned(x), *backward))
        return x * (torch.arange(TIME)[:, None] < torch.tensor(LENGTHS)[None, :])[:, :, None]

    yield case("lstm and dense in both frames", nodes, wires, {"layer": recurrent, "dense": dense}, function)


torch.manual_seed(23)
write("frames.json", [*whole_cases(), *put_together_cases(), *names_without_layer()])
