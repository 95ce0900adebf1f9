"""What a browser sent ↔ the form of an item.

1. `group.0.name` is a field of a row; anything else is a field of the item. Unknown names count for nothing.
2. A group always shows an empty row at its end; the button `more` asks for further ones, so no script is needed.
"""

import dataclasses
import re

from werkzeug.datastructures import MultiDict

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from display_server.authoring.forms import rows
from display_server.authoring.forms.fields import Form

_row_field = re.compile(r"([a-z_]+)\.(\d{1,4})\.([a-z_]+)")
more_rows = 3


def sent(kind: str, posted: MultiDict[str, str]) -> Form:
    """The form as it was sent (rule 1)."""
    values: dict[str, str] = {}
    found: dict[str, dict[int, rows.Fields]] = {kind.name: {} for kind in rows.row_kinds}
    for name, text in posted.items():
        match = _row_field.fullmatch(name)
        if match is None:
            values[name] = text
        elif match[1] in found:
            found[match[1]].setdefault(int(match[2]), {})[match[3]] = text
    if any(len(group) > limits.list_max for group in found.values()):
        raise BadInput(f"一组最多 {limits.list_max} 行。")
    groups = {name: [group[number] for number in sorted(group)] for name, group in found.items()}
    return Form(kind, values, tuple(posted.getlist("topics")), groups)


def with_empty_rows(form: Form, more: str = "") -> Form:
    """The form with empty rows to fill in (rule 2)."""
    groups = {
        kind.name: [
            *(fields for fields in form.rows.get(kind.name, ()) if any(text.strip() for text in fields.values())),
            *({cell.name: "" for cell in kind.cells} for _ in range(more_rows if kind.name == more else 1)),
        ]
        for kind in rows.row_kinds
    }
    return dataclasses.replace(form, rows=groups)
