// The phone's clock may be wrong by a day. What the server said at the last contact corrects it; the server itself only
// looks at how long ago something was written (by the same clock), never at what the clock said.

let offset = 0;

export function correct(serverNow) {
  offset = new Date(serverNow).getTime() - Date.now();
  return offset;
}

export function setOffset(milliseconds) {
  offset = milliseconds;
}

// By the phone's own clock: what goes to the server.
export function stamp() {
  return new Date().toISOString();
}

// The day at the fair, as a date field writes it.
export function dayAt(zone, at = Date.now() + offset) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(new Date(at));
}

export function timeAt(zone) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(
    new Date(Date.now() + offset),
  );
}
