// Asks the device for a passkey. Without scripts these forms stay hidden, and everybody signs in with a password or a code.

const toBytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const keys = form => form.dataset.keys.split(' ').filter(Boolean).map(id => ({ type: 'public-key', id: toBytes(id) }));

async function make(form) {
  const made = await navigator.credentials.create({ publicKey: {
    challenge: toBytes(form.dataset.challenge),
    rp: { id: form.dataset.party, name: document.title.split(' – ').pop() },
    user: { id: toBytes(form.dataset.user), name: form.dataset.name, displayName: form.dataset.shown },
    pubKeyCredParams: [-7, -8, -257].map(alg => ({ type: 'public-key', alg })),
    excludeCredentials: keys(form),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestation: 'none',
  } });
  form.elements.client_data.value = toText(made.response.clientDataJSON);
  form.elements.data.value = toText(made.response.attestationObject);
}

async function use(form) {
  const used = await navigator.credentials.get({ publicKey: {
    challenge: toBytes(form.dataset.challenge),
    rpId: form.dataset.party,
    allowCredentials: keys(form),
    userVerification: form.dataset.verify,
  } });
  form.elements.credential.value = toText(used.rawId);
  form.elements.client_data.value = toText(used.response.clientDataJSON);
  form.elements.data.value = toText(used.response.authenticatorData);
  form.elements.signature.value = toText(used.response.signature);
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const host = location.hostname, party = form.dataset.party;
  if (!window.PublicKeyCredential || (host !== party && !host.endsWith('.' + party))) continue;
  form.hidden = false;
  document.querySelector('[data-passkey-missing]')?.remove();
  const told = form.querySelector('[data-told]');
  form.addEventListener('submit', async event => {
    if (form.elements.client_data.value) return;
    event.preventDefault();
    told.textContent = '';
    try {
      await (form.dataset.passkey === 'create' ? make(form) : use(form));
      form.requestSubmit();
    } catch {
      // Refused by the person, timed out, or no key: the page says so and the other ways stay.
      told.textContent = told.dataset.told;
    }
  });
}
