// Draws what compare.js hands on: lines that stop where a year is missing, a shape and a dash pattern
// for each series beside its colour, and its letter at the end of its line.
(() => {
  "use strict";
  const { element, fill, grouped, svg } = window.plansite;
  const figure = document.querySelector(".compare-figure");
  const SPACE = { top: 22, right: 26, bottom: 24, left: 52 };
  const GAP = 24;
  const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 4", "12 4", "6 2 2 2 2 2", "1 4"];
  // Around nought, within a circle of radius 5.
  const SHAPES = [
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z",
    "M-3.6,-3.6H3.6V3.6H-3.6Z",
    "M0,-4.8L4.6,3.6H-4.6Z",
    "M0,-5L5,0L0,5L-5,0Z",
    "M0,4.8L4.6,-3.6H-4.6Z",
    "M-4.8,0L-2.4,-4.2H2.4L4.8,0L2.4,4.2H-2.4Z",
    "M4.8,0L-3.6,-4.6V4.6Z",
    "M-4.8,0L3.6,-4.6V4.6Z",
  ];
  let last = null;

  function line(place, d) {
    return svg("path", { class: "line", d, "stroke-dasharray": DASHES[place - 1] });
  }

  function mark(place, transform, settled) {
    const d = SHAPES[place - 1];
    return svg("path", { d, class: "mark-shape", transform, "data-settled": settled });
  }

  // Round steps from nought (or from below it) to beyond the largest value.
  function ticks(low, high) {
    const span = high - low || 1;
    const power = 10 ** Math.floor(Math.log10(span / 4));
    const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => span / one <= 5);
    const found = [];
    for (let count = Math.floor(low / step + 1e-9); ; count += 1) {
      found.push(Number((count * step).toPrecision(12)));
      if (count * step >= high) return found;
    }
  }

  function scales(series, ruler, width, height) {
    const points = [].concat(...series.map((one) => one.points));
    const years = points.map((point) => point.year);
    const first = Math.min(...years);
    const final = Math.max(...years);
    const numbers = points.map((point) => point.number).concat(ruler ? 100 : []);
    const steps = ticks(Math.min(0, ...numbers), Math.max(0, ...numbers));
    const inner = { x: width - SPACE.left - SPACE.right, y: height - SPACE.top - SPACE.bottom };
    const low = steps[0];
    const high = steps[steps.length - 1];
    const x = (year) =>
      SPACE.left + (first === final ? 0.5 : (year - first) / (final - first)) * inner.x;
    const y = (number) => SPACE.top + (1 - (number - low) / (high - low)) * inner.y;
    return { x, y, first, final, steps, inner };
  }

  // A line from side to side, and the number that stands before it.

  function across(name, y, width) {
    return svg("line", { class: name, x1: SPACE.left, x2: width - SPACE.right, y1: y, y2: y });
  }

  function before(y, number) {
    return svg("text", { x: SPACE.left - 8, y: y + 4, "text-anchor": "end" }, number);
  }

  function axes(scale, width, height) {
    const parts = [];
    for (const step of scale.steps) {
      const y = scale.y(step);
      parts.push(across("grid", y, width), before(y, grouped(String(step))));
    }
    const span = scale.final - scale.first;
    const every = Math.max(1, Math.ceil((span * 44) / scale.inner.x));
    for (let year = scale.final; year >= scale.first; year -= every) {
      const place = { x: scale.x(year), y: height - 5, "text-anchor": "middle" };
      parts.push(svg("text", place, String(year)));
    }
    return parts;
  }

  // What everything is measured by: the target, or the first value.
  function ruled(scale, width) {
    const y = scale.y(100);
    const rule = across("rule", y, width);
    const crowded = scale.steps.some((step) => Math.abs(scale.y(step) - y) < 13);
    return crowded ? [rule] : [rule, before(y, "100")];
  }

  function drawn(one, scale) {
    const group = svg("g", { class: `series-${one.place}` });
    let run = "";
    one.points.forEach((point, place) => {
      const earlier = one.points[place - 1];
      const joined = earlier && point.year - earlier.year === 1;
      run += `${joined ? "L" : "M"}${scale.x(point.year)},${scale.y(point.number)}`;
    });
    group.append(line(one.place, run));
    for (const point of one.points) {
      const at = `translate(${scale.x(point.year)} ${scale.y(point.number)})`;
      const shape = mark(one.place, at, point.status === "final");
      const { year, text } = point;
      shape.append(svg("title", {}, fill(figure.dataset.point, { name: one.name, year, text })));
      group.append(shape);
    }
    return group;
  }

  // Letters at the ends of the lines, pushed apart where they would overlap.
  function letters(series, scale) {
    const ends = series
      .map((one) => {
        const end = one.points[one.points.length - 1];
        return { one, x: scale.x(end.year) + 9, y: scale.y(end.number) + 5 };
      })
      .sort((a, b) => a.y - b.y);
    ends.forEach((end, place) => {
      const above = ends.slice(0, place).filter((other) => Math.abs(other.x - end.x) < 12);
      for (const other of above) end.y = Math.max(end.y, other.y + 14);
    });
    return ends.map((end) =>
      svg("text", { class: `letter series-${end.one.place}`, x: end.x, y: end.y }, end.one.letter),
    );
  }

  function chart(series, title, ruler, place) {
    const room = figure.clientWidth;
    const width = ruler || room < 640 ? room : (room - GAP) / 2;
    const height = ruler ? Math.min(380, Math.max(260, width * 0.5)) : 200;
    const scale = scales(series, ruler, width, height);
    const names = series.map((one) => `${one.letter} ${one.name}`).join(figure.dataset.joiner);
    const words = { names, first: scale.first, last: scale.final };
    const told = fill(figure.dataset.description, words);
    const titleId = `compare-title-${place}`;
    const descId = `compare-desc-${place}`;
    const ids = { "aria-labelledby": titleId, "aria-describedby": descId };
    return svg(
      "svg",
      { role: "img", ...ids, width, height, viewBox: `0 0 ${width} ${height}` },
      svg("title", { id: titleId }, title),
      svg("desc", { id: descId }, told),
      ...axes(scale, width, height),
      ...(ruler ? ruled(scale, width) : []),
      ...series.map((one) => drawn(one, scale)),
      ...letters(series, scale),
    );
  }

  function panel(series, title, ruler, place) {
    const caption = element("figcaption", {}, title);
    return element("figure", { class: "chart" }, caption, chart(series, title, ruler, place));
  }

  function draw() {
    const { as, series } = last;
    const { titleIndex, titleShare, panel: values } = figure.dataset;
    figure.textContent = "";
    if (!series.length) return;
    // Values in different units of measure do not share an axis.
    if (as === "value") {
      figure.append(...series.map((one, place) => panel([one], fill(values, one), false, place)));
    } else {
      figure.append(panel(series, as === "index" ? titleIndex : titleShare, true, 0));
    }
  }

  function marks() {
    for (const box of document.querySelectorAll(".compare-mark")) {
      const place = Number(box.dataset.place);
      const shape = mark(place, "translate(14 6)", true);
      const picture = { width: 28, height: 12, "aria-hidden": true };
      box.textContent = "";
      box.append(svg("svg", picture, line(place, "M0,6H28"), shape));
    }
  }

  figure.addEventListener("draw", (event) => {
    last = event.detail;
    draw();
    marks();
  });
  let width = figure.clientWidth;
  window.addEventListener("resize", () => {
    if (!last || figure.clientWidth === width) return;
    width = figure.clientWidth;
    draw();
  });
})();
