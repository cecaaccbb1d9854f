"""How the shipped models are made: labelled data in, weights, figures and a model card out."""
