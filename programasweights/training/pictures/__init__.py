"""Training of compilers that read pictures: features on disk, packed batches, the loop, the picture checkpoint."""
