"""IN AND OUT: files that leave for, and arrive from, planners' other tools."""
