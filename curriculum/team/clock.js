// The clock of a card that stands alone: which part of the session it is, and how long it goes on.
for (const clock of document.querySelectorAll(".clock")) {
  const [button, left] = [clock.querySelector("button"), clock.querySelector(".left")];
  const parts = [...clock.querySelectorAll("li")];
  let since = null;
  const show = () => {
    let gone = since === null ? 0 : (Date.now() - since) / 60000, now = null, rest = 0;
    for (const part of parts) {
      const minutes = Number(part.dataset.minutes);
      part.classList.toggle("over", gone >= minutes);
      part.classList.toggle("now", since !== null && now === null && gone < minutes);
      if (now === null && gone < minutes) { now = part; rest = minutes - gone; }
      gone = Math.max(0, gone - minutes);
    }
    if (since === null) return;
    const seconds = Math.ceil(rest * 60);
    left.textContent = now ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left` : "The time is over.";
  };
  button.hidden = false;
  button.addEventListener("click", () => { since = since === null ? Date.now() : null; left.textContent = "";
    button.textContent = since === null ? "Start the clock" : "Stop the clock"; show(); });
  setInterval(show, 1000);
}
