"""What a board knows at one instant, as plain values: read by kiosk.board, laid out by the modules beside this one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.county import County, Site
from content_sync.domain.hall.opening import DayOff
from content_sync.domain.hall.rules import TopicShare
from kiosk.flow.board.stories import Story


@dataclass(frozen=True)
class Called:
    """A number called to a window, and the instant this board first showed it (the flash runs from there).

    `times`: how often it has been called there now.
    """

    number: str
    window: int
    since: datetime
    times: int = 1


@dataclass(frozen=True)
class Waiting:
    """A service and how many people wait for it; None when nobody has said so for a while."""

    name: str
    waiting: int | None
    open: bool


@dataclass(frozen=True)
class Plate:
    """A window and who sits there (GUI-05); `staff` is empty while nobody does: 暂停服务."""

    window: int
    name: str
    staff: str = ""
    post: str = ""
    duties: str = ""
    certificate: str = ""


@dataclass(frozen=True)
class Facts:
    """`as_of` is the oldest signed instant of the channels drawn (promise 6), empty before any content.

    `called` is newest first. `now` is this board's clock, in the place's own time zone; `floor` is the newest signed
    instant seen: days are counted from the later of the two (promise 5). `is_blanked`: somebody in charge has hidden
    all content. `is_quiet`: the hall's quiet hours. `day_off`: the public holiday on which the hall is closed.
    """

    now: datetime
    floor: datetime | None = None
    county: County | None = None
    site: Site | None = None
    as_of: str = ""
    called: tuple[Called, ...] = ()
    missed: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    plates: tuple[Plate, ...] = ()
    is_blanked: bool = False
    is_quiet: bool = False
    day_off: DayOff | None = None

    def lets(self, stories: Iterable[Story]) -> tuple[Story, ...]:
        """The stories that may be shown now: none while blanked, in quiet hours only emergencies."""
        if self.is_blanked:
            return ()
        return tuple(story for story in stories if not self.is_quiet or story.kind == "emergency")

    @property
    def state(self) -> tuple[tuple[str, str], ...]:
        """What the display log says of a picture without any item: that content was hidden, or that it was night."""
        if self.is_blanked:
            return (("", "blank"),)
        return (("", "quiet"),) if self.is_quiet else ()

    @property
    def later(self) -> datetime:
        """The clock, but never before the floor."""
        return max(self.now, self.floor.astimezone(self.now.tzinfo)) if self.floor else self.now

    @property
    def is_clock_sound(self) -> bool:
        """Whether the clock may be shown: it is not behind what was signed, a refresh's slack apart."""
        return self.later - self.now < timedelta(minutes=limits.clock_slack_minutes)

    @property
    def phone(self) -> str:
        """The supervision phone (SUP-04), or empty before the site is known."""
        return self.site.phone if self.site else ""

    @property
    def shares(self) -> tuple[TopicShare, ...]:
        """What part of a round the hall gives to which topic."""
        return self.site.rules.shares if self.site else ()

    @property
    def is_closed(self) -> bool:
        """Whether the hall serves nobody now: its services are known and all of them are closed."""
        return bool(self.waiting) and not any(service.open for service in self.waiting)
