"""What a thief of keys can do, and where it ends: at the channel, at a freeze, at nothing — and it can be undone.

A unit's keys reach its own channel only, whatever it signs with them: no other unit's item, id, withdrawal, time or
update. The online key can hold a channel still. One root key of three is worth nothing. Numbers pushed to the sky are
brought down again by rotating the key in the root.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from content_sync.domain import limits
from content_sync.pull.step import Puller
from tests.attacks.forging import Forger
from tests.attacks.scene import Scene, second
from tests.content_sync.world import bodies, start

Theft = Callable[[Forger], object]


def _sign_edition(**custom: object) -> Theft:
    return lambda thief: thief.publish(second, **custom)


def _sign_manifest(data: bytes) -> Theft:
    return lambda thief: thief.edit("targets", thief.target("edition", data, number=9, root="0" * 64))


def _sign_withdrawn(data: bytes) -> Theft:
    return lambda thief: thief.edit("withdrawal", thief.target("withdrawn.json", data))


def _sign_time(as_of: object) -> Theft:
    return lambda thief: thief.edit("timestamp", lambda signed: signed.unrecognized_fields.update(as_of=as_of))


def _sign_nothing(thief: Forger) -> None:
    thief.edit("targets", lambda signed: signed.targets.clear())


_signed_by_the_unit: dict[str, Theft] = {
    "a number no store can hold": _sign_edition(number=2**63),
    "a number without end": _sign_edition(number=10**4_000),
    "a number that is a text": _sign_edition(number="3"),
    "a number that is true": _sign_edition(number=True),
    "more items than any channel has": _sign_edition(number=9, items=10**30),
    "a root that is no hash": _sign_edition(number=9, root="x" * 60_000),
    "an edition that is nothing": _sign_edition(number=None),
    "no edition at all": _sign_nothing,
    "a manifest that is nothing": _sign_manifest(b""),
    "a manifest that is null": _sign_manifest(b"null"),
    "a manifest without a base": _sign_manifest(b"{}"),
    "a manifest that is a deep hole": _sign_manifest(b"[" * 60_000),
    "a manifest with half a character": _sign_manifest(b'{"base":"\\ud800"}'),
    "a manifest that is no text": _sign_manifest(b"\xff"),
    "a withdrawal that is nothing": _sign_withdrawn(b""),
    "a withdrawal that is null": _sign_withdrawn(b"null"),
    "a withdrawal of numbers": _sign_withdrawn(b"[1,2]"),
    "a withdrawal of half a character": _sign_withdrawn(b'["\\ud800"]'),
    "a withdrawal of a way out": _sign_withdrawn(b'["../x"]'),
    "a withdrawal that is a deep hole": _sign_withdrawn(b"[" * 400_000),
    "a time that is none": _sign_time("tomorrow"),
    "a time without a zone": _sign_time("2027-03-01T09:00:00"),
    "a time that is a number": _sign_time(7),
}


@pytest.fixture
def both(scene: Scene) -> Puller:
    """A device that follows two channels and is up to date."""
    device = scene.another("qinghe", "liuhe")
    assert device.step(force=True).failures == []
    return device


def _others(device: Puller) -> tuple[object, ...]:
    return (
        {name: held for name, held in device.store.held().items() if name != "qinghe"},
        device.store.rows(start, channel="liuhe"),
        device.store.item("x", start),
    )


@pytest.mark.parametrize("story", _signed_by_the_unit)
def test_whatever_a_unit_signs_stops_nobody_else(scene: Scene, both: Puller, story: str) -> None:
    """The unit's own channel keeps what it has and says why; another unit's new edition is taken in the same step."""
    mine = (both.store.held()["qinghe"], both.store.rows(start, channel="qinghe"))
    _signed_by_the_unit[story](scene.forger())
    scene.county.publish("liuhe", bodies("liuhe", x="六合", z="新的"))
    [failure] = both.step(force=True).failures
    assert (failure.channel, failure.integrity) == ("qinghe", True)
    assert "qinghe" in failure.sentence
    assert (both.store.held()["qinghe"], both.store.rows(start, channel="qinghe")) == mine
    assert both.store.held()["liuhe"].number == 3
    assert both.store.verify().bad == ()


def test_a_unit_cannot_hide_or_take_over_anothers_item(scene: Scene, both: Puller) -> None:
    """Withdrawing the other's id hides nothing, and publishing under it is refused."""
    before = _others(both)
    _sign_withdrawn(b'["x"]')(scene.forger())
    assert both.step(force=True).failures == []
    assert _others(both) == before
    scene.county.publish("qinghe", {**second, **bodies(y="冒名的六合")})
    [failure] = both.step(force=True).failures
    assert "y" in failure.sentence
    assert _others(both) == before


