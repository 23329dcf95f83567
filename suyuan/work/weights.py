"""Says in words and bits why two ids of institutions were or were not held to be one."""

from collections.abc import Mapping
from math import log2
from typing import Any

from suyuan.domain.errors import DataError
from suyuan.domain.say import say
from suyuan.resolve.model.weights import Model, shape_of
from suyuan.work.entity_store import ResolutionInfo
from suyuan.work.kept import broken

_LEAST_TOLD = 0.05  # bits of rarity; less is what rounding leaves
PRIOR, RARITY = "prior", "rarity"


class Weights:
    """The models of one resolution, each read when it is first asked for."""

    def __init__(self, resolution: ResolutionInfo) -> None:
        """Remember whose models they are."""
        self._resolution = resolution
        self._models: dict[str, Model] = {}

    def told(self, pair: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return what each comparison of `pair` (a row of `entity_pair`) weighs, the heaviest first.

        Of each: `about` (its name), `comparison` and `level` in the language spoken, `bits` (above 0 speaks for one,
        below for two). What was not told on both sides does not appear. `rarity` is what agreeing on rare values adds,
        or on common ones takes away, and `prior` comes last: how unlikely two records drawn at random are one. All bits
        add up to the pair's `weight`. Empty where the pair was not weighed.

        Raises:
            DataError: The model is gone or broken.
        """
        levels = _levels(pair["levels"])
        if not levels or pair["weight"] is None:
            return []
        model, shape = self._model(pair["kind"]), shape_of(pair["kind"])
        told: list[dict[str, Any]] = [
            {
                "about": one.name,
                "comparison": say(one.label),
                "level": say(one.levels[-1 - levels[one.name]].label),
                "bits": round(model.bits(one.name, levels[one.name]), 2),
            }
            for one in shape.comparisons
            if levels.get(one.name, -1) >= 0
        ]
        prior = round(log2(model.prior / (1 - model.prior)), 2)
        rarity = round(pair["weight"] - prior - sum(one["bits"] for one in told), 2)
        if abs(rarity) >= _LEAST_TOLD:
            level = say("entities.rare" if rarity > 0 else "entities.common")
            told.append({"about": RARITY, "comparison": say("entities.rarity"), "level": level, "bits": rarity})
        told.sort(key=lambda one: (-abs(one["bits"]), one["about"]))
        return [*told, {"about": PRIOR, "comparison": say("entities.prior"), "level": "", "bits": prior}]

    def _model(self, kind: str) -> Model:
        if kind not in self._models:
            file = self._resolution.folder / f"model_{kind}.json"
            try:
                self._models[kind] = Model.from_json(file.read_text(encoding="utf-8"))
            except OSError as fault:
                raise broken(self._resolution.folder.name, file.name, fault) from fault
        return self._models[kind]


def _levels(text: str | None) -> dict[str, int]:
    """Return comparison → level of `name=5;birth=4`.

    Raises:
        DataError: It reads otherwise.
    """
    try:
        return {name: int(level) for name, level in (part.split("=") for part in (text or "").split(";") if part)}
    except ValueError as fault:
        raise DataError("entities.bad_levels", told=text) from fault
