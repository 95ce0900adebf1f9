"""Frames as one HTML page: the same texts at the same places in the same faces and sizes, for a browser.

1. Every mark becomes an absolutely placed element, every key a button; a touch swaps the body for the next frame, as a
   page made for speed would: no framework, no network, no animation.
2. What a browser cannot take from a frame is left out: icons are their rim alone, a code is an empty square.
"""

import json
from html import escape
from pathlib import Path

from kiosk import config
from kiosk.flow.frame import Box, Code, Frame, Icon, Mark, Rect, Text
from kiosk.typeset import fonts


def page(frames: list[Frame], out: Path) -> Path:
    """The file; `show(n)` puts frame n on, `took` are the milliseconds from each touch to the picture after it."""
    bodies = [_body(frame) for frame in frames]
    faces = "".join(
        f"@font-face{{font-family:S;font-weight:{weight};src:url('{fonts.find(bold=bold).as_uri()}')}}"
        for bold, weight in ((False, 400), (True, 700))
    )
    style = (
        f"{faces}body{{margin:0;overflow:hidden;font-family:S;touch-action:none}}div,button,p{{position:absolute;"
        "margin:0;padding:0;border:0;background:none;white-space:pre;font-family:S;box-sizing:border-box}}"
    )
    script = (
        f"const bodies={json.dumps(bodies, ensure_ascii=False)};let next=0;const took=[];"
        "const show=n=>{document.getElementById('b').innerHTML=bodies[n]};show(0);"
        "addEventListener('pointerup',e=>{const at=e.timeStamp;show(next);"
        "requestAnimationFrame(()=>requestAnimationFrame(()=>took.push(performance.now()-at)))});"
    )
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><style>{style}</style>"
    body = f"<div id=b></div><script>{script}</script>"
    out.write_text(f"<!doctype html><html lang=zh><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return out


def _body(frame: Frame) -> str:
    colors = config.themes()[frame.theme]
    ground = _div(Rect(0, 0, frame.width, frame.height), f"background:{colors[frame.background]}")
    keys = "".join(_button(target.rect) for target in frame.targets)
    return ground + "".join(_mark(mark, colors) for mark in frame.marks) + keys


def _mark(mark: Mark, colors: dict[str, str]) -> str:
    match mark:
        case Text():
            face = f"font-size:{mark.size}px;line-height:{mark.leading}px;font-weight:{700 if mark.bold else 400}"
            place = f"left:{mark.x}px;top:{mark.y}px;width:{mark.w}px"
            lines = "\n".join(map(escape, mark.lines))
            return f'<p style="{place};{face};text-align:{mark.align};color:{colors[mark.color]}">{lines}</p>'
        case Box():
            fill = f"background:{colors[mark.fill]};" if mark.fill else ""
            rim = f"border:{mark.rim_width}px solid {colors[mark.rim]};" if mark.rim else ""
            return _div(mark.rect, f"{fill}{rim}border-radius:{mark.radius}px")
        case Icon():
            return _div(mark.rect, f"border:4px solid {colors[mark.color]};border-radius:8px")
        case Code():
            return _div(mark.rect, "background:#000")
        case _:
            return ""


def _div(rect: Rect, style: str) -> str:
    return f'<div style="{_at(rect)};{style}"></div>'


def _button(rect: Rect) -> str:
    return f'<button style="{_at(rect)}"></button>'


def _at(rect: Rect) -> str:
    return f"left:{rect.x}px;top:{rect.y}px;width:{rect.w}px;height:{rect.h}px"
