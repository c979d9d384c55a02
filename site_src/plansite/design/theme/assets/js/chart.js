// An indicator's page: chart, table and download as tabs; values from the chart itself by pointer,
// tap and keyboard; and, when asked for, a chart to explore.
(function () {
  "use strict";
  var HAN = /[\u3400-\u9fff]/;
  var english = document.documentElement.lang === "en";

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, function (gap, name) {
      return values[name];
    });
  }

  function make(tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  // Tabs. Without this script the three parts stand one after another.

  function startTabs(views) {
    var list = views.querySelector(".view-tabs");
    var tabs = all("a", list);
    var panels = all(".view", views);
    list.setAttribute("role", "tablist");
    tabs.forEach(function (tab, i) {
      tab.id = "tab-" + i;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panels[i].id);
      panels[i].setAttribute("role", "tabpanel");
      panels[i].setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", function (event) {
        event.preventDefault();
        show(i);
        history.replaceState(null, "", tab.hash);
      });
    });

    function show(chosen) {
      tabs.forEach(function (tab, i) {
        tab.setAttribute("aria-selected", String(i === chosen));
        tab.tabIndex = i === chosen ? 0 : -1;
        panels[i].hidden = i !== chosen;
      });
    }

    list.addEventListener("keydown", function (event) {
      var now = tabs.indexOf(document.activeElement);
      var to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[
        event.key
      ];
      if (event.key === " ") to = now;
      if (to === undefined || now < 0) return;
      event.preventDefault();
      to = (to + tabs.length) % tabs.length;
      tabs[to].focus();
      tabs[to].click();
    });

    // An address may name a tab, or a place inside one: #data, #y2022.
    function follow() {
      var place = location.hash && document.getElementById(location.hash.slice(1));
      var panel = place && place.closest(".view");
      if (!panel) return false;
      show(panels.indexOf(panel));
      (place.tagName === "H2" ? list : place).scrollIntoView();
      return true;
    }

    show(0);
    views.setAttribute("data-ready", "");
    follow();
    window.addEventListener("hashchange", follow);
  }

  // Values. Each mark of a chart says its year, value, source and status in data attributes.

  var ORDER = { competing: 1, related: 2, target: 3 };

  function startValues(chart, format, hint) {
    var svg = chart.querySelector("svg[role=img]");
    var years = {};
    all("[data-year]", svg).forEach(function (mark) {
      (years[mark.dataset.year] = years[mark.dataset.year] || []).push(mark);
    });
    var order = Object.keys(years).sort();
    if (!order.length) return;
    order.forEach(function (year) {
      years[year].sort(function (a, b) {
        return (ORDER[a.dataset.kind] || 0) - (ORDER[b.dataset.kind] || 0);
      });
    });
    var tip = make("div", "chart-tip");
    var guide = make("div", "chart-guide");
    var slider = make("div", "chart-slider");
    tip.hidden = guide.hidden = true;
    tip.setAttribute("aria-hidden", "true");
    slider.tabIndex = 0;
    slider.setAttribute("role", "slider");
    slider.setAttribute("aria-label", hint.dataset.name);
    slider.setAttribute("aria-describedby", hint.id);
    slider.setAttribute("aria-valuemin", order[0]);
    slider.setAttribute("aria-valuemax", order[order.length - 1]);
    chart.append(guide, slider, tip);
    var shown = null;

    function middle(year) {
      var box = years[year][0].getBoundingClientRect();
      return (box.left + box.right) / 2;
    }

    function lines(year) {
      return years[year].map(function (mark) {
        var facts = mark.dataset;
        var words = fill(hint.dataset.fact, facts);
        if (facts.gap) words = fill(hint.dataset.gap, { gap: facts.gap, fact: words });
        return { words: words, source: facts.source };
      });
    }

    // A slider's value is what screen readers say of it, now and whenever it changes.
    function say(year) {
      slider.setAttribute("aria-valuenow", year);
      slider.setAttribute(
        "aria-valuetext",
        [format.replace("{year}", year)]
          .concat(
            lines(year).map(function (line) {
              return fill(hint.dataset.heard, { fact: line.words, source: line.source });
            }),
          )
          .join(hint.dataset.joiner),
      );
    }

    function show(year) {
      if (year === shown) return;
      shown = year;
      var heading = format.replace("{year}", year);
      tip.textContent = "";
      tip.append(make("p", "tip-year", heading));
      lines(year).forEach(function (line) {
        var row = make("p", "tip-row", line.words);
        var source = make("span", "tip-source", line.source);
        if (english && HAN.test(line.source)) source.lang = "zh-Hans";
        row.append(source);
        tip.append(row);
      });
      tip.hidden = guide.hidden = false;
      place(year);
      say(year);
    }

    function place(year) {
      var frame = chart.getBoundingClientRect();
      var picture = svg.getBoundingClientRect();
      var x = middle(year) - frame.left;
      guide.style.left = x + "px";
      guide.style.top = picture.top - frame.top + "px";
      guide.style.height = picture.height + "px";
      var room = frame.width - tip.offsetWidth;
      var left = x + 14 > room ? x - 14 - tip.offsetWidth : x + 14;
      tip.style.left = Math.max(0, Math.min(room, left)) + "px";
      tip.style.top = picture.top - frame.top + 4 + "px";
    }

    function hide() {
      shown = null;
      tip.hidden = guide.hidden = true;
    }

    function nearest(x) {
      return order.reduce(function (best, year) {
        return Math.abs(middle(year) - x) < Math.abs(middle(best) - x) ? year : best;
      });
    }

    function point(event) {
      // A mouse may rest on the words to read them; a finger means the chart below.
      if (event.pointerType !== "mouse" || !tip.contains(event.target))
        show(nearest(event.clientX));
    }
    chart.addEventListener("pointermove", point);
    chart.addEventListener("pointerdown", point);
    chart.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") hide();
    });
    document.addEventListener("pointerdown", function (event) {
      if (!chart.contains(event.target)) hide();
    });
    slider.addEventListener("blur", function (event) {
      // A tap on the words takes the focus too, but to nothing, or to what is all around.
      var to = event.relatedTarget;
      if (to && !to.contains(chart)) hide();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") hide();
    });
    slider.addEventListener("keydown", function (event) {
      var last = order.length - 1;
      var now = order.indexOf(shown);
      var on = now < 0 ? last : Math.min(last, now + 1);
      var back = now < 0 ? last : Math.max(0, now - 1);
      var keys = { ArrowRight: on, ArrowUp: on, ArrowLeft: back, ArrowDown: back };
      keys.Home = 0;
      keys.End = last;
      var to = keys[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(order[to]);
    });
    say(order[order.length - 1]);
  }

  // A site without an address of its own learns it from the address that it is read at.
  function completeCode(code) {
    var full = new URL(code.dataset.src, location.href).href;
    code.textContent = code.textContent.replace(/src="[^"]*"/, 'src="' + full + '"');
    code.parentNode.hidden = false;
  }

  // Exploring: the library and the chart's specification are fetched on the first click.

  var library;

  function loadLibrary(address) {
    library =
      library ||
      new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.type = "module";
        script.src = address;
        script.onload = resolve;
        script.onerror = function () {
          library = null; // the next click tries again
          reject();
        };
        document.head.append(script);
      });
    return library;
  }

  function colours(element) {
    var style = getComputedStyle(element);
    return function (name) {
      return style.getPropertyValue("--chart-" + name).trim();
    };
  }

  function config(colour, font) {
    var axis = { labelColor: colour("ink"), titleColor: colour("ink"), gridColor: colour("grid") };
    axis.domainColor = axis.tickColor = colour("ink");
    axis.labelFontSize = axis.titleFontSize = 13;
    axis.titleFontWeight = "normal";
    return { font: font, view: { stroke: null }, axis: axis };
  }

  function startExploring(button) {
    var figure = button.closest(".view").querySelector(".chart-figure");
    var panel = button.closest(".view").querySelector(".explore");
    var canvas = panel.querySelector(".explore-canvas");
    var form = panel.querySelector("form");
    var status = button.closest(".chart-tools").querySelector("[role=status]");
    var word = button.textContent;
    var view = null;
    var text = null; // the specification as it came

    // What the key explains depends on the chart's width; the one that shows has the right one.
    function copyKey() {
      var old = panel.querySelector(".chart-key");
      if (old) old.remove();
      all(".chart-key", figure)
        .filter(function (key) {
          return key.offsetParent;
        })
        .forEach(function (key) {
          panel.insertBefore(key.cloneNode(true), canvas);
        });
    }

    function swap(open) {
      all(".chart", figure).forEach(function (chart) {
        chart.hidden = open;
      });
      panel.hidden = !open;
      button.textContent = open ? button.dataset.back : word;
      button.setAttribute("aria-expanded", String(open));
    }

    function draw() {
      var spec = JSON.parse(text);
      var colour = colours(figure);
      spec.params.forEach(function (param) {
        param.value = colour(param.name) || param.value;
      });
      spec.config = config(colour, getComputedStyle(document.body).fontFamily);
      var tooltip = { theme: "plain", disableDefaultStyle: true };
      var options = { mode: "vega-lite", ast: true, actions: false, defaultStyle: false };
      options.renderer = "canvas";
      options.tooltip = tooltip;
      if (view) view.finalize();
      view = null;
      return window.vegaEmbed(canvas, spec, options).then(function (result) {
        view = result.view;
        canvas.setAttribute("aria-roledescription", canvas.dataset.role);
        set();
      });
    }

    function set() {
      if (!view) return;
      var fields = form.elements;
      view.signal("from", Math.min(+fields.from.value, +fields.to.value));
      view.signal("to", Math.max(+fields.from.value, +fields.to.value));
      view.signal("zero", fields.zero.checked);
      if (fields.others) view.signal("others", fields.others.checked);
      view.signal("zoom_tuple", null).runAsync();
    }

    // The canvas knows no style sheet: when the page's colours change, it is drawn anew.
    function redraw() {
      if (!panel.hidden && view) draw();
    }
    var chosen = { attributeFilter: ["data-scheme", "data-contrast"] };
    new MutationObserver(redraw).observe(document.documentElement, chosen);
    matchMedia("(prefers-color-scheme: dark)").addListener(redraw);

    form.addEventListener("change", set);
    form.addEventListener("reset", function () {
      setTimeout(set);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });

    button.addEventListener("click", function () {
      if (button.textContent === button.dataset.loading) return;
      if (!panel.hidden) return swap(false);
      button.textContent = status.textContent = button.dataset.loading;
      var asked = fetch(button.dataset.explore).then(function (answer) {
        return answer.text();
      });
      Promise.all([asked, loadLibrary(button.dataset.src)])
        .then(function (got) {
          text = got[0];
          copyKey();
          swap(true);
          return draw();
        })
        .then(function () {
          status.textContent = "";
        })
        .catch(function () {
          swap(false);
          status.textContent = button.dataset.failed;
          button.textContent = button.dataset.failed;
        });
    });
  }

  all(".views").forEach(startTabs);
  all(".chart-figure[data-year-format]").forEach(function (figure) {
    all(".chart", figure).forEach(function (chart) {
      startValues(chart, figure.dataset.yearFormat, document.getElementById("chart-hint"));
    });
  });
  all("code[data-src]").forEach(completeCode);
  all("[data-explore]").forEach(startExploring);
})();
