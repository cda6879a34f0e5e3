"""What the public `programasweights` SDK needs from a server: bundles that llama.cpp runs, and their runtime."""
