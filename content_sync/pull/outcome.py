"""What a step did, and what it could not do."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Taken:
    """What a step did for a channel: from which edition to which, bytes fetched, seconds."""

    before: int
    edition: int
    bytes: int
    seconds: float


@dataclass(frozen=True)
class Failure:
    """Why a channel (or `_directory`, `_server`) could not be updated; `integrity`: it did not prove itself."""

    channel: str
    sentence: str
    integrity: bool


@dataclass
class Pulled:
    """The outcome of a step."""

    taken: dict[str, Taken] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
