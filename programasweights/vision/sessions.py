"""ONNX Runtime sessions for the encoders."""

from pathlib import Path
from typing import Any

from programasweights.errors import ModelError
from programasweights.settings import settings

__all__ = ["open_session"]


def open_session(graph: Path | bytes, *, name: str = "") -> Any:
    """The session of a graph, with as many threads as the settings allow.

    Args:
        graph: an ONNX file, or what stands in one.
        name: as messages call it; the file's path by default.

    Raises:
        ModelError: ONNX Runtime cannot load the file.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = settings().threads
    options.inter_op_num_threads = 1
    # an encoder has two models, one after the other: threads that wait busily would take the cores from the other's
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    source = graph if isinstance(graph, bytes) else str(graph)
    try:
        return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(
            f"ONNX Runtime cannot load {name or graph!r:.200}: {error}. Remove the file and fetch it again."
        ) from error
