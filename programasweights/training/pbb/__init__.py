"""Programming by backprop: curricula on instructions and executions, and programs written by gradient."""
