"""The web server around the page: connections, proxies, sign-in, and what is refused. It knows nothing of answers."""
