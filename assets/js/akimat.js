// Small comforts. Every page works without them.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Filters send themselves when a choice changes; a text waits for the button.
for (const form of all('form[data-auto-submit]')) {
  form.addEventListener('change', event => {
    if (event.target.matches('select')) form.requestSubmit();
  });
}

// A second thought before what cannot be undone.
document.addEventListener('click', event => {
  const button = event.target.closest('[data-confirm]');
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
});

// A form is sent once.
document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
});
window.addEventListener('pageshow', () => all('form[data-sent]').forEach(form => delete form.dataset.sent));

// The list of errors is read first.
document.getElementById('errors')?.focus();

// The small menu closes with Escape and by a click beside it.
const menu = document.querySelector('.menu-small');
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && menu?.open) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});
document.addEventListener('click', event => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

// Copies a text, as the address of a page.
for (const button of all('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy || location.href);
      if (button.dataset.copied) button.textContent = button.dataset.copied;
    } catch { /* The browser refused; the text can still be selected. */ }
  });
}

for (const button of all('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
