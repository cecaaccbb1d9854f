"""`python -m rag.cli` is the command `rag`."""

from rag.cli.main import main

main()
