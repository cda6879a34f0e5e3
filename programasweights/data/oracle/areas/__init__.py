"""The families, by area; every module holds an `area`."""
