"""PyTorch as a server on standard input and output, one JSON object a line, as tools/bench/engine/enginePeer.ts.

`torchPeer.py THREADS`: says what it computes with, then answers `load` and `time`. The batch is cut beforehand.
"""
import json
import math
import sys
import time

import torch
from torch import nn


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


class Transformer(nn.Module):
    def __init__(self, c):
        super().__init__()
        width, steps = c['width'], c['steps']
        self.embedding = nn.Embedding(c['vocabulary'], width)
        blocks = [
            nn.TransformerEncoderLayer(width, c['heads'], c['feedForward'], dropout=0.0, activation='gelu', norm_first=True)
            for _ in range(c['layers'])
        ]
        self.blocks = nn.ModuleList(blocks)
        self.dense = nn.Linear(width, c['vocabulary'])
        angle = torch.arange(steps)[:, None] * torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
        waves = torch.stack([torch.sin(angle), torch.cos(angle)], dim=2).reshape(steps, 1, width)
        self.register_buffer('waves', waves)
        self.register_buffer('mask', torch.triu(torch.full((steps, steps), -math.inf), diagonal=1))

    def forward(self, x):
        y = self.embedding(x) + self.waves
        for block in self.blocks:
            y = block(y, src_mask=self.mask)
        return self.dense(y)


def load(c):
    """Returns a function that makes one training step; inputs are time-major, as PyTorch's recurrent layers like them best."""
    torch.manual_seed(1)
    steps, batch = c['steps'], c['batch']
    if c['kind'] == 'numbers':
        model, measure = Numbers(c), nn.functional.mse_loss
        x, target = torch.rand(steps, batch, c['input']) * 2 - 1, torch.rand(batch, 1) * 2 - 1
    else:
        model = {'symbols': Symbols, 'transformer': Transformer}[c['kind']](c)
        x, target = (torch.randint(c['vocabulary'], (steps, batch)) for _ in range(2))

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

    return step


def run_for(step, milliseconds):
    start = time.perf_counter()
    steps = 0
    while True:
        step()
        steps += 1
        elapsed = (time.perf_counter() - start) * 1000
        if elapsed >= milliseconds:
            return {'steps': steps, 'ms': elapsed}


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


def answer(message):
    print(json.dumps(message), flush=True)


torch.set_num_threads(int(sys.argv[1]))
answer({'version': torch.__version__, 'blas': blas_file(), 'productPeak': product_speed()})
step = None
for line in sys.stdin:
    request = json.loads(line)
    if 'load' in request:
        step = load(request['load'])
        run_for(step, 600)
        answer({})
    else:
        answer(run_for(step, request['time']))
