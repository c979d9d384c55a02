// Lists that sort and filter in the page. What is chosen stands in the address, so that it can be
// linked and kept. The page holds every row and every word; without this script nothing is hidden.
(() => {
  "use strict";
  const root = document.querySelector(".list");
  if (!root) return;
  const { fill, hasWords, plain, ungrouped, whenTyped } = window.plansite;
  const form = root.querySelector(".list-form");
  const table = root.querySelector(".list-table");
  const more = form.querySelector(".list-more");
  const status = root.querySelector(".list-status");
  const groups = [...root.querySelectorAll("[data-rows]")];
  const rows = [].concat(...groups.map(rowsOf));
  const collator = new Intl.Collator(document.documentElement.lang);
  const fields = [...form.elements].filter((field) => field.name);
  let state = {};
  let order = "";
  let ordered = rows;

  function rowsOf(group) {
    return Array.from(group.children, (element, place) => ({
      element,
      group,
      place,
      id: element.dataset.id,
      hidden: false,
      again: null,
      text: searchable(element),
    }));
  }

  function searchable(row) {
    const text = row.cells ? row.cells[0].textContent : row.textContent;
    return plain([text, row.dataset.id, row.dataset.words || ""].join(" "));
  }

  // State: from the address, into the address, into the controls

  // Anchors such as #met, which were published first, stand for a filter.
  function anchored() {
    const place = document.getElementById(location.hash.slice(1));
    return place && place.dataset.filter;
  }

  function fromAddress() {
    const given = new URLSearchParams(location.search);
    for (const [name, value] of new URLSearchParams(anchored() || "")) given.set(name, value);
    const found = {};
    for (const field of fields) {
      const value = given.get(field.name);
      const known = !field.options || [...field.options].some((one) => one.value === value);
      if (value && known) found[field.name] = value;
    }
    return found;
  }

  function toAddress(push) {
    const query = new URLSearchParams(state).toString();
    const address = location.pathname + (query ? `?${query}` : "");
    if (address === location.pathname + location.search + location.hash) return;
    history[push ? "pushState" : "replaceState"](null, "", address);
  }

  function fromControls() {
    const found = {};
    for (const field of fields) {
      const value = field.value.trim();
      if (value) found[field.name] = value;
    }
    return found;
  }

  function toControls() {
    for (const field of fields) {
      const value = state[field.name] || "";
      if (field.value.trim() !== value) field.value = value;
    }
  }

  // On a phone the controls fold away, unless one of them is in use that nothing else tells of.
  function unfold(open) {
    form.classList.toggle("open", open);
    more.setAttribute("aria-expanded", String(open));
  }

  // Filter

  function wanted() {
    const tests = [];
    for (const field of fields) {
      const value = state[field.name];
      if (!value || field.name === "sort") continue;
      if (field.name === "q") {
        const matches = hasWords(value);
        tests.push((row) => matches(row.text));
      } else {
        const facet = field.dataset.of || field.name;
        const chosen = field.selectedOptions[0];
        const values = field.dataset.of ? chosen.dataset.members.split(" ") : [value];
        tests.push((row) =>
          (row.element.dataset[facet] || "").split(" ").some((one) => one && values.includes(one)),
        );
      }
    }
    return (row) => tests.every((test) => test(row));
  }

  function filter() {
    const matches = wanted();
    let shown = 0;
    for (const row of rows) {
      const hidden = !matches(row);
      if (row.hidden !== hidden) row.element.hidden = hidden;
      row.hidden = hidden;
      if (!hidden) shown += 1;
    }
    for (const group of groups) {
      const heading = document.getElementById(group.dataset.rows);
      if (heading) heading.hidden = !rows.some((row) => row.group === group && !row.hidden);
    }
    return shown;
  }

  // Sort

  function keyed(field) {
    const head = table && table.querySelector(`th[data-sort="${field}"]`);
    const key = (row) =>
      head ? row.cells[head.cellIndex] : row.querySelector(`[data-key="${field}"]`);
    return (row) => {
      const cell = key(row);
      const told =
        cell.dataset.value || (cell.querySelector(".dash") ? "" : cell.textContent.trim());
      const digits = ungrouped(told);
      return /^-?\d+(\.\d+)?%?$/.test(digits) ? parseFloat(digits) : told;
    };
  }

  function compare(a, b) {
    const numbers = typeof a === "number" && typeof b === "number";
    return numbers ? a - b : collator.compare(String(a), String(b));
  }

  function sort() {
    const wish = state.sort || "";
    if (wish === order) return;
    order = wish;
    const down = wish.startsWith("-");
    const sorted = rows.slice().sort((a, b) => a.place - b.place);
    if (wish) {
      const key = keyed(wish.replace("-", ""));
      for (const row of sorted) row.key = key(row.element);
      // What has no value comes last either way; equal rows keep the plan's order.
      sorted.sort(
        (a, b) =>
          (a.key === "") - (b.key === "") ||
          (down ? -1 : 1) * compare(a.key, b.key) ||
          a.place - b.place,
      );
    }
    for (const row of sorted) row.group.appendChild(row.element);
    ordered = sorted;
  }

  // A name that the row above shows already is only for those who hear the page; the keyboard need
  // not stop where there is nothing to see.
  function repeats() {
    let last = null;
    for (const row of ordered) {
      if (row.hidden) continue;
      const again = row.id === last;
      last = row.id;
      if (row.again === again) continue;
      row.again = again;
      row.element.classList.toggle("again", again);
      for (const link of row.element.querySelectorAll("th a, .kind a")) {
        link.tabIndex = again ? -1 : 0;
      }
    }
  }

  // What the page says of its state

  function tell(shown) {
    const words = shown === rows.length ? status.dataset.all : status.dataset.some;
    const text = fill(words, { shown, total: rows.length });
    if (status.textContent !== text) status.textContent = text;
    root.querySelector(".list-clear").hidden = Object.keys(state).length === 0;
    root.querySelector(".list-empty").hidden = shown > 0;
    for (const link of root.querySelectorAll(".list-groups a")) {
      const here = document.getElementById(link.hash.slice(1)).dataset.filter;
      if (here === `verdict=${state.verdict || ""}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (!table) return;
    for (const head of table.querySelectorAll("th[data-sort]")) {
      const way = { [head.dataset.sort]: "ascending", [`-${head.dataset.sort}`]: "descending" };
      head.setAttribute("aria-sort", way[state.sort] || "none");
    }
  }

  function show() {
    toControls();
    sort();
    const shown = filter();
    if (table) repeats();
    tell(shown);
  }

  function change(push) {
    state = fromControls();
    toAddress(push);
    show();
  }

  function restore() {
    state = fromAddress();
    if (anchored()) toAddress(false);
    if (Object.keys(state).some((name) => name !== "q" && name !== "verdict")) unfold(true);
    show();
  }

  // Wiring

  for (const head of table ? table.querySelectorAll("th[data-sort]") : []) {
    head.addEventListener("click", () => {
      const field = head.dataset.sort;
      const ways = Array.from(form.elements.sort.options, (option) => option.value);
      const turns = [field, `-${field}`, ""].filter((way) => ways.includes(way));
      form.elements.sort.value = turns[(turns.indexOf(state.sort || "") + 1) % turns.length];
      change(true);
    });
  }

  let pause = 0;
  whenTyped(form, (event) => {
    if (event.target.name !== "q") return;
    state = fromControls();
    show();
    clearTimeout(pause);
    pause = setTimeout(() => toAddress(false), 300);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name !== "q") change(true);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(true);
  });
  more.addEventListener("click", () => unfold(!form.classList.contains("open")));
  root.addEventListener("click", (event) => {
    if (!event.target.closest(".list-clear")) return;
    for (const field of fields) field.value = "";
    change(true);
    form.elements.q.focus();
  });
  window.addEventListener("popstate", restore);
  window.addEventListener("hashchange", restore);
  restore();
})();
