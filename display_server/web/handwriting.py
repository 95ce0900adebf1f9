"""What a visitor wrote by hand, as a picture on the pages of whoever handles it (domain.cases.handwriting).

The picture is made of numbers only: nothing in it can be mistaken for markup. No style stands in it (content policy).
"""

from markupsafe import Markup

from content_sync.domain.cases import handwriting
from content_sync.domain.cases.handwriting import Stroke
from content_sync.domain.errors import BadInput


def drawn(text: str) -> Markup:
    """The picture as SVG; nothing for nothing, and a sentence for what cannot be drawn."""
    if not text:
        return Markup("")
    try:
        writing = handwriting.parse(text)
    except BadInput:
        return Markup('<p class="hint">手写的内容打不开。</p>')
    paths = Markup("").join(Markup('<path d="{}"/>').format(_path(stroke)) for stroke in writing.strokes)
    return Markup('<svg class="written" viewBox="0 0 {} {}" role="img" aria-label="手写的内容">{}</svg>').format(
        writing.width, writing.height, paths
    )


def _path(stroke: Stroke) -> str:
    """A line through the points; of one point a dot."""
    (x, y), *rest = stroke
    return f"M{x} {y}" + ("".join(f"L{right} {down}" for right, down in rest) or "h0.1")
