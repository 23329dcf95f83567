"""How two tellings of a person are compared.

Chinese names (`name_shape` is told) have one ladder; Latin names told in two parts are compared part by part. Edit
distance is used on letters and digits only: DuckDB counts bytes, Spark characters, and a Chinese character has three.
The shares `m` and `u` are where training starts and what few data fall back to: errors of Chinese registers as the
files of eight institutions showed them, chance agreements of a million residents.
"""

from suyuan.resolve.model.ladders import (
    ADDRESS,
    EMAIL,
    PHONE,
    identity,
    one_character_missing,
    one_character_other,
    part_of_latin,
    slip,
)
from suyuan.resolve.model.shape import Block, Comparison, Level, Shape

_UNMASKED = "not name_masked_l and not name_masked_r"

NAME = Comparison(
    name="name",
    label="model.name",
    null="name_l is null or name_r is null or (parted_l and parted_r)",
    levels=(
        Level(label="model.same", sql=f"name_l = name_r and {_UNMASKED}", m=0.93, u=2e-5, rarity="name"),
        Level(label="model.former", sql="former_l = name_r or former_r = name_l", m=0.01, u=1e-6),
        Level(
            label="model.masked",
            sql="(name_masked_l or name_masked_r) and "
            "(name_l like replace(name_r, '*', '_') or name_r like replace(name_l, '*', '_'))",
            m=0.02,
            u=2e-3,
        ),
        Level(label="model.same_sound", sql="name_sound_l = name_sound_r", m=0.012, u=3e-5, rarity="name_sound"),
        Level(label="model.same_shape", sql=f"name_shape_l = name_shape_r and {_UNMASKED}", m=0.005, u=5e-6),
        Level(label="model.swapped", sql=f"name_set_l = name_set_r and {_UNMASKED}", m=0.003, u=2e-6),
        Level(label="model.cut", sql=f"({one_character_missing('name')}) and {_UNMASKED}", m=0.01, u=3e-4),
        Level(
            label="model.one_other",
            sql=f"({one_character_other('name')} or {slip('name_sound', 1, least=6)}) and {_UNMASKED}",
            m=0.006,
            u=6e-3,
        ),
        Level(label="model.given_alone", sql="given_l = given_r and length(given_l) >= 2", m=0.002, u=2e-4),
        Level(label="model.differs", sql="else", m=0.002, u=0.991),
    ),
)

BIRTH = Comparison(
    name="birth",
    label="model.birth",
    null="birth_l is null or birth_r is null",
    levels=(
        Level(label="model.same", sql="birth_l = birth_r", m=0.955, u=6e-5),
        Level(
            label="model.day_month",
            sql="substr(birth_l, 1, 4) = substr(birth_r, 1, 4) and substr(birth_l, 5, 2) = substr(birth_r, 7, 2) "
            "and substr(birth_l, 7, 2) = substr(birth_r, 5, 2)",
            m=0.006,
            u=2e-5,
        ),
        Level(label="model.one_off", sql="levenshtein(birth_l, birth_r) <= 1", m=0.02, u=1e-3),
        Level(label="model.two_off", sql="levenshtein(birth_l, birth_r) <= 2", m=0.006, u=0.012),
        Level(label="model.year", sql="substr(birth_l, 1, 4) = substr(birth_r, 1, 4)", m=0.007, u=0.016),
        Level(label="model.differs", sql="else", m=0.006, u=0.97),
    ),
    keyed_tells=False,
)

SEX = Comparison(
    name="sex",
    label="model.sex",
    null="sex_l is null or sex_r is null",
    levels=(
        Level(label="model.same", sql="sex_l = sex_r", m=0.995, u=0.5),
        Level(label="model.differs", sql="else", m=0.005, u=0.5),
    ),
    keyed_tells=False,
)

CITY = Comparison(
    name="city",
    label="model.city",
    null="city_l is null or city_r is null or (addr_area_l is not null and addr_area_r is not null)",
    levels=(
        Level(label="model.same", sql="city_l = city_r", m=0.8, u=0.02, rarity="city"),
        Level(label="model.one_off", sql=f"parted_l and parted_r and {slip('city', 2, least=4)}", m=0.08, u=2e-3),
        Level(label="model.differs", sql="else", m=0.12, u=0.978),
    ),
)

POSTCODE = Comparison(
    name="postcode",
    label="model.postcode",
    null="postcode_l is null or postcode_r is null",
    levels=(
        Level(label="model.same", sql="postcode_l = postcode_r", m=0.85, u=1e-3),
        Level(label="model.one_off", sql="levenshtein(postcode_l, postcode_r) <= 1", m=0.05, u=5e-3),
        Level(label="model.two_off", sql="levenshtein(postcode_l, postcode_r) <= 2", m=0.03, u=0.08),
        Level(label="model.differs", sql="else", m=0.07, u=0.914),
    ),
)

