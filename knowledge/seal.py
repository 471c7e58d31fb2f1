"""The seal of a built SQLite file: a checksum of all its bytes, in the header's field for the user's version.

SQLite itself does not notice a page whose bytes have changed, and would answer with a wrong figure.
"""

from __future__ import annotations

import os
import zlib
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import KnowledgeError

FIELD = slice(60, 64)  # https://sqlite.org/fileformat2.html: user_version
HEADER = 100  # bytes
CHUNK = 1 << 20


def seal(path: Path) -> None:
    """Write the checksum, and have the file on the disk. Nothing may have the database open. Raises OSError."""
    with open(path, "rb+", buffering=0) as file:
        _, checksum = _read(file)
        file.seek(FIELD.start)
        file.write(checksum)
        os.fsync(file.fileno())


def verify(path: Path) -> None:
    """Raises KnowledgeError if a byte of the file is not as it was built."""
    try:
        with open(path, "rb", buffering=0) as file:
            written, checksum = _read(file)
    except OSError as error:
        raise KnowledgeError(f"{path}: the knowledge database cannot be read ({error.strerror}).") from error
    if written != checksum:
        raise KnowledgeError(
            f"{path}: the knowledge database is damaged, or a build was cut off. Run `make knowledge`."
        )


def _read(file: BinaryIO | FileIO) -> tuple[bytes, bytes]:
    """(what the header says, the checksum of all but that)."""
    header = bytearray(file.read(HEADER) or b"")
    written = bytes(header[FIELD])
    header[FIELD] = bytes(len(written))
    sum = zlib.crc32(header)
    while chunk := file.read(CHUNK):
        sum = zlib.crc32(chunk, sum)
    return written, sum.to_bytes(4, "big")
