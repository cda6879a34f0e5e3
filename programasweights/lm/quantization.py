"""Symmetric 8-bit block quantisation, in the layout of ONNX Runtime's MatMulNBits.

A row is cut into blocks of 32; a block is 32 codes c and one scale s, and stands for s * (c - 128). For
weights that come from a Q8_0 file this is exact, since such a block's largest code is always 127.
"""

import numpy as np
import numpy.typing as npt

__all__ = ["BLOCK", "dequantize_blocks", "quantize_blocks"]

BLOCK = 32
_ZERO = 128


def quantize_blocks(
    weight: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Quantise a matrix row by row.

    Args:
        weight: (rows, columns); a last block that is not full is padded with zeros.

    Returns:
        codes of shape (rows, blocks, 32) and scales of shape (rows, blocks).
    """
    rows, columns = weight.shape
    padded = np.pad(weight, ((0, 0), (0, -columns % BLOCK))) if columns % BLOCK else weight
    blocks = padded.reshape(rows, -1, BLOCK)
    scales = np.abs(blocks).max(axis=2) / np.float32(127)
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales > 0)
    codes = np.rint(blocks * inverse[:, :, None]) + np.float32(_ZERO)
    return codes.astype(np.uint8), scales


def dequantize_blocks(
    codes: npt.NDArray[np.uint8], scales: npt.NDArray[np.float32], columns: int
) -> npt.NDArray[np.float32]:
    """The matrix that codes (rows, blocks, 32) and scales (rows, blocks) stand for: (rows, columns)."""
    values = (codes.astype(np.float32) - np.float32(_ZERO)) * scales[:, :, None]
    return np.ascontiguousarray(values.reshape(codes.shape[0], -1)[:, :columns])
