// A word's meaning beside the word. Where a browser knows no popovers, the link to the glossary stays a link.
(() => {
  "use strict";
  const notes = document.querySelector(".term-notes template");
  if (!notes || !("popover" in HTMLElement.prototype)) return;
  const { element } = window.plansite;
  const GAP = 8;
  let current = null; // the word whose meaning the box holds
  let wasOpen = false; // whether the box was open when a finger or mouse went down on its word

  const text = element("span", { class: "term-text" });
  const entry = element("a", { class: "term-entry" }, notes.dataset.entry);
  const close = element("button", { class: "term-close", type: "button" }, notes.dataset.close);
  const box = element(
    "span",
    { class: "term-note", id: "term-note", role: "note", popover: "auto" },
    text,
    entry,
    close,
  );

  function isOpen() {
    return box.matches(":popover-open");
  }

  // Below the word, above it where there is more room, and never beyond the window's edge.
  function place() {
    const word = current.getClientRects()[0];
    const widest = document.documentElement.clientWidth - box.offsetWidth - GAP;
    const below = word.bottom + GAP;
    const above = word.top - GAP - box.offsetHeight;
    const fits = below + box.offsetHeight <= window.innerHeight || above < 0;
    box.style.left = `${Math.max(GAP, Math.min(word.left, widest)) + window.scrollX}px`;
    box.style.top = `${(fits ? below : above) + window.scrollY}px`;
  }

  function show(word) {
    const name = word.hash.slice(1);
    const meaning = notes.content.querySelector(`[data-term="${name}"]`).cloneNode(true);
    if (isOpen()) box.hidePopover();
    text.replaceChildren(...meaning.childNodes);
    entry.href = word.href;
    current = word;
    word.after(box); // so that the tab key goes from the word into the box
    word.focus({ preventScroll: true }); // where closing the box leads back to
    box.showPopover();
    place();
    box.scrollIntoView({ block: "nearest" }); // with large letters it may not fit below or above
  }

  function start(word) {
    word.setAttribute("role", "button");
    word.setAttribute("aria-expanded", "false");
    word.addEventListener("pointerdown", () => {
      wasOpen = word === current && isOpen();
    });
    word.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // asked for in a tab of its own
      event.preventDefault();
      if (wasOpen || (word === current && isOpen())) box.hidePopover();
      else show(word);
      wasOpen = false;
    });
    word.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      word.click();
    });
  }

  box.addEventListener("beforetoggle", (event) => {
    if (current) current.setAttribute("aria-expanded", String(event.newState === "open"));
  });
  close.addEventListener("click", () => {
    box.hidePopover();
    current.focus({ preventScroll: true });
  });
  window.addEventListener("resize", () => {
    if (isOpen()) place();
  });
  document.addEventListener("focusin", (event) => {
    if (isOpen() && event.target !== current && !box.contains(event.target)) box.hidePopover();
  });
  document.querySelectorAll("a.term").forEach(start);
})();
