// Counts characters below a text area as the server does: code points, a line break as one.

function show(count, field) {
  const most = Number(field.dataset.countMax);
  const length = [...field.value].length;
  const isOver = length > most;
  const words = isOver ? count.dataset.countOver : count.dataset.countWords;
  count.toggleAttribute("data-is-over", isOver);
  count.textContent = words
    .replace("{count}", length.toLocaleString())
    .replace("{most}", most.toLocaleString())
    .replace("{over}", (length - most).toLocaleString());
}

function countOf(field) {
  return document.querySelector(`[data-count-for="${CSS.escape(field.id)}"]`);
}

document.addEventListener("input", (event) => {
  if (event.target.dataset.countMax) {
    show(countOf(event.target), event.target);
  }
});

for (const count of document.querySelectorAll("[data-count-for]")) {
  show(count, document.getElementById(count.dataset.countFor));
}
