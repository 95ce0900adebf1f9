"""Small heads: on a metered line the head of an empty answer costs more than anything it says.

1. The program's name is nobody's business, and of no use to a device.
2. A connection of HTTP/1.1 is kept unless one side says otherwise; only an older client is told.
"""

from gunicorn.http.wsgi import Response


class SmallHead(Response):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's answer without what says nothing."""

    def default_headers(self) -> list[str]:
        """The status line, the date, and what else is needed."""
        needless = ("Server:", "Connection: keep-alive") if self.req.version >= (1, 1) else ("Server:",)
        return [line for line in super().default_headers() if not line.startswith(needless)]
