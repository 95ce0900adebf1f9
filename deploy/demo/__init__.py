"""The demonstration county: every role a real process of its own, and one visitor who walks through it."""
