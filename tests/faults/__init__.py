"""Faults: kills, errors, power losses and damage at every file-system step, and what the library makes of them.

`trap.c` has each step counted, logged, failed or made the last. `server.py` forks a process for each case from one
that has everything imported, so that a case costs tens of milliseconds. `actions.py` is what such a process does,
`power.py` a disk that forgets what was not synced, `damage.py` the flipping of bits, `planted.py` the bugs that the
harness must find.
"""
