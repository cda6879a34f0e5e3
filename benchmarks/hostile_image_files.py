"""Hostile picture files in classes, seeded: what must be refused with a clear error, and mutants that may pass.

Leaves out paths that are no files; the tests try those.
"""

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

__all__ = ["MUST_FAIL", "hostile_files", "mutants", "saved", "sound_files", "tiff"]

Random = random.Random
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_MAGIC = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xdb", b"GIF89a", b"GIF87a",
    b"RIFF\x24\x00\x00\x00WEBPVP8 ",    b"RIFF\x24\x00\x00\x00WEBPVP8X", b"BM", b"II*\x00", b"MM\x00*", b"II+\x00",
)  # fmt: skip
_FOREIGN = (
    b"", b"\x00", b"\x00" * 5000, b"hello", b"<html><body>404 Not Found</body></html>", b'{"error": "no such picture"}',
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\nshowpage\n",
    b"8BPS\x00\x01" + b"\x00" * 60, b"PK\x03\x04" + b"\x00" * 40, b"\x7fELF\x02\x01\x01" + b"\x00" * 60,
    b"MZ" + b"\x90" * 90, b"\x00\x00\x00\x18ftypavif" + b"\x00" * 40, b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    b"\x00\x00\x01\x00\x01\x00" + b"\x00" * 40, b"P6\n99999999 99999999\n255\n", b"\x80\x04cos\nsystem\n.",
    b"#!/bin/sh\nreboot\n", b"\xff" * 4000, b"\x1f\x8b\x08" + b"\x00" * 40, b"#define x_width 9\n#define x_height 9\n",
    b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    b"\x00\x00\x00\x0cjP  \r\n\x87\n",
)  # fmt: skip


def _picture(draw: Random, width: int = 0, height: int = 0, mode: str = "RGB") -> Image.Image:
    size = (width or draw.randint(20, 90), height or draw.randint(20, 90))
    noise = Image.frombytes("RGB", size, draw.randbytes(3 * size[0] * size[1]))
    return noise.convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as a file of this format."""
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def sound_files(draw: Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Small pictures of every format, modes mixed."""
    modes = {"PNG": ("RGB", "RGBA", "L", "P", "1", "LA"), "JPEG": ("RGB", "L", "CMYK"), "GIF": ("P", "L")}
    modes |= {"WEBP": ("RGB", "RGBA"), "BMP": ("RGB", "P", "1"), "TIFF": ("RGB", "CMYK", "L", "P")}
    for number in range(count):
        kind = FORMATS[number % len(FORMATS)]
        options: dict[str, object] = {}
        if kind == "TIFF":
            options = {"compression": draw.choice(["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"])}
        if kind == "JPEG":
            options = {"progressive": draw.random() < 0.5}
        yield kind, saved(_picture(draw, mode=draw.choice(modes[kind])), kind, **options)


