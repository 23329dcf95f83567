"""What time it is, as the house writes times. Only the edge reads a clock; verbs are told."""

from datetime import UTC, datetime, timedelta


def china_now() -> datetime:
    """Return the present second in China Standard Time, without zone."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0) + timedelta(hours=8)
