#!/usr/bin/env python3
"""Writes recurrent.json: variants of the recurrent layers, states that come in and go out, and what reads a sequence over time.

See README.md for its layout.

What PyTorch has comes from its own modules; peepholes (Gers & Schmidhuber 2000), coupled gates (Greff 2017) and the GRU with the
reset before the product (Cho 2014) and the options beside the projection are written out here and differentiated by autograd. Deterministic: running it again changes nothing.
"""
import torch
from torch import nn
from torch.nn.functional import layer_norm
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from goldenTensors import FORWARD_TOLERANCE, GRADIENT_TOLERANCE, check_close, exact, tensor_json, uniform, write

SHAPES = [
    ("T1 B1 I1 H1", 1, 1, 1, 1, [1]),
    ("T6 B3 I3 H5", 6, 3, 3, 5, [6, 2, 5]),
    ("T4 B2 I2 H8", 4, 2, 2, 8, [1, 4]),
]


def case(name, op, attributes, inputs, function):
    """Keeps every output that `function(*inputs)` gives, by its place among the op's, and all gradients."""
    d_outputs, results = None, {}
    for dtype in (torch.float32, torch.float64):
        values = [
            value.to(dtype).clone().requires_grad_(True) if value is not None and value.is_floating_point() else value
            for value in inputs
        ]
        outputs = function(*values)
        if d_outputs is None:
            d_outputs = {place: uniform(*output.shape) for place, output in outputs.items()}
        sum((output * d_outputs[place].to(dtype)).sum() for place, output in outputs.items()).backward()
        gradients = [value.grad if value is not None and value.is_floating_point() else None for value in values]
        results[dtype] = ({place: output.detach() for place, output in outputs.items()}, gradients)
    single, double = results[torch.float32], results[torch.float64]
    for place, output in double[0].items():
        check_close(f"{name} output {place}", single[0][place], output, FORWARD_TOLERANCE)
    for index, gradient in enumerate(double[1]):
        if gradient is not None:
            check_close(f"{name} gradient {index}", single[1][index], gradient, GRADIENT_TOLERANCE)
    return {
        "name": name,
        "op": op,
        "attributes": attributes,
        "inputs": [tensor_json(value) for value in inputs],
        "outputs": [
            {"place": place, "value": tensor_json(value), "gradient": tensor_json(d_outputs[place])}
            for place, value in double[0].items()
        ],
        "gradients": [tensor_json(gradient) for gradient in double[1]],
    }


def layer_inputs(gates, time, batch, features, hidden, lengths):
    return [
        uniform(time, batch, features, low=-2, high=2),
        uniform(gates * hidden, features),
        uniform(gates * hidden, hidden),
        uniform(gates * hidden),
        uniform(gates * hidden),
        torch.tensor(lengths, dtype=torch.int64),
    ]


def with_states(module_class, features, hidden, options, last_place):
    """PyTorch's own layer from given states, over padded x, with the states after each row's last step."""

    def function(x, weight_ih, weight_hh, bias_ih, bias_hh, lengths, *more):
        module = module_class(features, hidden, **options).to(x.dtype)
        weights = {"weight_ih_l0": weight_ih, "weight_hh_l0": weight_hh, "bias_ih_l0": bias_ih, "bias_hh_l0": bias_hh}
        if "proj_size" in options:
            weights["weight_hr_l0"], more = more[-1], more[:2]
        for parameter, value in weights.items():
            del module._parameters[parameter]
            setattr(module, parameter, value)
        module._flat_weights = list(weights.values())
        start = tuple(state[None] for state in more)
        packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
        y, last = module(packed, start if len(start) > 1 else start[0])
        y = pad_packed_sequence(y, total_length=x.shape[0])[0]
        finals = last if isinstance(last, tuple) else (last,)
        return {0: y, **{last_place + index: final[0] for index, final in enumerate(finals)}}

    return function


