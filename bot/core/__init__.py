"""What every layer may use: the clock, errors, threads and the process."""
