"""Makes a release: checks that it is whole, builds it, tries it out and lists what is in it (`make release`)."""
