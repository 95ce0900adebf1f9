"""What one hall decided for itself. Every number is a setting: no law names a waiting time or what a missed call costs.

1. A hall is open in its opening times; without any it is open at all hours. Times may be named for public holidays and
   for make-up working days (opening.py 6).
2. No ticket is given in the last `last_ticket_minutes` before closing, nor beyond `tickets_per_day_max` of a day.
3. Boards are dark and voices silent in the quiet hours; an emergency is shown and said in them all the same.
4. A playlist gives each topic its share of the time that notices have; topics not named share what is left.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opening:
    """Open on these days of the week (1 Monday to 7 Sunday) from `begins` to `ends` ("08:30", local time).

    Among the days may stand `on_holidays` and `on_made_up`.
    """

    weekdays: tuple[int, ...]
    begins: str
    ends: str


on_holidays, on_made_up = 8, 9


@dataclass(frozen=True)
class TopicShare:
    """How many hundredths of a notice round a topic has at least (TIM-07)."""

    topic: str
    percent: int


@dataclass(frozen=True)
class HallRules:
    """The settings of a hall; the defaults are what a hall has that decided nothing.

    `calls_max`: how often a number is called before it counts as missed. `missed_places`: a missed ticket that comes
    back stands behind so many who wait. `ageing_minutes`: who waits so long goes before any younger priority ticket.
    `bookings_per_day_max`: of one service; a booked visitor gets the ticket from so many minutes before the booked time
    to so many after it. `rating_levels`: 5 (N-05), or the seed's 3. `speaks`: whether boards say the calls, and
    `said_times` how often each. `codes`: whether screens and papers carry codes for phones (LNG-02). `help_minutes`:
    whoever asked for help and waits longer is shown in red. `profile`: the rule profile of its cases by id; empty: that
    of its unit's level. `zone`: whether a touch screen's first page shows the five areas of a 政务公开专区 (N-17).
    """

    opening: tuple[Opening, ...] = ()
    last_ticket_minutes: int = 0
    tickets_per_day_max: int = 5_000
    priority_turns_max: int = 2
    ageing_minutes: int = 30
    calls_max: int = 3
    missed_places: int = 3
    bookings_per_day_max: int = 200
    booking_early_minutes: int = 30
    booking_late_minutes: int = 15
    rating_levels: int = 5
    help_minutes: int = 3
    speaks: bool = True
    codes: bool = True
    said_times: int = 2
    quiet_from: str = "21:00"
    quiet_to: str = "06:00"
    shares: tuple[TopicShare, ...] = ()
    profile: str = ""
    zone: bool = False


usual = HallRules()
