"""Data for programming by backprop: instructions as text, and executions of them as question and answer."""
