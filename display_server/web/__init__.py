"""What every page shares: the look, the signed-in account, errors, the published tree."""
