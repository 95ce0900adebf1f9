"""The server's own state: one engine, one writer at a time, migrations, the audit chain."""
