// Asks the browser for a passkey when the form is submitted, and sends what it answers along (WebAuthn Level 3).
const form = document.getElementById('passkey-form');
const message = document.getElementById('message');

form.addEventListener('submit', async event => {
  event.preventDefault();
  message.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options);
    const credential = form.dataset.ceremony === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    message.textContent = form.dataset.failure;
    message.hidden = false;
  }
});
