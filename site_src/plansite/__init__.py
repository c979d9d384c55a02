"""Turn a plan's data package into a bilingual static site.

The modules stand on floors; each imports only from floors below its own:

5  ``build_site.py``: arguments, exit codes
4  ``commands``, ``submission``, ``preview_server``, ``watching``, ``preview``, ``early``,
   ``build`` (the pipeline), ``beginning``, ``inputs``, ``snapshot``, ``standing``, ``order``,
   ``site_folder``, ``locks``, ``page_writing``, ``rendering``, ``new_site``, ``contents``,
   ``cards``, ``permanence``, ``engine``, ``finish``, ``assets``, ``search_index``,
   ``search_text``, ``pagefind``, ``built_page``, ``site_check``, ``site_tables``,
   ``site_faults``, ``machine_check``, ``page_data``: the order of work
3  ``catalogue``, ``charts``, ``pages``, ``downloads``, ``api``, ``feeds``, ``sitemap``,
   ``compare``, ``diff``, ``manifest``: how things look outside
2  ``publication``, ``basis``, ``chronicle``, ``news``, ``cell_words``, ``citation``,
   ``corrected``, ``counts``, ``row_subjects``, ``sentences``, ``timeline``, ``units``,
   ``verdict_changes``, ``provenance``, ``assess``, ``ratios``, ``checks``, ``against``,
   ``changes``, ``formatting``, ``series``: what the numbers mean
1  ``releases``, ``workshop``, ``crew``, ``store``, ``history``, ``workbook``, ``package``,
   ``revision``, ``repository``: how data is stored
0  ``problem_formats``, ``checksums``, ``compressed``, ``contract``, ``problems``, ``published``,
   ``site``, ``words``, ``writing``, ``json_text``, ``packing``, ``shelf``, ``memory``, ``urls``,
   ``model``: words
"""
