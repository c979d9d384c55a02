// An indicator's page: chart, table and download as tabs; values from the chart itself by pointer,
// tap and keyboard; and, when asked for, a chart to explore.
(() => {
  "use strict";
  const { chinese, element, fill } = window.plansite;
  const HAN = /[\u3400-\u9fff]/;

  function all(selector, inside = document) {
    return [...inside.querySelectorAll(selector)];
  }

  // Tabs. Without this script the three parts stand one after another.

  function startTabs(views) {
    const list = views.querySelector(".view-tabs");
    const tabs = all("a", list);
    const panels = all(".view", views);

    function show(chosen) {
      tabs.forEach((tab, i) => {
        tab.setAttribute("aria-selected", String(i === chosen));
        tab.tabIndex = i === chosen ? 0 : -1;
        panels[i].hidden = i !== chosen;
      });
    }

    function label(tab, i) {
      tab.id = `tab-${i}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panels[i].id);
      panels[i].setAttribute("role", "tabpanel");
      panels[i].setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        show(i);
        history.replaceState(null, "", tab.hash);
      });
    }

    function move(event) {
      const now = tabs.indexOf(document.activeElement);
      const keys = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 };
      keys[" "] = now;
      const to = keys[event.key];
      if (to === undefined || now < 0) return;
      event.preventDefault();
      const tab = tabs[(to + tabs.length) % tabs.length];
      tab.focus();
      tab.click();
    }

    // An address may name a tab, or a place inside one: #data, #y2022.
    function follow() {
      const place = location.hash && document.getElementById(location.hash.slice(1));
      const panel = place && place.closest(".view");
      if (!panel) return;
      show(panels.indexOf(panel));
      (place.tagName === "H2" ? list : place).scrollIntoView();
    }

    list.setAttribute("role", "tablist");
    tabs.forEach(label);
    list.addEventListener("keydown", move);
    show(0);
    views.setAttribute("data-ready", "");
    follow();
    window.addEventListener("hashchange", follow);
  }

  // Values. Each mark of a chart says its year, value, source and status in data attributes.

  const ORDER = { competing: 1, related: 2, target: 3 };

  function marksByYear(svg) {
    const years = {};
    for (const mark of all("[data-year]", svg)) {
      const { year } = mark.dataset;
      years[year] = years[year] || [];
      years[year].push(mark);
    }
    for (const marks of Object.values(years)) {
      marks.sort((a, b) => (ORDER[a.dataset.kind] || 0) - (ORDER[b.dataset.kind] || 0));
    }
    return years;
  }

  // What a year's marks say, each as words and the source that they come from.
  function factsOf(marks, hint) {
    return marks.map(({ dataset }) => {
      const { gap, source } = dataset;
      const fact = fill(hint.dataset.fact, dataset);
      return { words: gap ? fill(hint.dataset.gap, { gap, fact }) : fact, source };
    });
  }

  function tipRow({ words, source }) {
    const from = element("span", { class: "tip-source" }, source);
    if (!chinese && HAN.test(source)) from.lang = "zh-Hans";
    return element("p", { class: "tip-row" }, words, from);
  }

  function makeSlider(hint, order) {
    return element("div", {
      class: "chart-slider",
      tabindex: 0,
      role: "slider",
      "aria-label": hint.dataset.name,
      "aria-describedby": hint.id,
      "aria-valuemin": order[0],
      "aria-valuemax": order[order.length - 1],
    });
  }

  // Where a key leads on the slider; from the outside the last year comes first.
  function destination(key, order, shown) {
    const last = order.length - 1;
    const now = order.indexOf(shown);
    const on = now < 0 ? last : Math.min(last, now + 1);
    const back = now < 0 ? last : Math.max(0, now - 1);
    const keys = { ArrowRight: on, ArrowUp: on, ArrowLeft: back, ArrowDown: back };
    return order[{ ...keys, Home: 0, End: last }[key]];
  }

  function startValues(chart, format, hint) {
    const svg = chart.querySelector("svg[role=img]");
    const years = marksByYear(svg);
    const order = Object.keys(years).sort();
    if (!order.length) return;
    const tip = element("div", { class: "chart-tip", "aria-hidden": "true" });
    const guide = element("div", { class: "chart-guide" });
    const slider = makeSlider(hint, order);
    let shown = null;

    function middle(year) {
      const box = years[year][0].getBoundingClientRect();
      return (box.left + box.right) / 2;
    }

    // A slider's value is what screen readers say of it, now and whenever it changes.
    function say(year) {
      const heard = factsOf(years[year], hint).map(({ words, source }) =>
        fill(hint.dataset.heard, { fact: words, source }),
      );
      const text = [fill(format, { year }), ...heard].join(hint.dataset.joiner);
      slider.setAttribute("aria-valuenow", year);
      slider.setAttribute("aria-valuetext", text);
    }

    function show(year) {
      if (year === shown) return;
      shown = year;
      tip.textContent = "";
      tip.append(element("p", { class: "tip-year" }, fill(format, { year })));
      tip.append(...factsOf(years[year], hint).map(tipRow));
      tip.hidden = guide.hidden = false;
      place(year);
      say(year);
    }

    function place(year) {
      const frame = chart.getBoundingClientRect();
      const picture = svg.getBoundingClientRect();
      const x = middle(year) - frame.left;
      guide.style.left = `${x}px`;
      guide.style.top = `${picture.top - frame.top}px`;
      guide.style.height = `${picture.height}px`;
      const room = frame.width - tip.offsetWidth;
      const left = x + 14 > room ? x - 14 - tip.offsetWidth : x + 14;
      tip.style.left = `${Math.max(0, Math.min(room, left))}px`;
      tip.style.top = `${picture.top - frame.top + 4}px`;
    }

    function hide() {
      shown = null;
      tip.hidden = guide.hidden = true;
    }

    function nearest(x) {
      const away = (year) => Math.abs(middle(year) - x);
      return order.reduce((best, year) => (away(year) < away(best) ? year : best));
    }

    function point(event) {
      // A mouse may rest on the words to read them; a finger means the chart below.
      if (event.pointerType === "mouse" && tip.contains(event.target)) return;
      show(nearest(event.clientX));
    }

    chart.addEventListener("pointermove", point);
    chart.addEventListener("pointerdown", point);
    chart.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") hide();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!chart.contains(event.target)) hide();
    });
    slider.addEventListener("blur", (event) => {
      // A tap on the words takes the focus too, but to nothing, or to what is all around.
      const to = event.relatedTarget;
      if (to && !to.contains(chart)) hide();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    slider.addEventListener("keydown", (event) => {
      const to = destination(event.key, order, shown);
      if (to === undefined) return;
      event.preventDefault();
      show(to);
    });
    hide();
    chart.append(guide, slider, tip);
    say(order[order.length - 1]);
  }

  // A site without an address of its own learns it from the address that it is read at.
  function completeCode(code) {
    const full = new URL(code.dataset.src, location.href).href;
    code.textContent = code.textContent.replace(/src="[^"]*"/, `src="${full}"`);
    code.parentNode.hidden = false;
  }

  // Exploring: the library and the chart's specification are fetched on the first click.

  let library = null;

  function loadLibrary(src) {
    library =
      library ||
      new Promise((resolve, reject) => {
        const script = element("script", { type: "module", src });
        script.onload = resolve;
        script.onerror = () => {
          library = null; // the next click tries again
          reject();
        };
        document.head.append(script);
      });
    return library;
  }

  // The canvas knows no style sheet: colours and letters are the page's, as they are now.
  function styled(text, place) {
    const spec = JSON.parse(text);
    const style = getComputedStyle(place);
    const colour = (name) => style.getPropertyValue(`--chart-${name}`).trim();
    for (const param of spec.params) param.value = colour(param.name) || param.value;
    const ink = colour("ink");
    const axis = {
      labelColor: ink,
      titleColor: ink,
      gridColor: colour("grid"),
      domainColor: ink,
      tickColor: ink,
      labelFontSize: 13,
      titleFontSize: 13,
      titleFontWeight: "normal",
    };
    const font = getComputedStyle(document.body).fontFamily;
    return { ...spec, config: { font, view: { stroke: null }, axis } };
  }

  const OPTIONS = {
    mode: "vega-lite",
    ast: true,
    actions: false,
    defaultStyle: false,
    renderer: "canvas",
    tooltip: { theme: "plain", disableDefaultStyle: true },
  };

  function startExploring(button) {
    const figure = button.closest(".view").querySelector(".chart-figure");
    const panel = button.closest(".view").querySelector(".explore");
    const canvas = panel.querySelector(".explore-canvas");
    const form = panel.querySelector("form");
    const status = button.closest(".chart-tools").querySelector("[role=status]");
    const word = button.textContent;
    let view = null;
    let text = null; // the specification as it came

    // What the key explains depends on the chart's width; the one that shows has the right one.
    function copyKey() {
      for (const old of all(".chart-key", panel)) old.remove();
      for (const key of all(".chart-key", figure)) {
        if (key.offsetParent) panel.insertBefore(key.cloneNode(true), canvas);
      }
    }

    function swap(open) {
      for (const chart of all(".chart", figure)) chart.hidden = open;
      panel.hidden = !open;
      button.textContent = open ? button.dataset.back : word;
      button.setAttribute("aria-expanded", String(open));
    }

    async function draw() {
      if (view) view.finalize();
      view = null;
      const result = await window.vegaEmbed(canvas, styled(text, figure), OPTIONS);
      view = result.view;
      canvas.setAttribute("aria-roledescription", canvas.dataset.role);
      set();
    }

    function set() {
      if (!view) return;
      const { from, to, zero, others } = form.elements;
      view.signal("from", Math.min(from.value, to.value));
      view.signal("to", Math.max(from.value, to.value));
      view.signal("zero", zero.checked);
      if (others) view.signal("others", others.checked);
      view.signal("zoom_tuple", null).runAsync();
    }

    async function open() {
      button.textContent = status.textContent = button.dataset.loading;
      try {
        const asked = fetch(button.dataset.explore).then((answer) => answer.text());
        [text] = await Promise.all([asked, loadLibrary(button.dataset.src)]);
        copyKey();
        swap(true);
        await draw();
        status.textContent = "";
      } catch (_error) {
        swap(false);
        button.textContent = status.textContent = button.dataset.failed;
      }
    }

    // When the page's colours change, the canvas is drawn anew.
    function redraw() {
      if (!panel.hidden && view) draw();
    }

    const chosen = { attributeFilter: ["data-scheme", "data-contrast"] };
    new MutationObserver(redraw).observe(document.documentElement, chosen);
    matchMedia("(prefers-color-scheme: dark)").addListener(redraw);

    form.addEventListener("change", set);
    form.addEventListener("reset", () => setTimeout(set));
    form.addEventListener("submit", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.textContent === button.dataset.loading) return;
      if (panel.hidden) open();
      else swap(false);
    });
  }

  all(".views").forEach(startTabs);
  for (const figure of all(".chart-figure[data-year-format]")) {
    for (const chart of all(".chart", figure)) {
      startValues(chart, figure.dataset.yearFormat, document.getElementById("chart-hint"));
    }
  }
  all("code[data-src]").forEach(completeCode);
  all("[data-explore]").forEach(startExploring);
})();
