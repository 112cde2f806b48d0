"""PyTorch as a server on standard input and output, one JSON object a line, as tools/bench/engine/enginePeer.ts.

`torchPeer.py THREADS`: says what it computes with, then answers `load` and `time`. Weights and batch come from the engine's first
step; its loss and gradient are answered, so that the benchmark can see that both sides compute the same.
"""
import ctypes
import gc
import json
import math
import struct
import sys
import time

import torch
from torch import nn


# Milliseconds of training before it counts.
WARM_UP = 600


class Numbers(nn.Module):
    def __init__(self, c):
        super().__init__()
        cell = {'lstm': nn.LSTM, 'gru': nn.GRU, 'rnn': nn.RNN}[c['cell']]
        self.memory = cell(c['input'], c['hidden'])
        self.dense = nn.Linear(c['hidden'], 1)

    def forward(self, x):
        return self.dense(self.memory(x)[0][-1])


class Symbols(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embedding = nn.Embedding(c['vocabulary'], c['embedding'])
        self.memory = nn.LSTM(c['embedding'], c['hidden'], num_layers=c['layers'])
        self.dense = nn.Linear(c['hidden'], c['vocabulary'])

    def forward(self, x):
        return self.dense(self.memory(self.embedding(x))[0])


class Tagger(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.memory = nn.LSTM(c['input'], c['hidden'], bidirectional=True)
        self.dense = nn.Linear(2 * c['hidden'], c['tags'])

    def forward(self, x):
        return self.dense(self.memory(x)[0])


class Transformer(nn.Module):
    def __init__(self, c):
        super().__init__()
        width, steps = c['width'], c['steps']
        self.embedding = nn.Embedding(c['vocabulary'], width)
        blocks = [
            nn.TransformerEncoderLayer(width, c['heads'], c['feedForward'], dropout=0.0, activation='gelu', norm_first=True)
            for _ in range(c['layers'])
        ]
        self.block = nn.ModuleList(blocks)
        self.dense = nn.Linear(width, c['vocabulary'])
        angle = torch.arange(steps)[:, None] * torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
        waves = torch.stack([torch.sin(angle), torch.cos(angle)], dim=2).reshape(steps, 1, width)
        self.register_buffer('waves', waves, persistent=False)
        self.register_buffer('mask', torch.triu(torch.full((steps, steps), -math.inf), diagonal=1), persistent=False)

    def forward(self, x):
        y = self.embedding(x) + self.waves
        for block in self.block:
            y = block(y, src_mask=self.mask)
        return self.dense(y)


MODELS = {'numbers': Numbers, 'symbols': Symbols, 'tagger': Tagger, 'transformer': Transformer}


def read_tensors(path):
    """The tensors of a safetensors file by name."""
    kinds = {'F32': torch.float32, 'F64': torch.float64, 'I32': torch.int32}
    with open(path, 'rb') as file:
        (length,) = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name == '__metadata__':
            continue
        start, end = entry['data_offsets']
        flat = torch.frombuffer(data[start:end], dtype=kinds[entry['dtype']])
        tensors[name] = flat.reshape(entry['shape'])
    return tensors


def state_name(name):
    """The engine's name of a weight in this model: stacked layers are nodes of their own there, and so are blocks."""
    node, weight = name.split('.', 1)
    kind, _, index = node.partition('-')
    if kind == 'lstm':
        return f'memory.{weight[: -len("0")]}{index}'
    return f'{kind}.{index}.{weight}' if index else name


def fill(model, tensors):
    weights = {state_name(n[len('param.') :]): t for n, t in tensors.items() if n.startswith('param.')}
    model.load_state_dict(weights, strict=True)


def load(c, tensors):
    """Makes the model; returns the answer about its first loss and gradient, and a function that makes one training step.

    Inputs are time-major, as PyTorch's recurrent layers like them best."""
    model = MODELS[c['kind']](c)
    fill(model, tensors)
    x, target = (tensors[f'batch.{part}'] for part in ('input', 'target'))
    x = x.transpose(0, 1).contiguous()
    if c['kind'] == 'numbers':
        measure = nn.functional.mse_loss
    else:
        x, target = (x if x.dtype == torch.float32 else x.long()), target.long().transpose(0, 1).contiguous()

        def measure(y, wanted):
            return nn.functional.cross_entropy(y.flatten(0, 1), wanted.flatten())

    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = measure(model(x), target)
        loss.backward()
        optimizer.step()
        if not math.isfinite(loss.item()):
            raise ArithmeticError('the loss is not finite')

    loss = measure(model(x), target)
    loss.backward()
    norm = math.sqrt(sum(float(p.grad.double().square().sum()) for p in model.parameters()))
    return {'loss': loss.item(), 'gradientNorm': norm}, step


def load_stream(c, tensors):
    """An LSTM that reads one time step after another and goes on from its state."""
    memory = nn.LSTM(c['input'], c['hidden'])
    memory.load_state_dict({n.rsplit('.', 1)[1]: t for n, t in tensors.items() if n.startswith('param.')}, strict=True)
    x = tensors['batch.input'].transpose(0, 1).contiguous()
    parts = [x[t : t + 1] for t in range(len(x))]
    kept = {'state': None, 'at': 0}

    def step():
        with torch.inference_mode():
            y, kept['state'] = memory(parts[kept['at'] % len(parts)], kept['state'])
        kept['at'] += 1
        return y

    for _ in parts:
        y = step()
    return {'loss': float(y.square().mean()), 'gradientNorm': None}, step


def run_for(step, milliseconds):
    start = before = time.perf_counter()
    durations = []
    while (before - start) * 1000 < milliseconds or not durations:
        step()
        after = time.perf_counter()
        durations.append((after - before) * 1000)
        before = after
    durations.sort()
    percentiles = {f'percentile{p}': durations[p * (len(durations) - 1) // 100] for p in (50, 99)}
    return {'steps': len(durations), 'ms': (before - start) * 1000, **percentiles}


def product_speed():
    """GFLOP/s of x [64, 128] · weight [128, 128]ᵀ, the best of some rounds: tells a fast BLAS from the reference one."""
    x, weight = torch.rand(64, 128), torch.rand(128, 128)
    best = math.inf
    for _ in range(10):
        start = time.perf_counter()
        for _ in range(50):
            nn.functional.linear(x, weight)
        best = min(best, (time.perf_counter() - start) / 50)
    return 2 * 64 * 128 * 128 / best / 1e9


def blas_file():
    """The BLAS library that is loaded, where the system tells; a wheel has it inside."""
    try:
        with open('/proc/self/maps', encoding='utf8') as maps:
            files = {line.split()[-1] for line in maps if 'blas' in line or 'mkl' in line}
    except OSError:
        return ''
    return ', '.join(sorted(name.rsplit('/', 1)[-1] for name in files))


def resident(field):
    """Bytes of a field of /proc/self/status; None where the system has no such file."""
    try:
        with open('/proc/self/status', encoding='utf8') as status:
            line = next(line for line in status if line.startswith(field))
    except OSError:
        return None
    return int(line.split()[1]) * 1024


def forget_peak():
    """Gives freed memory back and starts the peak of resident memory anew, so that the next model's growth can be seen."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
        with open('/proc/self/clear_refs', 'w', encoding='utf8') as file:
            file.write('5')
    except (OSError, AttributeError):
        return None
    return resident('VmRSS')


def answer(message):
    print(json.dumps(message), flush=True)


torch.set_num_threads(int(sys.argv[1]))
answer({'version': torch.__version__, 'blas': blas_file(), 'productPeak': product_speed()})
step = None
for line in sys.stdin:
    request = json.loads(line)
    if 'load' in request:
        step = None
        configuration = request['load']
        tensors = read_tensors(request['file'])
        before = forget_peak()
        start = time.perf_counter()
        first, step = (load_stream if configuration['kind'] == 'streaming' else load)(configuration, tensors)
        first['firstMs'] = (time.perf_counter() - start) * 1000
        # Without a fast BLAS a step of the largest models takes seconds; the first one has warmed it up then.
        run_for(step, WARM_UP if first['firstMs'] < WARM_UP else 0)
        peak = resident('VmHWM')
        growth = None if before is None or peak is None else peak - before
        answer({**first, 'residentGrowth': growth})
    else:
        answer(run_for(step, request['time']))
