// References of an HTML document by the tree of parse5.

import { parse } from "parse5";
import { css } from "./css.mjs";
import { script } from "./script.mjs";

const links = {
  link: ["href"],
  script: ["src", "href"],
  img: ["src"],
  source: ["src"],
  video: ["src", "poster"],
  audio: ["src"],
  track: ["src"],
  iframe: ["src"],
  embed: ["src"],
  object: ["data"],
  input: ["src"],
  image: ["href"],
  use: ["href"],
  feImage: ["href"],
};

const sets = { img: ["srcset"], source: ["srcset"], link: ["imagesrcset"] };
const styled = /^(style|fill|stroke|filter|mask|clip-path|cursor|marker(-start|-mid|-end)?)$/;
const pages = /(^|\s)(alternate|author|canonical|dns-prefetch|help|license|me|next|pingback|preconnect|prev|privacy-policy|search|shortlink|terms-of-service)(\s|$)/i;

export function html(text) {
  const found = [];
  visit(parse(text, { sourceCodeLocationInfo: true }));
  return found;

  function visit(node) {
    const value = (name) => node.attrs?.find((attribute) => attribute.name === name)?.value;
    for (const attribute of node.attrs ?? []) {
      const name = attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name;
      const place = node.sourceCodeLocation?.attrs?.[name];
      if (place) {
        visitAttribute(node.tagName, attribute, place, value);
      }
    }

    if (node.tagName === "style") {
      embed(node, css);
    } else if (node.tagName === "script" && value("src") === undefined) {
      const language = { "": script, "text/javascript": script, "application/javascript": script, module: script, importmap: importMap }[(value("type") ?? "").trim().toLowerCase()];
      embed(node, language ?? (() => []));
    }

    (node.content?.childNodes ?? node.childNodes ?? []).forEach(visit);
  }

  function visitAttribute(tag, { name, value }, place, other) {
    const raw = text.slice(place.startOffset, place.endOffset);
    const start = place.startOffset + /^[^=]*=?\s*["']?/.exec(raw)[0].length;
    if (styled.test(name)) {
      found.push(...css(value).map((reference) => ({ ...reference, start: start + placeOf(raw, reference.start) })));
    } else if (sets[tag]?.includes(name)) {
      for (const candidate of value.matchAll(/(?:^|,)\s*([^\s,](?:\S*[^\s,])?)/g)) {
        found.push({ kind: "HtmlLink", start: start + candidate.index + candidate[0].indexOf(candidate[1]), url: candidate[1] });
      }
    } else if (links[tag]?.includes(name)) {
      const rel = other("rel") ?? "";
      const isPage = tag === "link" && pages.test(rel) && !/(^|\s)(stylesheet|\S*icon\S*)(\s|$)/i.test(rel);
      const isField = tag === "input" && (other("type") ?? "").toLowerCase() !== "image";
      if (!isPage && !isField) {
        found.push({ kind: "HtmlLink", start: start + /^\s*/.exec(value)[0].length, url: value.trim() });
      }
    }
  }

  function embed(node, language) {
    const [child] = node.childNodes;
    if (child) {
      const { startOffset, endOffset } = child.sourceCodeLocation;
      found.push(...language(text.slice(startOffset, endOffset)).map((reference) => ({ ...reference, start: startOffset + reference.start })));
    }
  }
}

// Where a unit of an attribute stands whose character references are undone; &quot; and its kind only.
function placeOf(raw, unit) {
  const value = raw.replace(/^[^=]*=?\s*["']?/, "");
  const parts = value.match(/&\w+;|[^]/g) ?? [];
  return parts.slice(0, unit).join("").length;
}

function importMap(text) {
  const found = [];
  const { imports = {}, scopes = {}, integrity = {} } = JSON.parse(text);
  let at = 0;
  for (const [key, url] of Object.entries(imports)) {
    [key, url].forEach(add);
  }

  for (const [scope, map] of Object.entries(scopes)) {
    add(scope);
    for (const [key, url] of Object.entries(map)) {
      [key, url].forEach(add);
    }
  }

  Object.keys(integrity).forEach(add);
  return found;

  function add(url) {
    at = text.indexOf(JSON.stringify(url), at) + 1;
    if (/^(\.\.?)?\//.test(url)) {
      found.push({ kind: "ScriptImport", start: at, url });
    }
  }
}
