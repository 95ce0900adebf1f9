"""Forms of accounts, parsed strictly."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict


@dataclass(frozen=True)
class NewAccount:
    """What an administrator fills in for a new account."""

    name: str
    display_name: str
    roles: tuple[str, ...]
    units: tuple[str, ...]


def new_account(form: MultiDict[str, str]) -> NewAccount:
    """The filled-in form; the service judges it."""
    return NewAccount(
        name=form.get("name", "").strip(),
        display_name=form.get("display_name", "").strip(),
        roles=tuple(form.getlist("roles")),
        units=tuple(form.getlist("units")),
    )


def local_path(text: str) -> str:
    """Where to go after signing in: a path of this server, never another host's address."""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if plain else ""
