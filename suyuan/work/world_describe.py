"""`suyuan world describe`: what a built world looks like, and whether one row gives a ring away."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from suyuan import __version__
from suyuan.domain.errors import Conflict, NotFound
from suyuan.domain.say import spoken
from suyuan.domain.tell import Tell
from suyuan.report.describe_page import describe_page
from suyuan.world.build import TRUTH, simulate
from suyuan.world.describe.distributions import Distribution, distributions
from suyuan.world.describe.features import settings
from suyuan.world.describe.telling import Telling, tellings
from suyuan.world.frame.options import Options


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a world looks like. The world is simulated again from its options: same options, same world."""

    options: Options
    rows: dict[str, int]
    rings: dict[str, int]
    telling: list[Telling]
    pictures: list[Distribution]
    bar: float

    @property
    def told_apart(self) -> bool:
        """Whether in one of the strict tables single rows give rings away that know the thresholds (evasion 1)."""
        over = any(one.strict and one.auc is not None and one.auc > self.bar for one in self.telling)
        return over and self.options.evasion > 0

    def to_json(self) -> dict[str, Any]:
        """Return what a program wants to know: no points of pictures, but the tails."""
        return {
            **{name: getattr(self.options, name) for name in ("seed", "scale", "months", "evasion", "hidden")},
            "rows": self.rows,
            "rings": self.rings,
            "bar": self.bar,
            "told_apart": self.told_apart,
            "telling": [asdict(one) for one in self.telling],
            "tails": {one.name: one.tail for one in self.pictures if one.tail is not None},
        }


def world_describe(*, folder: Path, html: Path | None = None, tell: Tell = lambda *_: None) -> Described:
    """Describe the world in `folder`; with `html`, write the page with its plots there.

    Raises:
        NotFound: No world was built in `folder`.
        Conflict: It was built by another version, whose world this one cannot make again.
        UsageError: What the extra `describe` installs is missing.
    """
    options = built_with(folder)
    world = simulate(options, tell=tell)
    kinds = [ring.kind for ring in world.truths.rings]
    made = Described(
        options=options,
        rows=world.tables.counts(),
        rings={kind: kinds.count(kind) for kind in sorted(set(kinds))},
        telling=tellings(world),
        pictures=distributions(world),
        bar=float(settings()["bar"]),
    )
    if html:
        page = describe_page(made.to_json(), pictures=[asdict(one) for one in made.pictures], lang=spoken.get())
        html.write_text(page, encoding="utf-8")
    return made


def built_with(folder: Path) -> Options:
    """Return the options of the world in `folder`.

    Raises:
        NotFound: No world was built there.
        Conflict: Another version built it.
    """
    told_in = folder / TRUTH / "world.json"
    if not told_in.is_file():
        raise NotFound("describe.no_world", folder=folder)
    told = json.loads(told_in.read_text(encoding="utf-8"))
    if told["version"] != __version__:
        raise Conflict("describe.other_version", folder=folder, version=told["version"], ours=__version__)
    options = told["options"]
    return Options(**{**options, "rings": tuple(options["rings"])})
