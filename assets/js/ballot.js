// The ballot without leaving the page: the same forms to the same addresses, and the answer takes the place of what
// was there. Without this file, or when the network fails, the forms are sent as ever.
const place = document.querySelector("#ballot");

place?.addEventListener("submit", async (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (event.defaultPrevented || place.hasAttribute("aria-busy")) return;
  event.preventDefault();
  place.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(form, pressed));
  const at = document.activeElement?.closest?.("li")?.id;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#ballot");
    if (!found) throw new Error("no ballot");
    place.replaceChildren(...found.childNodes);
    const row = at ? document.querySelector(`#${CSS.escape(at)} :is(input, button)`) : null;
    (document.querySelector("#errors") ?? row ?? document.querySelector("#state"))?.focus?.({ preventScroll: row !== null });
  } catch {
    if (pressed?.name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value });
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  } finally {
    place.removeAttribute("aria-busy");
  }
});
