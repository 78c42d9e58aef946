"""A planner's own files on the page: dropped, looked at row by row, shown beside the official data, saved."""
