"""The bar at the top of every page: where each role can go. Owners of pages add their line here."""

from dataclasses import dataclass

from flask import current_app

from display_server.access import Actor, content_actions


@dataclass(frozen=True)
class Entry:
    """A place: its words, what is done there, its endpoint, the actions of which one must be allowed.

    `parts` are the blueprints whose pages lie below it.
    """

    words: str
    about: str
    endpoint: str
    actions: tuple[str, ...]
    parts: tuple[str, ...]


entries: tuple[Entry, ...] = (
    Entry(
        "内容",
        "各频道的内容到了哪一步",
        "publication.overview",
        content_actions,
        ("publication", "authoring", "review", "publishing"),
    ),
    Entry("紧急信息", "紧急发布之后的审核", "emergency.audits", ("audit",), ("emergency",)),
    Entry("大厅", "队伍、窗口、设备现在怎么样，统计和图", "hall.halls", ("watch",), ("hall", "figures", "shown")),
    Entry("叫号", "坐到窗口，叫下一位", "queue.halls", ("call",), ("queue",)),
    Entry("预约", "今天谁预约了，报到取号", "bookings.halls", ("call", "hall"), ("bookings",)),
    Entry("调度", "借调窗口，关空着的窗口，结束今天", "steering.halls", ("hall",), ("steering", "hall_rules")),
    Entry("屏幕", "屏幕上出了错，一按就撤下全部内容", "blanking.listing", ("blank",), ("blanking",)),
    Entry("帮忙", "有人按铃求助，去一位；首问负责", "bell.listing", ("call", "hall"), ("bell",)),
    Entry("办件", "受理、承诺日期、补材料、办结", "handlings.listing", ("call", "inspect"), ("handlings",)),
    Entry("意见", "群众反映的事，一件件答复", "cases.listing", ("answer",), ("cases", "by_hand")),
    Entry("依申请公开", "申请、受理、答复、反馈、建档", "applications.listing", ("apply",), ("applications",)),
    Entry("不实举报", "内容不实、该公开没公开：只有监察看得到", "reports.listing", ("reports",), ("reports",)),
    Entry("代表评议", "给代表做评议码，代表在这里答问卷", "panels.listing", ("panel", "apply", "call"), ("panels",)),
    Entry("待公开的答复", "把答复、核查结果、问卷结果写成稿件", "answers.listing", ("author",), ("answers",)),
    Entry("监察", "谁的事超期了，发了哪些牌，经过一步不漏", "supervision.page", ("inspect",), ("supervision",)),
    Entry("评价", "各项业务的满意率", "ratings.listing", ("inspect",), ("ratings",)),
    Entry("设备", "大厅和村里的屏幕是不是正常", "devices.listing", ("inspect",), ("devices",)),
    Entry("密钥", "密钥在哪里，哪些要请人签名", "keys.listing", ("structure",), ("keys",)),
    Entry("账号", "谁能登录，能办什么", "accounts.listing", ("accounts",), ("accounts",)),
)


def entries_for(actor: Actor | None) -> list[Entry]:
    """The places this account may go to. What is hidden here is refused there too (access, rule 3)."""
    if actor is None:
        return []
    return [
        entry
        for entry in entries
        if entry.endpoint in current_app.view_functions and any(actor.may(action) for action in entry.actions)
    ]
