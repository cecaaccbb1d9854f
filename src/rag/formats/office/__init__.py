"""Documents of word processors and e-books: Word, OpenDocument, RTF and EPUB. All of it runs in the worker."""
