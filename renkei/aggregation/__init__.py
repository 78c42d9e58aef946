"""Points, meshes and coded rows of any number, summed by municipality, prefecture and joint area."""
