"""Many pictures to be looked at together: contact sheets, and one page with all of them that needs no script.

1. A sheet has up to 24 pictures of one folder, 270 px wide, lying ones 480 px and never larger than they are, named.
2. The page shows every picture of every folder, a touch away from its real size, and what is broken under it.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.typeset import fonts

if TYPE_CHECKING:
    from PIL.Image import Image

_each, _gap, _caption = 24, 12, 22
_across, _wide = {True: 8, False: 4}, {True: 270, False: 480}  # upright, lying
_page = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Every screen in every look</title><style>
body {{ margin: 1rem; background: #fff; color: #000; font: 15px/1.4 sans-serif; }}
section div {{ display: flex; flex-wrap: wrap; gap: 12px; }}
figure {{ margin: 0; width: min-content; }}
img {{ display: block; border: 1px solid #555; height: 480px; }}
.lying img, .board img {{ height: 270px; }}
b {{ color: #a00; }}
</style></head><body>
<h1>{count} pictures, {broken} of them broken</h1>
<ul>{links}</ul>
{sections}
</body></html>
"""


def sheets(pictures: Sequence[Path]) -> Iterator["Image"]:
    """Rule 1: the contact sheets of one folder."""
    from PIL import Image, ImageDraw

    face = fonts.face(18)
    for first in range(0, len(pictures), _each):
        shown = [(path.stem, _small(path)) for path in pictures[first : first + _each]]
        wide, high = (max(side) for side in zip(*(picture.size for _, picture in shown), strict=True))
        across = _across[high > wide]
        wide, high = wide + _gap, high + _caption + _gap
        made = Image.new("RGB", (across * wide + _gap, -(-len(shown) // across) * high + _gap), "#888888")
        pen = ImageDraw.Draw(made)
        for n, (name, picture) in enumerate(shown):
            x, y = _gap + n % across * wide, _gap + n // across * high
            made.paste(picture, (x, y + _caption))
            pen.text((x, y - 4), name.removeprefix("touch-"), "white", face)
        yield made


def _small(path: Path) -> "Image":
    from PIL import Image

    with Image.open(path) as picture:
        wide = min(picture.width, _wide[picture.height > picture.width])
        size = (wide, picture.height * wide // picture.width)
        return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def page(out: Path, folders: Sequence[Path], broken: Mapping[str, Sequence[str]]) -> str:
    """Rule 2: `broken` has sentences by a picture's path below `out`, without its ending."""
    sections, links = [], []
    for folder in folders:
        name = escape(folder.name)
        links.append(f'<li><a href="#{name}">{name}</a></li>')
        figures = "".join(_figure(out, path, broken) for path in sorted(folder.glob("*.png")) if not _is_sheet(path))
        form = folder.name.partition("-")[0]
        sections.append(f'<section id="{name}" class="{form}"><h2>{name}</h2><div>{figures}</div></section>')
    return _page.format(
        count=sum(one.count("<figure>") for one in sections),
        broken=len(broken),
        links="".join(links),
        sections="\n".join(sections),
    )


def _figure(out: Path, path: Path, broken: Mapping[str, Sequence[str]]) -> str:
    at = path.relative_to(out).as_posix()
    said = "".join(f"<br><b>{escape(one)}</b>" for one in broken.get(at.removesuffix(".png"), ()))
    picture = f'<a href="{escape(at)}"><img src="{escape(at)}" alt="{escape(path.stem)}" loading="lazy"></a>'
    return f"<figure>{picture}<figcaption>{escape(path.stem)}{said}</figcaption></figure>"


def _is_sheet(path: Path) -> bool:
    return path.stem.startswith("sheet-")


def bind(out: Path, broken: Mapping[str, Sequence[str]]) -> int:
    """Write every folder's sheets and the page over all of them; returns how many pictures there are."""
    folders = sorted(path for path in out.iterdir() if path.is_dir())
    count = 0
    for folder in folders:
        pictures = sorted(path for path in folder.glob("*.png") if not _is_sheet(path))
        count += len(pictures)
        for n, sheet in enumerate(sheets(pictures), 1):
            sheet.save(folder / f"sheet-{n}.png", compress_level=1)
    (out / "index.html").write_text(page(out, folders, broken), encoding="utf-8")
    return count