def walk(cell, x, lengths, *states):
    """Runs `cell(x_t, *states)` over the steps; past a row's length nothing comes out and its states stay."""
    outputs = []
    for t in range(x.shape[0]):
        valid = (t < lengths)[:, None]
        fresh = cell(x[t], *states)
        states = tuple(torch.where(valid, new, old) for new, old in zip(fresh, states))
        outputs.append(torch.where(valid, fresh[0], torch.zeros_like(fresh[0])))
    return torch.stack(outputs), states


def peephole_lstm(x, weight_ih, weight_hh, bias_ih, bias_hh, lengths, h0, c0, peephole_i, peephole_f, peephole_o):
    def cell(x, h, c):
        i, f, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4, dim=1)
        i, f = torch.sigmoid(i + peephole_i * c), torch.sigmoid(f + peephole_f * c)
        c = f * c + i * torch.tanh(g)
        return torch.sigmoid(o + peephole_o * c) * torch.tanh(c), c

    zeros = torch.zeros(x.shape[1], weight_hh.shape[1], dtype=x.dtype)
    y, (h, c) = walk(cell, x, lengths, zeros if h0 is None else h0, zeros if c0 is None else c0)
    return {0: y} if h0 is None else {0: y, 3: h, 4: c}


def coupled_lstm(x, weight_ih, weight_hh, bias_ih, bias_hh, lengths, h0=None, c0=None, peephole_i=0, peephole_o=0):
    def cell(x, h, c):
        i, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(3, dim=1)
        i = torch.sigmoid(i + peephole_i * c)
        c = (1 - i) * c + i * torch.tanh(g)
        return torch.sigmoid(o + peephole_o * c) * torch.tanh(c), c

    zeros = torch.zeros(x.shape[1], weight_hh.shape[1], dtype=x.dtype)
    y, (h, c) = walk(cell, x, lengths, zeros if h0 is None else h0, zeros if c0 is None else c0)
    return {0: y} if h0 is None else {0: y, 3: h, 4: c}


def gru_reset_before(x, weight_ih, weight_hh, bias_ih, bias_hh, lengths, h0=None):
    hidden = weight_hh.shape[1]

    def cell(x, h):
        from_x, from_h = x @ weight_ih.T + bias_ih, h @ weight_hh[: 2 * hidden].T + bias_hh[: 2 * hidden]
        r = torch.sigmoid(from_x[:, :hidden] + from_h[:, :hidden])
        z = torch.sigmoid(from_x[:, hidden : 2 * hidden] + from_h[:, hidden:])
        n = torch.tanh(from_x[:, 2 * hidden :] + (r * h) @ weight_hh[2 * hidden :].T + bias_hh[2 * hidden :])
        return ((1 - z) * n + z * h,)

    start = torch.zeros(x.shape[1], hidden, dtype=x.dtype) if h0 is None else h0
    y, (h,) = walk(cell, x, lengths, start)
    return {0: y} if h0 is None else {0: y, 3: h}


def cases():
    for label, time, batch, features, hidden, lengths in SHAPES:
        def inputs(gates, states=0):
            layer = layer_inputs(gates, time, batch, features, hidden, lengths)
            return [*layer, *(uniform(batch, hidden) for _ in range(states))]

        def peepholes():
            return [uniform(hidden) for _ in range(3)]

        last = {"finalState": True}
        for op, attributes, module, gates, states, options, place in (
            ("rnn", {"nonlinearity": "tanh"}, nn.RNN, 1, 1, {}, 1),
            ("gru", {}, nn.GRU, 3, 1, {}, 3),
            ("lstm", {}, nn.LSTM, 4, 2, {}, 3),
        ):
            function = with_states(module, features, hidden, options, place)
            yield case(f"{op} with states {label}", op, {**attributes, **last}, inputs(gates, states), function)
        yield case(
            f"lstm with peepholes {label}", "lstm", {"peepholes": True}, [*inputs(4), None, None, *peepholes()], peephole_lstm
        )
        yield case(
            f"lstm with peepholes and states {label}", "lstm", {"peepholes": True, **last}, [*inputs(4, 2), *peepholes()],
            peephole_lstm,
        )
        yield case(f"gru reset before {label}", "gru", {"reset": "before"}, inputs(3), gru_reset_before)
        yield case(
            f"gru reset before with states {label}", "gru", {"reset": "before", **last}, inputs(3, 1), gru_reset_before
        )


