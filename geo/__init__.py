"""WHERE: municipality codes, names, shapes and distances."""
