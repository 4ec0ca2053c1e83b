"""The compiled rules: advance the tables of a match by one tick. They know no hero by name."""
