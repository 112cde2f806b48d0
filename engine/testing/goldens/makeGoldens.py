#!/usr/bin/env python3
"""Writes layers.json, attend.json, nodes.json and models.json, the values that the engine is held against. See README.md for their layout.

Needs PyTorch (Debian: apt-get install python3-torch). Deterministic: running it again changes nothing.
"""
import json
import os

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

HERE = os.path.dirname(os.path.abspath(__file__))
FORWARD_TOLERANCE = 1e-5
GRADIENT_TOLERANCE = 1e-4

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def exact(tensor):
    """Rounds to what float32 holds and keeps float64."""
    return tensor.to(torch.float32).to(torch.float64)


def uniform(*dims, low=-1.0, high=1.0):
    return exact(torch.rand(*dims) * (high - low) + low)


def tensor_json(tensor):
    if tensor is None:
        return None
    flat = tensor.detach().reshape(-1).tolist()
    if tensor.dtype in (torch.int32, torch.int64):
        return {"dims": list(tensor.shape), "values": flat}
    return {"dims": list(tensor.shape), "values": [float(f"{value:.9g}") for value in flat]}


def check_close(name, single, double, tolerance):
    """PyTorch's float32 must agree with its float64, or the case is too delicate to be a golden one."""
    scale = max(1e-3, double.abs().max().item())
    error = (single.to(torch.float64) - double).abs().max().item() / scale
    assert error <= tolerance, f"{name}: float32 is {error:.2e} away"


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


def run_packed(module, x, lengths):
    """y [T, B, H] of a recurrent module over padded x [T, B, I], 0 past each length."""
    packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
    y, _ = module(packed)
    return pad_packed_sequence(y, total_length=x.shape[0])[0]


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

def valid_steps(time, lengths):
    """[T, B, 1]: 1 within each example's length, 0 past it."""
    return (torch.arange(time)[:, None] < torch.tensor(lengths)[None, :])[:, :, None].to(torch.float64)


def hidden_from(time, causal):
    """[T, T], True where a query (row) must not look, as PyTorch's attn_mask has it; None when it may look anywhere."""
    return torch.ones(time, time, dtype=torch.bool).triu(1) if causal else None


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


