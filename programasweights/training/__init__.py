"""What needs torch: the reference that every engine is compared with, and later the training stages."""
