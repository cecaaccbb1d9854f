"""Reads the formats that newsrooms exchange: e-mail, tables, agencies' XML, saved web pages. Runs in the worker."""
