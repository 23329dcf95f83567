"""Names of firms in standard form: region, brackets and legal form taken off, the branch kept apart from its parent."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.addresses import plain
from suyuan.resolve.standard.glyphs import shapes
from suyuan.resolve.standard.hanzi import han, sounds, spelt
from suyuan.resolve.standard.latin import sorted_words
from suyuan.resolve.standard.region_names import shared_districts, stem, today
from suyuan.resolve.standard.regions import locate
from suyuan.resolve.standard.runes import Mask, flags, runes
from suyuan.resolve.standard.text import Column, distinct, null_if_empty, squeezed

COLUMNS = ("name_full", "name", "name_sound", "name_shape", "name_set", "region", "form")
BRANCH = "#"
"""Parts a branch's name from its parent's: 启康#天水."""

_MOST = 200  # characters of a name
_BRANCHES = "分公司|支公司|子公司|分行|支行|分社|营业部|营业厅|营业所|分理处|储蓄所|办事处|代表处|分所|分店|门店"
_BRANCH = rf"^(?P<parent>.+?(?:公司|集团|合作社))(?P<branch>.*?(?:{_BRANCHES}))$"
_BRANCH_OF_BANK = rf"^(?P<parent>.+?(?:银行|信用社|事务所))(?P<branch>.*?(?:{_BRANCHES}))$"
_BRANCH_ALONE = r"^(?P<parent>..+?)(?P<branch>(?:第?[一二三四五六七八九十0-9]+)?(?:分公司|支公司|分店|分厂|分部|门店))$"
_BRANCH_WORD = r"(?:分公司|支公司|子公司|分行|支行|分社|分理处|办事处|分所|分店|门店|分厂|分部)$"
_FORMS = {  # the last words of a name → its form; the first that fits
    "joint_stock": r"(?:股份有限责任公司|股份有限公司|股份公司|\(?股份\)?有限公司)$",
    "limited": r"(?:有限责任公司|责任有限公司|有限公司)$",
    "partnership": r"(?:\(?(?:有限合伙|普通合伙|特殊普通合伙)\)?|合伙企业)+$",
    "sole": r"(?:\(?个人独资\)?(?:企业)?)$",
    "individual": r"(?:(?:经营部|经销部|批发部|销售部|商行)(?:\(?个体(?:工商户|户)?\)?)?|\(?个体(?:工商户|户)?\)?)$",
    "cooperative": r"(?:农民专业合作社|专业合作社|股份合作社|合作社)$",
    "company": r"(?:总公司|公司)$",
}
_GROUP = r"(?:\(集团\)|集团)$"
_LATIN_FORM = (
    r"(?: (?:CO|COMPANY|LTD|LIMITED|INC|INCORPORATED|LLC|CORP|CORPORATION|PLC|GMBH|AG|SA|PTE|PTY|SDN|BHD|HOLDINGS?"
    r"|GROUP))+$"
)
_GENERIC = (
    r"^(?:(?:第?[一二三四五六七八九十0-9]+|人民|商业|农商|农村商业|农村信用|村镇|市立|省立|职业|技术|师范|理工|中心|实验|附属|妇幼|中医)*"
    r"(?:银行|联社|信用社|医院|保健院|卫生院|大学|学院|学校|中学|小学|幼儿园|高中|饭店|宾馆|酒店|药店|商店|超市|茶楼|商场|保险|证券|信托"
    r"|科技|贸易|商贸|实业|工业|建设|建筑|投资|房地产|物业|农业|旅游|物流|运输|电力|燃气|自来水|公交|地铁|机场|铁路|烟草|邮政|电信"
    r"|移动|联通|日报|电视台|集团|政府|法院|检察院|委员会|.{1,4}局|.{1,3}厅))$"
)  # cores that say nothing without their region


def firm_names(told: Column) -> pa.Table:
    """Return the standard columns of the firm names `told`, one row each; each distinct name is worked on once.

    Columns (text; null where there is none): `name_full` (folded, simplified, brackets kept), `name` (the core: without
    region, brackets and legal form; a branch is its parent's core, `#` and its own words), `name_sound`, `name_shape`,
    `name_set`, `region` (the words taken off, without their kind: 甘肃兰州), `form` (joint_stock, limited, group,
    branch, partnership, sole, individual, cooperative, company). A core that says nothing keeps the nearest place: 银行
    of 甘肃省兰州市 is 兰州银行.
    """
    return pa.Table.from_arrays(distinct(told, _standard).flatten(), names=list(COLUMNS))


def cores(told: Column) -> Column:
    """Return the cores of firm names alone."""
    return firm_names(told)["name"].combine_chunks()


def _standard(told: Column) -> pa.StructArray:
    each = plain(pc.utf8_slice_codeunits(pc.fill_null(told, ""), 0, _MOST))
    ours = each.any(han()[each.codes])
    each = each.kept(_kept()[each.codes] | ((each.codes == ord(" ")) & ~np.repeat(ours, each.lengths)))
    full = squeezed(each.text())
    chosen, others = pa.array(ours), pa.array(~ours)
    empty = pa.array([""] * len(full), pa.string())
    columns: dict[str, Column] = {**dict.fromkeys(COLUMNS, empty), "name_full": full}
    for where, work in ((chosen, _chinese), (others, _latin)):
        if pc.any(where).as_py():
            for column, values in work(full.filter(where)).items():
                columns[column] = pc.replace_with_mask(columns[column], where, pc.fill_null(values, ""))
    return pa.StructArray.from_arrays([null_if_empty(columns[column]) for column in COLUMNS], names=list(COLUMNS))


