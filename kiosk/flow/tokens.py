"""The theme's numbers. Made from assets/themes/day.json by deploy/tokens.py: change them there, not here."""

type_normal = {
    "small": 30.0,
    "body": 36.0,
    "head": 46.0,
    "title": 64.0,
    "huge": 240.0,
    "line": 1.5,
    "least": 28.0,
}
type_elder = {
    "small": 42.0,
    "body": 50.0,
    "head": 62.0,
    "title": 84.0,
    "huge": 280.0,
    "line": 1.6,
    "least": 40.0,
}
type_board = {
    "small": 52.0,
    "body": 56.0,
    "large": 60.0,
    "narrower": 68.0,
    "title": 76.0,
    "row": 84.0,
    "figure": 132.0,
    "huge": 160.0,
}
type_lamps = {
    "low": 16.0,
    "head": 16.0,
    "body": 24.0,
    "large": 32.0,
}
spacing_canvas = {
    "wide": 1080.0,
    "high": 1920.0,
    "margin": 48.0,
    "header": 112.0,
    "reach": 960.0,
}
spacing_normal = {
    "key": 124.0,
    "key_least": 120.0,
}
spacing_elder = {
    "key": 148.0,
    "key_least": 144.0,
}
spacing_all = {
    "step": 8.0,
    "gap": 16.0,
    "apart": 12.0,
    "radius": 16.0,
    "rim": 3.0,
    "chosen": 5.0,
}
spacing_board = {
    "margin": 52.0,
}
motion_normal = {
    "page_ms": 0.0,
}
motion_elder = {
    "page_ms": 0.0,
}
