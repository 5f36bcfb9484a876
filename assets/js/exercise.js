// Sliders beside the number fields of an exercise, and the total while one writes. Without this file the fields and the
// button that computes the total do the same.
const form = document.querySelector("form.divide");
const balance = form?.querySelector("[data-balance]");

if (form && balance) {
  const total = Number(form.dataset.total);
  const fields = [...form.querySelectorAll("input[data-planned]")];
  const number = (field) => Number(field.value.replace(/\s/g, "")) || 0;
  const tell = () => {
    const by = fields.reduce((sum, field) => sum + number(field), 0) - total;
    const words = by === 0 ? balance.dataset.ok : `${by > 0 ? balance.dataset.over : balance.dataset.left} ${Math.abs(by).toLocaleString(document.documentElement.lang)}`;
    balance.textContent = words;
    balance.className = by === 0 ? "verdict verdict-ok" : "verdict verdict-warning";
  };
  for (const field of fields) {
    const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, step: 1 });
    slider.max = Math.max(10, Number(field.dataset.planned) * 2, number(field));
    slider.value = number(field);
    slider.setAttribute("aria-label", form.querySelector(`label[for="${field.id}"]`).textContent);
    slider.addEventListener("input", () => { field.value = slider.value; tell(); });
    field.addEventListener("input", () => { slider.value = number(field); tell(); });
    field.after(slider);
  }
  tell();
}
