"""Annotations made elsewhere: read from their files, placed in a seed by the rules, written out."""
