"""How a complaint, an opinion or an application reached the office (SUP-01, APP-01): one register for all of them.

A code is kept with the case for good; the box is the kiosk's, and nobody types it in by hand.
"""

box = "box"
by_hand: dict[str, str] = {
    "window": "窗口当面",
    "oral": "窗口当面，口头说、窗口代写",
    "phone": "投诉电话",
    "visit": "走访、接待",
    "letter": "信函",
    "meeting": "座谈会",
    "fax": "电报、传真",
    "email": "电子邮件",
    "online": "网站、政务平台",
}
every: dict[str, str] = {box: "大厅触摸屏（意见箱）", **by_hand}
