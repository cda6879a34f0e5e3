"""The REST API, one module per subject; each has `router(services)`."""
