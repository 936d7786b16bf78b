// Says five minutes before it happens that the session ends, and lets it go on (P5).

const SAID_BEFORE = 5 * 60;
const LOOK_EVERY = 5_000;
const notice = document.getElementById("session-end");

function secondsLeft() {
  const found = /(?:^|; )(?:__Host-)?session_end=(\d+)/.exec(document.cookie);
  return found ? Number(found[1]) - Date.now() / 1000 : Infinity;
}

function look() {
  const left = secondsLeft();
  const hasEnded = left <= 0;
  if (left > SAID_BEFORE) {
    notice.hidden = true;
    return;
  }
  const wasHidden = notice.hidden;
  notice.hidden = false;
  notice.querySelector("[data-session-ending]").hidden = hasEnded;
  notice.querySelector("[data-session-ended]").hidden = !hasEnded;
  const minutes = notice.querySelector("[data-session-minutes]");
  const words = minutes.dataset.sessionMinutes.replace("{minutes}", Math.max(1, Math.ceil(left / 60)));
  if (minutes.textContent !== words) {
    minutes.textContent = words;
  }
  if (wasHidden) {
    document.getElementById("announcement").textContent = notice.innerText;
  }
}

async function goOn(event) {
  const failed = notice.querySelector("[data-session-failed]");
  try {
    const answer = await fetch(event.target.dataset.sessionAddress, {
      method: "POST",
      headers: { Accept: "application/json" },
    });
    failed.hidden = answer.ok && !answer.redirected;
  } catch {
    failed.hidden = false;
  }
  look();
}

if (notice) {
  notice.querySelector("[data-session-address]").addEventListener("click", goOn);
  setInterval(look, LOOK_EVERY);
  look();
}
