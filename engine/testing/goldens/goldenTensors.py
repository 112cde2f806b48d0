"""What all scripts of golden values share: numbers that float32 holds, their form in the files, and how near float32 must come."""
import json
import os

import torch

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


def tensors_json(tensors):
    return {name: tensor_json(tensor) for name, tensor in tensors.items()}


def write(name, cases):
    cases = list(cases)
    path = os.path.join(HERE, name)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
    print(f"{name}: {len(cases)} cases, {os.path.getsize(path) / 1000:.0f} kB")
