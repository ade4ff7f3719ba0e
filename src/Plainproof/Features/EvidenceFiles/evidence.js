// Where a file is added: it can be dropped and pasted, and looked at before it is sent for good. Without script the form does all of it by itself.
"use strict";
for (const form of document.querySelectorAll("form[data-evidence]")) {
  const field = form.elements.file;
  const told = form.querySelector("[data-ways]");
  told.hidden = false;

  const take = files => {
    if (files.length === 0) return false;
    const taken = new DataTransfer();
    taken.items.add(files[0]);
    field.files = taken.files;
    say();
    return true;
  };
  const say = () => {
    told.textContent = field.files.length ? "Chosen: " + field.files[0].name : "You can also drop it here, or paste a picture.";
  };

  field.addEventListener("change", say);
  document.addEventListener("paste", event => {
    if (take(event.clipboardData.files)) event.preventDefault();
  });
  form.addEventListener("dragover", event => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", event => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", event => {
    event.preventDefault();
    form.classList.remove("over");
    take(event.dataTransfer.files);
  });

  form.addEventListener("submit", async event => {
    if (event.submitter?.value !== "look") return;
    event.preventDefault();
    const place = form.querySelector("#looked");
    place.textContent = "Plainproof looks at it.";
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#looked");
      if (!found) throw new Error();
      place.replaceChildren(...page.querySelectorAll(".note.bad[role=alert]"), ...found.childNodes);
    } catch {
      place.textContent = "That did not work. Load the page again, then try once more.";
    }
  });
}
