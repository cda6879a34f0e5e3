"""What mark readers find, put together: molecules, scores, formulas, and the text that tells them."""
