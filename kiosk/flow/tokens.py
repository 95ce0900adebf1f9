"""The theme's numbers. Made from assets/themes/day.json by deploy/tokens.py: change them there, not here."""

type_normal = {
    "small": 30,
    "body": 36,
    "head": 46,
    "title": 64,
    "huge": 240,
    "line": 1.5,
    "least": 28,
}
type_elder = {
    "small": 40,
    "body": 50,
    "head": 62,
    "title": 84,
    "huge": 280,
    "line": 1.6,
    "least": 40,
}
type_board = {
    "small": 52,
    "body": 56,
    "large": 60,
    "narrower": 68,
    "title": 76,
    "row": 84,
    "figure": 132,
    "huge": 160,
}
type_lamps = {
    "low": 16,
    "head": 16,
    "body": 24,
    "large": 32,
}
spacing_canvas = {
    "wide": 1080,
    "high": 1920,
    "margin": 48,
    "header": 112,
    "reach": 960,
}
spacing_normal = {
    "key": 124,
    "key_least": 120,
}
spacing_elder = {
    "key": 148,
    "key_least": 144,
}
spacing_all = {
    "step": 8,
    "gap": 16,
    "apart": 12,
    "radius": 16,
    "rim": 3,
    "chosen": 5,
}
spacing_board = {
    "margin": 52,
}
motion_normal = {
    "page_ms": 120,
    "page_px": 24,
}
