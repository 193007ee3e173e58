// Asks the device for a passkey. What it must be asked stands in the page, or is fetched at a press.
(function () {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) {
    return; // the page keeps its other ways
  }
  const button = document.querySelector("[data-passkey-button]");
  const fault = document.querySelector("[data-passkey-fault]");

  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function options() {
    const inPage = document.getElementById("passkey-options");
    if (inPage) {
      return JSON.parse(inPage.textContent);
    }
    const answer = await fetch(form.action, { headers: { accept: "application/json" } });
    return (await answer.json()).request_options;
  }

  async function make(asked) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: named(asked.excludeCredentials),
      },
    });
    return {
      attestationObject: text(made.response.attestationObject),
      ...common(made),
    };
  }

  async function use(asked) {
    const used = await navigator.credentials.get({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        allowCredentials: named(asked.allowCredentials),
      },
    });
    const handle = used.response.userHandle;
    return {
      authenticatorData: text(used.response.authenticatorData),
      signature: text(used.response.signature),
      userHandle: handle ? text(handle) : null,
      ...common(used),
    };
  }

  const common = (credential) => ({
    credential,
    clientDataJSON: text(credential.response.clientDataJSON),
  });

  async function press() {
    fault.hidden = true;
    try {
      const asked = (await options()).publicKey;
      const { credential, ...response } = await (form.dataset.passkey === "make" ? make : use)(asked);
      form.elements.credential.value = JSON.stringify({
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        response,
        clientExtensionResults: credential.getClientExtensionResults(),
      });
      form.submit();
    } catch {
      fault.hidden = false; // stopped by the person, or the device has none
    }
  }

  button.hidden = false;
  button.addEventListener("click", press);
})();
