"""What abilities, items and units do, written in the game's own data-driven words."""
