// The search page. The index and the program that reads it load with the first query.
//
// The index holds every Han character together with the one that follows it ("大数 数据 据局 局"),
// which pipeline/html/search_text.py explains; here queries are cut the same way and texts are put
// together again.
(() => {
  "use strict";
  const { chinese, element, fill, whenTyped } = window.plansite;
  const PAGE = 10;
  const KIND_MARK = "\u10f0";
  const HAN = "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
  const PAIR = new RegExp(`^[${HAN}]{2}$`);
  const WORDS = new RegExp(`[${HAN}]+|[^\\s${HAN}]+`, "g");
  const NARROW = new RegExp(`[^${HAN}]+`);
  const WIDE = new RegExp(`[${HAN}\\u2014\\u2018-\\u201d\\u2026\\u3000-\\u303f\\uff00-\\uffef]`);

  const form = document.querySelector(".search-form");
  const input = form.elements.q;
  const kinds = form.querySelector(".search-kinds");
  const status = form.querySelector(".search-status");
  const list = document.querySelector(".search-results");
  const more = document.querySelector(".search-more");
  let program = null;
  let latest = 0;
  let timer = 0;
  let found = [];
  let query = "";

  // Queries

  function pairs(word) {
    if (!WIDE.test(word) || word.length < 3) return [word];
    const cut = [];
    for (let i = 0; i + 1 < word.length; i++) cut.push(word.slice(i, i + 2));
    return cut;
  }

  function pieces(text) {
    return [].concat(...(text.match(WORDS) || []).map(pairs));
  }

  // Pagefind cuts Chinese queries itself where the browser can, on Chinese pages.
  function forPagefind(text) {
    return chinese && window.Intl && Intl.Segmenter ? text : pieces(text).join(" ");
  }

  async function load() {
    const pagefind = await import(new URL(`${form.dataset.index}pagefind.js`, location.href).href);
    await pagefind.options({ ranking: { metaWeights: { title: 5, names: 3, kind: 0 } } });
    return pagefind;
  }

  function say(key, values) {
    status.textContent = fill(status.dataset[key], values);
  }

  // Results

  // Pieces of the index as text, with the places of the pieces that Pagefind found.
  function put(indexed, places) {
    let text = "";
    const marks = [];
    indexed.forEach((piece, number) => {
      const shown = PAIR.test(piece) ? piece[0] : piece;
      if (text && !WIDE.test(text[text.length - 1]) && !WIDE.test(shown[0])) text += " ";
      if (places.has(number) && !WIDE.test(piece)) {
        marks.push([text.length, text.length + shown.length]);
      }
      text += shown;
    });
    for (const word of pieces(query)) {
      if (!WIDE.test(word)) continue;
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        marks.push([at, at + word.length]);
      }
    }
    return { text, marks };
  }

  // The stretch of a text with most marks in it; a Han character is as wide as two letters.
  function excerpt({ text, marks }) {
    const reach = chinese ? 80 : 160;
    let from = 0;
    let most = 0;
    for (const mark of marks) {
      const start = Math.max(0, mark[0] - reach / 5);
      const inside = marks.filter((other) => other[0] >= start && other[1] <= start + reach);
      if (inside.length > most || (inside.length === most && start < from)) {
        most = inside.length;
        from = start;
      }
    }
    while (from > 0 && !WIDE.test(text[from]) && /\S/.test(text[from - 1])) from--;
    let to = from;
    for (let room = 150; to < text.length && room > 0; to++) room -= WIDE.test(text[to]) ? 2 : 1;
    return { from, to };
  }

  // A stretch of text with its marks, as nodes.
  function stretch({ text, marks }, from, to) {
    const marked = [];
    for (const [start, end] of marks) {
      for (let i = Math.max(start, from); i < Math.min(end, to); i++) marked[i] = true;
    }
    const nodes = from > 0 ? ["…"] : [];
    for (let start = from, i = from + 1; i <= to; i++) {
      if (i < to && marked[i] === marked[start]) continue;
      const part = text.slice(start, i);
      nodes.push(marked[start] ? element("mark", {}, part) : part);
      start = i;
    }
    return to < text.length ? nodes.concat("…") : nodes;
  }

  function item(page) {
    const title = page.meta.title.split(/\s+/);
    const places = new Set(page.locations.map((place) => place - title.length));
    const heading = put(title, new Set(page.locations));
    const body = put(page.content.split(/\s+/).slice(title.length), places);
    const address = form.dataset.root + page.raw_url.slice(1);
    const link = element("a", { href: address }, ...stretch(heading, 0, heading.text.length));
    const choice = kinds.querySelector(`[value="${page.meta.kind.slice(1)}"] + span`);
    const kind = element("span", { class: "search-kind" }, choice.textContent);
    const { from, to } = excerpt(body);
    const text = element("p", {}, ...stretch(body, from, to));
    const han = text.textContent.split(NARROW).join("").length;
    if (!chinese && han * 2 > to - from) text.lang = "zh-Hans"; // the original's words
    return element("li", {}, link, kind, text);
  }

  async function show(number) {
    const start = list.children.length;
    const results = found.slice(start, start + PAGE);
    const pages = await Promise.all(results.map((result) => result.data()));
    if (number !== latest) return;
    list.append(...pages.map(item));
    more.hidden = list.children.length >= found.length;
  }

  function clear() {
    found = [];
    list.textContent = "";
    more.hidden = true;
  }

  // How many pages of each kind there are: a kind is a word that every page of it has.
  async function count(pagefind, words, number, all) {
    const counted = async (choice) => {
      // Pagefind passes over words that it does not know, and the kind alone would be found.
      const narrower = choice.value && all.results.length;
      const answer = narrower ? await pagefind.search(`${words} ${KIND_MARK}${choice.value}`) : all;
      if (number !== latest) return null;
      choice.parentNode.querySelector(".count").textContent = answer.results.length;
      return choice.checked ? answer : null;
    };
    const answers = await Promise.all(Array.from(form.elements.kind, counted));
    return answers.find(Boolean);
  }

  async function search(number) {
    program = program || load();
    const pagefind = await program;
    const words = forPagefind(query);
    const answer = await count(pagefind, words, number, await pagefind.search(words));
    if (number !== latest) return;
    clear();
    found = answer.results;
    if (!found.length) say("none", { query });
    else say(found.length === 1 ? "one" : "many", { count: found.length });
    await show(number);
  }

  function run() {
    latest += 1;
    query = input.value.normalize("NFKC").replace(/"/g, " ").trim();
    kinds.hidden = !query;
    if (!query) {
      clear();
      say("prompt");
      return;
    }
    status.style.minHeight = "";
    if (!program) say("working");
    search(latest).catch(failed);
  }

  function failed() {
    program = null;
    clear();
    say("failed");
  }

  // The state is in the address: a search can be sent to somebody.

  function remember() {
    const state = new URLSearchParams();
    if (input.value.trim()) state.set("q", input.value.trim());
    if (form.elements.kind.value) state.set("kind", form.elements.kind.value);
    const text = state.toString();
    history.replaceState(null, "", location.pathname + (text ? `?${text}` : ""));
  }

  function restore() {
    const state = new URLSearchParams(location.search);
    input.value = state.get("q") || "";
    const wanted = state.get("kind") || "";
    for (const choice of form.elements.kind) choice.checked = choice.value === wanted;
    if (!form.elements.kind.value) form.elements.kind[0].checked = true;
    run();
  }

  function change() {
    clearTimeout(timer);
    remember();
    run();
  }

  // Wiring

  whenTyped(form, () => {
    clearTimeout(timer);
    timer = setTimeout(change, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });
  more.addEventListener("click", () => {
    const next = list.children.length;
    show(latest).then(() => {
      if (list.children[next]) list.children[next].querySelector("a").focus();
    }, failed);
  });
  // Arrow keys lead from the field through the results and back.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const stops = [input, ...list.querySelectorAll("a")];
    const here = stops.indexOf(document.activeElement);
    const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  window.addEventListener("popstate", restore);

  if (!window.WebAssembly) return; // the page says already what search needs
  status.style.minHeight = `${status.offsetHeight}px`; // what stands below stays in its place
  restore();
})();
