// Buttons that copy: the code beside them, or the address of a place on the page.
(() => {
  "use strict";
  const { element } = window.plansite;

  function copy(text) {
    if (!navigator.clipboard) return copySelected(text);
    return navigator.clipboard.writeText(text).catch(() => copySelected(text));
  }

  // Where a page is not served securely, or the browser says no, as it was done before.
  function copySelected(text) {
    const focused = document.activeElement;
    const field = element("textarea", { class: "visually-hidden" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused.focus({ preventScroll: true });
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  // What screen readers are told stands in the nearest element around that has a status.
  function statusOf(button) {
    let around = button.parentNode;
    while (!around.querySelector("[role=status]")) around = around.parentNode;
    return around.querySelector("[role=status]");
  }

  function start(button) {
    const status = statusOf(button);
    const word = button.textContent;

    function say(what) {
      button.textContent = status.textContent = what;
      setTimeout(() => {
        button.textContent = word;
        status.textContent = "";
      }, 2500);
    }

    button.addEventListener("click", () => {
      const place = button.dataset.copy;
      const code = place === "code" && button.parentNode.querySelector("code").textContent;
      copy(code || location.href.split("#")[0] + place).then(
        () => say(button.dataset.done),
        () => say(button.dataset.failed),
      );
    });
  }

  document.querySelectorAll("[data-copy]").forEach(start);
})();
