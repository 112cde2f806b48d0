#!/usr/bin/env python3
"""Writes layers.json, attend.json, nodes.json and models.json, the values that the engine is held against. See README.md for their layout.

Needs PyTorch (Debian: apt-get install python3-torch). Deterministic: running it again changes nothing.
"""
import torch
from torch import nn

from goldenModels import Classify, Forecast, NextSymbol, Transformer, model_case
from goldenModules import AdditivePooling, LearnedPositions, Waves, hidden_from, run_packed, valid_steps
from goldenTensors import FORWARD_TOLERANCE, GRADIENT_TOLERANCE, check_close, exact, tensor_json, tensors_json, uniform, write


# ---------------------------------------------------------------- layers

def layer_case(name, op, attributes, inputs, differentiable, function, d_output):
    """Runs `function(*inputs)` in both precisions and keeps output and gradients of the double one."""
    results = {}
    for dtype in (torch.float32, torch.float64):
        values = [
            None if value is None else (value.to(dtype) if value.is_floating_point() else value) for value in inputs
        ]
        for index in differentiable:
            values[index] = values[index].clone().requires_grad_(True)
        output = function(*values)
        (output * d_output.to(dtype)).sum().backward()
        results[dtype] = (output.detach(), {index: values[index].grad for index in differentiable})
    single, double = results[torch.float32], results[torch.float64]
    check_close(name, single[0], double[0], FORWARD_TOLERANCE)
    for index in differentiable:
        check_close(f"{name} gradient {index}", single[1][index], double[1][index], GRADIENT_TOLERANCE)
    return {
        "name": name,
        "op": op,
        "attributes": attributes,
        "inputs": [tensor_json(value) for value in inputs],
        "output": tensor_json(double[0]),
        "dOutput": tensor_json(d_output),
        "gradients": [tensor_json(double[1].get(index)) for index in range(len(inputs))],
    }


def recurrent_case(name, op, attributes, module_class, gates, time, batch, features, hidden, lengths, **options):
    def function(x, weight_ih, weight_hh, bias_ih, bias_hh, lengths):
        module = module_class(features, hidden, **options).to(x.dtype)
        for parameter, value in zip(
            ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"), (weight_ih, weight_hh, bias_ih, bias_hh)
        ):
            del module._parameters[parameter]
            setattr(module, parameter, value)
        module._flat_weights = [weight_ih, weight_hh, bias_ih, bias_hh]
        return run_packed(module, x, lengths)

    inputs = [
        uniform(time, batch, features, low=-2, high=2),
        uniform(gates * hidden, features),
        uniform(gates * hidden, hidden),
        uniform(gates * hidden),
        uniform(gates * hidden),
        torch.tensor(lengths, dtype=torch.int64),
    ]
    return layer_case(name, op, attributes, inputs, (0, 1, 2, 3, 4), function, uniform(time, batch, hidden))


def recurrent_cases():
    kinds = [
        ("rnn", {"nonlinearity": "tanh"}, nn.RNN, 1, {"nonlinearity": "tanh"}),
        ("rnn", {"nonlinearity": "relu"}, nn.RNN, 1, {"nonlinearity": "relu"}),
        ("lstm", {}, nn.LSTM, 4, {}),
        ("gru", {}, nn.GRU, 3, {}),
    ]
    shapes = [
        ("T1 B1 I1 H1", 1, 1, 1, 1, [1]),
        ("T7 B3 I5 H5", 7, 3, 5, 5, [7, 2, 5]),
        ("T5 B4 I3 H8", 5, 4, 3, 8, [1, 5, 3, 4]),
    ]
    for op, attributes, module_class, gates, options in kinds:
        for label, time, batch, features, hidden, lengths in shapes:
            kind = " ".join([op, *attributes.values()])
            yield recurrent_case(
                f"{kind} {label}", op, attributes, module_class, gates, time, batch, features, hidden, lengths, **options
            )


