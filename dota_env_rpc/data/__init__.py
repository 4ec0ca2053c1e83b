"""The numbers of the game, one folder a patch, with their loader and extractor."""
