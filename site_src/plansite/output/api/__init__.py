"""What programs read over the web: static JSON files under ``api/v1/``, described by OpenAPI.

Fields may be added to a file; none is renamed or removed within ``v1``. What each means stands in
``schemas.toml``, from which the schemas are made.
"""

from plansite.output.api.api_files import make_api

__all__ = ["make_api"]
