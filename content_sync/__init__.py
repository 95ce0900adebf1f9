"""What both ends must agree on, and how it travels."""
