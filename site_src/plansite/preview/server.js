// Asks for news of the page that it stands on; reloads the page, or tells what is the matter.
(async () => {
  const asked = new URL(document.currentScript.src).searchParams;
  const box = document.createElement("pre");
  box.style.cssText =
    "position:fixed;inset:auto 1rem 1rem;max-height:60vh;z-index:99;" +
    "overflow:auto;padding:1rem;margin:0;background:#fff;border:2px solid;white-space:pre-wrap";
  for (;;) {
    try {
      const state = await (await fetch(`/__preview?${asked}`)).json();
      if (state.reload) {
        location.reload();
        return;
      }
      asked.set("after", state.news);
      box.textContent = state.problems || state.note;
      box.style.color = state.problems ? "#a3332b" : "#333";
      if (box.textContent) document.body.append(box);
      else box.remove();
    } catch {
      // The preview was stopped.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
})();
