"""Academic and bibliography: references, citations, papers, reviews, courses."""
