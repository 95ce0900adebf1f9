"""样表 (GUI-02, N-12): the forms of a guide as pictures, one at a time; a touch enlarges, keys turn, no pinch.

The pages, photos and files of a notice, a document or an answer are looked at here in the same way.

1. A form whose file is here is shown; one that is not here yet says 正在取 and what to do meanwhile, and the device
   fetches it (the visit asks for it while this page is open).
2. Enlarged it is shown by quarters, each twice as large; keys go from one to the next and back to the whole.
3. A PDF cannot be drawn here: it says so, with a code where phones reach the county's pages.
"""

from dataclasses import replace

from content_sync.domain.disclosure.attachments import Attachment, Blob
from content_sync.domain.disclosure.items import Item
from kiosk.flow import links, lists, sizes, surroundings
from kiosk.flow.actions import Action, Change
from kiosk.flow.frame import Box, Picture, Rect
from kiosk.flow.pages.reading import Samples
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet, radius

_code_side, _quarters = 460.0, 4


def forms(item: Item) -> tuple[Attachment, ...]:
    """The forms of a guide, all that is attached to another item, in their order."""
    return tuple(one for one in item.attachments if one.use == "form" or item.kind != "guide")


def _word(item: Item, key: str) -> str:
    """A form is called one; other pictures are pictures."""
    return f"sample.{key}" if item.kind == "guide" else f"picture.{key}"


def wanted(item: Item) -> tuple[Blob, ...]:
    """The files that this page would show (rule 1)."""
    return tuple(one.blob for one in forms(item) if one.is_picture)


def draw(sheet: Sheet, page: Samples) -> None:
    """One form."""
    if sheet.view.item is None or not forms(sheet.view.item[0]):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    words, size, every = sheet.words, sheet.size, forms(item)
    number = min(page.number, len(every) - 1)
    form = every[number]
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    sheet.text(words(_word(item, "title"), name=item.plain_title or item.title), size.body, color="soft", most=1)
    sheet.text(form.name.rpartition(".")[0] or form.name, size.head, bold=True, most=2)
    sheet.y += 12
    is_here = form.is_picture and form.sha256 in sheet.view.files
    if is_here:
        _picture(sheet, page, form, words(_word(item, "enlarge_label")))
    else:
        _absent(sheet, item, form)
    sheet.y = sheet.bottom - size.key
    _keys(sheet, replace(page, number=number), len(every), is_here=is_here)
    surroundings.finish(sheet, {item.channel})


def _picture(sheet: Sheet, page: Samples, form: Attachment, label: str) -> None:
    """The form on white; in low view only the keys below enlarge it."""
    room = Rect(sizes.left, sheet.y, sizes.room, sheet.bottom - sheet.size.key - 20 - sheet.y)
    sheet.add(Box(room, "white", "line", 3, radius))
    sheet.add(Picture(Rect(room.x + 8, room.y + 8, room.w - 16, room.h - 16), form.blob, page.part))
    if not sheet.state.low:
        following = page.part % _quarters + 1
        sheet.touchable(room, label, Change(replace(page, part=following)))


def _keys(sheet: Sheet, page: Samples, count: int, *, is_here: bool) -> None:
    """Rule 2: from form to form, and enlarged from quarter to quarter."""
    words = sheet.words
    if page.part and is_here:
        whole: tuple[str, Action] = (words("sample.whole"), Change(replace(page, part=0)))
        lists.turner(sheet, page.part - 1, _quarters, lambda n: replace(page, part=n + 1), whole)
        return
    larger: tuple[str, Action] = (words("sample.larger"), Change(replace(page, part=1)))
    if count > 1 or is_here:
        lists.turner(sheet, page.number, count, lambda n: Samples(page.item, n), larger if is_here else None)


def _absent(sheet: Sheet, item: Item, form: Attachment) -> None:
    """Rules 1 and 3."""
    words, size = sheet.words, sheet.size
    sheet.y += 20
    sheet.text(words(_word(item, "coming" if form.is_picture else "file")), size.head, bold=True, most=3)
    sheet.y += 12
    sheet.text(words(_word(item, "meanwhile")), size.body, color="soft", most=4)
    address = links.file_link(item.id, form.sha256, sheet.view.county)
    if address:
        sheet.y += 24
        box = Rect(sizes.left, sheet.y, _code_side, _code_side)
        sheet.add(Box(box, "white", "line", 3, radius))
        sheet.code(address, _code_side - 12, x=box.x + 6, y=box.y + 6)
        wide = sizes.left + sizes.room - box.right - 28
        sheet.text(words("sample.scan"), size.body, x=box.right + 28, y=box.y + 8, width=wide, bold=True, most=4)
