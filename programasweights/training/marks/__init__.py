"""Training of mark readers: small networks that find what stands where in a drawing."""
