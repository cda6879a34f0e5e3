"""The projector of `vision/projector.py` in torch, with the same weights under the same names.

P feature vectors a picture, D features, I inner width, H hidden size of the language model, B pictures.
"""

import torch
from torch import nn
from torch.nn import functional

from programasweights.vision.projector import Projector, projector_shapes

__all__ = ["PictureProjector"]


class PictureProjector(nn.Module):
    """Features (B, P, D) -> embeddings (B, P + 2, H)."""

    norm_scale: nn.Parameter
    norm_shift: nn.Parameter
    w1: nn.Parameter
    b1: nn.Parameter
    w2: nn.Parameter
    b2: nn.Parameter
    places: nn.Parameter
    start: nn.Parameter
    end: nn.Parameter

    def __init__(self, table: torch.Tensor, *, tokens: int, features: int, inner: int) -> None:
        """Start where embeddings are as large as those of words.

        Args:
            table: (V, H) embeddings of the language model's tokens.
            tokens: P.
            features: D.
            inner: I.
        """
        super().__init__()
        words = table.detach().float()
        shapes = projector_shapes(tokens=tokens, features=features, inner=inner, hidden=words.shape[1])
        for name, shape in shapes.items():
            self.register_parameter(name, nn.Parameter(torch.zeros(shape)))
        size = words.std()
        with torch.no_grad():
            self.norm_scale.fill_(1)
            self.w1.normal_(0, features**-0.5)
            # silu of a standard normal number has a root mean square of 0.6
            self.w2.normal_(0, float(size) / (0.6 * inner**0.5))
            self.places.normal_(0, float(size) * 0.3)
            self.start.copy_(words.mean(0) + size * torch.randn(words.shape[1]))
            self.end.copy_(words.mean(0) + size * torch.randn(words.shape[1]))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Project the features of B pictures."""
        normed = functional.layer_norm(features, features.shape[-1:], self.norm_scale, self.norm_shift)
        inner = functional.silu(functional.linear(normed, self.w1, self.b1))
        middle = functional.linear(inner, self.w2, self.b2) + self.places
        ends = [end[None, None].expand(len(features), 1, -1) for end in (self.start, self.end)]
        return torch.cat([ends[0], middle, ends[1]], dim=1)

    @staticmethod
    def weights(projector: Projector, name: str) -> dict[str, torch.Tensor]:
        """A projector's weights as the parameters of a module called `name`."""
        return {f"{name}.{n}": torch.from_numpy(array) for n, array in vars(projector).items()}
