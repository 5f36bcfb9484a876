// Lets the platform write to this browser. Without scripts the form stays hidden; the other channels stay.

const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const form = document.querySelector('form[data-push]');
if (form && 'serviceWorker' in navigator && 'PushManager' in window) {
  form.hidden = false;
  const told = form.querySelector('[data-told]');
  form.addEventListener('submit', async event => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    told.textContent = '';
    try {
      const worker = await navigator.serviceWorker.register(form.dataset.worker);
      const key = bytes(form.dataset.push);
      const old = await worker.pushManager.getSubscription();
      form.elements.former.value = old?.endpoint ?? '';
      await old?.unsubscribe();
      const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      form.elements.endpoint.value = made.endpoint;
      form.elements.key.value = text(made.getKey('p256dh'));
      form.elements.secret.value = text(made.getKey('auth'));
      form.requestSubmit();
    } catch {
      told.textContent = told.dataset.told;
    }
  });
}
