import hashlib
import json
from pathlib import Path

from suyuan.world.small import forge


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        forge(tmp_path / name, seed=seed)
    assert digests(tmp_path / "a") == digests(tmp_path / "b") != digests(tmp_path / "c")


def test_the_truth_lies_apart_from_the_sources(tmp_path: Path) -> None:
    forged = forge(tmp_path, seed=7)
    assert not any("truth" in path.parts for path in forged.files)
    told = json.loads(forged.truth.read_text(encoding="utf-8"))
    (ring,) = told["rings"]
    assert ring["key"] == "lanzhou"
    assert len(ring["victims"]) == len(forged.ring.victims) >= 25
    assert {"controller", "operator", "lender", "payment", "nominee"} <= {each["role"] for each in ring["members"]}
    assert len(told["honest"]) == len(forged.look_alikes)
    for path in forged.files:
        assert not any(word in path.name for word in ("ring", "truth", "团伙"))
