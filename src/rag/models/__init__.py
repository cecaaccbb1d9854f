"""The embedder and the readers, and the ONNX sessions they run in. Reads model files; knows no store."""
