// The frame: the menu on a phone, and the reading settings, which are remembered. And what other
// scripts share: every page has this one, and it runs before them.
(() => {
  "use strict";
  const root = document.documentElement;

  // What other scripts share

  const chinese = root.lang.startsWith("zh");

  // Makes elements, as in element("p", { class: "note" }, "text", child).
  function maker(namespace) {
    return (name, attributes, ...children) => {
      const made = document.createElementNS(namespace, name);
      for (const [attribute, value] of Object.entries(attributes)) {
        made.setAttribute(attribute, value);
      }
      made.append(...children);
      return made;
    };
  }

  // Words with values in their gaps: "{count} pages found."
  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, (_gap, name) => values[name]);
  }

  // As the pages write numbers: 10315.2 is 10,315.2 and -3.0 is −3.0.
  function grouped(number) {
    const [whole, rest] = number.replace(/^-/, "\u2212").split(".");
    const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return rest === undefined ? groups : `${groups}.${rest}`;
  }

  function ungrouped(text) {
    return text.replace(/,/g, "").replace(/\u2212/g, "-");
  }

  // Text as it is searched: whoever types needs to care for neither width nor case.
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().trim();
  }

  // A test of plain texts: whether one has every word that was typed.
  function hasWords(typed) {
    const words = plain(typed).split(/\s+/);
    return (text) => words.every((word) => text.includes(word));
  }

  // While Chinese is being composed, a field holds letters that nobody looks for.
  function whenTyped(target, act) {
    for (const kind of ["input", "compositionend"]) {
      target.addEventListener(kind, (event) => {
        if (!event.isComposing) act(event);
      });
    }
  }

  window.plansite = {
    chinese,
    element: maker("http://www.w3.org/1999/xhtml"),
    svg: maker("http://www.w3.org/2000/svg"),
    fill,
    grouped,
    ungrouped,
    plain,
    hasWords,
    whenTyped,
  };

  // The menu

  const button = document.querySelector(".menu-button");
  const menu = document.getElementById("_.site-menu");

  function showMenu(open) {
    menu.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => showMenu(!menu.classList.contains("open")));

  // The reading settings

  const panel = document.querySelector(".reading");
  const form = panel.querySelector("form");

  function apply(name, value) {
    if (value) root.setAttribute(`data-${name}`, value);
    else root.removeAttribute(`data-${name}`);
  }

  function remember(name, value) {
    try {
      if (value) localStorage.setItem(`reading-${name}`, value);
      else localStorage.removeItem(`reading-${name}`);
    } catch (_error) {
      // Storage may be closed to us; the setting then holds for this page.
    }
  }

  function recall() {
    try {
      for (const name of ["scheme", "text", "contrast"]) {
        apply(name, localStorage.getItem(`reading-${name}`));
      }
    } catch (_error) {
      // Where storage is closed, there is nothing to recall.
    }
  }

  function showSettings() {
    for (const input of form.elements) {
      if (input.type !== "radio") continue;
      input.checked = (root.getAttribute(`data-${input.name}`) || "") === input.value;
    }
  }

  showSettings();
  form.addEventListener("change", (event) => {
    const { name, value } = event.target;
    apply(name, value);
    remember(name, value);
  });
  // The enter key would send the form and with it away what stands in the page's address.
  form.addEventListener("submit", (event) => event.preventDefault());
  // A page that the back button takes out of store may know older settings.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    recall();
    showSettings();
  });

  // What stands open closes: by a click beside it, by leaving it, by the escape key.

  document.addEventListener("click", (event) => {
    if (panel.open && !panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget)) panel.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (panel.open) {
      panel.open = false;
      panel.querySelector("summary").focus();
    } else if (menu.classList.contains("open")) {
      showMenu(false);
      button.focus();
    }
  });
})();
