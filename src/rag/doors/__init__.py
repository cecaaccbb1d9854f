"""The doors for programs: REST and MCP. They call the library, and return its models."""
