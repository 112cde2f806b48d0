"""A dumped training step, as `unroll step --dump` writes it, and what is in it by node. Used by checkDump.py."""
import json
import struct

import torch


class NotInPyTorch(Exception):
    pass


def read_safetensors(path):
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        body = file.read()
    kinds = {"F32": torch.float32, "F64": torch.float64, "I32": torch.int32}
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        flat = torch.frombuffer(bytearray(body[start:end]), dtype=kinds[entry["dtype"]])
        value = flat.reshape(entry["shape"])
        tensors[name] = value.long() if entry["dtype"] == "I32" else value.double()
    return tensors, metadata


def needs(condition, what):
    if not condition:
        raise NotInPyTorch(what)


class Dump:
    def __init__(self, tensors, metadata):
        self.tensors, self.metadata = tensors, metadata
        # Frozen weights have no gradient; all others must have one.
        self.weights = {
            name[len("param."):]: value.clone().requires_grad_("grad." + name[len("param."):] in tensors)
            for name, value in tensors.items()
            if name.startswith("param.")
        }
        self.used = set()
        self.lengths = tensors["batch.lengths"]

    def weight(self, node, name, path):
        layer = None
        for turn in path:
            if turn["layer"] is not None:
                layer = (layer or 0) * turn["count"] + turn["layer"]
        if layer is not None:
            name = name[:-1] + str(layer) if name.endswith("_l0") else f"{name}.{layer}"
        both_ways = [turn for turn in path if turn["ways"]]
        for outward, turn in enumerate(reversed(both_ways)):
            if turn["reverse"]:
                name += "_reverse" if outward == 0 else f"_reverse{outward + 1}"
        full = f"{node}.{name}"
        self.used.add(full)
        return self.weights[full]

    def mask(self, node, name, path):
        """What the engine's dropout multiplied with."""
        label = ", ".join(turn["label"] for turn in path)
        copy = f"{node}[{label}]" if label else node
        for candidate in (f"mask.{copy}.{name}", f"mask.{node}"):
            if candidate in self.tensors:
                self.used.add(candidate)
                return self.tensors[candidate]
        raise KeyError(f"the dump has no mask of {copy}.{name}")
