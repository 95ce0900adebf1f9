"""Keys and requests in words, for the people who keep them and sign with them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content_sync.trust.inventory import Inventory
    from content_sync.trust.requests import Request
    from content_sync.trust.roots import Keyring

role_names = {"root": "根", "targets": "内容", "online": "在线", "withdrawal": "撤下"}


def words_of(request: "Request") -> list[str]:
    """What a request asks keys to sign, a line each."""
    from content_sync.trust.roots import keyring

    before = keyring(request.present.signed)
    lines = [f"频道 {request.channel}"]
    if request.root is not None:
        lines += _root_words(before, keyring(request.root.signed))
    if request.targets is not None:
        lines += _targets_words(request)
    return lines


def lacking_of(request: "Request") -> list[str]:
    """Who still must sign, a line for each part that lacks signatures."""
    from content_sync.trust.requests import lacking_targets
    from content_sync.trust.roots import lacking

    lines = []
    if request.root is not None and (waiting := lacking(request.present.signed, request.root)):
        lines.append(f"根还差签名，可以签的有：{_named(waiting)}")
    if waiting := lacking_targets(request):
        lines.append(f"内容还差签名，可以签的有：{_named(waiting)}")
    return lines


def inventory_lines(found: "Inventory") -> list[str]:
    """The keys of a repository, a line each, and what must be said of them."""
    lines = [found.channel]
    for role in found.roles:
        head = f"  {role_names[role.role]}（{role.role}）第 {role.version} 版，到 {role.expires[:10]}"
        lines.append(f"{head}，{len(role.keys)} 把里要 {role.threshold} 把签名")
        lines += [
            f"    {key.name:<11} {key.fingerprint}  {'在这台服务器上' if key.here else '不在这里'}" for key in role.keys
        ]
    return lines + [f"  {line}" for line in notes(found)]


def notes(found: "Inventory") -> list[str]:
    """What must be said plainly of a repository's keys; empty when all is as it should be."""
    lines = []
    if found.root_here:
        lines.append(
            f"根密钥还在这台服务器上：谁控制服务器，谁就能换掉 {found.channel} 的所有密钥。"
            f"请举行首次仪式：keys take-out {found.channel} OUT"
        )
    return lines + worries(found)


def worries(found: "Inventory") -> list[str]:
    """What people must do soon."""
    ch, asking = found.channel, {"root": "request", "targets": "pending"}
    worn = "{} 的{}签名有效期已过半，要请密钥保管人签名：keys {} {} OUT"
    lost = "{} 的{}密钥不在这台服务器上：请从密钥备份恢复，或者更换：keys rotate {} --role {}"
    lines = [worn.format(ch, role_names[role], asking[role], ch) for role in found.worn]
    return lines + [lost.format(ch, role_names[role], ch, role) for role in found.lost]


def _root_words(before: "Keyring", after: "Keyring") -> list[str]:
    lines = [f"根（root）第 {after.version} 版，接替第 {before.version} 版，有效期到 {after.expires[:10]}"]
    for number, mark in enumerate(after.root):
        lines.append(f"  root-{number + 1}  {mark}{_instead(before.root[number : number + 1], mark)}")
    lines.append(f"  换根要 {after.root_threshold} 把根密钥签名")
    lines += [f"  内容    {mark}{_instead(before.targets, mark)}" for mark in after.targets]
    count = "不变" if after.targets_threshold == before.targets_threshold else f"原来 {before.targets_threshold} 把"
    lines.append(f"  每期内容要 {after.targets_threshold} 把签名（{count}）")
    gone = [mark for mark in before.targets if mark not in after.targets]
    lines += [f"  不再能签内容：{mark}" for mark in gone]
    lines.append(f"  在线    {after.online}{_instead((before.online,), after.online)}")
    return lines


def _targets_words(request: "Request") -> list[str]:
    from content_sync.trust.texts import shown, withdrawal_key

    assert request.targets is not None
    signed, texts = request.targets.signed, request.texts
    lines = [f"内容清单（targets）第 {signed.version} 版，有效期到 {signed.expires:%Y-%m-%d}"]
    if texts is None:
        return [*lines, f"  目录，{len(signed.targets)} 项"]
    seen = shown(request.channel, signed, texts)
    edition = seen.edition
    since = f"与第 {seen.before} 期相比" if texts.held else "您没有签过上一期，全部列出"
    lines.append(f"第 {edition.number} 期，{edition.items} 件（{since}）")
    lines += [f"  新增  {item}  {title}" for item, title in seen.came]
    lines += [f"  修改  {item}  {title}" for item, title in seen.changed]
    lines += [f"  移除  {item}" for item in seen.left]
    lines += [] if seen.came or seen.changed or seen.left else ["  内容没有变化"]
    return [*lines, f"  内容根 {edition.root}", f"  撤下由 {withdrawal_key(signed)} 签名"]


def _instead(before: Sequence[str], mark: str) -> str:
    return "（不变）" if mark in before else f"（新的；原来是 {'、'.join(before)}）"


def _named(waiting: dict[str, str]) -> str:
    return "、".join(f"{name} {mark}" for mark, name in waiting.items())
