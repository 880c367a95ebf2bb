// One day as a calendar file (RFC 5545): a whole day has no time and so no time zone; a line has 75 octets at most.

export function icsOf({ uid, stamp, day, next, title, text, url }) {
  const plain = (value) => value.replaceAll("-", "");
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Clearly//Due date//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${stamp.replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${plain(day)}`,
    `DTEND;VALUE=DATE:${plain(next)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    `URL:${url}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
  ].map((line) => `${folded(line)}\r\n`).join("");
}

function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

function folded(line) {
  let [all, octets] = ["", 0];
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (octets + size > 75) [all, octets] = [`${all}\r\n `, 1];
    all += letter;
    octets += size;
  }
  return all;
}
