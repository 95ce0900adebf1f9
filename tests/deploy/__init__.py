"""The scripts of the first README commands."""
