"""The sandbox: results, failures, limits, and what code may not do."""

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from programasweights.sandbox import run_function


def _solve(body: str, inputs: list[str], seconds: int = 3) -> tuple[tuple[str, ...], tuple[str, ...]]:
    result = run_function(f"import re\ndef solve(text):\n    {body}", "solve", inputs, seconds=seconds)
    return result.outputs, result.errors


def test_results_are_text_and_others_json() -> None:
    assert _solve("return text.upper()", ["a", "ü🙂\n"]) == (("A", "Ü🙂\n"), ("", ""))
    assert _solve("return {'é': [1, None, True]}", ["x"])[0] == ('{"é": [1, null, true]}',)
    assert _solve("print('noise'); return text", ["x"])[0] == ("x",)


def test_a_failure_on_one_input_leaves_the_others() -> None:
    outputs, errors = _solve("return str(10 // int(text))", ["5", "0", "x"])
    assert outputs == ("2", "", "")
    assert [e.split(":")[0] for e in errors] == ["", "ZeroDivisionError", "ValueError"]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def solve(text: return", "SyntaxError"),
        ("x = 1", "KeyError: 'solve'"),
        ("raise SystemExit(3)", "SystemExit"),
        ("import numpy", "ModuleNotFoundError"),
        ("import os; os._exit(4)", "ended with status 4"),
    ],
)
def test_code_that_cannot_be_run_fails_on_all_inputs(code: str, why: str) -> None:
    result = run_function(code, "solve", ["a", "b"])
    assert result.outputs == ("", "")
    assert all(why in error for error in result.errors), result.errors


def test_time_and_memory_are_limited() -> None:
    _, errors = _solve("while True: pass", ["x"], seconds=1)
    assert "ended with status" in errors[0]
    _, errors = _solve("return str(len(bytearray(2**31)))", ["x"])
    assert "MemoryError" in errors[0]
    _, errors = _solve("import time; time.sleep(60)", ["x"], seconds=1)
    assert "took longer than 3 seconds" in errors[0]


def test_files_processes_and_environment_are_out_of_reach(tmp_path: Path) -> None:
    target = tmp_path / "written"
    for body in (
        f"open({str(target)!r}, 'w').write('x')",
        f"__import__('pathlib').Path({str(target)!r}).write_text('x')",
        f"__import__('os').system('touch {target}')",
        f"__import__('subprocess').run(['touch', {str(target)!r}])",
        f"__import__('os').mkdir({str(target)!r})",
    ):
        _, errors = _solve(body, ["x"])
        assert "not allowed" in errors[0] or "may not be written" in errors[0], (body, errors)
    assert not target.exists()
    os.environ["PAW_TEST_SECRET"] = "s3cret"
    try:
        assert "s3cret" not in _solve("return str(dict(__import__('os').environ))", ["x"])[0][0]
    finally:
        del os.environ["PAW_TEST_SECRET"]


def test_the_network_is_out_of_reach() -> None:
    hits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/x"
        _, errors = _solve(f"return __import__('urllib.request').request.urlopen({url!r}).read()", ["x"])
        server.shutdown()
        thread.join()
    assert errors[0]
    assert hits == []


def test_sets_come_in_the_same_order_every_time() -> None:
    orders = {_solve("return ''.join(set(text))", ["abcdefghijklmnop"])[0] for _ in range(3)}
    assert len(orders) == 1
