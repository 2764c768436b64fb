"""What keeps an office from losing its work: backups, their way back, how computer and store are doing."""
