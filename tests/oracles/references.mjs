// Prints the references of all files below a folder, as parsers that are not ours see them: one JSON object a line,
// { file, kind, start, url } with start in bytes, or { file, error } for a file that the parser refuses.
//
//     node references.mjs node_modules/bootstrap

import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { css } from "./css.mjs";
import { html } from "./html.mjs";
import { script } from "./script.mjs";

const languages = {
  ".css": css,
  ".js": script,
  ".mjs": script,
  ".cjs": script,
  ".html": html,
  ".htm": html,
};

// Relative and root-relative URLs that name a file; see UrlRules.cs.
function namesAFile(url) {
  const path = url.split(/[?#]/)[0];
  return path !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(path) && !/^[/\\]{2}/.test(path) && !/(^|[/\\])(\.|%2e){0,2}$/i.test(path);
}

function* filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* filesBelow(path);
    } else if (entry.isFile()) {
      yield path;
    }
  }
}

const root = process.argv[2];
const lines = [];
for (const path of filesBelow(root)) {
  const language = languages[extname(path).toLowerCase()];
  if (!language) {
    continue;
  }

  const file = relative(root, path).replaceAll("\\", "/");
  const text = readFileSync(path, "utf8");
  try {
    const found = language(text).filter(({ url }) => namesAFile(url));
    found.sort((a, b) => a.start - b.start);
    let [units, bytes] = [0, 0];
    for (const { kind, start, url } of found) {
      bytes += Buffer.byteLength(text.slice(units, start));
      units = start;
      lines.push(JSON.stringify({ file, kind, start: bytes, url }));
    }
  } catch (error) {
    lines.push(JSON.stringify({ file, error: error.message }));
  }
}

process.stdout.write(lines.map((line) => line + "\n").join(""));
