"""Built pages: read, completed with charts and head, and with the files they load."""
