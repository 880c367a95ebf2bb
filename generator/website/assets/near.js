// Names near to what was typed and not found: those that share the most, and the rarest, pieces of three letters with it.
// Fetched by search.js when all its tries have failed; `ask` holds what that script reads the index with.

const ASKED = 12; // pieces looked up: each may cost a file of the index
const READ = 12, CHUNKS = 5; // names compared letter by letter, and the files that these may stand in
const SHOWN = 5, LEAST = 0.25, CLOSE = 0.6; // a name with less of the query in it is not near, nor one with much less than the nearest

export async function near(query, ask) {
  const { index } = ask, docs = index.docs, text = ask.loosen(ask.fold(query));
  const found = await Promise.all(spread([...pieces(text)]).map((piece) => ask.lookUp("l", piece)));
  const votes = new Map();
  for (const units of found) {
    const weight = Math.log(1 + docs / (1 + units.size));
    for (const unit of units.keys()) votes.set(unit, (votes.get(unit) || 0) + weight);
  }
  const best = [...votes.keys()].sort((a, b) => votes.get(b) - votes.get(a) || a - b);
  const services = [...new Set(best.filter((unit) => unit < 2 * docs).filter(atMostTwo(votes)).map((unit) => unit % docs))];
  const named = await Promise.all(services.filter(ofFewFiles(index.chunk)).slice(0, READ).map(ask.record));
  const agencies = await Promise.all(best.filter((unit) => unit >= 3 * docs).slice(0, 2).map((unit) => agencyOf(unit, ask)));
  return ranked([...named, ...agencies.filter(Boolean)], query, ask);
}

function pieces(text) {
  const all = new Set();
  for (let at = 0; at + 3 <= text.length; at++) all.add(text.substr(at, 3));
  return all;
}

function spread(all) { // some of all, from its beginning to its end
  const step = Math.max(1, all.length / ASKED);
  return Array.from({ length: Math.min(all.length, ASKED) }, (_, at) => all[Math.floor(at * step)]);
}

function atMostTwo(votes) { // names with the very same pieces are the same name, at many agencies: two tell that it is so
  const seen = new Map();
  return (unit) => {
    const times = (seen.get(votes.get(unit)) || 0) + 1;
    seen.set(votes.get(unit), times);
    return times <= 2;
  };
}

function ofFewFiles(chunk) {
  const files = new Set();
  return (doc) => {
    const file = Math.floor(doc / chunk);
    if (files.size < CHUNKS) files.add(file);
    return files.has(file);
  };
}

async function agencyOf(unit, ask) { // a name of several services: their agency's, perhaps
  const [doc] = [...(await ask.scored(new Map([[unit, []]]))).keys()];
  if (doc === undefined || doc >= ask.index.services) return null;
  const [, path, agency] = await ask.record(doc);
  return [agency, path.split("/").slice(0, 2).join("/") + "/", "", "", "", ""];
}

function ranked(records, query, ask) { // [record, the name that is near], the nearest first
  const spellings = [ask.fold, (text) => ask.loosen(ask.fold(text))];
  const wanted = spellings.map((spell) => pieces(spell(query)));
  const likeness = (name) => wanted.reduce((sum, asked, at) => sum + alike(asked, pieces(spellings[at](name))), 0) / 2;
  const told = unique(records).map((one) => {
    const names = [one[0], ...one[3].split("\n").filter(Boolean)].map((name) => [likeness(name), name]);
    return [one, ...names.reduce((most, other) => (other[0] > most[0] ? other : most))];
  }).sort((a, b) => b[1] - a[1]);
  const least = Math.max(LEAST, told.length && CLOSE * told[0][1]);
  return told.filter(([, like]) => like >= least).slice(0, SHOWN).map(([one, , name]) => [one, name]);
}

function unique(records) { // a name of several agencies leads to a search for it
  const byTitle = new Map();
  for (const one of records) {
    const other = byTitle.get(one[0]);
    const same = !other || other[1] === one[1];
    byTitle.set(one[0], same ? one : [one[0], `search/?q=${encodeURIComponent(one[0])}`, "", one[3], one[4], ""]);
  }
  return [...byTitle.values()];
}

function alike(asked, has) { // the part of the query that a name has; of two that have as much the shorter is nearer
  const shared = [...asked].filter((piece) => has.has(piece)).length;
  return asked.size ? shared / asked.size - has.size / 1e5 : 0;
}
