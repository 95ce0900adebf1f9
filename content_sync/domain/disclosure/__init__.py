"""Items, catalogue, guides, ledgers and the review workflow of disclosure."""
