"""Which web addresses may be printed on a ticket or a screen (QUE-02): only what any phone can reach.

1. http or https, a host with a dot, no user name or password, nothing that readers disagree about (spaces, backslashes,
   percent signs or look-alike characters in the host).
2. No name that only an office network knows: localhost, .local, .lan, .internal and their kind.
3. No private, loopback, link-local, carrier-grade or otherwise special address, in any spelling a browser takes:
   dotted, decimal, hexadecimal, octal, short, IPv6, IPv4 inside IPv6.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

_inner = frozenset(
    (
        *("local", "lan", "internal", "intranet", "intra", "private", "corp", "home", "localdomain", "localhost"),
        *("arpa", "test", "invalid", "onion"),
    )
)
_nat64 = ipaddress.ip_network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def public_address_fault(url: str) -> str:
    """Why a visitor's phone could not open `url`, as one Chinese sentence; empty when it could."""
    if not url.isprintable() or re.search(r"[\s\\]", url):
        return "网址里有空格或不可见字符：请重新复制。"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "网址写法不对：请重新复制完整网址。"
    if parts.scheme not in ("http", "https") or not host:
        return "网址要以 http:// 或 https:// 开头，后面是完整域名。"  # rule 1
    if "@" in parts.netloc or "%" in parts.netloc:
        return "网址里不能带用户名、密码或百分号编码的域名：请换成普通网址。"
    return _host_fault(unicodedata.normalize("NFKC", host).replace("。", ".").rstrip("."))


def _host_fault(host: str) -> str:
    address = _address(host)
    if address is not None:
        return "" if _is_public(address) else "这是内网地址，群众的手机打不开：请换成公网网址。"  # rule 3
    labels = host.lower().split(".")
    if len(labels) == 1 or labels[-1] in _inner:
        return "这是内网名称，群众的手机打不开：请换成公网网址。"  # rule 2
    if not all(re.fullmatch(r"[\w-]{1,63}", label) for label in labels) or not re.search(r"[^\d]", labels[-1]):
        return "域名写法不对：请重新复制完整网址。"
    return ""


def _address(host: str) -> _Address | None:
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host)
        except ValueError:
            return None
    return _ipv4(host.split("."))


def _ipv4(parts: list[str]) -> ipaddress.IPv4Address | None:
    """The address as browsers read it: up to four numbers, each decimal, 0x… or 0…; the last fills the rest."""
    if len(parts) > 4 or not all(re.fullmatch(r"0[xX][0-9a-fA-F]*|\d+", part, re.ASCII) for part in parts):
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value += number << (24 - 8 * place)
    return ipaddress.IPv4Address(value) if value < 2**32 and max(numbers[:-1], default=0) < 256 else None


def _number(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    return int(part, 8 if len(part) > 1 and part[0] == "0" else 10)


def _is_public(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in _nat64 or int(address) >> 32 == 0:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(inside)
    return address.is_global and not address.is_multicast
