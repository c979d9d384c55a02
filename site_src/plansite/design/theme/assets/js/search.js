// The search page. The index and the program that reads it load with the first query.
//
// The index holds every Han character together with the one that follows it ("大数 数据 据局 局"),
// which search_index.py explains; here queries are cut the same way and texts are put together again.
(function () {
  "use strict";
  var PAGE = 10;
  var KIND_MARK = "\u10f0";
  var HAN = "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
  var PAIR = new RegExp("^[" + HAN + "]{2}$");
  var WORDS = new RegExp("[" + HAN + "]+|[^\\s" + HAN + "]+", "g");
  var NARROW = new RegExp("[^" + HAN + "]+");
  var WIDE = new RegExp("[" + HAN + "\\u2014\\u2018-\\u201d\\u2026\\u3000-\\u303f\\uff00-\\uffef]");

  var form = document.querySelector(".search-form");
  var input = form.elements.q;
  var kinds = form.querySelector(".search-kinds");
  var status = form.querySelector(".search-status");
  var list = document.querySelector(".search-results");
  var more = document.querySelector(".search-more");
  var chinese = document.documentElement.lang.indexOf("zh") === 0;
  var program,
    latest = 0,
    timer,
    found = [],
    query = "";

  function pairs(word) {
    if (!WIDE.test(word) || word.length < 3) return [word];
    var cut = [];
    for (var i = 0; i + 1 < word.length; i++) cut.push(word.slice(i, i + 2));
    return cut;
  }

  // Pagefind cuts Chinese queries itself where the browser can, on Chinese pages.
  function forPagefind(text) {
    if (chinese && window.Intl && Intl.Segmenter) return text;
    return [].concat.apply([], (text.match(WORDS) || []).map(pairs)).join(" ");
  }

  function load() {
    program =
      program ||
      import(new URL(form.dataset.index + "pagefind.js", location.href).href).then(
        function (pagefind) {
          return pagefind
            .options({ ranking: { metaWeights: { title: 5, names: 3, kind: 0 } } })
            .then(function () {
              return pagefind;
            });
        },
      );
    return program;
  }

  function say(key, values) {
    var text = status.dataset[key];
    Object.keys(values || {}).forEach(function (name) {
      text = text.split("{" + name + "}").join(values[name]);
    });
    status.textContent = text;
  }

  // Pieces of the index as text, with the places of the pieces that Pagefind found.
  function put(pieces, places) {
    var text = "",
      marks = [];
    pieces.forEach(function (piece, number) {
      var shown = PAIR.test(piece) ? piece[0] : piece;
      if (text && !WIDE.test(text[text.length - 1]) && !WIDE.test(shown[0])) text += " ";
      if (places.has(number) && !WIDE.test(piece))
        marks.push([text.length, text.length + shown.length]);
      text += shown;
    });
    [].concat.apply([], (query.match(WORDS) || []).map(pairs)).forEach(function (word) {
      if (!WIDE.test(word)) return;
      for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
        marks.push([at, at + word.length]);
    });
    return { text: text, marks: marks };
  }

  // The stretch of a text with most marks in it; a Han character is as wide as two letters.
  function excerpt(whole) {
    var reach = chinese ? 80 : 160,
      best = 0,
      most = 0;
    whole.marks.forEach(function (mark) {
      var start = Math.max(0, mark[0] - reach / 5);
      var count = whole.marks.filter(function (other) {
        return other[0] >= start && other[1] <= start + reach;
      }).length;
      if (count > most || (count === most && start < best)) {
        most = count;
        best = start;
      }
    });
    while (best > 0 && !WIDE.test(whole.text[best]) && /\S/.test(whole.text[best - 1])) best--;
    for (var to = best, room = 150; to < whole.text.length && room > 0; to++) {
      room -= WIDE.test(whole.text[to]) ? 2 : 1;
    }
    return { from: best, to: to };
  }

  // A stretch of text with its marks, as nodes.
  function fill(element, whole, from, to) {
    var marked = [];
    whole.marks.forEach(function (mark) {
      for (var i = Math.max(mark[0], from); i < Math.min(mark[1], to); i++) marked[i] = true;
    });
    if (from > 0) element.append("…");
    for (var start = from, i = from + 1; i <= to; i++) {
      if (i < to && marked[i] === marked[start]) continue;
      var part = whole.text.slice(start, i);
      if (marked[start]) {
        var mark = document.createElement("mark");
        mark.textContent = part;
        element.append(mark);
      } else element.append(part);
      start = i;
    }
    if (to < whole.text.length) element.append("…");
  }

  function item(page) {
    var title = page.meta.title.split(/\s+/);
    var places = new Set(
      page.locations.map(function (place) {
        return place - title.length;
      }),
    );
    var heading = put(title, new Set(page.locations));
    var body = put(page.content.split(/\s+/).slice(title.length), places);
    var entry = document.createElement("li");
    var link = entry.appendChild(document.createElement("a"));
    link.href = form.dataset.root + page.raw_url.slice(1);
    fill(link, heading, 0, heading.text.length);
    var kind = entry.appendChild(document.createElement("span"));
    kind.className = "search-kind";
    kind.textContent = kinds.querySelector(
      '[value="' + page.meta.kind.slice(1) + '"] + span',
    ).textContent;
    var stretch = excerpt(body);
    var text = entry.appendChild(document.createElement("p"));
    fill(text, body, stretch.from, stretch.to);
    var han = text.textContent.split(NARROW).join("").length;
    if (!chinese && han * 2 > stretch.to - stretch.from) text.lang = "zh-Hans"; // the original's words
    return entry;
  }

  function show(number) {
    var start = list.children.length;
    return Promise.all(
      found.slice(start, start + PAGE).map(function (result) {
        return result.data();
      }),
    ).then(function (pages) {
      if (number !== latest) return;
      pages.forEach(function (page) {
        list.append(item(page));
      });
      more.hidden = list.children.length >= found.length;
    });
  }

  function clear() {
    found = [];
    list.textContent = "";
    more.hidden = true;
  }

  // How many pages of each kind there are: a kind is a word that every page of it has.
  function count(pagefind, words, number, all) {
    return Promise.all(
      Array.prototype.map.call(form.elements.kind, function (choice) {
        // Pagefind passes over words that it does not know, and the kind alone would be found.
        var narrower = choice.value && all.results.length;
        var pages = narrower ? pagefind.search(words + " " + KIND_MARK + choice.value) : all;
        return Promise.resolve(pages).then(function (answer) {
          if (number !== latest) return null;
          choice.parentNode.querySelector(".count").textContent = answer.results.length;
          return choice.checked ? answer : null;
        });
      }),
    ).then(function (answers) {
      return answers.filter(Boolean)[0];
    });
  }

  function run() {
    var number = ++latest;
    query = input.value.normalize("NFKC").replace(/"/g, " ").trim();
    kinds.hidden = !query;
    if (!query) {
      clear();
      say("prompt");
      return;
    }
    status.style.minHeight = "";
    if (!program) say("working");
    load()
      .then(function (pagefind) {
        var words = forPagefind(query);
        return pagefind.search(words).then(function (all) {
          return count(pagefind, words, number, all);
        });
      })
      .then(function (answer) {
        if (number !== latest) return undefined;
        clear();
        found = answer.results;
        if (!found.length) say("none", { query: query });
        else say(found.length === 1 ? "one" : "many", { count: found.length });
        return show(number);
      })
      .catch(failed);
  }

  function failed() {
    program = null;
    clear();
    say("failed");
  }

  // The state is in the address: a search can be sent to somebody.
  function remember() {
    var state = new URLSearchParams();
    if (input.value.trim()) state.set("q", input.value.trim());
    if (form.elements.kind.value) state.set("kind", form.elements.kind.value);
    var text = state.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
  }

  function restore() {
    var state = new URLSearchParams(location.search);
    input.value = state.get("q") || "";
    var wanted = state.get("kind") || "";
    Array.prototype.forEach.call(form.elements.kind, function (choice) {
      choice.checked = choice.value === wanted;
    });
    if (!form.elements.kind.value) form.elements.kind[0].checked = true;
    run();
  }

  function change() {
    clearTimeout(timer);
    remember();
    run();
  }

  function typed(event) {
    if (event.isComposing) return; // letters on their way to Chinese, which nobody looks for
    clearTimeout(timer);
    timer = setTimeout(change, 200);
  }
  form.addEventListener("input", typed);
  form.addEventListener("compositionend", typed);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    change();
  });
  more.addEventListener("click", function () {
    var next = list.children.length;
    show(latest).then(function () {
      if (list.children[next]) list.children[next].querySelector("a").focus();
    }, failed);
  });
  // Arrow keys lead from the field through the results and back.
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    var stops = [input].concat(Array.prototype.slice.call(list.querySelectorAll("a")));
    var here = stops.indexOf(document.activeElement);
    var next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  window.addEventListener("popstate", restore);

  if (!window.WebAssembly) return; // the page says already what search needs
  status.style.minHeight = status.offsetHeight + "px"; // what stands below stays in its place
  restore();
})();
