"""What a phone can read without a login: the published state and nothing else."""
