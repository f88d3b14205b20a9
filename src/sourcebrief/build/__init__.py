"""Building: what is stale, and making it."""
