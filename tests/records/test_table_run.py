"""Runs over table files: formats, types, bad rows, resumption."""

import csv
import datetime
import decimal
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from programasweights.errors import ContextLengthError, DataError, InputError, OutputError
from programasweights.records import ColumnKind, Summary, Target, run_table
from programasweights.records.journal import Journal

BELONGS = {"program": "p"}


class Interrupted(BaseException):
    """What no handler takes."""


class Machine:
    """Shouts; refuses some texts; may be interrupted after some."""

    def __init__(self, most: int = 10**9) -> None:
        self.ran: list[str] = []
        self.most = most

    def run(self, texts: Sequence[str]) -> list[str]:
        for number, text in enumerate(texts):
            if "long" in text:
                raise ContextLengthError(f"input {number} has 9 tokens")
            if "odd" in text:
                raise OutputError("it is odd")
        if len(self.ran) + len(texts) > self.most:
            raise Interrupted
        self.ran += texts
        return [text.upper() for text in texts]


def run(source: Path, target: Path, machine: Machine | None = None, **options: Any) -> Summary:
    kind: ColumnKind = options.pop("kind", "text")
    made = Target(target, options.pop("output_column", "output"), kind)
    return run_table(
        options.pop("run", (machine or Machine()).run),
        source,
        options.pop("column", "text"),
        made,
        belongs_to=options.pop("belongs_to", BELONGS),
        **options,
    )


