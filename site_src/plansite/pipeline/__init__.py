"""The order of work: read, build, check, publish. The only place that writes files."""
