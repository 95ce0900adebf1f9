"""News: one small answer leads a device on; whatever is wrong with it, the screen and the tree decide."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.net.folder import FolderFetcher
from content_sync.net.http import Reply
from content_sync.pull.step import Puller
from content_sync.wire.compression import squeezed
from content_sync.wire.news import Known, news_bytes, parse_news, parse_question, question
from tests.content_sync.world import County, bodies, start

many = bodies(**{f"n-{number:04d}": f"第{number}号公告，联系电话0000-{number:07d}" for number in range(300)})


class Watched:
    """A fetcher that notes what it was asked for."""

    def __init__(self, root: Path) -> None:
        self._inner, self.asked = FolderFetcher(root), list[str]()

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self.asked.append(path)
        return self._inner.fetch(path, bytes_max)

    def stream(self, path: str, begin: int, bytes_max: int) -> Iterator[bytes]:
        self.asked.append(path)
        yield from self._inner.stream(path, begin, bytes_max)


class Scene:
    """A device that follows two channels by the news, on edition 1 of both."""

    def __init__(self, folder: Path) -> None:
        self.county = County(folder, "qinghe", "liuhe")
        self.county.publish("qinghe", many)
        self.county.publish("liuhe", bodies("liuhe", x="六合"))
        self.county.complete("qinghe")
        self.fetcher = Watched(self.county.repo)
        self.device: Puller = self.county.device(folder / "device", "qinghe", "liuhe", fetcher=self.fetcher, news=True)
        assert self.device.step().failures == []
        self.fetcher.asked.clear()

    @property
    def server(self) -> object:
        return self.device._hints._server

    def answering(self, monkeypatch: pytest.MonkeyPatch, body: bytes, status: int = 200) -> None:
        """From now on every question for news gets this answer."""
        monkeypatch.setattr(self.server, "_news", lambda _question: Reply(status, {}, None, body))

    def seen(self) -> tuple[object, ...]:
        store = self.device.store
        return store.held(), store.rows(start), store.search("公告", start)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Both on edition 1."""
    return Scene(tmp_path)


def test_nothing_new_costs_one_empty_answer(scene: Scene) -> None:
    """Without a change nothing is fetched, and the question is some forty characters."""
    assert scene.device.step().taken == {}
    assert scene.fetcher.asked == []
    asked = question([Known(1, 12, 3, 41)] * 5, all_of_them=False)
    assert len(asked) < 60


def test_an_edit_comes_whole_with_the_news(scene: Scene) -> None:
    """One corrected number among three hundred items: one answer of a few hundred bytes, and nothing else is asked."""
    scene.county.publish("qinghe", {**many, **bodies(**{"n-0007": "第7号公告，联系电话0000-7654321"})})
    pulled = scene.device.step()
    assert (pulled.failures, list(pulled.taken), scene.fetcher.asked) == ([], ["qinghe"], [])
    assert pulled.taken["qinghe"].bytes < 800
    found = scene.device.store.item("n-0007", start)
    assert found is not None
    assert "7654321" in found[0].title
    assert scene.device.store.verify().bad == ()


def test_whoever_is_further_behind_learns_the_way(scene: Scene) -> None:
    """After twenty editions the news names the merged delta, small enough to come along."""
    items = dict(many)
    for number in range(20):
        items |= bodies(**{f"n-{number:04d}": f"改过的第{number}号"})
        scene.county.publish("qinghe", dict(items))
    scene.county.complete("qinghe")
    pulled = scene.device.step()
    assert (pulled.failures, scene.fetcher.asked) == ([], [])
    assert scene.device.store.held()["qinghe"].number == 21