class Waves(nn.Module):
    """Vaswani et al. 2017, 3.5; PyTorch has no module for it."""

    def forward(self, x):
        time, _, features = x.shape
        table = torch.zeros(time, features)
        for step in range(time):
            for column in range(features):
                angle = torch.tensor(step / 10000 ** (2 * (column // 2) / features))
                table[step, column] = torch.sin(angle) if column % 2 == 0 else torch.cos(angle)
        return x + table[:, None, :].to(x.dtype)


class LearnedPositions(nn.Module):
    def __init__(self, maximum, features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(maximum, features))

    def forward(self, x):
        return x + self.weight[: len(x), None, :]


class AdditivePooling(nn.Module):
    """Bahdanau et al. 2015 without a query; PyTorch has no module for it."""

    def __init__(self, features, size):
        super().__init__()
        self.attention = nn.Linear(features, size)
        self.score = nn.Linear(size, 1, bias=False)

    def forward(self, x, past):
        scores = self.score(torch.tanh(self.attention(x)))  # [T, B, 1]
        shares = torch.softmax(scores.masked_fill(past.T[:, :, None], float("-inf")), dim=0)
        return (shares * x).sum(dim=0)


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


# ---------------------------------------------------------------- models

TIME, BATCH, STEPS = 6, 8, 10


class NextSymbol(nn.Module):
    sizes = {"vocabulary": 11, "embedding": 6, "hidden": 7, "outputs": 11}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11, 6)
        self.lstm = nn.LSTM(6, 7)
        self.dense = nn.Linear(7, 11)

    def loss(self, input, lengths, target):
        y = run_packed(self.lstm, self.embedding(input.transpose(0, 1)), lengths)
        logits = self.dense(y).transpose(0, 1).reshape(-1, 11)
        return nn.functional.cross_entropy(logits, target.reshape(-1), ignore_index=-1)

    def batch(self):
        lengths = random_lengths()
        tokens = torch.randint(0, 11, (BATCH, TIME + 1))
        past = torch.arange(TIME)[None, :] >= lengths[:, None]
        return tokens[:, :TIME].masked_fill(past, 0), lengths, tokens[:, 1:].masked_fill(past, -1)


class Forecast(nn.Module):
    sizes = {"features": 3, "hidden": 9, "outputs": 2}

    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(3, 9)
        self.dense = nn.Linear(9, 2)

    def loss(self, input, lengths, target):
        y = run_packed(self.rnn, input.transpose(0, 1), lengths)
        last = y[lengths - 1, torch.arange(len(lengths))]
        return nn.functional.mse_loss(self.dense(last), target)

    def batch(self):
        lengths = random_lengths()
        past = torch.arange(TIME)[None, :, None] >= lengths[:, None, None]
        return uniform(BATCH, TIME, 3).masked_fill(past, 0), lengths, uniform(BATCH, 2)


class Classify(nn.Module):
    sizes = {"vocabulary": 9, "embedding": 5, "hidden": 6, "outputs": 4}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(9, 5)
        self.gru = nn.GRU(5, 6)
        self.dense = nn.Linear(6, 4)

    def loss(self, input, lengths, target):
        y = run_packed(self.gru, self.embedding(input.transpose(0, 1)), lengths)
        mean = y.sum(dim=0) / lengths[:, None]
        return nn.functional.cross_entropy(self.dense(mean), target)

    def batch(self):
        lengths = random_lengths()
        past = torch.arange(TIME)[None, :] >= lengths[:, None]
        tokens = torch.randint(0, 9, (BATCH, TIME)).masked_fill(past, 0)
        return tokens, lengths, torch.randint(0, 4, (BATCH,))


class Transformer(nn.Module):
    sizes = {"vocabulary": 11, "embedding": 6, "hidden": 10, "outputs": 11}

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11, 6)
        self.block = nn.TransformerEncoderLayer(6, 2, 10, dropout=0.0, activation="gelu", norm_first=True)
        self.dense = nn.Linear(6, 11)

    def loss(self, input, lengths, target):
        x = Waves()(self.embedding(input.transpose(0, 1)))
        past = torch.arange(TIME)[None, :] >= lengths[:, None]
        y = self.block(x, src_mask=hidden_from(TIME, True), src_key_padding_mask=past)
        logits = self.dense(y).transpose(0, 1).reshape(-1, 11)
        return nn.functional.cross_entropy(logits, target.reshape(-1), ignore_index=-1)

    batch = NextSymbol.batch


def random_lengths():
    """One example is always full, so that every batch has the same T."""
    lengths = torch.randint(1, TIME + 1, (BATCH,))
    lengths[torch.randint(0, BATCH, (1,))] = TIME
    return lengths


def train(model_class, weights, batches, optimizer_name, learning_rate, clip_norm, dtype):
    model = model_class().to(dtype)
    model.load_state_dict({name: value.to(dtype) for name, value in weights.items()})
    optimizer_class = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[optimizer_name]
    optimizer = optimizer_class(model.parameters(), lr=learning_rate)
    losses, first_gradients = [], None
    for input, lengths, target in batches:
        optimizer.zero_grad()
        cast = [value.to(dtype) if value.is_floating_point() else value for value in (input, lengths, target)]
        loss = model.loss(*cast)
        loss.backward()
        if first_gradients is None:
            first_gradients = {name: value.grad.clone() for name, value in model.named_parameters()}
        if clip_norm > 0:
            norm = nn.utils.clip_grad_norm_(model.parameters(), clip_norm)
            assert norm > clip_norm, f"clipping to {clip_norm} does not touch a gradient of norm {norm}"
        optimizer.step()
        losses.append(loss.item())
    return losses, first_gradients


def model_case(name, model_class):
    weights = {key: exact(value) for key, value in model_class().state_dict().items()}
    batches = [model_class().batch() for _ in range(STEPS)]
    runs = []
    first_gradients = None
    for optimizer, learning_rate, clip_norm in (("adam", 0.01, 0.0), ("adam", 0.02, 0.15), ("sgd", 0.5, 0.1)):
        single, _ = train(model_class, weights, batches, optimizer, learning_rate, clip_norm, torch.float32)
        double, first_gradients = train(model_class, weights, batches, optimizer, learning_rate, clip_norm, torch.float64)
        check_close(f"{name} {optimizer}", torch.tensor(single), torch.tensor(double), FORWARD_TOLERANCE)
        runs.append(
            {
                "optimizer": optimizer,
                "learningRate": learning_rate,
                "clipNorm": clip_norm,
                "losses": [float(f"{loss:.9g}") for loss in double],
            }
        )
    return {
        "name": name,
        "sizes": model_class.sizes,
        "weights": tensors_json(weights),
        "batches": [
            {"input": tensor_json(input), "lengths": tensor_json(lengths), "target": tensor_json(target)}
            for input, lengths, target in batches
        ],
        "firstGradients": tensors_json(first_gradients),
        "runs": runs,
    }


def tensors_json(tensors):
    return {name: tensor_json(tensor) for name, tensor in tensors.items()}


def write(name, cases):
    cases = list(cases)
    path = os.path.join(HERE, name)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
    print(f"{name}: {len(cases)} cases, {os.path.getsize(path) / 1000:.0f} kB")


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
