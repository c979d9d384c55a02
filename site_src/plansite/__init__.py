"""Turn a plan's data package into a bilingual static site.

Each folder imports only from those to its left::

    util < model < data < analysis < output < pipeline < preview < cli

``docs/architecture.md`` has the picture, and the way of one number through it.
"""
