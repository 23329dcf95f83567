"""Ladders that persons and firms share, as SQL that DuckDB and Spark read alike."""

from suyuan.resolve.model.shape import Comparison, Level


def slip(column: str, edits: int, *, least: int) -> str:
    """Return the condition that `column` (letters and digits) differs by at most `edits`, in `least` or more."""
    return (
        f"(length({column}_l) >= {least} and length({column}_r) >= {least}"
        f" and levenshtein({column}_l, {column}_r) <= {edits})"
    )


def one_character_other(column: str) -> str:
    """Return the condition that up to five characters differ in just one place, told without edit distance."""
    left, right = f"{column}_l", f"{column}_r"
    inner = " or ".join(
        f"(substr({left}, 1, {at - 1}) = substr({right}, 1, {at - 1})"
        f" and substr({left}, {at + 1}) = substr({right}, {at + 1}))"
        for at in range(2, 5)
    )
    return f"(length({left}) = length({right}) and length({left}) >= 3 and ({inner}))"


def one_character_missing(column: str) -> str:
    """Return the condition that one is the other without one of its first four characters, or cut short."""
    return f"{_without(f'{column}_l', f'{column}_r')} or {_without(f'{column}_r', f'{column}_l')}"


def _without(long: str, short: str) -> str:
    inner = " or ".join(f"concat(substr({long}, 1, {at - 1}), substr({long}, {at + 1})) = {short}" for at in (2, 3, 4))
    return (
        f"(length({long}) > length({short}) and length({short}) >= 2 and "
        f"(substr({long}, 1, length({short})) = {short} or {inner}))"
    )


def identity(name: str, column: str, *, label: str) -> Comparison:
    """Return the ladder of identity numbers of which at most one is a valid key; masked ones agree, never prove.

    A passport and a resident number say nothing of each other.
    """
    left, right = f"{column}_l", f"{column}_r"
    plain = f"instr({left}, '*') = 0 and instr({right}, '*') = 0"
    return Comparison(
        name=name,
        label=label,
        null=f"{left} is null or {right} is null or (length({left}) < 13) <> (length({right}) < 13)",
        levels=(
            Level(label="model.same", sql=f"{left} = {right} and {plain}", m=0.15, u=1e-7),
            Level(
                label="model.masked",
                sql=f"not ({plain})"
                f" and ({left} like replace({right}, '*', '_') or {right} like replace({left}, '*', '_'))",
                m=0.5,
                u=4e-6,
            ),
            Level(label="model.one_off", sql=f"{plain} and levenshtein({left}, {right}) <= 1", m=0.17, u=1e-7),
            Level(
                label="model.two_off",
                sql=f"{plain} and (levenshtein({left}, {right}) <= 2 or "
                f"(length({left}) >= 10 and length({right}) >= 10 and "
                f"(instr({left}, {right}) > 0 or instr({right}, {left}) > 0)))",
                m=0.13,
                u=2e-6,
            ),
            Level(label="model.differs", sql="else", m=0.05, u=0.999993),
        ),
        keyed_tells=False,
    )


def part_of_latin(column: str, *, label: str) -> Comparison:
    """Return the ladder of one part of a Latin name, `family` or `given`.

    `swapped` looks one way only: family and given swapped are two coincidences, and each part tells one of them.
    """
    other = "given" if column == "family" else "family"
    left, right = f"{column}_l", f"{column}_r"
    return Comparison(
        name=column,
        label=label,
        null=f"not parted_l or not parted_r or {left} is null or {right} is null",
        levels=(
            Level(label="model.same", sql=f"{left} = {right}", m=0.8, u=4e-3, rarity=column),
            Level(label="model.swapped", sql=f"{left} = {other}_r", m=0.02, u=5e-4),
            Level(label="model.one_off", sql=f"levenshtein({left}, {right}) <= 1", m=0.08, u=2e-3),
            Level(
                label="model.cut",
                sql=f"(length({left}) >= 3 and substr({right}, 1, length({left})) = {left})"
                f" or (length({right}) >= 3 and substr({left}, 1, length({right})) = {right})",
                m=0.02,
                u=3e-3,
            ),
            Level(label="model.two_off", sql=slip(column, 2, least=5), m=0.03, u=8e-3),
            Level(label="model.three_off", sql=slip(column, 3, least=7), m=0.01, u=8e-3),
            Level(label="model.initial", sql=f"substr({left}, 1, 1) = substr({right}, 1, 1)", m=0.02, u=0.07),
            Level(label="model.differs", sql="else", m=0.02, u=0.9),
        ),
    )


PHONE = Comparison(
    name="phone",
    label="model.phone",
    null="(phone_l is null and phone_2_l is null) or (phone_r is null and phone_2_r is null)",
    levels=(
        Level(
            label="model.same",
            sql="phone_l = phone_r or phone_2_l = phone_r or phone_l = phone_2_r or phone_2_l = phone_2_r",
            m=0.85,
            u=1e-6,
            rarity="phone",
        ),
        Level(label="model.one_off", sql="levenshtein(phone_l, phone_r) <= 1", m=0.015, u=2e-6),
        Level(label="model.segment", sql="substr(phone_l, 1, 7) = substr(phone_r, 1, 7)", m=0.005, u=3e-5),
        Level(label="model.differs", sql="else", m=0.13, u=0.999967),
    ),
)

EMAIL = Comparison(
    name="email",
    label="model.email",
    null="email_l is null or email_r is null",
    levels=(
        Level(label="model.same", sql="email_l = email_r", m=0.75, u=1e-6),
        Level(label="model.user", sql="email_user_l = email_user_r", m=0.06, u=1e-5),
        Level(label="model.one_off", sql="levenshtein(email_l, email_r) <= 2", m=0.08, u=1e-6),
        Level(
            label="model.near",
            sql=slip("email_user", 2, least=5),
            m=0.02,
            u=1e-4,
        ),
        Level(label="model.differs", sql="else", m=0.09, u=0.999),
    ),
)

_NUMBER = "addr_number_l = addr_number_r"
_ROADS = "addr_road_l is not null and addr_road_r is not null"
_NEAR = (
    "((length(addr_road_l) >= 3 and length(addr_road_r) >= 3"
    " and (instr(addr_road_l, addr_road_r) > 0 or instr(addr_road_r, addr_road_l) > 0))"
    " or (parted_l and parted_r and length(addr_road_l) >= 6 and length(addr_road_r) >= 6"
    " and levenshtein(addr_road_l, addr_road_r) <= 3))"
)
ADDRESS = Comparison(
    name="address",
    label="model.address",
    null=f"not ({_ROADS}) and (addr_area_l is null or addr_area_r is null)",
    levels=(
        Level(
            label="model.same",
            sql=f"addr_road_l = addr_road_r and {_NUMBER} and addr_rest_l = addr_rest_r",
            m=0.35,
            u=1e-6,
        ),
        Level(label="model.road_number", sql=f"addr_road_l = addr_road_r and {_NUMBER}", m=0.2, u=3e-6),
        Level(label="model.near_number", sql=f"{_NEAR} and {_NUMBER}", m=0.04, u=3e-6),
        Level(label="model.road", sql="addr_road_l = addr_road_r", m=0.08, u=3e-4),
        Level(label="model.near", sql=_NEAR, m=0.03, u=2e-4),
        Level(label="model.area", sql="addr_area_l = addr_area_r and length(addr_area_l) >= 6", m=0.12, u=4e-3),
        Level(label="model.differs", sql="else", m=0.18, u=0.9955),
    ),
)
