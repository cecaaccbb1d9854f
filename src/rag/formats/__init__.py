"""File formats: what each kind of file says, as text and fields.

`kinds` tells the format by the name, `unpack` opens gzip and xz, `records` reads files of many articles. `markdown`,
`html`, `pdf`, `docx` and `feed` read what others made; they run in `worker`, a process of its own that `sandbox`
starts, limits and, where it dies, starts again.
"""
