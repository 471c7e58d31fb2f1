#!/bin/sh
# Finds Python 3.10, the only version that rasa 3.6 runs on.
#   sh tools/python.sh                prints the interpreter's path
#   sh tools/python.sh -m tools.setup runs it
# A candidate counts only if it really runs and says 3.10: a pyenv shim exists for versions that are not selected,
# and fails when it is called.

works() { # prints the real path of the interpreter $1 if it is Python 3.10
    [ -n "$1" ] || return 1
    "$1" -c 'import sys; sys.version_info[:2] == (3, 10) or sys.exit(1); print(sys.executable)' 2>/dev/null </dev/null
}

from_pyenv() {
    root=${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}
    {
        if command -v pyenv >/dev/null 2>&1; then
            here=$(pyenv root 2>/dev/null)
            pyenv versions --bare 2>/dev/null | sed -n "s|^ *\(3\.10\.[0-9]*\)\$|${here:-$root}/versions/\1/bin/python3.10|p"
        fi
        for candidate in "$root"/versions/3.10.*/bin/python3.10; do echo "$candidate"; done
    } | while read -r candidate; do
        if works "$candidate"; then break; fi
    done
}

from_uv() { # asked from the root folder: there no .python-version makes pyenv's shim of uv fail
    (
        cd / || exit 1
        unset PYENV_VERSION PYENV_DIR
        command -v uv >/dev/null 2>&1 || exit 1
        path=$(uv python find --no-project 3.10 2>/dev/null) && works "$path" && exit 0
        [ "${1:-}" = install ] || exit 1
        echo "waymark: Python 3.10 is not installed; asking uv for it" >&2
        uv python install 3.10 >&2 2>/dev/null || exit 1
        path=$(uv python find --no-project 3.10 2>/dev/null) && works "$path"
    )
}

find_python() {
    if [ -n "${WAYMARK_PYTHON:-}" ]; then
        works "$WAYMARK_PYTHON" && return 0
        echo "waymark: WAYMARK_PYTHON=$WAYMARK_PYTHON is not a Python 3.10; looking for another" >&2
    fi
    works python3.10 && return 0
    found=$(from_pyenv)
    [ -n "$found" ] && echo "$found" && return 0
    from_uv && return 0
    works python3 && return 0
    works python && return 0
    from_uv install
}

if ! python=$(find_python); then
    cat >&2 <<'MESSAGE'
waymark: Python 3.10 is needed (Rasa 3.6 runs on no newer one) and was not found. Install it in one of these ways:
  1. from your system's packages, e.g. apt install python3.10 python3.10-venv (Ubuntu 22.04; newer: the deadsnakes PPA)
  2. pyenv install 3.10
  3. uv python install 3.10
Then run make again, or point to it: make run WAYMARK_PYTHON=/path/to/python3.10
MESSAGE
    exit 1
fi
if [ $# -eq 0 ]; then
    echo "$python"
else
    exec "$python" "$@"
fi
