"""Errors by who must act. Each carries one clear sentence: what is wrong and what to do."""


class GongkailanError(Exception):
    """A refusal or failure that has a sentence for a person."""


class Refused(GongkailanError):
    """A rule says no. The person who asked must change something; nothing was changed."""


class BadInput(Refused):
    """What came in is not what it should be. Its sender must mend it."""


class Unverified(GongkailanError):
    """Bytes that do not prove themselves: damaged, forged, rolled back or expired. Nothing of them was used."""


class Unreachable(GongkailanError):
    """The other end did not answer, or too slowly. Trying again later may help."""


class Broken(GongkailanError):
    """This machine's own files are missing or damaged. The operator must act."""


class Outdated(GongkailanError):
    """What came in is sound and made for a newer program. The operator must update this one; nothing was changed."""
