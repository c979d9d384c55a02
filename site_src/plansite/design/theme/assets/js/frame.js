// The frame: the menu on a phone, and the reading settings, which are remembered.
(function () {
  "use strict";
  var root = document.documentElement;

  var button = document.querySelector(".menu-button");
  var menu = document.getElementById("site-menu");
  function showMenu(open) {
    menu.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  }
  button.addEventListener("click", function () {
    showMenu(!menu.classList.contains("open"));
  });

  var panel = document.querySelector(".reading");
  var form = panel.querySelector("form");
  function showSettings() {
    Array.prototype.forEach.call(form.elements, function (input) {
      if (input.type !== "radio") return;
      input.checked = (root.getAttribute("data-" + input.name) || "") === input.value;
    });
  }
  showSettings();
  form.addEventListener("change", function (event) {
    var name = event.target.name;
    var value = event.target.value;
    if (value) root.setAttribute("data-" + name, value);
    else root.removeAttribute("data-" + name);
    try {
      if (value) localStorage.setItem("reading-" + name, value);
      else localStorage.removeItem("reading-" + name);
    } catch (error) {
      // Storage may be closed to us; the setting then holds for this page.
    }
  });

  // The enter key would send the form and with it away what stands in the page's address.
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  // A page that the back button takes out of store may know older settings.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    ["scheme", "text", "contrast"].forEach(function (name) {
      var value = null;
      try {
        value = localStorage.getItem("reading-" + name);
      } catch (error) {
        return;
      }
      if (value) root.setAttribute("data-" + name, value);
      else root.removeAttribute("data-" + name);
    });
    showSettings();
  });

  document.addEventListener("click", function (event) {
    if (panel.open && !panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !panel.contains(event.relatedTarget)) panel.open = false;
  });
  document.addEventListener("keydown", function (event) {
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
