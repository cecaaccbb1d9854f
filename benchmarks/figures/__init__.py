"""The figures of docs/figures.md and of the README: what is measured, by which command, and how it is told."""