def test_a_long_delta_is_fetched_from_the_tree(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too long for an answer is fetched under its own name, where a cut transfer goes on."""
    monkeypatch.setattr(limits, "news_delta_bytes_max", 10)
    scene.county.publish("qinghe", {**many, **bodies(new="新的公告")})
    assert scene.device.step().failures == []
    assert [path.rsplit(".", 1)[1] for path in scene.fetcher.asked] == ["delta"]
    assert scene.device.store.held()["qinghe"].number == 2


def test_a_withdrawal_comes_with_the_news(scene: Scene) -> None:
    """The withdrawn ids, the new edition and its delta are in one answer; only a base is ever fetched besides."""
    scene.county.publish("qinghe", {item: body for item, body in many.items() if item != "n-0003"}, ("n-0003",))
    assert scene.device.step().failures == []
    assert scene.fetcher.asked == []
    assert scene.device.store.item("n-0003", start) is None


def test_a_newcomer_fetches_the_base_and_the_directory_only(scene: Scene, tmp_path: Path) -> None:
    """An empty device takes signed files from the news and long ones from the tree."""
    fetcher = Watched(scene.county.repo)
    device = scene.county.device(tmp_path / "new", "qinghe", "liuhe", fetcher=fetcher, news=True)
    assert device.step().failures == []
    assert {path.split("/")[1] for path in fetcher.asked if "_directory" not in path} == {"packs"}
    assert device.store.rows(start) == scene.device.store.rows(start)


def test_the_daily_refresh_asks_for_everything(scene: Scene) -> None:
    """After a day the signed time moves on; the tree itself is asked for timestamps and next roots, and no more."""
    scene.county.clock.pass_time(hours=limits.refresh_hours_max + 1)
    scene.county.publisher.resign()
    before = scene.device.store.held()["liuhe"].as_of
    assert scene.device.step().failures == []
    assert scene.device.store.held()["liuhe"].as_of > before
    asked = [
        f"{name}/metadata/{file}.json" for name in ("_directory", "qinghe", "liuhe") for file in ("2.root", "timestamp")
    ]
    assert scene.fetcher.asked == asked


_lies = {
    "bytes that are no frame": b"garbage" * 20,
    "an empty answer": b"",
    "a bomb": squeezed(b"\x00" * (limits.news_raw_bytes_max + 1), b"", 3),
    "a file that breaks off": squeezed(b"\x05a/b/c\x7fshort", b"", 3),
    "ways out of the tree": news_bytes({"../../etc/passwd": b"x", "/abs": b"y", "qinghe/../x": b"z"}, []),
    "ten thousand files": news_bytes({f"qinghe/packs/{n}": b"" for n in range(10_000)}, []),
    "metadata that is none": news_bytes({"qinghe/metadata/timestamp.json": b"[]"}, []),
    "an endless timestamp": news_bytes({"qinghe/metadata/timestamp.json": b"{" * 500_000}, []),
    "a repository nobody follows": news_bytes({"elsewhere/metadata/timestamp.json": b"{}"}, []),
}


@pytest.mark.parametrize("story", _lies)
def test_news_that_lies_changes_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch, story: str) -> None:
    """Nothing on screen changes, and the honest tree is taken at one of the next steps."""
    before = scene.seen()
    with monkeypatch.context() as lying:
        scene.answering(lying, _lies[story])
        scene.device.step()
        assert scene.seen() == before
        assert scene.device.store.verify().bad == ()
    scene.county.publish("qinghe", bodies(a="新的公告"))
    for _ in range(2):
        pulled = scene.device.step()
    assert pulled.failures == []
    assert scene.device.store.held()["qinghe"].number == 2


def test_wrong_news_is_healed_by_the_tree(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose news is wrong for ever still gets its editions to the screen: every other step asks without."""
    scene.answering(monkeypatch, news_bytes({"qinghe/metadata/timestamp.json": b"[]"}, _roots(scene)))
    scene.county.publish("qinghe", bodies(a="新的公告"))
    assert scene.device.step().failures != []
    assert scene.device.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 2


def _roots(scene: Scene) -> list[bytes]:
    names = ("_directory", "qinghe", "liuhe")
    return [(scene.county.repo / name / "metadata" / "1.root.json").read_bytes() for name in names]


def test_an_old_server_is_asked_as_before(tmp_path: Path) -> None:
    """A server without news answers 404 once; then the head is asked and the tree is fetched."""
    county = County(tmp_path, "qinghe")
    county.publish("qinghe", bodies(a="公告"))
    device = county.device(tmp_path / "device", news=False)
    assert device.step().failures == []
    assert device.step().failures == []
    asked = [path for _, path in device._hints._server.calls]
    assert [path.split("/")[1] for path in asked] == ["news", "head", "head"]
    assert device.store.held()["qinghe"].number == 1


def test_a_server_that_fails_at_its_news_is_asked_for_the_head(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the server in making news stops no edition: the head is asked, and the tree is fetched."""
    scene.answering(monkeypatch, b"", 500)
    scene.county.publish("qinghe", {**many, **bodies(new="新的公告")})
    assert scene.device.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 2


def test_questions_and_answers_read_as_written() -> None:
    """What one end writes the other reads; anything else is refused."""
    known = [Known(1, 400, 3, 12_345), Known()]
    assert parse_question(question(known, all_of_them=True), 2) == (known, True)
    assert parse_question(question(known, all_of_them=False), 2) == (known, False)
    files = {"a/metadata/1.root.json": b"x" * 300, "a/packs/b.delta": bytes(range(256))}
    assert parse_news(news_bytes(files, [b"root"]), [b"root"]) == files
    for wrong in ("", "1.2.3", "1.2.3.4.5", "1.2.3.4_1.2.3.4_1.2.3.4", "a.b.c.-", "1.2.3." + "z" * 40):
        with pytest.raises(Exception, match="enrolled again"):
            parse_question(wrong, 2)
