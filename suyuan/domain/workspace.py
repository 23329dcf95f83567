"""Where things lie in a workspace. Paths only: nothing here reads or writes."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """The layout of one workspace folder."""

    root: Path

    @property
    def config(self) -> Path:
        """`suyuan.toml`."""
        return self.root / "suyuan.toml"

    @property
    def lake(self) -> Path:
        """`lake/<table>/<16 hex of the file>.parquet`; a file counts once its manifest stands in `lake/_ingests/`."""
        return self.root / "lake"

    @property
    def ingests(self) -> Path:
        """One JSON manifest per ingested file, written last: the commit point of an ingest."""
        return self.lake / "_ingests"

    @property
    def quarantine(self) -> Path:
        """Refused rows with their reasons, one Parquet per ingested file that had any."""
        return self.root / "quarantine"

    @property
    def runs(self) -> Path:
        """`runs/<run_id>/`: immutable results."""
        return self.root / "runs"

    @property
    def entities(self) -> Path:
        """`entities/<resolution_id>/`: immutable answers to who is who."""
        return self.root / "entities"

    @property
    def ledger(self) -> Path:
        """`ledger.db`: what people decided."""
        return self.root / "ledger.db"

    @property
    def staging(self) -> Path:
        """Files being written; anything here when no lock is held is rubbish of a killed process."""
        return self.root / ".staging"

    @property
    def lock(self) -> Path:
        """The lock file that guards every writing command."""
        return self.root / ".lock"
