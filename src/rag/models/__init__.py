"""The neural models: embedders and readers, how they are exported, and how ONNX Runtime runs them."""
