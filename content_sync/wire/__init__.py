"""Domain ↔ bytes: canonical, versioned, strict. Pure."""
