/* Finds services by any part of their names.  The index (views/search.py) is fetched in pieces of a few KB: a query is laid
   with three-letter pieces end to end, and what holds them all at the right distances holds the query. */
(function () {
  "use strict";
  var box = document.getElementById("search");
  if (!box || !window.fetch || !window.URLSearchParams) return;
  var words = JSON.parse(document.getElementById("search-words").textContent);
  var input = document.getElementById("q"), list = document.getElementById("search-results");
  var prose = document.getElementById("search-prose"), proseList = document.getElementById("search-prose-list");
  var nearby = document.getElementById("search-near"), nearList = document.getElementById("search-near-list"), said = document.getElementById("search-said"), more = document.getElementById("search-more"), az = document.getElementById("search-az");
  var base = box.getAttribute("data-index"), home = box.getAttribute("data-home");
  var FIELDS = 3, NAMES = 1, FIRST = 10, LONG = 20, AT_ONCE = 3, MANY = 30, index = null, kept = {}, turn = 0, shown = FIRST, last = null;

  // ---- the same as views/folding.py ----
  var AM = "\u0e33", MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e";
  var HALVES = new RegExp("\u0e4d([" + MARKS + "]*)\u0e32", "g"), STACK = new RegExp("[" + MARKS + AM + "]{2,}", "g");
  function fold(text) {
    text = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u0e50-\u0e59]/g, function (c) { return c.charCodeAt(0) - 0x0e50; }).toLowerCase();
    text = text.replace(/[^\p{L}\p{M}\p{N}]|[\u{10000}-\u{10ffff}]|\u0e2f/gu, "");
    text = text.replace(HALVES, "$1" + AM).replace(STACK, function (marks) { // one letter's marks: each once, in one order
      return Array.from(new Set(marks)).sort(function (a, b) { return (a === AM) - (b === AM) || (a < b ? -1 : 1); }).join("");
    });
    return text.replace(/\u0e40\u0e40/g, "\u0e41");
  }
  function loosen(text) {
    return text.replace(/[\u0e01-\u0e2e][\u0e34-\u0e39]?\u0e4c/g, "").replace(/[\u0e48-\u0e4c\u0e30]/g, "")
      .replace(/[\u0e28\u0e29\u0e2a\u0e14\u0e15\u0e08\u0e0a\u0e0b\u0e17\u0e11\u0e12\u0e18]/g, "\u0e15").replace(/\u0e13/g, "\u0e19").replace(/\u0e0d/g, "\u0e22");
  }
  // What the keys of an English keyboard give where the Thai one (Kedmanee) is meant, and the other way round.
  var LATIN = "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?";
  var THAI = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ+๑๒๓๔ู฿๕๖๗๘๙๐\"ฎฑธํ๊ณฯญฐ,ฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ";
  var KEYS_ONLY = /[a-z][[\]\\;^{}|<>]+[a-z]/i; // marks inside a word: nobody means them
  function swap(text, from, to) {
    return Array.from(text).map(function (c) { var at = from.indexOf(c); return at < 0 ? c : to[at]; }).join("");
  }

  // ---- fetching and reading ----
  function get(name, kind) {
    if (!kept[name]) {
      kept[name] = fetch(base + name).then(function (answer) {
        if (!answer.ok) throw new Error(name);
        return kind === "json" ? answer.json() : answer.arrayBuffer().then(function (b) { return new Uint8Array(b); });
      });
      kept[name].catch(function () { delete kept[name]; });
    }
    return kept[name];
  }
  function reader(bytes, at) {
    return { at: at, next: function () {
      var n = 0, by = 1, b;
      do { b = bytes[this.at++]; n += (b & 127) * by; by *= 128; } while (b > 127);
      return n;
    } };
  }
  function letters(bytes, at) {
    return String.fromCharCode(bytes[at] | bytes[at + 1] << 8, bytes[at + 2] | bytes[at + 3] << 8, bytes[at + 4] | bytes[at + 5] << 8);
  }
  function shardOf(firsts, trigram) { // the last shard that starts at or before it
    var low = 0, high = firsts.length - 1;
    while (low < high) { var mid = (low + high + 1) >> 1; if (firsts[mid] <= trigram) low = mid; else high = mid - 1; }
    return low;
  }
  function places(bytes, from, to) { // unit -> positions; neighbours with the same positions stand as a run
    var found = new Map(), r = reader(bytes, from), unit = 0;
    while (r.at < to) {
      var head = r.next(), run = head & 1, many = head & 2, count = 1, length = 1, position = 0, all = [];
      unit += head >>> 2;
      if (run) length = r.next();
      if (many) count = r.next();
      while (count--) { position += r.next(); all.push(position); }
      while (length--) found.set(unit++, all);
      unit--;
    }
    return found;
  }
  function blocks(bytes, wanted, take) { // calls take(places) for each trigram of a shard that is wanted
    for (var at = 0; at < bytes.length;) {
      var trigram = letters(bytes, at), r = reader(bytes, at + 6), length = r.next(), start = r.at;
      if (wanted(trigram)) take(places(bytes, start, start + length), trigram);
      at = start + length;
    }
  }
  function lookUp(kind, trigram) {
    var firsts = index[kind];
    if (!firsts.length || trigram < firsts[0]) return Promise.resolve(new Map());
    return get(kind + shardOf(firsts, trigram) + ".bin").then(function (bytes) {
      var found = new Map();
      blocks(bytes, function (t) { return t === trigram; }, function (p) { found = p; });
      return found;
    });
  }
  function lookUpPair(kind, pair) { // two letters: every trigram that starts with them
    var firsts = index[kind], from = shardOf(firsts, pair), to = shardOf(firsts, pair + "\uffff"), all = [];
    for (var n = from; n <= to; n++) all.push(get(kind + n + ".bin"));
    return Promise.all(all).then(function (shards) {
      var found = new Map();
      shards.forEach(function (bytes) {
        blocks(bytes, function (t) { return t.slice(0, 2) === pair; }, function (p) {
          p.forEach(function (positions, unit) { found.set(unit, (found.get(unit) || []).concat(positions)); });
        });
      });
      return found;
    });
  }

  // ---- one text: every unit that holds it, with where ----
  function holding(kind, text) {
    if (text.length === 2) return lookUpPair(kind, text);
    var tiles = tilesOf(text);
    function weight(tile) { return index.sizes[shardOf(index.t, text.substr(tile, 3))] || 0; }
    if (kind === "t") tiles.sort(function (a, b) { return weight(a) - weight(b); }); // the rarest first
    return laid(kind, text, tiles, null);
  }
  function tilesOf(text) { // three letters each, end to end; the last may lie over the one before
    var tiles = [];
    for (var at = 0; at + 3 <= text.length; at += 3) tiles.push(at);
    if (text.length % 3) tiles.push(text.length - 3);
    return tiles;
  }
  function laid(kind, text, tiles, found) { // some tiles at a time: where nothing is left, nothing more is fetched
    if (!tiles.length || found && !found.size) return Promise.resolve(found || new Map());
    if (found && found.size <= MANY && chunksOf(found).size <= tiles.length) return looked(kind, text, tiles, found);
    var now = tiles.slice(0, AT_ONCE);
    return Promise.all(now.map(function (tile) { return lookUp(kind, text.substr(tile, 3)); })).then(function (all) {
      all.forEach(function (p, n) { found = narrowed(found, p, now[n]); });
      return laid(kind, text, tiles.slice(AT_ONCE), found);
    });
  }
  function chunksOf(units) {
    var chunks = new Set();
    units.forEach(function (_, unit) { chunks.add(unit < FIELDS * index.docs ? Math.floor(unit % index.docs / index.chunk) : "group"); });
    return chunks;
  }
  function looked(kind, text, tiles, found) { // reading the few that are left costs less than the tiles that are left
    var units = Array.from(found.keys()), sure = new Map(), open = new Map();
    return Promise.all(units.map(function (unit) { return unit < FIELDS * index.docs ? record(unit % index.docs) : null; })).then(function (records) {
      units.forEach(function (unit, n) {
        var field = Math.floor(unit / index.docs), full = records[n] && fieldText(kind, records[n], field);
        var starts = full ? found.get(unit).filter(function (at) { return full.substr(at, text.length) === text; }) : [];
        if (starts.length) sure.set(unit, starts);
        else if (field === NAMES || !full) open.set(unit, found.get(unit)); // synonyms and groups stand in no record
      });
      if (!open.size) return sure;
      return laidOut(kind, text, tiles, open).then(function (others) {
        others.forEach(function (starts, unit) { sure.set(unit, starts); });
        return sure;
      });
    });
  }
  function laidOut(kind, text, tiles, found) { // all the tiles that are left
    return tiles.reduce(function (before, tile) {
      return before.then(function (left) {
        if (!left.size) return left;
        return lookUp(kind, text.substr(tile, 3)).then(function (p) { return narrowed(left, p, tile); });
      });
    }, Promise.resolve(found));
  }
  function fieldText(kind, one, field) {
    var texts = field === 0 ? [one[0]] : field === NAMES ? one[3].split("\n") : [one[4]], joined = texts.map(fold).join("\0");
    return kind === "l" ? loosen(joined) : joined;
  }
  function narrowed(found, p, tile) {
    var left = new Map();
    p.forEach(function (positions, unit) {
      if (found && !found.has(unit)) return;
      var starts = positions.map(function (at) { return at - tile; }).filter(function (at) {
        return at >= 0 && (!found || found.get(unit).indexOf(at) >= 0);
      });
      if (starts.length) left.set(unit, starts);
    });
    return left;
  }

  // ---- services that hold it, each with how well: 0 title's start, 1 title, 2 other name, 3 the rest ----
  function scored(units) {
    var best = new Map(), groups = new Map(), docs = index.docs;
    function offer(doc, score) { if (!best.has(doc) || best.get(doc) > score) best.set(doc, score); }
    units.forEach(function (positions, unit) {
      var field = Math.floor(unit / docs), shard;
      if (unit < FIELDS * docs) { offer(unit % docs, field === 0 ? (positions.indexOf(0) >= 0 ? 0 : 1) : field + 1); return; }
      shard = shardOf(index.m, unit - FIELDS * docs);
      groups.set(shard, (groups.get(shard) || []).concat(unit - FIELDS * docs - index.m[shard]));
    });
    return Promise.all(Array.from(groups.keys()).map(function (shard) {
      return get("m" + shard + ".bin").then(function (bytes) {
        for (var r = reader(bytes, 0), at = 0; r.at < bytes.length; at++) {
          var length = r.next(), end = r.at + length, doc = 0;
          if (groups.get(shard).indexOf(at) < 0) { r.at = end; continue; }
          while (r.at < end) { doc += r.next(); offer(doc, 3); }
        }
      });
    })).then(function () { return best; });
  }
  function both(a, b) { // in both; the worse of the two scores
    var left = new Map();
    a.forEach(function (score, doc) { if (b.has(doc)) left.set(doc, Math.max(score, b.get(doc))); });
    return left;
  }
  function find(kind, parts) {
    return inAll(parts, function (part) { return holding(kind, part).then(scored); });
  }
  function inAll(parts, findOne) { // what every part finds
    return parts.reduce(function (before, part) {
      return before.then(function (found) {
        if (found && !found.size) return found;
        return findOne(part).then(function (more) { return found ? both(found, more) : more; });
      });
    }, Promise.resolve(null));
  }
  function firstTry(query) {
    var parts = query.split(/\s+/).map(fold).filter(Boolean), whole = parts.join("");
    if (whole.length < 2) return Promise.resolve(new Map());
    return find("t", [whole]).then(function (found) {
      var words = longestFirst(parts);
      if (words.length < 2 || found.size && whole.length > LONG) return found;
      return find("t", words).then(function (others) { // the words in any order come after the words as typed
        others.forEach(function (score, doc) { if (!found.has(doc)) found.set(doc, score + 4); });
        return found;
      });
    });
  }

  function longestFirst(parts) { // the longest is the rarest; a single letter is everywhere
    return parts.filter(function (part) { return part.length > 1; }).sort(function (a, b) { return b.length - a.length; });
  }

  // ---- the second try: a looser spelling, then one letter more, less or other ----
  function secondTry(query) {
    var parts = query.split(/\s+/).map(fold).map(loosen), whole = parts.join(""), words = longestFirst(parts);
    if (whole.length < 3) return Promise.resolve(new Map());
    return find("l", [whole]).then(function (found) {
      return found.size || words.length < 2 ? found : find("l", words);
    }).then(function (found) {
      return found.size ? found : nearly(whole);
    }).then(function (found) {
      return found.size || words.length < 2 ? found : inAll(words, function (word) {
        return find("l", [word]).then(function (exact) { return exact.size ? exact : nearly(word); });
      });
    });
  }
  function nearly(text) { // one letter more, less or other in six or more: the texts of most votes are read; what stands there instead of the query is searched for
    if (text.length < 6 || text.length > 2 * LONG) return Promise.resolve(new Map());
    var tiles = text.length < 12 ? Array.from({ length: text.length - 2 }, function (_, at) { return at; }) : tilesOf(text);
    var lost = text.length < 12 ? 3 : 2; // as many tiles as one letter can lie in
    return Promise.all(tiles.map(function (tile) { return lookUp("l", text.substr(tile, 3)); })).then(function (all) {
      var votes = new Map(), best = [], least = Math.max(1, tiles.length - lost);
      all.forEach(function (p, n) { vote(votes, p, tiles[n]); });
      votes.forEach(function (by, unit) { var most = Math.max.apply(null, Array.from(by.values())); if (most >= least) best.push([most, unit % index.docs]); });
      best.sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; });
      return Promise.all(few(best).map(record));
    }).then(function (records) {
      var instead = new Set();
      records.forEach(function (one) {
        [one[0]].concat(one[3].split("\n")).forEach(function (name) { var slice = nearest(loosen(fold(name)), text); if (slice.length > 2) instead.add(slice); });
      });
      return Promise.all(Array.from(instead).map(function (slice) { return find("l", [slice]); }));
    }).then(function (all) {
      var found = new Map();
      all.forEach(function (docs) { docs.forEach(function (score, doc) { found.set(doc, Math.min(score, found.has(doc) ? found.get(doc) : score)); }); });
      return found;
    });
  }
  function vote(votes, p, tile) { // for every place where the query might start, one letter more or less allowed
    p.forEach(function (positions, unit) {
      if (unit >= index.docs * 2) return; // titles and names
      var by = votes.get(unit) || votes.set(unit, new Map()).get(unit), voted = {};
      positions.forEach(function (position) {
        for (var d = -1; d <= 1; d++) { var k = position - tile + d; if (!voted[k]) { voted[k] = 1; by.set(k, (by.get(k) || 0) + 1); } }
      });
    });
  }
  function few(best) { // the docs of the first chunks
    var chunks = new Set();
    return best.map(function (pair) { return pair[1]; }).filter(function (doc) {
      var chunk = Math.floor(doc / index.chunk);
      if (chunks.size < 8) chunks.add(chunk);
      return chunks.has(chunk);
    });
  }
  function nearest(text, query) { // the part of a text that is the query but for one letter; "" where there is none
    var row = [], starts = [], best = 2, slice = "", j, i;
    for (j = 0; j <= query.length; j++) { row[j] = j; starts[j] = 0; }
    for (i = 1; i <= text.length; i++) {
      var corner = row[0], from = starts[0];
      starts[0] = i;
      for (j = 1; j <= query.length; j++) {
        var up = row[j], upFrom = starts[j], change = corner + (text[i - 1] === query[j - 1] ? 0 : 1);
        if (change <= up + 1 && change <= row[j - 1] + 1) { row[j] = change; starts[j] = from; }
        else if (up <= row[j - 1]) row[j] = up + 1;
        else { row[j] = row[j - 1] + 1; starts[j] = starts[j - 1]; }
        corner = up;
        from = upFrom;
      }
      if (row[query.length] < best) { best = row[query.length]; slice = text.slice(starts[query.length], i); }
    }
    return slice;
  }
  function thirdTry(query) {
    return onOtherKeys([swap(query, LATIN, THAI), swap(query, THAI, LATIN)].filter(function (other) { return other !== query; }));
  }
  function onOtherKeys(tries) {
    return tries.reduce(function (before, other) {
      return before.then(function (found) {
        if (found && found.docs.size) return found;
        return firstTry(other).then(function (docs) { return { docs: docs, meant: other }; });
      });
    }, Promise.resolve(null));
  }
  function record(doc) {
    return get("d" + Math.floor(doc / index.chunk) + ".json", "json").then(function (all) { return all[doc % index.chunk]; });
  }

  // ---- what the reader sees ----
  function fill(pattern, facts) { return pattern.replace(/\{(\w+)\}/g, function (_, name) { return facts[name]; }); }
  function counted(n) { return fill(n === 1 ? words.one : words.many, { n: n.toLocaleString(words.language) }); }
  function element(tag, text, name) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  }
  function item(one, query, name) {
    var li = element("li"), a = element("a", one[0]), h = element("h2");
    a.href = home + one[1];
    h.appendChild(a);
    li.appendChild(h);
    if (one[2]) li.appendChild(element("p", one[2], "small"));
    if (one[5]) li.appendChild(element("p", one[5], "small"));
    var alias = [fold, function (text) { return loosen(fold(text)); }].map(function (as) { // why it is here, where its title does not say
      function says(name) { return name && as(name).indexOf(as(query)) >= 0; }
      return says(one[0]) ? one[0] : one[3].split("\n").filter(says)[0];
    }).filter(Boolean)[0];
    if (name) alias = name;
    if (alias && alias !== one[0]) li.appendChild(element("p", fill(words.matched, { alias: alias }), "small"));
    if (one[4]) li.appendChild(element("p", one[4]));
    return li;
  }
  function say(text) { said.textContent = text; }
  function clear() { list.textContent = ""; proseList.textContent = nearList.textContent = ""; prose.hidden = nearby.hidden = true; more.hidden = true; }
  function show(result, mine) {
    var order = ranked(result.docs);
    var services = order.filter(function (doc) { return doc < index.services; }), pages = order.filter(function (doc) { return doc >= index.services; });
    return Promise.all([Promise.all(services.slice(0, shown).map(record)), Promise.all(pages.slice(0, FIRST).map(record)), order.length ? [] : near(result.query)]).then(function (got) {
      if (mine !== turn) return;
      clear();
      got[0].forEach(function (one) { list.appendChild(item(one, result.meant)); });
      got[1].forEach(function (one) { proseList.appendChild(item(one, result.meant)); });
      got[2].forEach(function (one) { nearList.appendChild(item(one[0], result.query, one[1])); });
      prose.hidden = !pages.length;
      nearby.hidden = !got[2].length;
      more.hidden = services.length <= shown;
      az.hidden = order.length > 0;
      last = result;
      say((result.meant !== result.query ? fill(words.suggest, { suggestion: result.meant }) + " " : "") +
        (services.length || pages.length ? fill(words.count, { services: counted(services.length), query: result.meant }) :
          fill(words.none, { query: result.query }) + " " + (got[2].length ? words.near_said : words.none_hint)));
    });
  }
  function answer(query) { // {docs: doc -> score, query, meant}: the first of three tries that finds anything
    function otherKeys(found) { return found && found.docs.size ? { docs: found.docs, query: query, meant: found.meant } : null; }
    return (index ? Promise.resolve(index) : get("index.json", "json")).then(function (got) {
      index = got;
      return KEYS_ONLY.test(query) ? onOtherKeys([swap(query, LATIN, THAI)]).then(otherKeys) : null;
    }).then(function (sure) {
      return sure || firstTry(query).then(function (docs) {
        return docs.size ? docs : secondTry(query);
      }).then(function (docs) {
        if (docs.size) return { docs: docs, query: query, meant: query };
        return thirdTry(query).then(otherKeys).then(function (found) { return found || { docs: new Map(), query: query, meant: query }; });
      });
    });
  }
  function near(query) { // the nearest names, where nothing was found
    return import("./near.js").then(function (module) {
      return module.near(query, { index: index, fold: fold, loosen: loosen, lookUp: lookUp, scored: scored, record: record });
    });
  }
  function ranked(docs) { // as the reader sees them: services, then other pages, each by how well they hold it
    function page(doc) { return doc < index.services ? 0 : 1; }
    return Array.from(docs.keys()).sort(function (a, b) { return page(a) - page(b) || docs.get(a) - docs.get(b) || a - b; });
  }
  function search(query) {
    var mine = ++turn;
    shown = FIRST;
    if (fold(query).length < 2) { clear(); az.hidden = false; say(query.trim() ? words.few_letters : ""); return; }
    answer(query).then(function (result) { if (mine === turn) return show(result, mine); }).catch(function (error) {
      if (mine !== turn) return;
      clear();
      az.hidden = false;
      say(words.failed);
      if (window.console) console.error(error);
    });
  }
  function typed(query) {
    var address = new URL(location.href);
    if (query) address.searchParams.set("q", query); else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    search(query);
  }
  var waiting;
  input.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(function () { typed(input.value); }, 200); });
  input.form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(waiting); typed(input.value); });
  more.addEventListener("click", function () { var at = shown; shown += FIRST; show(last, turn).then(function () { var next = list.children[at]; if (next) next.querySelector("a").focus(); }); });
  // Arrow keys walk from the field through the results and back.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var stops = [input].concat(Array.from(box.querySelectorAll("#search-results a, #search-near-list a, #search-prose-list a")));
    var at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    var next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { next.focus(); event.preventDefault(); }
  });
  // What the tests ask: the fold as Python has it, and the addresses that a query finds, in order.
  window.clearlySearch = { fold: fold, loosen: loosen, find: function (query) {
    return answer(query).then(function (result) { return Promise.all(ranked(result.docs).map(record)); })
      .then(function (records) { return records.map(function (one) { return one[1]; }); });
  } };
  var asked = new URLSearchParams(location.search).get("q") || "";
  input.value = asked;
  if (asked) search(asked);
})();
