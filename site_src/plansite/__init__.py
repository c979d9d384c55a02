"""Turn a plan's data package into a bilingual static site.

The modules stand on floors; each imports only from floors below its own:

5  ``build_site.py``: arguments, messages, exit codes
4  ``preview``, ``build`` (the pipeline), ``engine``, ``finish``, ``site_check``: the order of work
3  ``charts``, ``pages``, ``downloads``: how things look outside
2  ``publication``, ``sentences``, ``assess``, ``checks``, ``formatting``, ``series``: what the
   numbers mean
1  ``package``: how data is stored
0  ``problem_formats``, ``contract``, ``problems``, ``urls``, ``words``, ``model``: words
"""
