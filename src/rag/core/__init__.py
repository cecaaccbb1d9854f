"""Plain values, errors, ports and dates. Imports nothing of the package; touches the disk only in `atomic_files`."""
