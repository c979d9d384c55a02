"""Turn a plan's data package into a bilingual static site.

The modules stand on floors; each imports only from floors below its own:

5  ``build_site.py``
4  ``build``, ``preview``, ``engine``, ``finish``, ``site_check``
3  ``charts``, ``pages``, ``downloads``
2  ``checks``, ``assess``, ``series``, ``formatting``
1  ``package``
0  ``model``, ``contract``, ``problems``, ``urls``
"""
