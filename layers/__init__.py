"""WHAT: cases, ties, blocs and indicators, keyed by municipality code."""
