"""Table contracts: what every column of every table means, in which unit, how private it is, and what its null says.

One YAML file a table, `contracts/<chain>/<table>.yml`. Sources validate by it, printers label and mask by it, the data
dictionary is made from it. A folder that contradicts itself does not load, and says everything that is wrong, where.
"""

from collections.abc import Mapping
from functools import cache

from suyuan.domain.content import content_dir
from suyuan.domain.contract_load import load_contracts
from suyuan.domain.contract_shape import Column, Contract, Label

__all__ = ["Column", "Contract", "Label", "contracts", "load_contracts"]


@cache
def contracts() -> Mapping[str, Contract]:
    """Return the shipped contracts by table name.

    Raises:
        DataError: The shipped files contradict themselves or each other.
    """
    return load_contracts(content_dir("contracts"))
