"""Money: whole fen (1/100 yuan) everywhere, written as yuan here and nowhere else.

1. An amount in accounts has both its decimals: 1,234.50. A price has them where it is not of whole yuan: 40, 12.50.
2. What stands in a field to be edited has no commas; what people write there may have them, and 元 or ¥.
"""

_fen_digits = 2
_passed_over = str.maketrans("", "", ",，¥￥ ")


def exact(fen: int) -> str:
    """8641235 → 86,412.35."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def price(fen: int) -> str:
    """4000 → 40, 1250 → 12.50."""
    return exact(fen).removesuffix(".00")


def typed(fen: int) -> str:
    """120000 → 1200.00."""
    return exact(fen).replace(",", "")


def fen_of(text: str) -> int:
    """Yuan as written (`1,234.5`, `¥12`, `12元`) in fen. Raises ValueError."""
    bare = text.strip().translate(_passed_over).removesuffix("元")
    sign, bare = (-1, bare[1:]) if bare.startswith("-") else (1, bare)
    whole, _, part = bare.partition(".")
    if not (whole + part).isdecimal() or len(part) > _fen_digits:
        raise ValueError(text)
    return sign * (int(whole or "0") * 100 + int(part.ljust(_fen_digits, "0") or "0"))
