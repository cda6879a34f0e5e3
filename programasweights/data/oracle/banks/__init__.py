"""What inputs are made of: words, names, sentences, noise, and corpora of real texts."""
