"""Who may do what: the one place where a permission is checked (ORG-01).

1. A role allows named actions; an account acts only for its own units (`*` = every unit).
2. A supervisor reads everything and changes nothing but supervision (SUP-11).
3. What the page hides, the check refuses too: pages and the shell ask the same function.
"""

from dataclasses import dataclass

from content_sync.domain.errors import Refused

roles: dict[str, str] = {
    "editor": "编辑",
    "reviewer": "内容审查",
    "secrecy": "保密审查",
    "legal": "合法性审查",
    "publisher": "发布",
    "clerk": "窗口",
    "manager": "大厅管理",
    "supervisor": "监察",
    "admin": "系统管理",
}
_allowed: dict[str, frozenset[str]] = {
    "author": frozenset({"editor"}),
    "review.content": frozenset({"reviewer"}),
    "review.secrecy": frozenset({"secrecy"}),
    "review.legal": frozenset({"legal"}),
    "publish": frozenset({"publisher"}),
    "emergency": frozenset({"secrecy"}),
    "audit": frozenset({"publisher", "supervisor"}),
    "withdraw": frozenset({"publisher", "supervisor"}),
    "call": frozenset({"clerk"}),
    "answer": frozenset({"clerk", "supervisor"}),
    "reports": frozenset({"supervisor"}),
    "panel": frozenset({"supervisor"}),
    "apply": frozenset({"clerk", "supervisor"}),
    "apply.step": frozenset({"clerk"}),
    "hall": frozenset({"manager"}),
    "blank": frozenset({"manager", "publisher", "supervisor"}),
    "watch": frozenset({"manager", "supervisor", "admin"}),
    "inspect": frozenset({"supervisor", "admin"}),
    "accounts": frozenset({"admin"}),
    "devices": frozenset({"admin"}),
    "structure": frozenset({"admin"}),
}


_writing = ("author", "review.content", "review.secrecy", "review.legal", "publish")
content_actions = (*_writing, "withdraw", "inspect")


@dataclass(frozen=True)
class Actor:
    """An account that acts, and by which way: `page` or `shell`."""

    name: str
    display_name: str
    roles: frozenset[str]
    units: frozenset[str]
    via: str

    def may(self, action: str, unit: str = "") -> bool:
        """Whether the action is allowed, for `unit` when one is named (rule 1)."""
        return bool(self.roles & _allowed[action]) and (not unit or "*" in self.units or unit in self.units)

    def writes_for(self, unit: str) -> bool:
        """Whether they author, review or publish for the unit: then they do not oversee it, whatever else they are."""
        return any(self.may(action, unit) for action in _writing)

    def may_judge(self, unit: str = "") -> bool:
        """Whether bad ratings are for them: for supervision, and for nobody who may sit at a window (promise 11)."""
        return self.may("inspect", unit) and not self.may("call")


def roles_allowed(action: str) -> frozenset[str]:
    """The roles that may do this."""
    return _allowed[action]


# Whoever has a shell on the server and acts as nobody in particular: makes accounts, units, channels.
shell = Actor("shell", "服务器命令行", frozenset({"admin"}), frozenset({"*"}), "shell")


def check(actor: Actor, action: str, unit: str = "") -> None:
    """Refuse an action with the roles that may do it (rules 1 and 3)."""
    if not actor.may(action, unit):
        names = "、".join(roles[role] for role in roles if role in _allowed[action])
        where = f"（{unit}）" if unit else ""
        raise Refused(f"账号 {actor.name} 没有这个权限{where}：需要“{names}”角色。")


def check_reading(actor: Actor, unit: str) -> None:
    """Refuse unpublished texts to whoever neither works on the unit's content nor inspects it (rule 2)."""
    if not any(actor.may(action, unit) for action in content_actions):
        raise Refused(f"账号 {actor.name} 不能查看这个单位未公开的内容。")
