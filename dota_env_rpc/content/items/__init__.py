"""What items do: ITEMS of each module. The listing of this package is the registry."""
