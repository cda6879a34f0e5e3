"""What mark readers find, put together: molecules, scores, formulas, circuits, and the text that tells them."""
