"""样表 (GUI-02, N-12): the example beside the blank form, and every field large enough for an old reader, by taps."""

from dataclasses import replace

import pytest

from content_sync.domain.disclosure.attachments import Attachment
from kiosk import config
from kiosk.flow import actions, show, sizes
from kiosk.flow.frame import Frame, Picture, overlap
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.reading import Guide, Samples
from kiosk.flow.reduce import reduce
from kiosk.flow.state import State
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.attaching import attachment
from tests.kiosk import county

_names = ("低保申请书（填好的样子）.png", "低保申请书（空白表）.png")
_smallest = 29  # px of the small print of deploy.demo.forms


def _forms() -> tuple[Attachment, ...]:
    made = (attachment(name.encode(), name=name, use="form", type="image/png") for name in _names)
    return tuple(replace(one, width=1240, height=1754) for one in made)


def _frame(state: State) -> Frame:
    item, body_hash, _ = county.items()["qh-dibao"]
    view = replace(county.view(), item=(replace(item, attachments=_forms()), body_hash))
    here = replace(view, files=frozenset(one.sha256 for one in _forms()))
    return show.frame(state, here, FontMeasure(), Words(config.wording()))


def _touch(state: State, label: str) -> State:
    target = next(target for target in _frame(state).targets if target.label == label)
    after, _ = reduce(state, target.action)  # type: ignore[arg-type]  # a target carries any object
    return after


def _pictures(state: State) -> list[Picture]:
    return [mark for mark in _frame(state).marks if isinstance(mark, Picture)]


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("elder", [False, True])
def test_every_field_of_the_example_is_read_in_three_taps_and_by_nothing_but_taps(elder: bool, low: bool) -> None:
    """样表: example and blank side by side; the example; enlarged, each piece in turn; then the whole, and back."""
    state = _touch(State((Home(), Guide("qh-dibao")), elder, low), "样表")
    both = _pictures(state)
    assert [mark.blob for mark in both] == [one.blob for one in _forms()]
    assert both[0].rect.y == both[1].rect.y
    assert both[0].rect.right < both[1].rect.x
    state = _touch(state, "低保申请书（填好的样子）")
    assert [(mark.blob, mark.part) for mark in _pictures(state)] == [(_forms()[0].blob, 0)]
    state = _touch(state, "放大看")
    seen = set()
    while True:
        (mark,) = _pictures(state)
        seen.add(mark.part)
        scale = min(mark.rect.w / (1240 * (1 / 2 + overlap)), mark.rect.h / (1754 * (1 / mark.rows + overlap)))
        assert scale * _smallest >= (sizes.elder.small - 2 if elder else sizes.normal.small)
        if not any(target.label == "下一页" for target in _frame(state).targets):
            break
        state = _touch(state, "下一页")
    assert seen == {1, 2, 3, 4, 5, 6}
    state = _touch(state, "看整张")
    assert state.page == Samples("qh-dibao", 0)
    state, _ = reduce(state, actions.Back())
    state = _touch(state, "低保申请书（空白表）")
    assert [mark.blob for mark in _pictures(state)] == [_forms()[1].blob]


def test_one_form_opens_at_once() -> None:
    """There is nothing to choose between."""
    item, body_hash, _ = county.items()["qh-dibao"]
    view = replace(county.view(), item=(replace(item, attachments=_forms()[:1]), body_hash))
    frame = show.frame(State((Home(), Guide("qh-dibao"))), view, FontMeasure(), Words(config.wording()))
    assert actions.Open(Samples("qh-dibao")) in [target.action for target in frame.targets]