def other_cases():
    linear = nn.functional.linear
    yield layer_case(
        "linear with bias", "linear", {}, [uniform(4, 3, 5), uniform(7, 5), uniform(7)], (0, 1, 2),
        linear, uniform(4, 3, 7),
    )
    yield layer_case(
        "linear without bias", "linear", {}, [uniform(3, 9), uniform(1, 9), None], (0, 1),
        lambda x, weight, _: linear(x, weight), uniform(3, 1),
    )
    tokens = torch.randint(0, 6, (5, 3))
    yield layer_case(
        "embedding", "embedding", {}, [tokens, uniform(6, 5)], (1,),
        lambda tokens, weight: nn.functional.embedding(tokens, weight), uniform(5, 3, 5),
    )
    for name, dims, target in (
        ("cross-entropy of classes", (5, 7), torch.tensor([0, 6, -1, 3, 3])),
        ("cross-entropy of every step", (4, 3, 5), torch.tensor([[0, 4, 2], [1, -1, 2], [3, -1, 0], [4, -1, -1]])),
    ):
        counted = int((target >= 0).sum())
        scale = exact(torch.tensor([1.0 / counted]))
        yield layer_case(
            name, "crossEntropy", {}, [uniform(*dims, low=-4, high=4), target, scale], (0,),
            lambda logits, target, scale: nn.functional.cross_entropy(
                logits.reshape(-1, logits.shape[-1]), target.reshape(-1), ignore_index=-1, reduction="sum"
            ).reshape(1) * scale,
            torch.ones(1),
        )
    yield layer_case(
        "mean squared error", "meanSquaredError", {}, [uniform(5, 3), uniform(5, 3), exact(torch.tensor([1 / 5]))], (0,),
        lambda prediction, target, scale: ((prediction - target) ** 2).mean(dim=1).sum().reshape(1) * scale,
        torch.ones(1),
    )
    for kind, function in (("tanh", torch.tanh), ("relu", torch.relu), ("sigmoid", torch.sigmoid)):
        yield layer_case(
            f"activation {kind}", "activation", {"kind": kind}, [uniform(3, 7, low=-6, high=6)], (0,),
            function, uniform(3, 7),
        )
    for op, function in (("meanAbsoluteError", nn.functional.l1_loss), ("huber", nn.functional.huber_loss)):
        yield layer_case(
            op, op, {}, [uniform(5, 3, low=-2, high=2), uniform(5, 3, low=-2, high=2), exact(torch.tensor([1 / 5]))], (0,),
            lambda prediction, target, scale, function=function: (
                function(prediction, target, reduction="none").mean(dim=1).sum().reshape(1) * scale
            ),
            torch.ones(1),
        )


# ---------------------------------------------------------------- layers that look anywhere


def attention_case(name, time, batch, heads, depth, causal, lengths, together):
    def split(x):
        return x.reshape(time, batch, heads, depth).permute(1, 2, 0, 3)  # [B, N, T, D]

    def function(q, k, v, _):
        if together:
            q, k, v = q.chunk(3, dim=-1)
        scores = split(q) @ split(k).transpose(-1, -2) / depth**0.5
        past = torch.arange(time)[None, :] >= torch.tensor(lengths)[:, None]  # [B, T]
        scores = scores.masked_fill(past[:, None, None, :], float("-inf"))
        if causal:
            scores = scores.masked_fill(hidden_from(time, True), float("-inf"))
        y = (torch.softmax(scores, dim=-1) @ split(v)).permute(2, 0, 1, 3).reshape(time, batch, heads * depth)
        return y * valid_steps(time, lengths).to(y.dtype)

    width = heads * depth
    if together:
        tensors = [uniform(time, batch, 3 * width, low=-2, high=2), None, None]
    else:
        tensors = [uniform(time, batch, width, low=-2, high=2) for _ in range(3)]
    return layer_case(
        name, "attention", {"heads": heads, "causal": causal}, [*tensors, torch.tensor(lengths)],
        (0,) if together else (0, 1, 2), function, uniform(time, batch, width),
    )


def attend_cases():
    yield layer_case("gelu", "gelu", {}, [uniform(3, 7, low=-6, high=6)], (0,), nn.functional.gelu, uniform(3, 7))
    for features in (3, 5, 16):
        yield layer_case(
            f"layer norm F{features}", "layerNorm", {},
            [uniform(4, 3, features, low=-3, high=3), uniform(features), uniform(features)], (0, 1, 2),
            lambda x, weight, bias: nn.functional.layer_norm(x, weight.shape, weight, bias), uniform(4, 3, features),
        )
    yield layer_case(
        "multiply", "multiply", {}, [uniform(3, 5), uniform(3, 5)], (0, 1), lambda a, b: a * b, uniform(3, 5)
    )
    yield layer_case(
        "concat", "concat", {}, [uniform(4, 3, 2), uniform(4, 3, 5)], (0, 1),
        lambda a, b: torch.cat([a, b], dim=-1), uniform(4, 3, 7),
    )
    yield layer_case(
        "add positions", "addPositions", {}, [uniform(4, 3, 5), uniform(6, 5)], (0, 1),
        lambda x, table: x + table[: len(x), None, :], uniform(4, 3, 5),
    )
    for together in (False, True):
        for label, time, batch, heads, depth, causal, lengths in (
            ("T1 B1 N1 D1", 1, 1, 1, 1, False, [1]),
            ("T5 B3 N2 D3", 5, 3, 2, 3, False, [5, 2, 4]),
            ("T7 B2 N1 D5 causal", 7, 2, 1, 5, True, [3, 7]),
            ("T6 B2 N3 D4 causal", 6, 2, 3, 4, True, [6, 5]),
        ):
            kind = "attention of one tensor" if together else "attention"
            yield attention_case(f"{kind} {label}", time, batch, heads, depth, causal, lengths, together)


# ---------------------------------------------------------------- nodes

