"""This project beside the systems that people would otherwise use; `benchmarks.peers.__main__` runs it all."""
