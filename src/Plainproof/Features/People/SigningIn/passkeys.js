// Forms with data-passkey ask the browser for a passkey and send its answer as the field "credential". Without script they stay hidden.
"use strict";
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async event => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const told = form.querySelector("[role=status]");
    told.textContent = "Your browser asks you now.";
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.requestSubmit();
    } catch (problem) {
      told.textContent = problem.name === "NotAllowedError"
        ? "The browser got no passkey: it was cancelled, took too long, or there is none for this site."
        : "The passkey could not be used: " + problem.message;
    }
  });
}

async function ask(form) {
  const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
  if (!answer.ok || !answer.headers.get("content-type").startsWith("application/json")) throw new Error("load the page again, then try once more.");
  const options = await answer.json();
  return form.dataset.passkey === "new"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}
