// Any indicators side by side: what is picked stands in the address, the numbers come from the file
// that the build wrote, as texts. compare-chart.js draws what this script hands on in an event.
(() => {
  "use strict";
  const { chinese, element, fill, grouped, hasWords, plain, whenTyped } = window.plansite;
  const root = document.querySelector(".compare");
  const form = root.querySelector(".compare-form");
  const search = form.querySelector("input[type=search]");
  const options = root.querySelector(".compare-options");
  const status = root.querySelector(".compare-status");
  const key = root.querySelector(".compare-key");
  const figure = root.querySelector(".compare-figure");
  const table = root.querySelector(".compare-table");
  const most = Number(root.dataset.most);
  const side = chinese ? "zh" : "en";
  let indicators = [];
  let picked = [];
  let as = "index";

  function refill(place, ...children) {
    place.textContent = "";
    place.append(...children);
  }

  function page(id, year) {
    const place = year ? `#y${year}` : "";
    return `${root.dataset.indicators}${id}/${place}`;
  }

  function shown(number) {
    return grouped(number) + (as === "share" ? "%" : "");
  }

  // State

  function fromAddress() {
    const given = new URLSearchParams(location.search);
    const known = new Set(indicators.map((one) => one.indicator_id));
    const ids = given.has("i") ? given.get("i").split(",") : examples();
    picked = [...new Set(ids.filter((id) => known.has(id)))].slice(0, most);
    as = ["index", "share", "value"].includes(given.get("as")) ? given.get("as") : "index";
  }

  // Who names none sees the first few that have an index.
  function examples() {
    const indexed = indicators.filter((one) => one.years.filter((row) => row.index).length > 1);
    return indexed.slice(0, 3).map((one) => one.indicator_id);
  }

  function toAddress() {
    const query = `?i=${picked.join(",")}${as === "index" ? "" : `&as=${as}`}`;
    history.pushState(null, "", location.pathname + query);
  }

  function change() {
    toAddress();
    show();
  }

  // What is picked, as series

  function series() {
    return picked.map((id, place) => {
      const indicator = indicators.find((one) => one.indicator_id === id);
      const points = indicator.years
        .filter((row) => row[as] !== undefined)
        .map((row) => ({
          year: row.year,
          number: Number(row[as]),
          text: shown(row[as]),
          status: row.release_status,
        }));
      return {
        id,
        points,
        place: place + 1,
        letter: "ABCDEFGH"[place],
        name: indicator[`name_${side}`],
        unit: indicator[`unit_${side}`],
        from: as === "index" && points.length ? points[0].year : null,
      };
    });
  }

  // Showing

  function show() {
    const all = series();
    const drawn = all.filter((one) => one.points.length);
    showOptions();
    showKey(all);
    showTable(drawn);
    const missing = all.filter((one) => !one.points.length).map((one) => one.name);
    const said = [picked.length ? status.dataset.some : status.dataset.none];
    if (missing.length) said.push(status.dataset.missing);
    const names = missing.join(status.dataset.joiner);
    status.textContent = fill(said.join(" "), { count: picked.length, most, names });
    figure.dispatchEvent(new CustomEvent("draw", { detail: { as, series: drawn } }));
  }

  function showOptions() {
    const full = picked.length >= most;
    for (const input of options.querySelectorAll("input")) {
      const chosen = picked.includes(input.value);
      input.checked = chosen;
      input.disabled = !chosen && (full || input.dataset.empty === "true");
    }
    form.elements.as.value = as;
  }

  function showKey(all) {
    refill(key, ...all.map(keyEntry));
  }

  function keyEntry(one) {
    const remove = element("button", { type: "button", class: "site-button" }, "×");
    remove.dataset.id = one.id;
    remove.setAttribute("aria-label", fill(key.dataset.remove, { name: one.name }));
    const mark = element("span", { class: "compare-mark", "data-place": one.place });
    const name = element("a", { href: page(one.id) }, one.name);
    const base = one.from ? fill(key.dataset.base, { year: one.from }) : "";
    const unit = element("span", { class: "byline" }, as === "value" ? one.unit : base);
    const letter = element("b", {}, one.letter);
    const words = element("span", {}, name, " ", unit);
    return element("li", { class: `series-${one.place}` }, mark, letter, words, remove);
  }

  function showTable(drawn) {
    table.hidden = drawn.length === 0;
    const points = [].concat(...drawn.map((one) => one.points));
    const years = [...new Set(points.map((point) => point.year))].sort((a, b) => a - b);
    const first = element("th", { scope: "col" }, table.dataset.year);
    const head = element("thead", {}, element("tr", {}, first, ...drawn.map(columnHead)));
    const body = element("tbody", {}, ...years.map((year) => tableRow(year, drawn)));
    refill(table, element("table", { class: "stack" }, head, body));
  }

  function columnHead(one) {
    const letter = element("abbr", { title: one.name }, one.letter);
    const name = element("span", {}, one.name);
    return element("th", { scope: "col", class: "num" }, letter, " ", name);
  }

  function tableRow(year, drawn) {
    const head = element("th", { scope: "row" }, String(year));
    const inYear = (point) => point.year === year;
    return element("tr", {}, head, ...drawn.map((one) => cell(one, one.points.find(inYear))));
  }

  function cell(one, point) {
    const dash = element("span", { class: "dash", "aria-hidden": "true" }, "–");
    if (!point) return element("td", { class: "num" }, dash);
    const link = element("a", { class: "figure", href: page(one.id, point.year) }, point.text);
    const made = element("td", { class: "num", "data-label": one.letter }, link);
    const mark = table.dataset[point.status];
    if (mark) made.append(" ", element("span", { class: "mark" }, mark));
    return made;
  }

  // Choosing

  function option(one) {
    const empty = one.years.length === 0;
    const input = element("input", { type: "checkbox", value: one.indicator_id });
    input.dataset.empty = empty;
    const name = element("span", {}, one[`name_${side}`]);
    const words = empty ? key.dataset.unpublished : one[`unit_${side}`];
    const note = element("span", { class: "byline" }, words);
    return element("li", {}, element("label", {}, input, " ", name, " ", note));
  }

  function searchable(one) {
    const { name_zh, name_en, keywords_zh, keywords_en, indicator_id } = one;
    return plain([name_zh, name_en, keywords_zh, keywords_en, indicator_id].join(" "));
  }

  function build(content) {
    const told = content.indicators.filter((one) => one.years.length);
    indicators = told.concat(content.indicators.filter((one) => !one.years.length));
    refill(options, ...indicators.map(option));
    const texts = indicators.map(searchable);
    whenTyped(search, () => {
      const matches = hasWords(search.value);
      [...options.children].forEach((one, place) => {
        const hidden = !matches(texts[place]);
        if (one.hidden !== hidden) one.hidden = hidden;
      });
    });
  }

  // Wiring

  function start(content) {
    build(content);
    fromAddress();
    show();
    options.addEventListener("change", (event) => {
      const id = event.target.value;
      picked = event.target.checked ? picked.concat(id) : picked.filter((one) => one !== id);
      change();
    });
    form.addEventListener("change", (event) => {
      if (event.target.name !== "as") return;
      as = event.target.value;
      change();
    });
    key.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      picked = picked.filter((id) => id !== button.dataset.id);
      change();
      search.focus();
    });
    window.addEventListener("popstate", () => {
      fromAddress();
      show();
    });
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  // compare-chart.js runs after this script and may come later than the numbers.
  const ready = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  fetch(root.dataset.file)
    .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
    .then((content) => ready.then(() => content))
    .then(start, () => {
      status.textContent = status.dataset.failed;
    });
})();
