"""Text: characters, phrases and names, for every stage."""