def projected_cases():
    """PyTorch's own LSTM with proj_size, from given states."""
    for label, time, batch, features, hidden, lengths in SHAPES:
        if hidden == 1:
            continue  # PyTorch wants fewer numbers than cells.
        size = hidden // 2
        layer = layer_inputs(4, time, batch, features, hidden, lengths)
        layer[2] = uniform(4 * hidden, size)
        states = [uniform(batch, size), uniform(batch, hidden)]
        function = with_states(nn.LSTM, features, hidden, {"proj_size": size}, 3)
        yield case(
            f"lstm with projection and states {label}", "lstm", {"projection": True, "finalState": True},
            [*layer, *states, None, None, None, uniform(size, hidden)], function,
        )


def layer_with_options(kind, attributes, *inputs):
    """A layer with any of the options, written out; `inputs` in the op's order, None where absent."""
    inputs = list(inputs)
    x, weight_ih, weight_hh, bias_ih, bias_hh, lengths, h0 = inputs[:7]
    c0 = inputs[7] if "stm" in kind else None
    options = inputs[OPTION_PLACES[kind]:]
    mask = options.pop(0) if "masked" in attributes else 1
    gain_ih, gain_hh = [options.pop(0), options.pop(0)] if "normalised" in attributes else [None, None]
    weight_hr = options.pop(0) if "projection" in attributes else None
    hidden = weight_ih.shape[0] // GATES[kind]
    start = torch.zeros(x.shape[1], weight_hh.shape[1], dtype=x.dtype) if h0 is None else h0

    def normed(products, gain):
        """Ba, Kiros & Hinton 2016, equations 20 to 22, the bias apart; rows of the weight that are normalised together."""
        return products if gain is None else layer_norm(products, products.shape[1:]) * gain

    def from_x(x, rows=slice(None)):
        return normed(x @ weight_ih[rows].T, None if gain_ih is None else gain_ih[rows]) + bias_ih[rows]

    def from_h(h, rows=slice(None)):
        return normed(h @ weight_hh[rows].T, None if gain_hh is None else gain_hh[rows]) + bias_hh[rows]

    def rnn(x, h):
        return (torch.tanh(from_x(x) + from_h(h * mask)),)

    def gru(x, h):
        gates, candidate = slice(0, 2 * hidden), slice(2 * hidden, None)
        r, z = torch.sigmoid(from_x(x, gates) + from_h(h * mask, gates)).chunk(2, dim=1)
        if attributes.get("reset") == "before":
            fresh = from_h(r * (h * mask), candidate)
        else:
            fresh = r * from_h(h * mask, candidate)
        return ((1 - z) * torch.tanh(from_x(x, candidate) + fresh) + z * h,)

    def lstm(x, h, c):
        gates = (from_x(x) + from_h(h * mask)).chunk(GATES[kind], dim=1)
        i, o = torch.sigmoid(gates[0]), torch.sigmoid(gates[-1])
        f = torch.sigmoid(gates[1]) if kind == "lstm" else 1 - i
        c = f * c + i * torch.tanh(gates[-2])
        h = o * torch.tanh(c)
        return h if weight_hr is None else h @ weight_hr.T, c

    if kind in ("rnn", "gru"):
        y, (h,) = walk(rnn if kind == "rnn" else gru, x, lengths, start)
        return {0: y} if h0 is None else {0: y, (1 if kind == "rnn" else 3): h}
    y, (h, c) = walk(lstm, x, lengths, start, torch.zeros(x.shape[1], hidden, dtype=x.dtype) if c0 is None else c0)
    return {0: y} if h0 is None else {0: y, 3: h, 4: c}


GATES = {"rnn": 1, "gru": 3, "lstm": 4, "coupledLstm": 3}
# Where the inputs of options begin: behind the layer, the states and the peepholes.
OPTION_PLACES = {"rnn": 7, "gru": 7, "lstm": 11, "coupledLstm": 10}


