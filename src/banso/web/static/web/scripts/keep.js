// Keeps what is typed into a long form: when a field is left, and every 30 seconds (P5).

const EVERY = 30_000;
const OURS = new Set(["kept_token", "csrfmiddlewaretoken", "idempotency_key"]);
const states = new Map();

function tokenOf(form) {
  return form?.querySelector?.("input[data-keep]");
}

function typedIn(form) {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!OURS.has(name) && typeof value === "string") {
      typed.append(name, value);
    }
  }
  return typed;
}

function stateOf(form) {
  if (!states.has(form)) {
    states.set(form, { kept: typedIn(form).toString(), isBusy: false, isSent: false });
  }
  return states.get(form);
}

function say(form, words) {
  const said = form.querySelector("[data-keep-said]");
  if (said && words) {
    said.textContent = words;
  }
}

async function keep(form) {
  const token = tokenOf(form);
  const state = stateOf(form);
  const typed = typedIn(form);
  const text = typed.toString();
  if (!token || state.isBusy || state.isSent || text === state.kept) {
    return;
  }
  state.isBusy = true;
  typed.append(token.name, token.value);
  const body = typed.toString();
  try {
    const answer = await fetch(token.dataset.keep, {
      method: "POST",
      body: typed,
      headers: { Accept: "application/json" },
      keepalive: body.length < 60_000,
    });
    const told = await answer.json();
    if (answer.ok) {
      token.value = told.token;
      state.kept = text;
    }
    say(form, told.said);
  } catch {
    say(form, form.querySelector("[data-keep-said]")?.dataset.keepFailed);
  } finally {
    state.isBusy = false;
  }
}

function formAt(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  return tokenOf(form) ? form : null;
}

document.addEventListener("focusin", (event) => {
  const form = formAt(event);
  if (form) {
    stateOf(form);
  }
});

document.addEventListener("focusout", (event) => {
  const form = formAt(event);
  if (form) {
    keep(form);
  }
});

document.addEventListener("submit", (event) => {
  const state = states.get(event.target);
  if (state) {
    state.isSent = true;
    // An answer that did not come leaves the form where it is, and it is kept again.
    setTimeout(() => {
      state.isSent = false;
    }, 10_000);
  }
});

window.addEventListener("beforeunload", (event) => {
  for (const [form, state] of states) {
    if (form.isConnected && !state.isSent && typedIn(form).toString() !== state.kept) {
      event.preventDefault();
    }
  }
});

setInterval(() => {
  for (const form of states.keys()) {
    if (form.isConnected) {
      keep(form);
    } else {
      states.delete(form);
    }
  }
}, EVERY);
