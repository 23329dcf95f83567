"""How two tellings of a firm are compared. Edit distance reads letters and digits, so wording is met by sound."""

from suyuan.resolve.model.ladders import ADDRESS, EMAIL, PHONE, identity, one_character_missing, slip
from suyuan.resolve.model.shape import Block, Comparison, Level, Shape

_REGION = "(region_l = region_r or region_l is null or region_r is null)"
_FORM = "(form_l = form_r or form_l is null or form_r is null)"

NAME = Comparison(
    name="name",
    label="model.firm_name",
    null="name_l is null or name_r is null",
    levels=(
        Level(label="model.same", sql="name_full_l = name_full_r", m=0.8, u=3e-6, rarity="name_full"),
        Level(label="model.same_words", sql=f"name_l = name_r and {_REGION} and {_FORM}", m=0.1, u=5e-6, rarity="name"),
        Level(label="model.other_form", sql=f"name_l = name_r and {_REGION}", m=0.005, u=2e-5),
        Level(label="model.other_region", sql="name_l = name_r", m=0.003, u=2e-5),
        Level(label="model.same_sound", sql="name_sound_l = name_sound_r", m=0.01, u=2e-6),
        Level(label="model.same_shape", sql="name_shape_l = name_shape_r", m=0.01, u=1e-6),
        Level(label="model.swapped", sql="name_set_l = name_set_r", m=0.005, u=1e-6),
        Level(
            label="model.part",
            sql="length(name_l) >= 3 and length(name_r) >= 3"
            " and (instr(name_l, name_r) > 0 or instr(name_r, name_l) > 0"
            f" or {one_character_missing('name')})",
            m=0.03,
            u=2e-4,
        ),
        Level(
            label="model.one_other",
            sql=f"{slip('name_sound', 2, least=10)}",
            m=0.02,
            u=2e-4,
        ),
        Level(label="model.differs", sql="else", m=0.02, u=0.9995),
    ),
)

REP = Comparison(
    name="rep",
    label="model.rep",
    null="rep_l is null or rep_r is null",
    levels=(
        Level(label="model.rep_number", sql="rep_key_l = rep_key_r", m=0.4, u=2e-5),
        Level(
            label="model.same",
            sql="rep_l = rep_r and (rep_key_l is null or rep_key_r is null)",
            m=0.43,
            u=1e-4,
            rarity="rep",
        ),
        Level(label="model.same_sound", sql="rep_sound_l = rep_sound_r", m=0.01, u=3e-5),
        Level(
            label="model.masked",
            sql="(instr(rep_l, '*') > 0 or instr(rep_r, '*') > 0)"
            " and (rep_l like replace(rep_r, '*', '_') or rep_r like replace(rep_l, '*', '_'))",
            m=0.02,
            u=5e-3,
        ),
        Level(label="model.differs", sql="else", m=0.14, u=0.995),
    ),
)

FOUNDED = Comparison(
    name="founded",
    label="model.founded",
    null="founded_l is null or founded_r is null",
    levels=(
        Level(label="model.same", sql="founded_l = founded_r", m=0.9, u=3e-4),
        Level(label="model.one_off", sql="levenshtein(founded_l, founded_r) <= 1", m=0.04, u=6e-3),
        Level(label="model.year", sql="substr(founded_l, 1, 4) = substr(founded_r, 1, 4)", m=0.03, u=0.05),
        Level(label="model.differs", sql="else", m=0.03, u=0.94),
    ),
)

_CODE_HEAD = "case when strpos(code_any, '*') = 0 and length(code_any) >= 15 then substr(code_any, 1, 10) end"
_CODE_TAIL = "case when strpos(code_any, '*') = 0 and length(code_any) >= 15 then right(code_any, 9) end"

COMPANY = Shape(
    kind="company",
    columns=(
        *("name_full", "name", "name_sound", "name_shape", "name_set", "region", "form", "code_told", "rep"),
        *("rep_sound", "rep_key", "rep_id_told", "founded", "phone", "email", "addr_area", "addr_road", "addr_number"),
        *("addr_rest", "industry"),
    ),
    derived={
        "code_any": "coalesce(key_text, code_told)",
        "phone_2": "cast(null as text)",
        "email_user": "case when strpos(email, '@') > 1 then split_part(email, '@', 1) end",
        "parted": "false",
    },
    comparisons=(
        NAME,
        identity("code", "code_any", label="model.code"),
        REP,
        FOUNDED,
        PHONE,
        EMAIL,
        ADDRESS,
    ),
    blocks=(
        Block(name="name_full", keys=("name_full",)),
        Block(name="name_region", keys=("name || '|' || region",)),
        Block(name="name", keys=("name",)),
        Block(name="sound", keys=("name_sound",)),
        Block(name="shape", keys=("name_shape",)),
        Block(name="set", keys=("name_set",)),
        Block(name="code_head", keys=(_CODE_HEAD,), only="code_told is not null"),
        Block(name="code_tail", keys=(_CODE_TAIL,), only="code_told is not null"),
        Block(name="phone", keys=("phone",)),
        Block(name="email", keys=("email",)),
        Block(name="rep_number", keys=("rep_key",)),
        Block(name="rep_founded", keys=("rep || '|' || founded",)),
        Block(name="rep_road", keys=("rep || '|' || addr_road",)),
        Block(name="rep_start", keys=("rep || '|' || left(name, 2)",)),
        Block(name="door", keys=("addr_road || '|' || addr_number || '|' || coalesce(addr_rest, '')",)),
        Block(name="start_road", keys=("left(name, 2) || '|' || addr_road",)),
        Block(name="start_founded", keys=("left(name, 2) || '|' || founded",)),
        Block(name="rep", keys=("rep",), broad=True),
        Block(name="start", keys=("left(name, 2)",), broad=True),
    ),
    rarities={"name_full": 3, "name": 3, "rep": 3, "phone": 10},
)
