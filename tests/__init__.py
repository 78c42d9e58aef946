"""The tests, room by room: a package, so that no other package named tests comes before it."""
