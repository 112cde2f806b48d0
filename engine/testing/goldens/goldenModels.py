"""The models of models.json, and ten steps of each. Used by makeGoldens.py."""
import torch
from torch import nn

from goldenModules import Waves, hidden_from, run_packed
from goldenTensors import FORWARD_TOLERANCE, check_close, exact, tensor_json, tensors_json, uniform

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
