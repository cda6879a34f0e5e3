"""Mark readers: small networks that find what stands where in a drawing, and run on ONNX Runtime."""
