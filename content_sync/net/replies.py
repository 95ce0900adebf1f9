"""The live side's answers that are no success, as errors with a sentence."""

import http.client

from content_sync.domain.errors import Refused, Unreachable
from content_sync.domain.quoting import quoted
from content_sync.ports import Reply


def refusal(reply: Reply) -> Refused | Unreachable:
    """The error of such an answer, in the server's own words when it gave any; 5xx and 429 may pass by themselves."""
    error = reply.value.get("error") if isinstance(reply.value, dict) else None
    sentence = error.get("message") if isinstance(error, dict) else None
    text = quoted(sentence) if isinstance(sentence, str) and sentence else f"The server answers {reply.status}."
    passing = reply.status >= http.client.INTERNAL_SERVER_ERROR or reply.status == http.client.TOO_MANY_REQUESTS
    return Unreachable(text) if passing else Refused(text)
