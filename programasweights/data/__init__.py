"""Training and test data: specs with (input, output) pairs, made, loaded, split and checked."""
