"""Safety and quality: what must not go through, what needs a person to look at it, and what is not good enough yet."""
