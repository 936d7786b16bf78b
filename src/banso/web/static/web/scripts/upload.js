// Sends a form with a file so that its person sees how far it is, and tries again when the line breaks.

const TRIES = 4;
const WAIT = 2_000;

function lineOf(form) {
  const line = form.querySelector("[data-upload-said]");
  line.hidden = false;
  return line;
}

function say(line, words, done, size) {
  const percent = size ? Math.floor((done / size) * 100) : 0;
  line.querySelector("progress").value = percent;
  line.querySelector("[data-upload-words]").textContent = words.replace("{percent}", percent);
}

function show(request, form) {
  const next = request.getResponseHeader("HX-Redirect");
  if (next) {
    location.assign(next);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (main) {
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
  } else {
    form.before(...page.body.children);
    form.querySelector("button[type=submit]").disabled = false;
  }
  const told = document.querySelector("main [data-takes-focus]");
  told?.focus();
}

function send(form, line, left) {
  const request = new XMLHttpRequest();
  const words = line.dataset;
  request.open("POST", form.action);
  // So the answer names the next page in a header, and is not followed out of sight.
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => {
    const sent = event.loaded < event.total ? words.uploadSending : words.uploadChecking;
    say(line, sent, event.loaded, event.total);
  });
  request.addEventListener("load", () => show(request, form));
  request.addEventListener("error", () => {
    if (left > 0) {
      say(line, words.uploadAgain, 0, 0);
      setTimeout(() => send(form, line, left - 1), WAIT * (TRIES - left + 1));
    } else {
      say(line, words.uploadFailed, 0, 0);
      form.querySelector("button[type=submit]").disabled = false;
    }
  });
  request.send(new FormData(form));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[enctype='multipart/form-data']") || !form.querySelector("[data-upload-said]")) {
    return;
  }
  const file = form.querySelector("input[type=file]");
  if (!file?.files.length) {
    return;
  }
  event.preventDefault();
  form.querySelector("button[type=submit]").disabled = true;
  send(form, lineOf(form), TRIES);
});