def mutants(draw: Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Sound pictures with a few bytes changed, doubled, or cut out; some remain pictures."""
    for kind, content in sound_files(draw, count):
        data = bytearray(content)
        for _ in range(draw.randint(1, 12)):
            place = draw.randrange(min(len(data), draw.choice([40, 400, 10**9])))
            step = draw.random()
            if step < 0.7:
                data[place] = draw.choice([0, 1, 127, 128, 255, draw.randrange(256)])
            elif step < 0.85:
                data[place:place] = data[place : place + draw.randint(1, 64)]
            else:
                del data[place : place + draw.randint(1, 64)]
        yield f"mutated {kind}", bytes(data)


def _cut(draw: Random) -> bytes:
    _, content = next(iter(list(sound_files(draw, len(FORMATS)))[draw.randrange(len(FORMATS)) :]))
    return content[: int(len(content) * draw.uniform(0.02, 0.8))]


def _foreign(draw: Random) -> bytes:
    return draw.choice(_FOREIGN)


def _noise(draw: Random) -> bytes:
    return draw.choice(_MAGIC) + draw.randbytes(draw.randint(0, 3000))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(
    width: int, height: int, data: bytes, *, bits: int = 8, colours: int = 2, extra: bytes = b""
) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    return _MAGIC[0] + _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _claimed_png(draw: Random) -> bytes:
    width, height = draw.choice(
        [(2**31 - 1, 2**31 - 1), (60_000, 60_000), (5, 10**7), (40_000, 9_000), (0, 9), (9, 0)]
    )
    return _png(width, height, zlib.compress(draw.randbytes(100)))


def _packed_png(draw: Random) -> bytes:
    """A sound file of a few kilobytes with hundreds of millions of pixels."""
    side = draw.choice([8_000, 12_000, 16_000])
    packer = zlib.compressobj(9)
    row = b"\x00" * (1 + side // 8)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return _png(side, side, data, bits=1, colours=0)


def _packed_note(draw: Random) -> bytes:
    """A small picture with a note, or in another form, of a hundred megabytes."""
    packer = zlib.compressobj(9)
    note = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    extra = draw.choice(
        [_chunk(b"zTXt", b"Comment\x00\x00" + note), _chunk(b"iTXt", b"Title\x00\x01\x00\x00\x00" + note)]
    )
    return _png(4, 4, zlib.compress(bytes(13 * 4)), extra=extra)


def _broken_png(draw: Random) -> bytes:
    data = bytearray(saved(_picture(draw), "PNG"))
    kind = draw.randrange(4)
    if kind == 0:
        data[draw.randint(16, 28)] ^= 0xFF  # the header's checksum no longer fits
    elif kind == 1:
        middle = data.index(b"IDAT") + draw.randint(20, 200)
        data[middle : middle + 300] = bytes(300)
    elif kind == 2:
        return bytes(data[:8] + data[33:])  # without a header
    else:
        return _png(
            9, 9, zlib.compress(b"\x00" * 400), bits=draw.choice([3, 5, 7]), colours=draw.choice([1, 5, 7])
        )
    return bytes(data)


def _claimed_jpeg(draw: Random) -> bytes:
    data = bytearray(saved(_picture(draw), "JPEG"))
    place = data.index(b"\xff\xc0") + 5
    size = draw.choice([(65_500, 65_500), (65_500, 16), (9_000, 9_000), (0, 64)])
    data[place : place + 4] = struct.pack(">HH", *size)
    return bytes(data)


def _many_scans(draw: Random) -> bytes:
    """A progressive JPEG whose last scan is repeated; each costs a walk over all pixels."""
    data = saved(_picture(draw, 64, 64), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * draw.randint(150, 4000) + data[-2:]


def _claimed_gif(draw: Random) -> bytes:
    data = bytearray(saved(_picture(draw, mode="P"), "GIF"))
    size = struct.pack("<HH", *draw.choice([(65_535, 65_535), (20_000, 9), (8_000, 8_000)]))
    if draw.random() < 0.5:
        data[6:10] = size  # the screen
    else:
        frame = data.index(b"\x2c\x00\x00\x00\x00")
        data[frame + 5 : frame + 9] = size  # a frame that is larger than the screen
    return bytes(data)


def _claimed_webp(draw: Random) -> bytes:
    data = bytearray(
        saved(_picture(draw, mode="RGBA"), "WEBP", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00")
    )
    place = data.index(b"VP8X") + 12
    data[place : place + 6] = (16_382).to_bytes(3, "little") * 2
    return bytes(data)


def _flat_webp(draw: Random) -> bytes:
    """A sound lossless file of a few hundred bytes with more pixels than allowed."""
    return saved(
        Image.new("L", (draw.choice([9_000, 12_000]), 4_000), 7).convert("RGB"),
        "WEBP",
        lossless=True,
        method=0,
    )


def _claimed_bmp(draw: Random) -> bytes:
    data = bytearray(saved(_picture(draw), "BMP"))
    data[18:26] = struct.pack(
        "<ii", *draw.choice([(100_000, 100_000), (-5, 9), (2**31 - 1, 1), (30_000, 2_000)])
    )
    if draw.random() < 0.3:
        data[28:30] = struct.pack("<H", draw.choice([0, 3, 7, 64]))
    return bytes(data)


def tiff(tags: dict[int, tuple[int, tuple[int, ...]]], pixels: bytes = b"") -> bytes:
    """A little-endian TIFF of one directory: tag -> (type 3 or 4, values); strips point behind it."""
    head = 8 + 2 + 12 * len(tags) + 4
    body, entries = b"", b""
    for tag, (kind, values) in sorted(tags.items()):
        packed = struct.pack("<" + {3: "H", 4: "I"}[kind] * len(values), *values)
        if len(packed) > 4:
            entries += struct.pack("<HHII", tag, kind, len(values), head + len(body))
            body += packed
        else:
            entries += struct.pack("<HHI", tag, kind, len(values)) + packed.ljust(4, b"\x00")
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(tags)) + entries + bytes(4) + body + pixels


def _bad_tiff(draw: Random) -> bytes:
    base: dict[int, tuple[int, tuple[int, ...]]] = {
        256: (4, (16,)), 257: (4, (16,)), 258: (3, (8,)), 259: (3, (1,)), 262: (3, (1,)), 273: (4, (200,)),
        277: (3, (1,)), 278: (4, (16,)), 279: (4, (256,)),
    }  # fmt: skip
    changes: list[dict[int, tuple[int, tuple[int, ...]]]] = [
        {256: (4, (2**32 - 1,)), 257: (4, (2**32 - 1,))},
        {256: (4, (90_000,))},
        {322: (4, (60_000,)), 323: (4, (60_000,)), 324: (4, (200,)), 325: (4, (256,)), 259: (3, (8,))},
        {322: (4, (2**31,)), 323: (4, (2**31,)), 324: (4, (200,)), 325: (4, (256,)), 259: (3, (5,))},
        {273: (4, (2**32 - 1,))},
        {259: (3, (draw.choice([3, 4, 6, 9, 99, 34_712, 50_000]),))},
        {258: (3, (draw.choice([5, 13, 33, 64]),))},
        {258: (3, (8,) * 9), 277: (3, (draw.choice([9, 1_000, 65_535]),))},
        {339: (3, (3,)), 258: (3, (32,)), 279: (4, (1_024,))},
        {262: (3, (draw.choice([7, 8, 99, 32_844]),))},
    ]
    return tiff(base | draw.choice(changes), draw.randbytes(draw.choice([0, 40])))


def _moving(draw: Random) -> bytes:
    kind = draw.choice(["GIF", "PNG", "WEBP", "TIFF"])
    frames = [_picture(draw, 24, 24) for _ in range(draw.randint(2, 12))]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


def _floats(draw: Random) -> bytes:
    return saved(_picture(draw).convert("F"), "TIFF")


def _wide_numbers(draw: Random) -> bytes:
    high = draw.randint(1 << 17, 1 << 30)
    return saved(Image.new("I", (9, 9), high), "TIFF")


def _too_long(draw: Random) -> bytes:
    return saved(_picture(draw), draw.choice(FORMATS)) + bytes(33 << 20)


def _too_large(draw: Random) -> bytes:
    size = draw.choice([(17_000, 3), (3, 17_000), (9_000, 4_000)])
    return saved(Image.new("L", size, 200), draw.choice(["PNG", "JPEG", "TIFF"]))


MUST_FAIL: dict[str, tuple[int, Callable[[Random], bytes]]] = {
    "cut off": (120, _cut),
    "no picture": (46, _foreign),
    "noise after a format's first bytes": (66, _noise),
    "PNG that claims a size": (24, _claimed_png),
    "PNG of many pixels, well packed": (3, _packed_png),
    "PNG with a packed note": (4, _packed_note),
    "PNG, broken": (36, _broken_png),
    "JPEG that claims a size": (28, _claimed_jpeg),
    "JPEG of many scans": (16, _many_scans),
    "GIF that claims a size": (28, _claimed_gif),
    "WebP that claims a size": (10, _claimed_webp),
    "WebP of many pixels, well packed": (2, _flat_webp),
    "BMP that claims a size": (24, _claimed_bmp),
    "TIFF, bad directory": (50, _bad_tiff),
    "moving, or of several pages": (28, _moving),
    "floating point": (4, _floats),
    "32 bits a pixel": (4, _wide_numbers),
    "too many bytes": (3, _too_long),
    "too many pixels": (4, _too_large),
}
"""Classes of files that must be refused: how many of each, and how one is made."""


def hostile_files(seed: int, share: float = 1.0) -> Iterator[tuple[str, bytes]]:
    """Files of every class, at least one of each: 500 by default."""
    for kind, (count, make) in MUST_FAIL.items():
        for number in range(max(1, round(count * share))):
            yield kind, make(Random(f"{seed} {kind} {number}"))
