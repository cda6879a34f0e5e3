"""The server's pages: HTML that is readable without scripts, and small scripts that use the JSON API."""