def option_case(kind, attributes, label, time, batch, features, hidden, lengths, states=True):
    width = max(1, 2 * hidden // 3) if "projection" in attributes else hidden
    inputs = layer_inputs(GATES[kind], time, batch, features, hidden, lengths)
    inputs[2] = uniform(GATES[kind] * hidden, width)
    inputs += [uniform(batch, width) if states else None]
    if "stm" in kind:
        inputs += [uniform(batch, hidden) if states else None]
    inputs += [None] * (OPTION_PLACES[kind] - len(inputs))
    if "masked" in attributes:
        inputs += [exact((torch.rand(batch, width) < 0.75) / 0.75)]
    if "normalised" in attributes:
        inputs += [uniform(GATES[kind] * hidden), uniform(GATES[kind] * hidden)]
    if "projection" in attributes:
        inputs += [uniform(width, hidden)]
    attributes = {**attributes, **({"finalState": True} if states else {})}
    name = " ".join([kind, *(key for key in attributes), label])
    made = case(name, kind, attributes, inputs, lambda *values: layer_with_options(kind, attributes, *values))
    if "masked" in attributes:
        made["gradients"][OPTION_PLACES[kind]] = None
    return made


def masked_cases():
    masked = {"masked": True}
    for shape in SHAPES[1:]:
        yield option_case("rnn", {"nonlinearity": "tanh", **masked}, *shape)
        yield option_case("gru", masked, *shape)
        yield option_case("gru", masked, *shape, states=False)
        yield option_case("gru", {"reset": "before", **masked}, *shape)
        yield option_case("lstm", masked, *shape)
        yield option_case("lstm", {**masked, "projection": True}, *shape)
        yield option_case("coupledLstm", masked, *shape, states=False)


def normalised_cases():
    normalised, masked = {"normalised": True}, {"masked": True}
    for shape in SHAPES[1:]:
        yield option_case("rnn", {"nonlinearity": "tanh", **normalised}, *shape)
        yield option_case("gru", normalised, *shape)
        yield option_case("gru", {"reset": "before", **masked, **normalised}, *shape)
        yield option_case("lstm", normalised, *shape, states=False)
        yield option_case("lstm", {**masked, **normalised, "projection": True}, *shape)
        yield option_case("coupledLstm", normalised, *shape)


def reverse(x, lengths):
    """Each row's own steps, turned round; 0 past them."""
    rows = [torch.cat([x[:length, row].flip(0), torch.zeros_like(x[length:, row])]) for row, length in enumerate(lengths)]
    return {0: torch.stack(rows, dim=1)}


def max_over_time(x, lengths):
    past = torch.arange(x.shape[0])[:, None, None] >= lengths[None, :, None]
    return {0: x.masked_fill(past, float("-inf")).max(dim=0).values}


def coupled_cases():
    for label, time, batch, features, hidden, lengths in SHAPES:
        layer = layer_inputs(3, time, batch, features, hidden, lengths)
        yield case(f"coupledLstm {label}", "coupledLstm", {}, layer, coupled_lstm)
        more = [uniform(batch, hidden), uniform(batch, hidden), uniform(hidden), uniform(hidden)]
        yield case(
            f"coupledLstm with peepholes and states {label}", "coupledLstm", {"peepholes": True, "finalState": True},
            [*layer, *more], coupled_lstm,
        )


def cases_over_time():
    for op, function in (("reverse", reverse), ("maxOverTime", max_over_time)):
        for label, time, batch, features, lengths in (("T1 B1 F1", 1, 1, 1, [1]), ("T5 B3 F6", 5, 3, 6, [2, 5, 3])):
            yield case(f"{op} {label}", op, {}, [uniform(time, batch, features), torch.tensor(lengths)], function)


torch.manual_seed(11)
write("recurrent.json", [*cases(), *cases_over_time(), *coupled_cases(), *projected_cases(), *masked_cases(), *normalised_cases()])
