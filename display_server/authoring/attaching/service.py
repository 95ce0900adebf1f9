"""Attaching a file to a working text, and taking it off again.

1. It is an edit like any other (authoring.service): it needs the editor role, makes an author, and voids what was
   submitted. From submission on the file's hash stands in the text that is reviewed and signed.
2. A file is kept once, however many texts name it. What is taken off and named by nothing else is removed.
"""

from pathlib import Path

from content_sync import plain
from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Attachment
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire import shapes
from display_server.access import Actor
from display_server.authoring import service
from display_server.authoring.attaching.preparing import prepared
from display_server.database import content, files
from display_server.database.engine import Database

_hash_chars_min = 8
_mega = 1_000_000


def attach(
    db: Database, actor: Actor, item_id: str, data: bytes, file_name: str, name: str = "", use: str = ""
) -> Attachment:
    """Attach a file; the attachment as it was made. Raises Refused and BadInput; then nothing was changed."""
    with db.read() as connection:
        service.check_editable(connection, actor, item_id)  # before a picture is unpacked for nothing
    made = prepared(data, file_name, name, use)
    with db.write() as connection:
        known = attachments_of(content.draft(connection, item_id))
        _check_together(known, made.attachment)
        files.keep(db.config, made.attachment.blob, made.data)
        service.put_attachments(db, connection, actor, item_id, (*known, made.attachment), made.attachment.name)
    return made.attachment


def attach_file(db: Database, actor: Actor, item_id: str, path: Path, name: str = "", use: str = "") -> Attachment:
    """Attach a file of this machine."""
    try:
        with plain.opened(path.resolve()) as file:
            data = file.read(limits.blob_bytes_max + 1)
    except OSError as error:
        raise BadInput(f"打不开这个文件（{error.strerror}）。") from error
    return attach(db, actor, item_id, data, path.name, name, use)


def detach(db: Database, actor: Actor, item_id: str, which: str) -> Attachment:
    """Take a file off a text, by its name or by the beginning of its hash. Raises Refused and BadInput."""
    with db.write() as connection:
        service.check_editable(connection, actor, item_id)
        known = attachments_of(content.draft(connection, item_id))
        gone = _found(known, which)
        left = tuple(one for one in known if one != gone)
        service.put_attachments(db, connection, actor, item_id, left, gone.name)
    with db.write() as connection:
        files.drop_unnamed(db.config, connection, [gone.sha256])  # rule 2
    return gone


def attachments_of(draft: dict[str, object]) -> tuple[Attachment, ...]:
    """What a plain working text has attached."""
    rows = draft.get("attachments", [])
    return tuple(shapes.from_plain(Attachment, row, "attachment") for row in rows)  # type: ignore[attr-defined]  # it was checked when it was saved


def _found(known: tuple[Attachment, ...], which: str) -> Attachment:
    fitting = [one for one in known if one.name == which]
    if not fitting and len(which) >= _hash_chars_min:
        fitting = [one for one in known if one.sha256.startswith(which)]
    if len(fitting) != 1:
        names = "、".join(f"{one.name}（{one.sha256[:_hash_chars_min]}）" for one in known) or "没有附件"
        raise BadInput(f"说不清是哪个附件：“{which}”。现有：{names}。")
    return fitting[0]


def _check_together(known: tuple[Attachment, ...], new: Attachment) -> None:
    if any(one.sha256 == new.sha256 for one in known):
        raise Refused("这个文件已经附过了。")
    if len(known) >= limits.attachments_max:
        raise Refused(f"一件最多附 {limits.attachments_max} 个文件。")
    if sum(one.length for one in known) + new.length > limits.item_blob_bytes_max:
        raise Refused(f"一件的附件加起来最多 {limits.item_blob_bytes_max // _mega} MB。")
