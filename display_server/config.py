"""Where a server lives and what it needs from the world."""

from dataclasses import dataclass, field
from pathlib import Path

from content_sync.clock import SystemClock, SystemIds
from content_sync.ports import Clock, Ids


@dataclass(frozen=True)
class Config:
    """A server's folder, its clock and its source of chance."""

    home: Path
    clock: Clock = field(default_factory=SystemClock)
    ids: Ids = field(default_factory=SystemIds)

    @property
    def database_path(self) -> Path:
        """The SQLite file of the embedded default."""
        return self.home / "gongkailan.db"

    @property
    def repo(self) -> Path:
        """The published tree: static files, served as they are."""
        return self.home / "repo"

    @property
    def blobs(self) -> Path:
        """Attached files as they are kept, before and after publication (database.files)."""
        return self.home / "blobs"

    @property
    def calendar(self) -> Path:
        """Holiday tables the operator added (database.calendars); absent before the first."""
        return self.home / "calendar"

    @property
    def keys(self) -> Path:
        """The signing keys, readable by the server's user only."""
        return self.home / "keys"

    @property
    def upstream(self) -> Path:
        """A relay's place at its upstream: identity, key, what it trusts, what is on its way; absent elsewhere."""
        return self.home / "upstream"

    @property
    def is_relay(self) -> bool:
        """Whether this server mirrors another one."""
        return (self.upstream / "device.json").exists()

    @property
    def session_key(self) -> Path:
        """The secret that signs session cookies, made by `init`."""
        return self.keys / "session.key"

    @property
    def records_key(self) -> Path:
        """The secret that opens what devices sealed on sticks (desk.records_key)."""
        return self.keys / "records.key"
