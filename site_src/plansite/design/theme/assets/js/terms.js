// A word's meaning beside the word. Where a browser knows no popovers, the link to the glossary stays a link.
(function () {
  "use strict";
  var notes = document.querySelector(".term-notes template");
  if (!notes || !("popover" in HTMLElement.prototype)) return;
  var GAP = 8;
  var current = null; // the word whose meaning the box holds
  var wasOpen = false; // whether the box was open when a finger or mouse went down on its word

  var box = document.createElement("span");
  box.className = "term-note";
  box.id = "term-note";
  box.setAttribute("role", "note");
  box.setAttribute("popover", "auto");
  var text = box.appendChild(document.createElement("span"));
  text.className = "term-text";
  var entry = box.appendChild(document.createElement("a"));
  entry.className = "term-entry";
  entry.textContent = notes.getAttribute("data-entry");
  var close = box.appendChild(document.createElement("button"));
  close.className = "term-close";
  close.type = "button";
  close.textContent = notes.getAttribute("data-close");

  function isOpen() {
    return box.matches(":popover-open");
  }

  // Below the word, above it where there is more room, and never beyond the window's edge.
  function place() {
    var word = current.getClientRects()[0];
    var widest = document.documentElement.clientWidth - box.offsetWidth - GAP;
    var below = word.bottom + GAP;
    var above = word.top - GAP - box.offsetHeight;
    var fits = below + box.offsetHeight <= window.innerHeight || above < 0;
    box.style.left = Math.max(GAP, Math.min(word.left, widest)) + window.scrollX + "px";
    box.style.top = (fits ? below : above) + window.scrollY + "px";
  }

  function show(word) {
    var name = word.hash.slice(1);
    var meaning = notes.content.querySelector('[data-term="' + name + '"]').cloneNode(true);
    if (isOpen()) box.hidePopover();
    text.replaceChildren.apply(text, Array.from(meaning.childNodes));
    entry.href = word.href;
    current = word;
    word.after(box); // so that the tab key goes from the word into the box
    word.focus({ preventScroll: true }); // where closing the box leads back to
    box.showPopover();
    place();
    box.scrollIntoView({ block: "nearest" }); // with large letters it may not fit below or above
  }

  box.addEventListener("beforetoggle", function (event) {
    if (current) current.setAttribute("aria-expanded", String(event.newState === "open"));
  });
  close.addEventListener("click", function () {
    box.hidePopover();
    current.focus({ preventScroll: true });
  });
  window.addEventListener("resize", function () {
    if (isOpen()) place();
  });
  document.addEventListener("focusin", function (event) {
    if (isOpen() && event.target !== current && !box.contains(event.target)) box.hidePopover();
  });

  document.querySelectorAll("a.term").forEach(function (word) {
    word.setAttribute("role", "button");
    word.setAttribute("aria-expanded", "false");
    word.addEventListener("pointerdown", function () {
      wasOpen = word === current && isOpen();
    });
    word.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // asked for in a tab of its own
      event.preventDefault();
      if (wasOpen || (word === current && isOpen())) box.hidePopover();
      else show(word);
      wasOpen = false;
    });
    word.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      word.click();
    });
  });
})();
