"""One module a hero, with its ABILITIES. The listing of this package is the registry."""
