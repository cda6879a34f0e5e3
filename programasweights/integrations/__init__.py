"""Functions over columns of data frames, in queries and in scikit-learn; each module needs its own package."""
