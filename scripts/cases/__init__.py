"""Readers of what the five documents say: one module a kind of fact. ``scripts.build_cases`` writes the tables."""
