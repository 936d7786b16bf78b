// Puts the full address and the moment of printing on the paper (W8).

addEventListener("beforeprint", () => {
  const language = document.documentElement.lang;
  const shape = { dateStyle: "long", timeStyle: "medium", timeZone: "Asia/Tokyo" };
  for (const address of document.querySelectorAll("[data-print-address]")) {
    address.textContent = location.href;
  }
  for (const moment of document.querySelectorAll("[data-print-time]")) {
    moment.textContent = `${new Date().toLocaleString(language, shape)} JST`;
  }
});