def node_case(name, node_type, settings, module, forward, time, batch, features, lengths, memory=0, vector=False):
    """Output and gradients of a node over the valid steps of padded x [T, B, F]: `forward(module, x, past)`, or with `memory`
    features of a second sequence `forward(module, x, past, memory)`. `vector`: the output is [B, F]."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(uniform(*parameter.shape))
    given = {"in": uniform(time, batch, features, low=-2, high=2)}
    if memory:
        given["memory"] = uniform(time, batch, memory, low=-2, high=2)
    d_output = uniform(batch, features) if vector else uniform(time, batch, features)
    past = torch.arange(time)[None, :] >= torch.tensor(lengths)[:, None]  # [B, T]
    valid = torch.ones(1) if vector else valid_steps(time, lengths)
    results = {}
    for dtype in (torch.float32, torch.float64):
        module = module.to(dtype)
        module.zero_grad(set_to_none=True)
        inputs = {port: value.to(dtype).clone().requires_grad_(True) for port, value in given.items()}
        ports = [inputs["in"], past, *([inputs["memory"]] if memory else [])]
        output = forward(module, *ports) * valid.to(dtype)
        module.eval()
        check_close(f"{name} eval", forward(module, *ports).detach() * valid, output.detach().to(torch.float64), 1e-5)
        module.train()
        (output * d_output.to(dtype)).sum().backward()
        gradients = {key: value.grad.clone() for key, value in module.named_parameters()}
        results[dtype] = (output.detach(), {**{port: value.grad for port, value in inputs.items()}, **gradients})
    single, double = results[torch.float32], results[torch.float64]
    check_close(name, single[0], double[0], FORWARD_TOLERANCE)
    for key, gradient in double[1].items():
        check_close(f"{name} gradient {key}", single[1][key], gradient, GRADIENT_TOLERANCE)
    return {
        "name": name,
        "type": node_type,
        "settings": settings,
        "inputs": tensors_json(given),
        "lengths": lengths,
        "weights": tensors_json(dict(module.state_dict())),
        "output": tensor_json(double[0]),
        "dOutput": tensor_json(d_output * valid),
        "gradients": tensors_json(double[1]),
    }


def node_cases():
    yield node_case(
        "layer norm", "layerNorm", {}, nn.LayerNorm(5), lambda module, x, past: module(x), 4, 3, 5, [4, 1, 3]
    )
    for features in (1, 5, 6):
        yield node_case(
            f"waves F{features}", "positionalEncoding", {"kind": "sinusoidal"}, Waves(),
            lambda module, x, past: module(x), 7, 2, features, [7, 4],
        )
    yield node_case(
        "learned positions", "positionalEncoding", {"kind": "learned", "maximum": 9}, LearnedPositions(9, 5),
        lambda module, x, past: module(x), 7, 3, 5, [7, 4, 1],
    )
    for heads, features, causal in ((1, 5, False), (2, 6, True), (3, 12, False), (4, 8, True)):
        def attend(module, x, past, causal=causal):
            mask = hidden_from(len(x), causal)
            return module(x, x, x, key_padding_mask=past, attn_mask=mask, need_weights=False)[0]

        yield node_case(
            f"self-attention N{heads} E{features}{' causal' if causal else ''}", "selfAttention",
            {"heads": heads, "causal": causal}, nn.MultiheadAttention(features, heads), attend,
            6, 3, features, [6, 2, 5],
        )
    for heads, features, memory, causal in ((1, 5, 3, False), (2, 6, 8, True)):
        def look(module, x, past, memory, causal=causal):
            mask = hidden_from(len(x), causal)
            return module(x, memory, memory, key_padding_mask=past, attn_mask=mask, need_weights=False)[0]

        yield node_case(
            f"cross-attention N{heads} E{features} M{memory}{' causal' if causal else ''}", "crossAttention",
            {"heads": heads, "causal": causal}, nn.MultiheadAttention(features, heads, kdim=memory, vdim=memory), look,
            6, 3, features, [6, 2, 5], memory=memory,
        )
    yield node_case(
        "attention over time", "attentionPooling", {"size": 7}, AdditivePooling(5, 7),
        lambda module, x, past: module(x, past), 6, 3, 5, [6, 1, 4], vector=True,
    )
    for norm in ("before", "after"):
        for activation, heads, features, inside, causal in (("gelu", 2, 6, 9, True), ("relu", 3, 12, 8, False)):
            module = nn.TransformerEncoderLayer(
                features, heads, inside, dropout=0.0, activation=activation, norm_first=norm == "before"
            )

            def block(module, x, past, causal=causal):
                return module(x, src_mask=hidden_from(len(x), causal), src_key_padding_mask=past)

            yield node_case(
                f"transformer block, norm {norm}, {activation}, N{heads} E{features}{' causal' if causal else ''}",
                "transformerBlock",
                {
                    "heads": heads, "feedForward": inside, "causal": causal, "norm": norm,
                    "activation": activation, "dropout": 0,
                },
                module, block, 6, 3, features, [4, 6, 1],
            )


def main():
    torch.manual_seed(1)
    write("layers.json", [*recurrent_cases(), *other_cases()])
    torch.manual_seed(2)
    models = [model_case("nextSymbol", NextSymbol), model_case("forecast", Forecast), model_case("classify", Classify)]
    torch.manual_seed(3)
    write("attend.json", attend_cases())
    torch.manual_seed(4)
    write("nodes.json", node_cases())
    torch.manual_seed(5)
    write("models.json", [*models, model_case("transformer", Transformer)])


if __name__ == "__main__":
    main()
