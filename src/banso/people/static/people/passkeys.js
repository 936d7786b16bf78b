// Passkeys: asks the browser for one and sends what it signed. Without it every form still says what to do.

const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const described = (keys) => (keys ?? []).map((key) => ({ ...key, id: fromText(key.id) }));

function forCreating({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      user: { ...publicKey.user, id: fromText(publicKey.user.id) },
      excludeCredentials: described(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  };
}

function forAsking({ publicKey }) {
  const allowed = publicKey.allowCredentials ? { allowCredentials: described(publicKey.allowCredentials) } : {};
  return { publicKey: { ...publicKey, challenge: fromText(publicKey.challenge), ...allowed } };
}

function signed(credential) {
  const { response } = credential;
  const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = fields.filter((name) => response[name]).map((name) => [name, toText(response[name])]);
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    response: Object.fromEntries(given),
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsOf(form) {
  if (form.dataset.options) {
    return JSON.parse(form.dataset.options);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function send(form) {
  const options = await optionsOf(form);
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create(forCreating(options))
      : await navigator.credentials.get(forAsking(options));
  form.elements.credential.value = signed(credential);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const fault = form.querySelector("[data-passkey-fault]");
  if (window.PublicKeyCredential) {
    form.querySelector("button").disabled = false;
  } else {
    fault.hidden = false;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fault.hidden = true;
    send(form).catch(() => {
      fault.hidden = false;
      fault.focus();
    });
  });
}