@pytest.mark.parametrize("as_of", ["2099-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00"])
def test_a_unit_cannot_age_the_others(scene: Scene, both: Puller, as_of: str) -> None:
    """A time past belief moves no floor, so nobody's item ends by it; and it never makes the channel look fresh."""
    floor, held = both.store.floor(), both.store.held()["qinghe"].as_of
    _sign_time(as_of)(scene.forger())
    both.step(force=True)
    assert both.store.floor() == floor
    assert both.store.held()["qinghe"].as_of == held
    _sign_time((scene.county.clock.now() + timedelta(hours=1)).isoformat())(scene.forger())
    assert both.step(force=True).failures == []
    assert both.store.held()["qinghe"].as_of > held


def test_the_online_key_holds_still_and_no_more(scene: Scene) -> None:
    """A thief of it signs yesterday's state as true today; he signs no text, no edition, no withdrawal."""
    thief = scene.forger()
    rows = scene.device.store.rows(start)
    scene.offer(scene.folder / "old")
    thief.edit("timestamp", lambda _: None)
    assert scene.step().failures == []
    assert scene.device.store.rows(start) == rows
    for role in ("targets", "withdrawal"):
        thief.edit(role, lambda _: None, "online")
        scene.refused("signed by 0/1 keys")
    scene.offer(scene.folder / "new")
    for title in ("一", "二", "三", "四"):  # past the versions that the thief has used
        scene.county.publish("qinghe", bodies(a=title))
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 6


def _push(role: str, version: int = 900) -> Theft:
    def change(signed: Any) -> None:
        signed.version = version

    return lambda thief: thief.edit(role, change)


@pytest.mark.parametrize(
    ("role", "key"), [("timestamp", "online"), ("snapshot", "online"), ("targets", "online"), ("withdrawal", "online")]
)
def test_versions_pushed_to_the_sky_come_down_again(scene: Scene, role: str, key: str) -> None:
    """Devices that met version 900 refuse the honest tree, until two root keys name a new online key."""
    _push(role)(scene.forger())
    assert scene.step().failures == []
    scene.offer(scene.folder / "new")
    assert scene.refused()
    scene.forger().rotate(key, "root-1", "root-3")
    scene.county.publish("qinghe", bodies(d="秋收"))
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 3


@pytest.mark.xfail(strict=True, reason="the number of an edition has no recovery: only TUF's own versions come down")
def test_an_edition_pushed_to_the_sky_comes_down_again(scene: Scene) -> None:
    """A thief of the unit's key signed the last number there is; after the key was replaced the unit goes on at 3."""
    scene.forger().publish(second, number=limits.edition_number_max)
    assert scene.step().failures == []
    scene.offer(scene.folder / "new")
    scene.forger().rotate("targets", "root-1", "root-3")
    for title in ("一", "二", "三"):  # past the versions that the thief has used
        scene.county.publish("qinghe", bodies(a=title))
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 5


def test_one_root_key_of_three_is_worth_nothing(scene: Scene) -> None:
    """Its thief makes a root with keys of his own: refused, and nothing stays of it."""
    thief = scene.forger()
    stolen = (thief.folder / "online.key").read_bytes()
    thief.rotate("online", "root-2")
    scene.refused("root was signed by 1/2 keys")
    (thief.folder / "online.key").write_bytes(stolen)
    scene.heals()
