"""Names of the files in a converted model's folder."""

__all__ = ["EMBEDDING_FILE", "EMBEDDING_SCALES_FILE", "GRAPH_FILE", "WEIGHTS_FILE"]

GRAPH_FILE = "graph.onnx"
"""Nodes, and tensors too small to matter."""
WEIGHTS_FILE = "weights.bin"
"""All other tensors, which the graph refers to by offset."""
EMBEDDING_FILE = "embedding.npy"
"""(V, hidden) float32, or (V, blocks, 32) uint8 codes."""
EMBEDDING_SCALES_FILE = "embedding_scales.npy"
"""(V, blocks) float32; absent with a float32 embedding."""
