"""What a person takes home: weights as safetensors, a PyTorch script for them, and curves as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

import numpy as np

from descent_lab.networks.network import Network
from descent_lab.training.training import Training

MODULES = {
    "linear": "nn.Identity()", "sigmoid": "nn.Sigmoid()", "tanh": "nn.Tanh()", "relu": "nn.ReLU()",
    "leaky": "nn.LeakyReLU(0.01)", "gelu": "nn.GELU()",
    "softplus": "nn.Softplus(threshold=700)",  # torch's own threshold of 20 leaves out what is below 1e-9 of the value
}  # fmt: skip
"""PyTorch's names of the activations."""

FEW = 16
"""A script shows a sample of as many inputs as this."""


def tensors(network: Network, w: np.ndarray) -> dict[str, np.ndarray]:
    """Weights (neurons, inputs) and biases (neurons,), named as an `nn.Sequential` of linear layers with an activation
    after each names them: "0.weight", "0.bias", "2.weight" and so on. w: (dim,)."""
    found: dict[str, np.ndarray] = {}
    for layer, (weights, biases) in enumerate(network.layers(w)):
        found[f"{2 * layer}.weight"] = np.ascontiguousarray(weights.T)
        found[f"{2 * layer}.bias"] = biases
    return found


def safetensors(arrays: dict[str, np.ndarray], notes: dict[str, str]) -> bytes:
    """A file of float64 arrays in the safetensors layout. notes: texts that go with it."""
    header: dict[str, object] = {"__metadata__": {"format": "pt", **notes}}
    end = 0
    for name, array in arrays.items():
        begin, end = end, end + 8 * array.size
        header[name] = {"dtype": "F64", "shape": list(array.shape), "data_offsets": [begin, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    parts = [array.astype("<f8").tobytes() for array in arrays.values()]
    return b"".join([len(text).to_bytes(8, "little"), text, *parts])


def weights_file(training: Training, step: int, entrant: int) -> bytes:
    """The weights of one entrant after so many steps, in double precision."""
    network = training.setup.network
    w = training.weights(step)[:, entrant]
    notes = {
        "made_by": "Descent Lab",
        "layers": "-".join(map(str, network.dims)),
        "activations": ", ".join(network.activations),
        "optimizer": training.setup.entrants[entrant].optimizer.key,
        "step": str(step),
        **{name: json.dumps(told, ensure_ascii=False) for name, told in _columns(network).items()},
    }
    return safetensors(tensors(network, w), notes)


def script(training: Training, step: int, entrant: int) -> str:
    """A PyTorch script that builds the network and loads the file of weights that lies beside it."""
    network = training.setup.network
    modules: list[str] = []
    kinds = (*network.activations, network.output if network.loss == "mse" else "linear")
    for before, after, kind in zip(network.dims[:-1], network.dims[1:], kinds, strict=True):
        modules += [f"nn.Linear({before}, {after})", MODULES[kind]]
    if kinds[-1] == "linear":
        modules.pop()
    ends = {
        "mse": "{}",
        "cross_entropy": "torch.sigmoid({})" if network.outputs == 1 else "torch.softmax({}, 1)",
    }
    first = network.rows[0][:1]
    raw = network.samples.raw or network.samples
    row, brought = network.seen(first), raw.seen(first)
    if row.shape[1] > FEW:
        row = np.zeros_like(row)
        brought = row if network.samples.scales is None else network.samples.scales.mean[None]
    told = network.answers(training.weights(step)[:, [entrant]], row)[0, -network.outputs :, 0]
    if network.samples.value_scales is not None:
        told = network.samples.value_scales.undone(told[:, None])[:, 0]
    name = training.setup.entrants[entrant].optimizer.name
    return _SCRIPT.format(
        layers="-".join(map(str, network.dims)),
        weights=f"{network.dim:,}",
        name=name,
        step=f"{step:,}",
        inputs=_inputs(network),
        outputs=_outputs(network),
        modules="".join(f"    {module},\n" for module in modules),
        file=file_name(training, step, entrant, "safetensors"),
        predicted=_raw(network, ends[network.loss]),
        columns="".join(f"{name.upper()} = {told!r}\n" for name, told in _columns(network).items()),
        example=_example(network, brought[0]),
        told=", ".join(f"{each:.12g}" for each in told),
    )


def _columns(network: Network) -> dict[str, list[str] | list[float]]:
    """What is to be known of the columns: their names in their order, the names of the classes, and where a network is
    given standardised numbers the means and spreads of the training set."""
    samples = network.samples
    found: dict[str, list[str] | list[float]] = {"inputs": [*samples.names], "classes": [*samples.classes]}
    for name, scales in (("input", samples.scales), ("value", samples.value_scales)):
        if scales is not None:
            found[f"{name}_mean"], found[f"{name}_spread"] = scales.mean.tolist(), scales.spread.tolist()
    return {name: told for name, told in found.items() if told}


def _raw(network: Network, end: str) -> str:
    """What turns raw rows into answers in their own unit. end: what follows the last layer."""
    samples = network.samples
    given = "x" if samples.scales is None else "(x - tensor(INPUT_MEAN)) / tensor(INPUT_SPREAD)"
    said = end.format(f"network({given})")
    return said if samples.value_scales is None else f"{said} * tensor(VALUE_SPREAD) + tensor(VALUE_MEAN)"


def _example(network: Network, row: np.ndarray) -> str:
    if len(row) <= FEW:
        return json.dumps(row.tolist())
    return f"[0.0] * {len(row)}" if network.samples.scales is None else "INPUT_MEAN"


def _inputs(network: Network) -> str:
    samples = network.samples
    if samples.inputs.dtype == np.uint8:
        return f"{samples.inputs.shape[1]} pixels row by row, each from 0 (paper) to 1 (ink): the grey value / 255"
    names = ", ".join(samples.names) if samples.names else {1: "x", 2: "x, y"}.get(network.dims[0], "")
    kind = "each as it was measured" if samples.scales is not None else ""
    return "; ".join(part for part in (_one_line(names), kind) if part) or f"{network.dims[0]} numbers"


def _outputs(network: Network) -> str:
    classes = [_one_line(name) for name in network.samples.classes]
    if not classes:
        return "the curve's value"
    if network.loss == "mse":
        whose = (
            f"near 0 for {classes[0]}, near 1 for {classes[-1]}"
            if network.outputs == 1
            else ", ".join(classes)
        )
        return f"one number, {whose}" if network.outputs == 1 else f"near 1 for the class: {whose}"
    return (
        f"the probability of {classes[-1]}"
        if network.outputs == 1
        else f"probabilities of {', '.join(classes)}"
    )


def _one_line(text: str) -> str:
    """A name that a person may have typed, for a comment: nothing in it ends the line or the text."""
    return re.sub(r"[^\w ,.()/×-]", "_", text)[:400]


_SCRIPT = '''\
"""The network {layers} ({weights} weights) as {name} left it after {step} steps in Descent Lab.

Inputs: {inputs}.
Outputs: {outputs}.
Needs torch and safetensors, and the file of weights beside this one.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

{columns}
network = nn.Sequential(
{modules}).double()
network.load_state_dict(load_file(Path(__file__).with_name("{file}")))
network.eval()


def tensor(numbers: list) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


@torch.no_grad()
def predict(x: torch.Tensor) -> torch.Tensor:
    """What the network says to inputs, (n, k), in double precision."""
    return {predicted}


if __name__ == "__main__":
    print(predict(tensor([{example}])))
    print("The lab says: {told}")
'''


def curves(training: Training, step: int) -> str:
    """One row for every recorded step up to `step`: the step, the epoch, and of every entrant the loss of the step's
    own mini-batch, penalties counted, and what was measured without them. Empty where an entrant has diverged."""
    names = numbered([entrant.name for entrant in training.setup.entrants])
    records = training.records(0, step)
    measured = training.measured(0, step)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    kinds = ["mini-batch loss", *(_spoken(name) for name in measured)]
    writer.writerow(["step", "epoch", *(f"{kind} of {name}" for name in names for kind in kinds)])
    for index, record in enumerate(records):
        own = training.losses(record.step, record.step)[:, 0]
        cells = [
            _cell(value)
            for lane in range(len(names))
            for value in (own[lane], *(rows[lane, index] for rows in measured.values()))
        ]
        epoch = record.step / training.setup.network.epoch
        writer.writerow([record.step, f"{epoch:.6g}", *cells])
    return text.getvalue()


def _spoken(name: str) -> str:
    return name.replace("_", " ") if name.endswith("accuracy") else f"{name} loss"


def _cell(value: float) -> str:
    return repr(float(value)) if np.isfinite(value) else ""


def numbered(names: Sequence[str]) -> list[str]:
    """The names, numbered where several are the same."""
    return [
        f"{name} {names[: index + 1].count(name)}" if names.count(name) > 1 else name
        for index, name in enumerate(names)
    ]


def file_name(training: Training, step: int, entrant: int, ending: str) -> str:
    """Such as descent-lab-2-8-8-1-adam-1200.safetensors; entrants of the same kind are numbered."""
    keys = numbered([each.optimizer.key for each in training.setup.entrants])
    layers = "-".join(map(str, training.setup.network.dims))
    who = "" if ending == "csv" else f"-{keys[entrant].replace(' ', '-')}"
    return f"descent-lab-{layers}{who}-{step}.{ending}"
