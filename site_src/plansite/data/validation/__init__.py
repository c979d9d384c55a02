"""Read a package with frictionless, and report every fault in people's words."""
