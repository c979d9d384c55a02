// Buttons that copy: the code beside them, or the address of a place on the page.
(function () {
  "use strict";

  function copy(text) {
    if (!navigator.clipboard) return copySelected(text);
    return navigator.clipboard.writeText(text).catch(function () {
      return copySelected(text);
    });
  }

  // Where a page is not served securely, or the browser says no, as it was done before.
  function copySelected(text) {
    var focused = document.activeElement;
    var field = document.createElement("textarea");
    field.className = "visually-hidden";
    field.value = text;
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    focused.focus({ preventScroll: true });
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  // What screen readers are told stands in the nearest element around that has a status.
  function statusOf(button) {
    var around = button.parentNode;
    while (!around.querySelector("[role=status]")) around = around.parentNode;
    return around.querySelector("[role=status]");
  }

  function start(button) {
    var status = statusOf(button);
    var word = button.textContent;
    function say(what) {
      button.textContent = status.textContent = what;
      setTimeout(function () {
        button.textContent = word;
        status.textContent = "";
      }, 2500);
    }
    button.addEventListener("click", function () {
      var place = button.dataset.copy;
      var code = place === "code" && button.parentNode.querySelector("code").textContent;
      copy(code || location.href.split("#")[0] + place).then(
        function () {
          say(button.dataset.done);
        },
        function () {
          say(button.dataset.failed);
        },
      );
    });
  }

  document.querySelectorAll("[data-copy]").forEach(start);
})();
