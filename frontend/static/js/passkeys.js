// Asks the browser for a passkey and sends its answer with the form.
// form[data-passkey="login|use|add"]; the options stand in #passkey-options, those for signing in
// are fetched from the form's own address when they are needed: they expire.

const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list = []) => list.map((one) => ({ ...one, id: decode(one.id) }));
// A browser keeps passkeys for names only.
const hasName = !/^[\d.]+$|^\[/.test(location.hostname);
const isAble = hasName && "credentials" in navigator && "PublicKeyCredential" in window;

async function ask(form) {
  if (form.dataset.passkey === "add") return navigator.credentials.create({ publicKey: creation(options()) });
  const found = form.dataset.passkey === "login" ? await fetched(form) : options();
  const asked = { ...found, challenge: decode(found.challenge), allowCredentials: known(found.allowCredentials) };
  return navigator.credentials.get({ publicKey: asked });
}

const options = () => JSON.parse(document.getElementById("passkey-options").textContent).publicKey;

async function fetched(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

// The authenticator itself keeps the passkey and checks who holds it, so that it works alone.
function creation(found) {
  return {
    ...found,
    challenge: decode(found.challenge),
    user: { ...found.user, id: decode(found.user.id) },
    excludeCredentials: known(found.excludeCredentials),
    authenticatorSelection: {
      ...found.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function send(form) {
  const trouble = form.querySelector("[data-trouble]");
  trouble.hidden = true;
  try {
    form.elements.credential.value = written(await ask(form));
    form.submit();
  } catch {
    // The browser says neither whether somebody changed their mind nor what went wrong.
    trouble.hidden = false;
  }
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    if (form.dataset.started) continue;
    form.dataset.started = "1";
    form.hidden = form.hidden && !isAble;
    for (const part of form.querySelectorAll("[data-unable]")) part.hidden = isAble;
    for (const button of form.querySelectorAll("button")) button.disabled = !isAble;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
