"""Write kiosk/flow/tokens.py from assets/themes/day.json: the theme's numbers as plain values for the pure flow.

    python deploy/tokens.py

Colours stay in the theme's file and are read when a window opens (kiosk.config): only they differ from theme to theme.
"""

import json
from pathlib import Path

_root = Path(__file__).resolve().parents[1]
_theme, _module = _root / "assets/themes/day.json", _root / "kiosk/flow/tokens.py"
_head = '''"""The theme's numbers. Made from assets/themes/day.json by deploy/tokens.py: change them there, not here."""
'''


def made(theme: str) -> str:
    """The module of a theme's text: one mapping of numbers for each group of `type`, `spacing` and `motion`."""
    sections = {name: groups for name, groups in json.loads(theme).items() if name != "colours"}
    lines = [_head]
    for section, groups in sections.items():
        for group, values in groups.items():
            lines.append(f"{section}_{group} = {{")
            lines += [f'    "{name}": {value},' for name, value in values.items()]
            lines.append("}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    _module.write_text(made(_theme.read_text(encoding="utf-8")), encoding="utf-8")
