"""The edge of the command line: which error leaves with which exit code, and how it is told."""

import json
import os
import sys
import traceback
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from suyuan.domain.errors import Conflict, DataError, NotFound, SuyuanError, UsageError
from suyuan.domain.say import say

DONE = 0
FINDINGS = 1  # a check found something that needs attention
USAGE = 2
REFUSED = 3
CONFLICT = 4
FAULT = 70  # a bug of ours (EX_SOFTWARE)

EXIT_CODES: dict[type[SuyuanError], int] = {UsageError: USAGE, NotFound: USAGE, DataError: REFUSED, Conflict: CONFLICT}


def exit_code(error: SuyuanError) -> int:
    """Return the exit code of `error`, by its leaf in the error tree."""
    return next(code for leaf, code in EXIT_CODES.items() if isinstance(error, leaf))


def guarded(call: Callable[[], int | None], *, as_json: bool) -> int:
    """Carry out `call` and return its exit code; tell every error in words, never as a traceback.

    With `as_json` an error is also one JSON object on standard output, so that a program can read it.
    SUYUAN_DEBUG=1 adds the traceback.
    """
    try:
        return call() or DONE
    except SuyuanError as error:
        _tell(str(error), key=error.key, as_json=as_json)
        return exit_code(error)
    except KeyboardInterrupt:
        _tell(say("cli.interrupted"), key="cli.interrupted", as_json=as_json)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - nobody reads any more
        return DONE
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug is told, not thrown at a person
        where = traceback.extract_tb(error.__traceback__)[-1]
        _tell(
            say("cli.fault", kind=type(error).__name__, words=str(error), file=where.filename, line=where.lineno),
            key="cli.fault",
            as_json=as_json,
        )
        return FAULT
    finally:
        if os.environ.get("SUYUAN_DEBUG") and sys.exc_info()[0]:
            traceback.print_exc()


def _tell(words: str, *, key: str, as_json: bool) -> None:
    Console(stderr=True).print(Text(words, style="bold red"))
    if as_json:
        print(json.dumps({"error": key, "message": words}, ensure_ascii=False))  # noqa: T201 - standard output is the interface