@cache
def _kept() -> Mask:
    table = flags("()*&+0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") | han()
    table[[code for code in range(0x370, 0x10000) if chr(code).isalnum()]] = True
    return table


def _chinese(full: Column) -> dict[str, Column]:
    """Return the columns of names in characters."""
    parted = [pc.extract_regex(full, pattern) for pattern in (_BRANCH, _BRANCH_OF_BANK, _BRANCH_ALONE)]
    parent = pc.coalesce(*(pc.struct_field(each, "parent") for each in parted), full)
    own = pc.coalesce(*(pc.struct_field(each, "branch") for each in parted), pa.scalar(""))
    inside = pc.fill_null(pc.struct_field(pc.extract_regex(parent, r"\((?P<in>[^()]*)\)"), "in"), "")
    bare, form = _without_form(parent)
    bare = pc.replace_substring_regex(bare, pattern=r"\([^()]*\)|[()]", replacement="")
    core, region = _without_region(bare, inside=inside)
    is_branch = pc.not_equal(own, "")
    place = pc.replace_substring_regex(own, pattern=_BRANCH_WORD, replacement="")
    core = pc.if_else(is_branch, pc.binary_join_element_wise(core, place, BRANCH), core)
    letters = runes(core)
    return {
        "name": core,
        "name_sound": spelt(letters, sounds()[0][letters.codes]),
        "name_shape": letters.with_codes(shapes()[letters.codes]).text(),
        "name_set": letters.sorted().text(),
        "region": region,
        "form": pc.if_else(is_branch, "branch", form),
    }


def _without_form(name: Column) -> tuple[Column, Column]:
    """Return names without their legal form, and the form (empty where none is told)."""
    form = pa.array([""] * len(name), pa.string())
    for kind, pattern in _FORMS.items():
        fits = pc.and_(pc.equal(form, ""), pc.match_substring_regex(name, pattern))
        form = pc.if_else(fits, kind, form)
        name = pc.if_else(fits, pc.replace_substring_regex(name, pattern=pattern, replacement=""), name)
    grouped = pc.match_substring_regex(name, _GROUP)
    return pc.replace_substring_regex(name, pattern=_GROUP, replacement=""), pc.if_else(grouped, "group", form)


def _without_region(name: Column, *, inside: Column) -> tuple[Column, Column]:
    """Return names without the region they begin with, and the region's words, those `inside` brackets too."""
    each = runes(name)
    located = locate(each, short_districts=False)
    many = pc.utf8_length(pc.struct_field(pc.extract_regex(name, _shared_names()), "region"))
    taken = np.where(located.taken > 0, located.taken, pc.fill_null(many, 0).to_numpy(zero_copy_only=False))
    core = each.cut(taken, each.lengths).text()
    words = _without_kinds(each.cut(np.zeros(len(each), np.int64), taken).text())
    bare = pc.or_(pc.less(pc.utf8_length(core), 2), pc.match_substring_regex(core, _GENERIC))
    bare = pc.and_(bare, pa.array(taken > 0))
    nearest = pc.coalesce(_stems(located.area), words)
    core = pc.if_else(bare, pc.binary_join_element_wise(nearest, core, ""), core)
    bracket = runes(inside)
    placed = locate(bracket)
    whole = pa.array((placed.taken == bracket.lengths) & (placed.taken > 0))
    told = pc.if_else(pc.or_(whole, pc.equal(inside, "中国")), _without_kinds(inside), "")
    return core, pc.binary_join_element_wise(words, told, "")


def _without_kinds(words: Column) -> Column:
    return pc.replace_substring_regex(words, pattern="省|市|自治区|特别行政区|区|县", replacement="")


def _stems(area: npt.NDArray[np.int64]) -> Column:
    """Return the names of places without their kind; null for 0."""
    codes, which = np.unique(area, return_inverse=True)
    names = [stem(today()[str(code)], str(code)) if code else None for code in codes.tolist()]
    return pa.array(names, pa.string()).take(pa.array(which))


@cache
def _shared_names() -> str:
    """Return a pattern of districts whose name several bear: 城关区 is a region's word wherever it lies."""
    return f"^(?P<region>{'|'.join(shared_districts())})"


def _latin(full: Column) -> dict[str, Column]:
    """Return the columns of names in Latin letters."""
    words = pc.replace_substring_regex(full, pattern=r"[()]", replacement=" ")
    words = squeezed(words)
    formed = pc.match_substring_regex(words, _LATIN_FORM)
    core = pc.replace_substring_regex(words, pattern=_LATIN_FORM, replacement="")
    nothing = pa.array([""] * len(full), pa.string())
    return {
        "name": core,
        "name_sound": nothing,
        "name_shape": nothing,
        "name_set": sorted_words(core),
        "region": nothing,
        "form": pc.if_else(formed, "limited", ""),
    }
