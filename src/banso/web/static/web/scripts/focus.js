// Leads a person to what changed (A5). The only module that knows htmx and its event names (H7).

const root = document.documentElement;
const connection = document.getElementById("connection");

function lead(element) {
  if (!element.hasAttribute("tabindex")) {
    element.tabIndex = -1;
  }
  element.focus();
}

function nameErrors(hasErrors) {
  const prefix = root.dataset.errorPrefix ?? "";
  const plain = document.title.startsWith(prefix)
    ? document.title.slice(prefix.length)
    : document.title;
  document.title = hasErrors ? prefix + plain : plain;
}

// A swapped region that must not take the focus, such as "Saved 14:03:05", carries data-keeps-focus.
// One whose own control was swapped away would be left at the top of the page.
function showWhatChanged(region, lostControl) {
  const alert = region.querySelector("[data-takes-focus]");
  const heading = region.querySelector("h1, h2, h3");
  const announced = region.closest("[data-announce]") ?? region.querySelector("[data-announce]");
  nameErrors(Boolean(alert));
  if (announced) {
    document.getElementById("announcement").textContent = announced.dataset.announce;
  }
  if (region.closest("[data-keeps-focus]")) {
    return;
  }
  if (region.matches("[data-takes-focus]")) {
    lead(region);
  } else if (alert || heading) {
    lead(alert ?? heading);
  } else if (lostControl) {
    lead(region);
  }
}

document.addEventListener("htmx:after:swap", (event) => {
  const { target, sourceElement } = event.detail.ctx;
  const isGone = target?.id && !target.isConnected;
  const region = isGone ? document.getElementById(target.id) : target;
  if (region?.isConnected) {
    showWhatChanged(region, !sourceElement.isConnected);
  }
});

document.addEventListener("htmx:error", () => {
  connection.hidden = false;
});

document.addEventListener("htmx:after:request", () => {
  connection.hidden = true;
});

const waiting = document.querySelector("[data-takes-focus]");
if (waiting && document.title.startsWith(root.dataset.errorPrefix)) {
  lead(waiting);
}
