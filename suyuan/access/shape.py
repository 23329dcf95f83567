"""How one value of a known kind is hidden: what stays is what people need to tell two of them apart.

Every mask works by position, so masking twice changes nothing more.
"""

import re
from collections.abc import Callable

from suyuan.access.free_text import mask_text
from suyuan.access.pseudonym import pseudonym
from suyuan.domain.contract_shape import Mask
from suyuan.domain.ids.written import starred

LONG_PHONE = 11
LONG_ACCOUNT = 14
ORGANISATION = (
    r"(?i)公司|银行|信用社|合作社|集团|企业|厂|商行|商店|超市|门店|便利店|餐厅|饭店|酒店|宾馆|医院|诊所|学校|大学|学院|幼儿园|"
    r"事务所|服务部|经营部|工作室|中心|协会|基金|法院|检察院|公安|政府|委员会|局$|支付|财付通|支付宝|微信|备付金|清算|"
    r"银联|网联|平台|商户|\b(?:ltd|limited|inc|corp|co|llc|llp|plc|gmbh|bank|company|group|trust)\b"
)
"""Words that only organisations bear in their names (Python and RE2)."""

IPV4 = r"([0-9]{1,3}\.[0-9]{1,3})\.(?:[0-9]{1,3}|\*)\.(?:[0-9]{1,3}|\*)"
PLACE = (
    r"((?:[^0-9市县区旗省]{1,10}(?:省|自治区))?(?:[^0-9市县区旗盟]{1,10}(?:市|自治州|盟|地区))?"
    r"(?:[^0-9县区旗市小社园]{1,8}[县区旗市])?)"
)
"""Province, city and county at the beginning of an address (Python and RE2)."""

_ORGANISATION = re.compile(ORGANISATION, re.ASCII)
_IPV4 = re.compile(IPV4)
_PLACE = re.compile(PLACE)


def mask_value(value: str | None, mask: Mask) -> str | None:
    """Return `value` hidden as `mask` asks; null stays null."""
    return None if value is None else MASKS[mask](value)


def _name(value: str) -> str:
    """Keep the first character of a person's name; what is plainly an organisation stays readable."""
    if _ORGANISATION.search(value):
        return mask_text(value)
    return value[:1] + "*" * (len(value) - 1) if len(value) > 1 else "*" * len(value)


def _id_number(value: str) -> str:
    return starred(value, first=3, last=4)


def _phone(value: str) -> str:
    return starred(value, first=3, last=4) if len(value) >= LONG_PHONE else starred(value, first=0, last=2)


def _account_no(value: str) -> str:
    return starred(value, first=6, last=4) if len(value) >= LONG_ACCOUNT else starred(value, first=2, last=2)


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    return f"{local[:1]}***@{mask_text(domain)}" if at else starred(value, first=1, last=0)


def _device(value: str) -> str:
    address = _IPV4.fullmatch(value)
    return f"{address[1]}.*.*" if address else starred(value, first=2, last=4)


def _address(value: str) -> str:
    """Keep province, city and county; a place without them is hidden whole."""
    found = _PLACE.match(value)
    return f"{found[1] if found else ''}****"


MASKS: dict[Mask, Callable[[str], str]] = {
    "none": lambda value: value,
    "name": _name,
    "id_number": _id_number,
    "phone": _phone,
    "account_no": _account_no,
    "address": _address,
    "email": _email,
    "device": _device,
    "text": mask_text,
    "key": pseudonym,
}
