"""Ceremonies: keys that lie elsewhere are asked, two of three root keys agree, editions move to their publishers."""

import contextlib
import json
from pathlib import Path

import pytest

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Broken, Refused
from content_sync.trust import keys
from content_sync.trust.requests import parsed_request, sign, together
from content_sync.trust.rotation import Change, carry_out
from tests.content_sync.trust.scene import Scene
from tests.content_sync.world import bodies


def test_a_ceremony_needs_two_of_three(scene: Scene) -> None:
    """With the root keys elsewhere: one signature is refused and changes nothing, two replace the online key."""
    away = scene.away(*keys.root_roles)
    with pytest.raises(Refused, match="keys request qinghe"):
        scene.rotate("online")
    request = scene.ask(Change({"online": None}))
    one = scene.signed_by(request, away["root-1"])
    before = sorted(path.name for path in (scene.county.repo / "qinghe" / "metadata").iterdir())
    for refused in (request, one, scene.signed_by(one, away["root-1"])):
        with pytest.raises(Refused, match="lacks signatures"):
            scene.apply(refused)
    assert sorted(path.name for path in (scene.county.repo / "qinghe" / "metadata").iterdir()) == before
    assert scene.step() == []
    scene.apply(scene.signed_by(one, away["root-3"]))
    assert scene.step() == []
    scene.county.publish("qinghe", bodies(b="春季造林"))
    assert scene.step() == []
    scene.apply(scene.signed_by(one, away["root-3"]))  # again: nothing happens, nothing breaks
    with pytest.raises(Refused, match="root 2"):
        scene.apply(scene.signed_by(_renumbered(one), away["root-1"], away["root-3"]))


def _renumbered(request: bytes) -> bytes:
    """The same request with another expiry, made before the channel moved on."""
    plain = json.loads(request)
    plain["root"]["signed"]["expires"] = "2029-01-01T00:00:00Z"
    return json.dumps(plain).encode()


def test_copies_signed_in_two_places_are_put_together(scene: Scene) -> None:
    """Each holder signs a copy; copies of another request are not mixed in."""
    away = scene.away(*keys.root_roles)
    request = scene.ask(Change({"online": None}))
    copies = [parsed_request(scene.signed_by(request, away[role])) for role in ("root-2", "root-3")]
    carry_out(scene.repository(), scene.county.clock.now(), together(copies))
    assert scene.step() == []
    other = parsed_request(scene.ask(Change({})))
    with pytest.raises(Refused, match="not copies"):
        together([copies[0], other])


def test_a_lost_root_key_is_replaced_by_the_two_others(scene: Scene) -> None:
    """The new holder's public key takes the place of the lost one; the lost one signs nothing any more."""
    away = scene.away(*keys.root_roles)
    new = scene.folder / "away" / "new.key"
    new.write_bytes(keys.new_seed())
    request = scene.ask(Change({"root-2": keys.signer_of(new.read_bytes()).public_key}))
    scene.apply(scene.signed_by(request, away["root-1"], away["root-3"]))
    assert scene.step() == []
    later = scene.ask(Change({"online": None}))
    with pytest.raises(Refused, match="not asked"):
        scene.signed_by(later, away["root-2"])
    scene.apply(scene.signed_by(later, new, away["root-3"]))
    assert scene.step() == []


def _moving(scene: Scene) -> tuple[bytes, list[Path]]:
    """A request that two publishers' keys sign the editions, and everybody whose signature it needs."""
    people = [scene.folder / f"{name}.key" for name in ("author", "reviewer")]
    for path in people:
        path.write_bytes(keys.new_seed())
    public = [keys.signer_of(path.read_bytes()).public_key for path in people]
    root_keys = [scene.folder / "keys" / "qinghe" / f"{role}.key" for role in ("root-1", "root-2")]
    return scene.ask(Change({"online": None}, public, 2)), [*root_keys, *people]


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_change_that_was_cut_is_applied_again(scene: Scene, monkeypatch: pytest.MonkeyPatch, cut: int) -> None:
    """Wherever the power goes, devices are served before and after, and the same request ends it."""
    request, signers = _moving(scene)
    signed = scene.signed_by(request, *signers)
    written, real = iter(range(1, 100)), durable.write

    def dying(path: Path, data: bytes, mode: int = 0o644) -> None:
        if next(written) >= cut:
            raise OSError("power cut")
        real(path, data, mode)

    monkeypatch.setattr(durable, "write", dying)
    with contextlib.suppress(OSError):
        scene.apply(signed)
    monkeypatch.undo()
    assert scene.step() == []
    scene.apply(signed)
    assert scene.step() == []
    assert not (scene.folder / "keys" / "qinghe" / "targets.key").exists()
    assert scene.repository().lacks("targets")


def test_editions_move_to_two_publishers(scene: Scene) -> None:
    """Author and reviewer sign from now on; the server alone publishes nothing, but withdraws and stays fresh."""
    request, (*some, last) = _moving(scene)
    with pytest.raises(Refused, match="targets of qinghe lack"):
        scene.apply(scene.signed_by(request, *some))
    scene.apply(scene.signed_by(request, *some, last))
    assert not (scene.folder / "keys" / "qinghe" / "targets.key").exists()
    assert scene.step() == []
    with pytest.raises(Broken, match=r"targets\.key is not on this machine"):
        scene.county.publish("qinghe", bodies(b="春季造林"))
    scene.repository().put(scene.county.clock.now(), {}, b'["a"]')
    assert scene.step() == []
    assert scene.device.store.item("a", scene.county.clock.now()) is None
    scene.county.clock.pass_time(hours=limits.refresh_hours_max + 1)
    assert scene.county.publisher.resign() == ["_directory", "liuhe", "qinghe"]
    assert scene.step() == []
    scene.rotate("online")
    assert scene.step() == []


def test_an_edition_in_between_voids_a_targets_request(scene: Scene) -> None:
    """What was signed elsewhere must be the next version of what stands; otherwise the edition would be lost."""
    signer = keys.signer_of(keys.new_seed())
    request = scene.ask(Change({"targets": signer.public_key}))
    scene.county.publish("qinghe", bodies(b="春季造林"))
    parsed = parsed_request(request)
    for role in ("root-1", "root-2"):
        sign(parsed, keys.loaded(scene.folder / "keys" / "qinghe", role))
    sign(parsed, signer)
    with pytest.raises(Refused, match="after this request"):
        carry_out(scene.repository(), scene.county.clock.now(), parsed)
    assert scene.step() == []


_impossible = {
    "a role that is none": lambda key: Change({"snapshot": None}),
    "targets named twice": lambda key: Change({"targets": None}, [key]),
    "more signatures than keys": lambda key: Change({}, [key], 2),
    "no signature at all": lambda key: Change({}, [key], 0),
    "one key counted twice": lambda key: Change({}, [key, key], 2),
    "the online key as targets key": None,
}


@pytest.mark.parametrize("story", _impossible)
def test_an_impossible_change_is_refused(scene: Scene, story: str) -> None:
    """One sentence, and nothing is asked of anybody."""
    online = keys.loaded(scene.folder / "keys" / "qinghe", "online").public_key
    make = _impossible[story] or (lambda _: Change({}, [online]))
    with pytest.raises(BadInput):
        scene.ask(make(keys.signer_of(keys.new_seed()).public_key))
