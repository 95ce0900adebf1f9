"""样表 (GUI-02, N-12): the forms of a guide as pictures, one at a time; a touch enlarges, keys turn, no pinch.

The pages, photos and files of a notice, a document or an answer are looked at here in the same way.

1. Two forms or more of a guide stand beside each other first, two by two: the example filled in, and the blank one.
2. A form whose file is here is shown; one that is not here yet says 正在取 and what to do meanwhile, and the device
   fetches it (the visit asks for it while this page is open).
3. Enlarged it is shown by pieces of about half its width, as wide as the screen; an upright sheet has six, any other
   four. They overlap: no word is only seen cut. Small print of a sheet of A4 is as large as the text around it. Keys go
   from one piece to the next and back to the whole.
4. A PDF cannot be drawn here: it says so, with a code where phones reach the county's pages.
"""

from dataclasses import replace

from content_sync.domain.disclosure.attachments import Attachment, Blob
from content_sync.domain.disclosure.items import Item
from kiosk.flow import links, lists, sizes, surroundings
from kiosk.flow.actions import Action, Change, Open
from kiosk.flow.frame import Box, Picture, Rect, overlap
from kiosk.flow.pages.reading import Samples
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet, radius, rim

_code_side, _upright, _a4, _beside = 460.0, 1.2, 1.42, 2


def forms(item: Item) -> tuple[Attachment, ...]:
    """The forms of a guide, all that is attached to another item, in their order."""
    return tuple(one for one in item.attachments if one.use == "form" or item.kind != "guide")


def _word(item: Item, key: str) -> str:
    """A form is called one; other pictures are pictures."""
    return f"sample.{key}" if item.kind == "guide" else f"picture.{key}"


def wanted(item: Item) -> tuple[Blob, ...]:
    """The files that this page would show (rule 2)."""
    return tuple(one.blob for one in forms(item) if one.is_picture)


def first(item: Item) -> Samples:
    """What 样表 opens (rule 1)."""
    return Samples(item.id, -1 if len(forms(item)) > 1 else 0)


def rows_of(form: Attachment) -> int:
    """Into how many rows of two pieces it is cut (rule 3)."""
    return 3 if form.height > _upright * form.width else 2


def draw(sheet: Sheet, page: Samples) -> None:
    """One form, or two beside each other."""
    if sheet.view.item is None or not forms(sheet.view.item[0]):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    words, size, every = sheet.words, sheet.size, forms(item)
    number = max(0, min(page.number, len(every) - 1))
    form = every[number]
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    sheet.text(words(_word(item, "title"), name=item.plain_title or item.title), size.body, color="soft", most=1)
    if page.number < 0 and len(every) > 1:
        _two(sheet, page, every)
        surroundings.finish(sheet, {item.channel})
        return
    sheet.text(_called(form), size.head, bold=True, most=2)
    sheet.y += 12
    is_here = form.is_picture and form.sha256 in sheet.view.files
    if is_here:
        _picture(sheet, page, form, words(_word(item, "enlarge_label")))
    else:
        _absent(sheet, item, form)
    sheet.y = sheet.bottom - size.key
    _keys(sheet, replace(page, number=number), form, len(every), is_here=is_here)
    surroundings.finish(sheet, {item.channel})


def _called(form: Attachment) -> str:
    return form.name.rpartition(".")[0] or form.name


def _two(sheet: Sheet, page: Samples, every: tuple[Attachment, ...]) -> None:
    """Rule 1: each with its name on a key below; in low view only the keys open it."""
    words, size, gap = sheet.words, sheet.size, sheet.size.gap
    pages = -(-len(every) // _beside)
    at = min(-1 - page.number, pages - 1)
    sheet.text(words("sample.beside"), size.head, bold=True, most=2)
    sheet.y += 16
    low = sheet.bottom - size.key
    if pages > 1:
        sheet.y, top = low, sheet.y
        lists.turner(sheet, at, pages, lambda n: Samples(page.item, -1 - n))
        sheet.y, low = top, low - size.key - gap
    wide = (sizes.room - gap) / _beside
    shown = every[at * _beside : (at + 1) * _beside]
    high = min(low - gap - sheet.y, max(round(wide * _sheet(form)) for form in shown))
    top = low - gap - high if sheet.state.low else sheet.y
    for n, form in enumerate(shown):
        room = Rect(sizes.left + n * (wide + gap), top, wide, high)
        opened = Open(Samples(page.item, at * _beside + n))
        sheet.add(Box(room, "card", "line" if sheet.state.low else "rim", rim, radius))
        if form.is_picture and form.sha256 in sheet.view.files:
            sheet.add(Picture(Rect(room.x + 8, room.y + 8, room.w - 16, room.h - 16), form.blob))
        else:
            told = words("sample.coming" if form.is_picture else "sample.file")
            sheet.text(told, size.body, x=room.x + 16, y=room.y + 48, width=wide - 32, align="center", most=3)
        if not sheet.state.low:
            sheet.touchable(room, _called(form), opened)
        sheet.key(Rect(room.x, room.bottom + gap, wide, size.key), _called(form), opened, icon="search")


def _sheet(form: Attachment) -> float:
    """How high a form is to its width; a sheet of A4 where nobody measured it."""
    return form.height / form.width if form.width and form.height else _a4


def _picture(sheet: Sheet, page: Samples, form: Attachment, label: str) -> None:
    """The form on white; in low view only the keys below enlarge it."""
    most, rows = sheet.bottom - sheet.size.key - 20 - sheet.y, rows_of(form)
    shape = _sheet(form) * (1 / rows + overlap) / (1 / 2 + overlap)
    piece = round((sizes.room - 16) * shape) + 16 if page.part else most
    room = Rect(sizes.left, sheet.y, sizes.room, min(most, piece))
    if sheet.state.low:
        room = replace(room, y=sheet.y + most - room.h)
    sheet.add(Box(room, "white", "line", 3, radius))
    place = Rect(room.x + 8, room.y + 8, room.w - 16, room.h - 16)
    sheet.add(Picture(place, form.blob, min(page.part, 2 * rows), rows))
    if not sheet.state.low:
        following = page.part % (2 * rows) + 1
        sheet.touchable(room, label, Change(replace(page, part=following)))


def _keys(sheet: Sheet, page: Samples, form: Attachment, count: int, *, is_here: bool) -> None:
    """Rule 3: from form to form, and enlarged from piece to piece."""
    words, pieces = sheet.words, 2 * rows_of(form)
    if page.part and is_here:
        whole: tuple[str, Action] = (words("sample.whole"), Change(replace(page, part=0)))
        at = min(page.part, pieces) - 1
        lists.turner(sheet, at, pieces, lambda n: replace(page, part=n + 1), whole)
        return
    larger: tuple[str, Action] = (words("sample.larger"), Change(replace(page, part=1)))
    if count > 1 or is_here:
        lists.turner(sheet, page.number, count, lambda n: Samples(page.item, n), larger if is_here else None)


def _absent(sheet: Sheet, item: Item, form: Attachment) -> None:
    """Rules 2 and 4."""
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
