"""`suyuan doctor`: what this machine has, what it lacks, and how to get it."""

import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from suyuan.domain.say import say

Status = Literal["ok", "missing", "optional"]

MIN_FREE_GIB = 2
MIN_JAVA = 17
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing a machine should have. `status` is "optional" when it is absent and only some commands want it."""

    name: str
    status: Status
    found: str
    how: str  # how to get it; empty when nothing is missing


def doctor(*, folder: Path) -> list[Check]:
    """Look at this machine; `folder` is where a workspace would stand. Starts no program and writes nothing."""
    checks: list[Callable[[], Check]] = [
        _python,
        _libraries,
        _java,
        _spark,
        _browser,
        lambda: _room(folder),
        _memory,
        _words,
    ]
    return [check() for check in checks]


def _check(name: str, *, good: bool, found: str, needed: bool) -> Check:
    status: Status = "ok" if good else "missing" if needed else "optional"
    return Check(
        name=say(name), status=status, found=found or say("doctor.nothing"), how="" if good else say(f"{name}.how")
    )


def _python() -> Check:
    return _check(
        "doctor.python",
        good=sys.version_info >= (3, 11),
        found=f"{platform.python_version()} ({platform.system()} {platform.machine()})",
        needed=True,
    )


def _libraries() -> Check:
    wanted = [
        re.split(r"[<>=!~;\s\[]", line, maxsplit=1)[0]
        for line in importlib.metadata.requires("suyuan") or []
        if "extra ==" not in line
    ]
    absent = [name for name in wanted if not _version(name)]
    found = ", ".join(
        f"{name} {_version(name)}" for name in ("duckdb", "pyarrow", "sqlglot", "numba") if _version(name)
    )
    return _check(
        "doctor.libraries",
        good=not absent,
        found=found if not absent else say("doctor.absent", names=", ".join(absent)),
        needed=True,
    )


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def java_version() -> str | None:
    """Return the version of the Java that Spark would use, read from its `release` file; None when there is none."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java")
    for folder in (Path(home) if home else None, Path(program).resolve().parent.parent if program else None):
        release = folder / "release" if folder else None
        if release and release.is_file():
            told = re.search(r'JAVA_VERSION="([^"]+)"', release.read_text(encoding="utf-8", errors="replace"))
            if told:
                return told[1]
    return None


def _java() -> Check:
    version = java_version()
    return _check(
        "doctor.java",
        good=bool(version) and int((version or "0").split(".")[0]) >= MIN_JAVA,
        found=version or "",
        needed=False,
    )


def _spark() -> Check:
    return _check(
        "doctor.spark",
        good=importlib.util.find_spec("pyspark") is not None,
        found=_version("pyspark") or "",
        needed=False,
    )


def _browser() -> Check:
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), "")
    return _check("doctor.browser", good=bool(found), found=found, needed=False)


def _room(folder: Path) -> Check:
    place = next(path for path in (folder, *folder.resolve().parents) if path.is_dir())
    free = shutil.disk_usage(place).free / 2**30
    writable = os.access(place, os.W_OK)
    return _check(
        "doctor.room",
        good=writable and free >= MIN_FREE_GIB,
        found=say("doctor.free", gib=f"{free:.0f}", place=place),
        needed=True,
    )


def _memory() -> Check:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return _check("doctor.memory", good=True, found=say("doctor.unknown"), needed=False)
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return _check(
        "doctor.memory", good=total >= MIN_FREE_GIB, found=f"{total:.0f} GiB, {os.cpu_count()} CPU", needed=True
    )


def _words() -> Check:
    encoding = (sys.stdout.encoding or "").lower()
    return _check("doctor.words", good="utf" in encoding or "gb" in encoding, found=encoding, needed=False)
