"""The processes of a run: one, or several on several devices.

Accelerate starts them and reduces; gradients are averaged once a step, which is cheap because little is trained.
With `shard`, each transformer layer of both models is spread over the processes by torch's FSDP (`fully_shard`;
accelerate offers it for accelerators only, and here the same code also runs on CPU processes).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import nn

__all__ = ["Processes", "leave_processes", "spread_like", "whole"]


class Processes:
    """Where a run computes."""

    def __init__(self, device: str | None) -> None:
        """Join the processes that `accelerate launch` or `torchrun` started; without them there is one.

        Args:
            device: "cpu", or a device of this process; None for what accelerate finds.
        """
        from accelerate import Accelerator

        self._accelerator: Any = Accelerator(cpu=device == "cpu")
        given = torch.device(device) if device is not None and self._accelerator.num_processes == 1 else None
        self.device: torch.device = given or self._accelerator.device
        self.number: int = self._accelerator.process_index
        self.count: int = self._accelerator.num_processes
        self._sharded: list[Any] = []

    @property
    def main(self) -> bool:
        """Whether this process writes the files."""
        return self.number == 0

    def place(self, model: nn.Module, layers: Iterable[nn.Module], *, shard: bool) -> None:
        """Move a model to the device, its layers spread over the processes if asked for."""
        model.to(self.device)
        if shard and self.count > 1:
            from torch.distributed.fsdp import fully_shard

            # Gradients reach a layer through its KV cache too, which FSDP's hooks on outputs do not see, and the
            # interpreter runs twice a step; so weights that were gathered stay until the step is over.
            for layer in layers:
                sharded: Any = fully_shard(layer, reshard_after_forward=False)
                sharded.set_reshard_after_backward(False)
                self._sharded.append(sharded)

    def end_step(self) -> None:
        """Give the memory of gathered weights back."""
        for layer in self._sharded:
            layer.reshard()

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Average what FSDP has not averaged already."""
        if self.count == 1:
            return
        for parameter in parameters:
            if not _is_sharded(parameter):
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
                parameter.grad = self._accelerator.reduce(parameter.grad, "mean")

    def clip(self, parameters: Sequence[nn.Parameter], highest: float) -> float:
        """Scale the gradients so that their common norm is at most `highest`; returns the norm before."""
        with_gradient = [p for p in parameters if p.grad is not None]
        if not any(_is_sharded(p) for p in with_gradient):
            return float(torch.nn.utils.clip_grad_norm_(with_gradient, highest))
        squares = torch.zeros((), device=self.device)
        spread = torch.zeros((), device=self.device)
        for parameter in with_gradient:
            gradient: Any = parameter.grad
            if _is_sharded(parameter):
                spread += gradient.to_local().float().pow(2).sum()
            else:
                squares += gradient.float().pow(2).sum()
        norm = (squares + self._accelerator.reduce(spread, "sum")).sqrt()
        scale = float(torch.clamp(highest / (norm + 1e-6), max=1.0))
        for parameter in with_gradient:
            parameter.grad.mul_(scale)  # type: ignore[union-attr]
        return float(norm)

    def mean(self, value: float) -> float:
        """The mean of a number over the processes."""
        if self.count == 1:
            return value
        return float(self._accelerator.reduce(torch.tensor(value, device=self.device), "mean"))

    def wait(self) -> None:
        """Go on when all processes are here."""
        self._accelerator.wait_for_everyone()


def leave_processes() -> None:
    """End the work of this process with others, if there are any; to be called last, by all of them.

    A process that ends while the group's threads still run may be aborted by them, with all its work done.
    """
    import torch.distributed as group

    if group.is_available() and group.is_initialized():
        group.barrier()
        group.destroy_process_group()


def whole(tensor: Any) -> Any:
    """A tensor in one piece on the CPU; other values as they are."""
    if not isinstance(tensor, torch.Tensor):
        return tensor
    gathered = tensor.full_tensor() if _is_sharded(tensor) else tensor  # type: ignore[attr-defined]
    return gathered.detach().cpu()


def spread_like(tensor: Any, like: torch.Tensor) -> Any:
    """A whole tensor, spread over the processes as `like` is; other values as they are."""
    if not isinstance(tensor, torch.Tensor) or tensor.shape != like.shape:
        return tensor
    tensor = tensor.to(like.device)
    if not _is_sharded(like):
        return tensor
    from torch.distributed.tensor import distribute_tensor

    return distribute_tensor(tensor, like.device_mesh, like.placements)  # type: ignore[attr-defined]


def _is_sharded(tensor: torch.Tensor) -> bool:
    return hasattr(tensor, "full_tensor")
