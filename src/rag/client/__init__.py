"""A typed client for a library that `rag serve` serves: `sync.Client` and `asynchronous.AsyncClient`."""