EMPLOYER = Comparison(
    name="employer",
    label="model.employer",
    null="employer_l is null or employer_r is null",
    levels=(
        Level(label="model.same", sql="employer_l = employer_r", m=0.65, u=1e-3, rarity="employer"),
        Level(
            label="model.part",
            sql="length(employer_l) >= 3 and length(employer_r) >= 3 and "
            "(strpos(employer_l, employer_r) > 0 or strpos(employer_r, employer_l) > 0)".replace("strpos", "instr"),
            m=0.05,
            u=1e-4,
        ),
        Level(label="model.differs", sql="else", m=0.3, u=0.9989),
    ),
)

_LATIN = "name is not null and name_shape is null"
_ID_HEAD = "case when strpos(id_any, '*') = 0 and length(id_any) >= 15 then substr(id_any, 1, 10) end"
_ID_TAIL = "case when strpos(id_any, '*') = 0 and length(id_any) >= 15 then right(id_any, 8) end"
_ID_ENDS = "case when length(id_any) = 18 and strpos(left(id_any, 6) || right(id_any, 4), '*') = 0 then left(id_any, 6) || right(id_any, 4) end"  # noqa: E501 - one expression
_YEAR = "substr(birth, 1, 4)"

PERSON = Shape(
    kind="person",
    columns=(
        *("name", "family", "given", "name_sound", "name_shape", "name_set", "name_masked", "former", "id_told"),
        *("birth", "birth_proved", "sex", "phone", "phone_2", "email", "email_user", "addr_area", "addr_road"),
        *("addr_number", "addr_rest", "city", "province", "postcode", "employer"),
    ),
    derived={
        "parted": f"coalesce({_LATIN} and (family is not null or given is not null), false)",
        "id_any": "coalesce(key_text, id_told)",
    },
    comparisons=(
        NAME,
        part_of_latin("family", label="model.family"),
        part_of_latin("given", label="model.given"),
        BIRTH,
        identity("id", "id_any", label="model.id"),
        SEX,
        PHONE,
        EMAIL,
        ADDRESS,
        CITY,
        POSTCODE,
        EMPLOYER,
    ),
    blocks=(
        Block(name="name_birth", keys=("name || '|' || birth", "former || '|' || birth")),
        Block(name="phone", keys=("phone", "phone_2")),
        Block(name="email", keys=("email",)),
        Block(name="sound_birth", keys=("name_sound || '|' || birth",)),
        Block(name="id_ends", keys=(_ID_ENDS,), only="id_told is not null"),
        Block(name="id_head", keys=(_ID_HEAD,), only="id_told is not null"),
        Block(name="id_tail", keys=(_ID_TAIL,), only="id_told is not null"),
        Block(name="phone_name", keys=("phone || '|' || name", "phone_2 || '|' || name")),
        Block(name="name_year", keys=(f"name || '|' || {_YEAR}", f"former || '|' || {_YEAR}")),
        Block(name="set_year", keys=(f"name_set || '|' || {_YEAR}",)),
        Block(name="name_day", keys=("name || '|' || right(birth, 4)",)),
        Block(name="name_road", keys=("name || '|' || addr_road",)),
        Block(name="name_postcode", keys=("name || '|' || postcode",)),
        Block(name="name_employer", keys=("name || '|' || employer",)),
        Block(name="birth_road", keys=("birth || '|' || addr_road",)),
        Block(name="birth_postcode", keys=("birth || '|' || postcode",)),
        Block(name="road_number", keys=("addr_road || '|' || addr_number || '|' || addr_rest",), broad=True),
        Block(name="email_user", keys=("email_user",), broad=True),
        Block(name="family_birth", keys=("family || '|' || birth",), broad=True),
        Block(name="given_birth", keys=("given || '|' || birth",), broad=True),
        Block(name="name_city", keys=("name || '|' || city",), broad=True),
        Block(name="given_postcode", keys=("given || '|' || postcode",), broad=True),
        Block(name="family_postcode", keys=("family || '|' || postcode",), broad=True),
        Block(name="postcode_road", keys=("postcode || '|' || left(addr_road, 4)",), broad=True),
        Block(name="postcode_number", keys=("postcode || '|' || addr_number",), broad=True),
        Block(name="family_given_year", keys=(f"family || '|' || left(given, 1) || '|' || {_YEAR}",), broad=True),
        Block(name="birth", keys=("birth",), broad=True),
        Block(name="road", keys=("addr_road",), broad=True),
        Block(name="given_city", keys=("given || '|' || city",), broad=True),
        Block(name="family_city", keys=("family || '|' || city",), broad=True),
        Block(name="parts", keys=("family", "given"), broad=True),
    ),
    rarities={"name": 3, "family": 3, "given": 3, "name_sound": 3, "city": 2, "employer": 3, "phone": 10},
)
