"""What a failed command meant, as one line: pure text matching, so that it can be tested without a broken machine."""
from __future__ import annotations

import errno
import re
from collections.abc import Sequence

SPACE = "the disk is full. Make room (a set-up needs about 4 GB) and run make again."
NETWORK = ("the package index cannot be reached. Check the network, the proxy and pip's or uv's settings, "
           "then run make again; what was installed so far is kept.")
HASHES = ("a downloaded package is not the one that was locked (hash mismatch), so nothing of it was installed. "
          "A mirror or proxy may have changed it; try another index, or clear its cache.")
NO_VENV = ("this Python has no working venv module. Install it (Debian and Ubuntu: apt install python3.10-venv), "
           "install uv, or point WAYMARK_PYTHON to another Python 3.10.")

# The order counts: a full disk also breaks downloads, and a refused hash also says "failed".
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"No space left on device|os error 28|Errno 28|Disk quota exceeded", re.I), SPACE),
    (re.compile(r"DO NOT MATCH THE HASHES|Hash mismatch", re.I), HASHES),
    (re.compile(r"No module named '?(ensurepip|venv)|ensurepip is not available|ensurepip.*non-zero exit", re.I),
     NO_VENV),
    (re.compile(
        r"NewConnectionError|Failed to establish a new connection|Temporary failure in name resolution|ProxyError"
        r"|Could not fetch URL|Name or service not known|Network is unreachable|Connection refused|dns error"
        r"|tcp connect error|timed out|client error \(Connect\)|error sending request|Failed to fetch"
        r"|No matching distribution found", re.I),
     NETWORK),
)


def explain(lines: Sequence[str]) -> str | None:
    """The known cause that the output of a failed command shows; None if it shows none."""
    text = "\n".join(lines)
    return next((message for pattern, message in PATTERNS if pattern.search(text)), None)


def no_space(error: OSError) -> bool:
    """Whether the error says that a disk or a quota is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
