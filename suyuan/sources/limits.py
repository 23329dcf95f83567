"""How much one file may ask of the machine, and why that much."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds on reading one file. What goes past one of them is refused with its number, never cut off.

    Sizes are bytes. The numbers come from what institutions hand over: a sheet holds at most 1,048,576 rows, a returned
    query has 34 columns, the largest text exports seen are some gigabytes.
    """

    file_bytes: int = 32 * 1024 * MIB  # a year of a mid-sized bank's transfers as text
    unpacked_bytes: int = 16 * 1024 * MIB  # all members of one archive together
    ratio: int = 200  # text packs 10–40 to 1; over 200 to 1 it is filler (checked once past `free_bytes`)
    free_bytes: int = 64 * MIB  # unpacked size below which no ratio is asked
    members: int = 20_000  # files in one archive; a returned package holds some hundreds
    depth: int = 2  # an archive inside an archive, and no deeper
    columns: int = 2_000  # the widest honest table is some hundreds; a sheet could have 16,384
    cell_chars: int = 1_000_000  # a chat log in one cell is some 100,000; a sheet cell holds 32,767
    sheet_cells: int = 40_000_000  # 1,048,576 rows of 34 columns; laid out in memory, some 100 bytes a cell
    sheet_bytes: int = 3 * 1024 * MIB  # XML of one workbook, unpacked
    rows: int = 4_000_000_000  # records a Parquet file may claim
    seconds: float = 3_600.0  # per file; a file that takes longer is stuck
    small_text: int = 16 * MIB  # text up to this is parsed in memory, beyond it goes through DuckDB by segments
