"""File formats: reads each type of file as text and fields.

`file_types` finds the format by the file's name, `unpack` opens gzip and xz, and `records` reads files of many
articles. `markdown`, `html`, `pdf`, `json_records`, `feed`, `office` and `newsroom` parse files from unknown sources.
They run in `worker`, a process of its own, which `sandbox` starts, limits, and restarts if it dies, and which `confine`
keeps from the network and from other files.
"""
