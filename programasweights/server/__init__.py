"""Base models over HTTP, for other programs to use; needs the `server` extra."""
