// Shows each copy button, which is of no use without script, and copies the field that it names.
for (const button of document.querySelectorAll("[data-copy]")) {
  const name = button.dataset.copy;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(name);
    await navigator.clipboard.writeText(field.value ?? field.textContent);
    document.querySelector(`[data-copied="${name}"]`).textContent = "Copied.";
  });
}
