"""The demonstration's forms: drawn by code, small, for guides that exist, an example and a blank one each."""

import json

import pytest
from PIL import Image

from content_sync import assets
from content_sync.domain.disclosure.privacy import personal_numbers
from content_sync.wire.items import item_from_plain
from deploy.demo.forms import Sheet

_folder = assets.path("demo") / "forms"
_forms = json.loads((_folder / "forms.json").read_text("utf-8"))


@pytest.mark.parametrize("form", _forms, ids=lambda form: form["item"])
def test_an_example_and_a_blank_form_are_there_as_they_are_drawn(form: dict[str, str]) -> None:
    """What is committed is what the code draws; a sheet of A4, at most 100 kB, and the example is not the blank one."""
    (path,) = (assets.path("demo") / "items").glob(f"*/{form['item']}.json")
    assert item_from_plain(json.loads(path.read_text("utf-8"))).kind == "guide"
    drawn = {}
    for kind, filled in (("filled", True), ("blank", False)):
        file = _folder / f"{form['item']}-{kind}.png"
        assert file.stat().st_size < 100_000
        drawn[kind] = Image.open(file).convert("RGB")
        assert drawn[kind].size == (1240, 1754)
        again = Sheet(form, filled=filled).drawn().convert("RGB")
        small = (310, 438)  # another release of the font library may set a dot elsewhere
        pairs = zip(again.resize(small).tobytes(), drawn[kind].resize(small).tobytes(), strict=True)
        assert sum(abs(a - b) for a, b in pairs) / (3 * small[0] * small[1]) < 1
    assert drawn["filled"].tobytes() != drawn["blank"].tobytes()


def test_no_form_carries_a_personal_number() -> None:
    """Who copies an example copies no identity number and no phone."""
    assert list(personal_numbers(json.dumps(_forms, ensure_ascii=False))) == []
