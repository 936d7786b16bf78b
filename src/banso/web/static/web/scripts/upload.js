// Sends forms with files so that their person sees how far each is, and tries again when the line breaks.

const TRIES = 4;
const WAIT = 2_000;
// The keys of files whose line broke for good: the server may have taken them before it did.
const unanswered = new Map();

function say(line, words, done, size) {
  const percent = size ? Math.floor((done / size) * 100) : 0;
  line.querySelector("progress").value = percent;
  line.querySelector("[data-upload-words]").textContent = words.replace("{percent}", percent);
}

function pageIn(request) {
  return new DOMParser().parseFromString(request.responseText, "text/html");
}

function show(request, form) {
  const next = request.getResponseHeader("HX-Redirect");
  if (next) {
    location.assign(next);
    return;
  }
  const page = pageIn(request);
  const main = page.querySelector("main");
  if (main) {
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    offerSeveral();
  } else {
    form.before(...page.body.children);
    form.querySelector("button[type=submit]").disabled = false;
  }
  const told = document.querySelector("main [data-takes-focus]");
  told?.focus();
}

function post(form, data, line, words, heard, left = TRIES) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  // So the answer names the next page in a header, and is not followed out of sight.
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => {
    const sent = event.loaded < event.total ? words.uploadSending : words.uploadChecking;
    say(line, sent, event.loaded, event.total);
  });
  request.addEventListener("load", () => heard(request));
  request.addEventListener("error", () => {
    if (left > 0) {
      say(line, words.uploadAgain, 0, 0);
      setTimeout(() => post(form, data, line, words, heard, left - 1), WAIT * (TRIES - left + 1));
    } else {
      say(line, words.uploadFailed, 0, 0);
      heard(null);
    }
  });
  request.send(data);
}

function sendAlone(form, line) {
  post(form, new FormData(form), line, line.dataset, (request) => {
    if (request) {
      show(request, form);
    } else {
      form.querySelector("button[type=submit]").disabled = false;
    }
  });
}

function offerSeveral() {
  for (const input of document.querySelectorAll("input[type=file][data-takes-several]")) {
    const hint = document.getElementById(`${input.id}_several`);
    input.multiple = true;
    hint.hidden = false;
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${hint.id}`.trim());
  }
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function nameOf(file) {
  return `${file.name} ${file.size} ${file.lastModified}`;
}

function isUnanswered(input) {
  return [...input.files].some((file) => unanswered.has(nameOf(file)));
}

function dataOf(form, input, file) {
  const data = new FormData(form);
  const key = unanswered.get(nameOf(file)) ?? newKey();
  unanswered.set(nameOf(file), key);
  data.set("idempotency_key", key);
  data.set(input.name, file, file.name);
  return data;
}

function rowOf(outcomes, file) {
  const row = outcomes.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-upload-name]").textContent = file.name;
  row.querySelector("progress").setAttribute("aria-label", file.name);
  row.querySelector("[data-upload-words]").textContent = outcomes.dataset.uploadWaiting;
  outcomes.querySelector("ul").append(row);
  return row;
}

function reasonsIn(request) {
  const page = pageIn(request);
  const said = [...page.querySelectorAll(".error-summary__list li, .refusal p")];
  const parts = said.length ? said : [page.querySelector("main") ?? page.body];
  return parts.map((part) => part.textContent.replace(/\s+/g, " ").trim()).join(" ").slice(0, 500);
}

function lead(row, address, words) {
  const link = row.querySelector("a");
  link.href = address;
  const name = row.querySelector("[data-upload-name]").textContent;
  link.textContent = words.replace("{name}", () => name);
  link.hidden = false;
}

// Tells in the row what became of a file: taken, refused, signed-out or broken.
function conclude(row, words, request) {
  if (!request) {
    return "broken";
  }
  const next = request.getResponseHeader("HX-Redirect");
  if (next && request.getResponseHeader("Banso-Done")) {
    say(row, words.uploadTaken, 1, 1);
    lead(row, next, words.uploadOpen);
    return "taken";
  }
  if (next) {
    say(row, words.uploadSignedOut, 0, 0);
    lead(row, next, words.uploadSignIn);
    return "signed-out";
  }
  say(row, words.uploadRefused.replace("{reasons}", () => reasonsIn(request)), 0, 0);
  return "refused";
}

function sendOne(form, input, file, row, words) {
  return new Promise((tell) => {
    post(form, dataOf(form, input, file), row, words, (request) => {
      const became = conclude(row, words, request);
      if (became !== "broken") {
        unanswered.delete(nameOf(file));
      }
      row.dataset.became = became;
      row.querySelector("progress").hidden = true;
      tell(became);
    });
  });
}

function choose(input, files) {
  const chosen = new DataTransfer();
  for (const file of files) {
    chosen.items.add(file);
  }
  input.files = chosen.files;
}

function ask(event) {
  event.preventDefault();
}

// One request after the other: what becomes of one file changes nothing for the next.
async function sendSeveral(form, input, line) {
  const outcomes = form.querySelector("[data-upload-outcomes]");
  const words = { ...line.dataset, ...outcomes.dataset };
  const files = [...input.files];
  outcomes.hidden = false;
  outcomes.querySelector("ul").replaceChildren();
  const rows = files.map((file) => rowOf(outcomes, file));
  const became = [];
  const count = (one) => became.filter((each) => each === one).length;
  const tell = (sentence) =>
    say(line, sentence.replace("{taken}", count("taken")).replace("{all}", files.length), became.length, files.length);
  tell(words.uploadSoFar);
  window.addEventListener("beforeunload", ask);
  for (const [place, file] of files.entries()) {
    became.push(await sendOne(form, input, file, rows[place], words));
    tell(words.uploadSoFar);
  }
  window.removeEventListener("beforeunload", ask);
  choose(input, files.filter((_, place) => became[place] === "broken"));
  tell(words.uploadAll);
  form.querySelector("button[type=submit]").disabled = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const line = form.querySelector("[data-upload-said]");
  if (!form.matches("form[enctype='multipart/form-data']") || !line) {
    return;
  }
  const input = form.querySelector("input[type=file]");
  if (!input?.files.length) {
    return;
  }
  event.preventDefault();
  form.querySelector("button[type=submit]").disabled = true;
  line.hidden = false;
  if (input.files.length > 1 || isUnanswered(input)) {
    sendSeveral(form, input, line);
  } else {
    sendAlone(form, line);
  }
});

offerSeveral();
