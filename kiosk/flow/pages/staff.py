"""Pages of the staff: the PIN, and what it opens (`all_of_them`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StaffPin:
    """The PIN of the staff screen being tapped."""

    digits: str = ""


@dataclass(frozen=True)
class Staff:
    """How this device is, for the people who look after it; opened by the right PIN alone."""

    number: int = 0


@dataclass(frozen=True)
class Stick:
    """A stick's turn, from the staff screen."""


all_of_them = (StaffPin, Staff, Stick)
