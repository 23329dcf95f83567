"""Where people and firms are: districts of the city, counties elsewhere, addresses."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.domain.ids.region import region
from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.people.facts import by_weight, facts, hundredths
from suyuan.world.people.letters import chosen, either, joined, whole

_DAY = date(2018, 1, 1)


def districts(chance: np.random.Generator, n: int) -> Ints:
    """Return `n` codes of the city's districts, by residents."""
    return by_weight(chance, facts("places")["districts"], n).astype(np.int64)


def elsewhere(chance: np.random.Generator, n: int) -> Ints:
    """Return `n` codes of counties all over the country, by residents of their provinces."""
    weights = facts("places")["provinces"]
    return _in_provinces(chance, by_weight(chance, weights, n))


def _in_provinces(chance: np.random.Generator, provinces: Any) -> Ints:
    codes = np.zeros(len(provinces), np.int64)
    for province in np.unique(provinces).tolist():
        here = np.flatnonzero(provinces == province)
        codes[here] = chance.choice(np.array(facts("counties")[province], np.int64), len(here))
    return codes


def birth_places(chance: np.random.Generator, home: Ints) -> Ints:
    """Return the codes in the identity numbers of people who live in `home`: many are born there, some far away."""
    known, n = facts("places"), len(home)
    kind = weighted(chance, list(known["born"].values()), n)
    near = _in_provinces(chance, np.full(n, known["city"]["code"][:2]))
    return np.where(kind == 0, home, np.where(kind == 1, near, elsewhere(chance, n)))


def place_names(codes: Ints) -> pa.Array:
    """Return the full names of region `codes`, without blanks."""
    unique, places = np.unique(codes, return_inverse=True)
    named = [region(f"{code:06}", on=_DAY) for code in unique.tolist()]
    return chosen([each.name.replace(" ", "") if each else "" for each in named], places.reshape(-1).astype(np.int64))


def city_names(codes: Ints) -> pa.Array:
    """Return the short names of the cities of region `codes`, as firms bear them; else the province's."""
    unique, places = np.unique(codes, return_inverse=True)
    told = []
    for code in unique.tolist():
        found = region(f"{code:06}", on=_DAY)
        levels = found.name.split(" ") if found else [""]
        city = levels[1] if len(levels) > 2 else levels[0]
        told.append(city.removesuffix("市").removesuffix("地区").removesuffix("省"))
    return chosen(told, places.reshape(-1).astype(np.int64))


def _roads(chance: np.random.Generator, n: int) -> pa.Array:
    known = facts("places")["roads"]
    kind = pa.array(by_weight(chance, known["kinds"], n))
    first = chosen(known["first"], chance.integers(0, len(known["first"]), n))
    return joined(first, chosen(known["second"], chance.integers(0, len(known["second"]), n)), kind)


def _number(chance: np.random.Generator, high: int, n: int, after: str) -> pa.Array:
    return joined(whole(chance.integers(1, high, n)), after)


def homes(chance: np.random.Generator, codes: Ints) -> pa.Array:
    """Return home addresses in the regions `codes`: road, number, estate, building, unit, door; or a village."""
    known, n = facts("places"), len(codes)
    estates = known["estates"]
    estate = joined(
        chosen(estates["first"], chance.integers(0, len(estates["first"]), n)),
        chosen(estates["second"], chance.integers(0, len(estates["second"]), n)),
    )
    estate = either(hundredths(chance, estates["share"], n), estate, "")
    door = joined(whole(chance.integers(1, 27, n)), "0", whole(chance.integers(1, 5, n)), "室")
    block = joined(_number(chance, 24, n, "号楼"), _number(chance, 5, n, "单元"), door)
    town = joined(_roads(chance, n), _number(chance, 400, n, "号"), estate, block)
    villages = known["villages"]
    village = joined(
        chosen(villages, chance.integers(0, len(villages), n)),
        chosen(villages, chance.integers(0, len(villages), n)),
        "村",
    )
    village = joined(village, _number(chance, 9, n, "社"), _number(chance, 180, n, "号"))
    share = np.zeros(n, np.int64)
    for code, each in known["rural"].items():
        share[codes == int(code)] = each
    return joined(place_names(codes), either(hundredths(chance, share, n), village, town))


def offices(
    chance: np.random.Generator, codes: Ints, *, towers: int, inside: int | None = None
) -> tuple[Ints, pa.Array]:
    """Return regions and addresses of firms registered in `codes`.

    Some (`inside` of a hundred; None: the usual share) sit in one of `towers` office buildings of the city, few of
    which hold many; their region is the tower's.
    """
    known, n = facts("places")["towers"], len(codes)
    rank = weighted(chance, [towers * 60 // (k + 2) + 1 for k in range(towers)], n)
    share = known["share"] if inside is None else inside
    within = hundredths(chance, share, n) & (codes // 100 == int(facts("places")["city"]["code"]) // 100)
    urban = np.array([int(code) for code in facts("places")["districts"]][:4], np.int64)
    where = np.where(within, urban[rank * 13 // 5 % len(urban)], codes)
    room = joined(whole(chance.integers(3, 29, n)), "层", whole(chance.integers(301, 2830, n)), "室")
    street = joined(_roads(chance, n), _number(chance, 600, n, "号"), either(hundredths(chance, 35, n), "", "商铺"))
    return where, joined(place_names(where), either(within, joined(_towers(rank), room), street))


def towers(scale: float) -> int:
    """Return how many office buildings there are at `scale`."""
    number: int = facts("places")["towers"]["number"]
    return max(12, round(number * scale))


def _towers(rank: Ints) -> pa.Array:
    """Return road, number and name of the office buildings `rank`."""
    roads, known = facts("places")["roads"], facts("places")["towers"]
    first, second, kinds = known["first"], known["second"], list(known["kinds"])
    road = joined(
        chosen(roads["first"], rank * 5 % len(roads["first"])),
        chosen(roads["second"], rank * 11 % len(roads["second"])),
    )
    name = joined(chosen(first, rank % len(first)), chosen(second, (rank * 7 + rank // len(first)) % len(second)))
    return joined(road, "路", whole(rank * 37 % 280 + 1), "号", name, chosen(kinds, rank * 3 % len(kinds)))
