"""Spark SQL as sqlglot writes it, where that means the same as DuckDB."""

from sqlglot.dialects.spark import Spark


class HouseSpark(Spark):
    """Spark with the house's corrections."""
