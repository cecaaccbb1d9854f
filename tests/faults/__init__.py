"""Tests the library with kills, errors, power losses and damage at file-system steps.

`trap.c` counts, logs or fails each step, or kills the process at a step. `server.py` imports everything once and forks
a process per case, so a case takes tens of milliseconds. `actions.py` is what such a process does. `power.py` simulates
a disk that loses unsynced data. `damage.py` flips bits and deletes files. `planted.py` has bugs that the tests must
find. `sample.py` chooses the cases that `make test` runs; `make test-faults-all` runs all of them.
"""