def write_csv(path: Path, texts: list[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows(
            [["zip", "text", "note"], *([f"0{n}", text, "a,\nb"] for n, text in enumerate(texts))]
        )
    return path


def test_csv_cells_stay_as_they_are(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", ['with "quotes"', "two\r\nlines", "ünï", "1.10"])
    assert run(source, tmp_path / "out.csv") == Summary(4, 0, run(source, tmp_path / "x.csv").failed)
    rows = list(csv.reader(opened(tmp_path / "out.csv")))
    assert rows == [
        ["zip", "text", "note", "output", "output_error"],
        ["00", 'with "quotes"', "a,\nb", 'WITH "QUOTES"', ""],
        ["01", "two\r\nlines", "a,\nb", "TWO\r\nLINES", ""],
        ["02", "ünï", "a,\nb", "ÜNÏ", ""],
        ["03", "1.10", "a,\nb", "1.10", ""],
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "x.csv"]


def opened(path: Path) -> io.StringIO:
    return io.StringIO(path.read_bytes().decode(), newline="")


def table() -> pa.Table:
    day = datetime.date(2024, 2, 29)
    return pa.table(
        {
            "when": pa.array([day, None, day], pa.date32()),
            "text": ["a", None, "b"],
            "price": pa.array([decimal.Decimal("1.10"), None, decimal.Decimal("2.00")], pa.decimal128(9, 2)),
            "tags": [["x"], [], None],
            "nano": pa.array([1, 2, None], pa.timestamp("ns")),
            "kind": pa.array(["p", "q", "p"]).dictionary_encode(),
            "small": pa.array([1, None, 3], pa.int8()),
        },
        metadata={"owner": "me"},
    )


def test_parquet_keeps_types_and_metadata(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "in.parquet")
    found = run(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert (found.rows, dict(found.failed)) == (3, {"null": 1})
    made = pq.read_table(tmp_path / "out.parquet")
    original = pq.read_table(tmp_path / "in.parquet")
    assert made.drop_columns(["output", "output_error"]).equals(original)
    assert made.schema.metadata[b"owner"] == b"me"
    assert made["output"].to_pylist() == ["A", None, "B"]
    assert made["output_error"].to_pylist() == [None, "null: there is no text", None]


def test_parquet_as_text(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.jsonl")
    first, second, _ = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    assert first["when"] == "2024-02-29"
    assert first["tags"] == ["x"]
    assert first["small"] == 1
    assert second["output"] is None
    run(tmp_path / "in.parquet", tmp_path / "out.tsv")
    rows = list(csv.DictReader(opened(tmp_path / "out.tsv"), delimiter="\t"))
    assert rows[0]["price"] == "1.10"
    assert rows[0]["tags"] == '["x"]'
    assert rows[1] == dict.fromkeys(rows[1], "") | {
        "tags": "[]",
        "nano": rows[1]["nano"],
        "kind": "q",
        "output_error": "null: there is no text",
    }


def test_json_lines_keep_types(tmp_path: Path) -> None:
    records = [
        {"text": "a", "n": 12345678901234567890, "deep": {"x": [1, 2.5, None]}},
        {"text": "b", "only here": True},
        {"n": 1},
        {"text": 7},
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(map(json.dumps, records)) + "\n\n", "utf-8")
    found = run(source, tmp_path / "out.jsonl")
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    answers = [
        ("A", None),
        ("B", None),
        (None, "null: there is no text"),
        (None, "not text: a value of type int"),
    ]
    assert made == [
        {**record, "output": value, "output_error": error}
        for record, (value, error) in zip(records, answers, strict=True)
    ]
    assert dict(found.failed) == {"null": 1, "not text": 1}


def test_json_lines_to_parquet(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    lines = [{"text": f"t{n}", "n": n} for n in range(1500)]
    lines += [{"text": "late", "n": 0.5, "new": {"x": 1}}, {"text": "later", "new": {"y": "z"}}]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    run(source, tmp_path / "out.parquet")
    made = pq.read_table(tmp_path / "out.parquet")
    assert made.schema.field("n").type == pa.float64()
    assert made["output"].to_pylist() == [line["text"].upper() for line in lines]  # type: ignore[attr-defined]
    assert made["new"].to_pylist()[-2:] == [{"x": 1, "y": None}, {"x": None, "y": "z"}]
    source.write_text('{"text": "a", "n": 1}\n{"text": "b", "n": "one"}\n', "utf-8")
    machine = Machine()
    with pytest.raises(DataError, match="Write JSON lines instead"):
        run(source, tmp_path / "other.parquet", machine)
    assert machine.ran == []


@pytest.mark.parametrize(
    ("kind", "values", "expected_type"),
    [
        ("bool", [True, None, False], pa.bool_()),
        ("int", [1, None, -(10**17)], pa.int64()),
        ("float", [0.1, None, 2.0], pa.float64()),
        ("text", ["yes", None, "no"], pa.string()),
        ("json", [["a"], None, {"b": 1}], pa.string()),
    ],
)
def test_types_of_answers(
    tmp_path: Path, kind: ColumnKind, values: list[Any], expected_type: pa.DataType
) -> None:
    source = write_csv(tmp_path / "in.csv", ["0", "1", "2"])
    for name in ("out.parquet", "out.jsonl", "out.csv"):
        run(source, tmp_path / name, run=lambda texts: [values[int(text)] for text in texts], kind=kind)
    made = pq.read_table(tmp_path / "out.parquet")["output"]
    assert made.type == expected_type
    found = made.to_pylist()
    assert [v if v is None or kind != "json" else json.loads(v) for v in found] == values
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["output"] for line in lines] == values
    cells = [row["output"] for row in csv.DictReader(opened(tmp_path / "out.csv"))]
    assert [json.loads(c) if c and kind != "text" else c or None for c in cells] == values


def test_bad_rows_do_not_stop_the_others(tmp_path: Path) -> None:
    texts = ["a", "", "so long", "b", "odd", "", "c", "so long"]
    found = run(write_csv(tmp_path / "in.csv", texts), tmp_path / "out.jsonl")
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["output"] for row in made] == ["A", None, None, "B", None, None, "C", None]
    assert [row["output_error"] for row in made] == [
        None,
        "null: there is no text",
        "too long: has 9 tokens",
        None,
        "refused: it is odd",
        "null: there is no text",
        None,
        "too long: has 9 tokens",
    ]
    assert dict(found.failed) == {"null": 2, "too long": 2, "refused": 1}


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
@pytest.mark.parametrize("most", [0, 64, 700])
def test_resumption(tmp_path: Path, name: str, most: int) -> None:
    texts = [f"t{n % 900}" if n % 7 else "" for n in range(1300)]
    source = write_csv(tmp_path / "in.csv", texts)
    run(source, tmp_path / f"whole-{name}")
    target, journal = tmp_path / name, tmp_path / f"{name}.journal"
    with pytest.raises(Interrupted):
        run(source, target, Machine(most))
    assert not target.exists()
    with pytest.raises(DataError, match="--resume"):
        run(source, target)
    journal.write_bytes(journal.read_bytes() + b'["torn line')  # as a killed process may leave it
    rest = Machine()
    found = run(source, target, rest, resume=True)
    assert found.resumed >= most
    assert len(rest.ran) < 1300 * 6 // 7 - found.resumed * 6 // 7 + 64
    assert target.read_bytes() == (tmp_path / f"whole-{name}").read_bytes()
    assert not journal.exists()
    with pytest.raises(DataError, match="exists"):
        run(source, target, resume=True)


def test_killed_between_the_table_and_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_csv(tmp_path / "in.csv", ["a", "b"])

    def killed(_journal: Journal) -> None:
        raise Interrupted

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "remove", killed)
        with pytest.raises(Interrupted):
            run(source, tmp_path / "out.csv")
    before = (tmp_path / "out.csv").read_bytes()
    machine = Machine()
    assert run(source, tmp_path / "out.csv", machine, resume=True).resumed == 2
    assert machine.ran == []
    assert (tmp_path / "out.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_journal_of_something_else_is_refused(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", [f"t{n}" for n in range(200)])
    target = tmp_path / "out.csv"
    with pytest.raises(Interrupted):
        run(source, target, Machine(64))
    with pytest.raises(DataError, match="another run: program differ"):
        run(source, target, resume=True, belongs_to={"program": "q"})
    with pytest.raises(DataError, match="another run: column differ"):
        run(source, target, resume=True, column="note")
    write_csv(source, ["other"])
    with pytest.raises(DataError, match="another run: input differ"):
        run(source, target, resume=True)
    with Journal(tmp_path / "j", BELONGS), pytest.raises(DataError, match="another process"):
        Journal(tmp_path / "j", BELONGS)


def test_an_input_that_changes_meanwhile_is_noticed(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", ["a", "b"])

    def change(texts: Sequence[str]) -> list[str]:
        write_csv(source, ["c", "d"])
        return list(texts)

    with pytest.raises(DataError, match="was changed"):
        run(source, tmp_path / "out.csv", run=change)


def test_limits(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", [f"t{n}" for n in range(3000)])
    for limit in (0, 5, 2000, 9999):
        for ending in ("csv", "jsonl", "parquet"):
            target, machine = tmp_path / f"out-{limit}.{ending}", Machine()
            assert run(source, target, machine, limit=limit).rows == min(limit, 3000)
            assert len(machine.ran) == min(limit, 3000)
    assert pq.read_metadata(tmp_path / "out-0.parquet").num_rows == 0
    assert pq.read_metadata(tmp_path / "out-2000.parquet").num_rows == 2000
    assert len((tmp_path / "out-5.jsonl").read_text().splitlines()) == 5


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
def test_a_smaller_limit_after_an_interruption(tmp_path: Path, name: str) -> None:
    source = write_csv(tmp_path / "in.csv", [f"t{n}" for n in range(3000)])
    with pytest.raises(Interrupted):
        run(source, tmp_path / name, Machine(1500))
    machine = Machine()
    assert run(source, tmp_path / name, machine, resume=True, limit=1100).rows == 1100
    assert machine.ran == []
    run(source, tmp_path / f"alone-{name}", limit=1100)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"alone-{name}").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"text,text\na,b\n", "two columns of one name"),
        ("a.csv", b"text,b\nx\n", "row 1 of .* has 1 cells"),
        ("a.csv", b'text\n"open\n', "damaged near line"),
        ("a.csv", b"text\n\xff\n", "damaged near line"),
        ("a.csv", b"other\nx\n", "no column 'text', but 'other'"),
        ("a.csv", b"text,output\nx,y\n", "has a column 'output' already"),
        ("a.jsonl", b'{"text": "a"}\n{"text": ', "line 2 of .* is not JSON"),
        ("a.jsonl", b"[]\n", "line 1 of .* is not a JSON object"),
        ("a.jsonl", b'{"text": NaN}\n', "NaN is no JSON number"),
        ("a.jsonl", b'{"text": 1e999}\n', "too large"),
        ("a.jsonl", b'{"text": "\\ud800"}\n', "half a character"),
        ("a.parquet", b"PAR1 no", "is not a Parquet file"),
        ("a.xlsx", b"", "must end with one of"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    machine = Machine()
    with pytest.raises(DataError, match=message):
        run(tmp_path / name, tmp_path / "out.jsonl", machine)
    assert machine.ran == []
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_targets_that_cannot_be_written(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", ["a"])
    for target in ("out.xlsx", "none/out.csv", "in.csv"):
        with pytest.raises(DataError):
            run(source, tmp_path / target)
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "none.csv", tmp_path / "out.csv")


def test_long_cells_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = "x" * 300_000
    (tmp_path / "in.csv").write_bytes(b"\xef\xbb\xbftext\n" + text.encode() + b"\n")
    run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == f"text,output,output_error\n{text},{text.upper()},\n"


def test_what_attempt_does_not_take_stops_the_run(tmp_path: Path) -> None:
    def broken(_texts: Sequence[str]) -> list[str]:
        raise RuntimeError("no engine")

    source = write_csv(tmp_path / "in.csv", ["a"])
    with pytest.raises(RuntimeError):
        run(source, tmp_path / "out.csv", run=broken)
    assert (tmp_path / "out.csv.journal").exists()
    assert issubclass(ContextLengthError, InputError)
