"""Makes the shipped models from labelled data: weights, figures and a model card."""
