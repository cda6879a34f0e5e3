"""HTML and web: markup, addresses, headers, logs, forms, shops, pages."""
