// The list of indicators as a file: the rows that are seen, in the order in which they are seen.
(() => {
  "use strict";
  const { element, ungrouped } = window.plansite;
  const table = document.querySelector(".list-table");
  const button = document.querySelector(".list-csv");

  // A spreadsheet would run a cell that begins like a formula; an apostrophe keeps it from that.
  // Some begin another cell at a semicolon, too, whatever is in quotes.
  function runs(text) {
    return /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text);
  }

  function harmless(text) {
    const [first, ...others] = text.split(";");
    const guarded = others.map((part) => (runs(part.replace(/^"+/, "")) ? `'${part}` : part));
    return [runs(first) ? `'${first}` : first, ...guarded].join(";");
  }

  function quoted(text) {
    const cell = harmless(text);
    return /[",;\t\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
  }

  function said(part) {
    return part ? part.textContent.trim() : "";
  }

  function number(part) {
    return ungrouped(said(part)).replace("%", "");
  }

  function source(row) {
    const reference = row.querySelector(".ref a");
    return reference && document.getElementById(reference.hash.slice(1));
  }

  function verdict(row) {
    const names = [...row.querySelector(".verdict").classList];
    return names.find((name) => name.startsWith("verdict-")).replace("verdict-", "");
  }

  const columns = {
    indicator_id: (row) => row.dataset.id,
    indicator: (row) => said(row.querySelector("th a")),
    unit: (row) => said(row.querySelector(".measure")),
    role: (row) => row.dataset.role,
    task_id: (row) => row.dataset.task || "",
    year: (row) => row.dataset.year || "",
    target: (row) => number(row.querySelector(".goal")),
    target_strength: (row) => row.dataset.strength || "",
    value: (row) => number(row.querySelector(".figure")),
    release_status: (row) => row.dataset.status || "",
    share_of_target_percent: (row) => number(row.querySelector(".of-target")),
    verdict: (row) => (row.querySelector(".verdict") ? verdict(row) : ""),
    verdict_label: (row) => said(row.querySelector(".verdict, .unjudged")),
    source_id: (row) => (source(row) ? source(row).dataset.source : ""),
    source: (row) => (source(row) ? said(source(row).querySelector("a, cite")) : ""),
    page: (row) =>
      row.querySelector("th a").href + (row.dataset.year ? `#y${row.dataset.year}` : ""),
  };

  button.addEventListener("click", () => {
    const lines = [Object.keys(columns)];
    for (const row of table.tBodies[0].rows) {
      if (!row.hidden) lines.push(Object.values(columns).map((column) => column(row)));
    }
    const text = lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
    const file = new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" });
    const href = URL.createObjectURL(file);
    element("a", { href, download: button.dataset.file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  });
})();
