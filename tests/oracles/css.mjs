// References of a style sheet by the tokens of css-tree.

import { ident, string, tokenize, tokenNames, tokenTypes, url } from "css-tree";
import { lastMap } from "./map.mjs";

export function css(text) {
  const tokens = [];
  const comments = [];
  tokenize(text, (type, start, end) => {
    const token = { name: tokenNames[type], start, end, text: text.slice(start, end) };
    if (type === tokenTypes.Comment) {
      comments.push({ start: start + 2, text: token.text.slice(2, -2) });
    } else if (type !== tokenTypes.WhiteSpace) {
      tokens.push(token);
    }
  });

  const name = (token) => ident.decode(token.text.replace(/^@|\($/g, "")).toLowerCase();
  const found = [];
  const open = [];
  let inNames = false;
  tokens.forEach((token, i) => {
    const [previous, beforeThat] = [tokens[i - 1], tokens[i - 2]];
    const isImport = (candidate) => candidate?.name === "at-keyword-token" && name(candidate) === "import";
    const isUrl = (candidate) => candidate?.name === "function-token" && ["url", "src"].includes(name(candidate));
    if (token.name === "url-token") {
      const inside = /^[^(]*\(\s*/.exec(token.text)[0].length;
      add(isImport(previous), token.start + inside, url.decode(token.text));
    } else if (token.name === "string-token") {
      if (isImport(previous) || isUrl(previous) || open.at(-1) === "image-set") {
        add(isImport(previous) || (isUrl(previous) && isImport(beforeThat)), token.start + 1, string.decode(token.text));
      }
    } else if (token.name === "function-token") {
      open.push(/^(-webkit-)?image-set$/.test(name(token)) ? "image-set" : ")");
    } else if (token.name === "at-keyword-token") {
      inNames = ["namespace", "document", "-moz-document"].includes(name(token));
    } else if ("([{".includes(token.text)) {
      open.push({ "(": ")", "[": "]", "{": "}" }[token.text]);
      inNames &&= token.text !== "{";
    } else if (")]}".includes(token.text)) {
      if (open.at(-1) === token.text || (open.at(-1) === "image-set" && token.text === ")")) {
        open.pop();
      }
      inNames &&= token.text !== "}";
    } else if (token.text === ";") {
      inNames = false;
    }
  });

  function add(isImport, start, value) {
    if (!inNames) {
      const lead = /^\s*/.exec(value)[0].length;
      found.push({ kind: isImport ? "CssImport" : "CssUrl", start: start + lead, url: value.trim() });
    }
  }

  return [...found, ...lastMap(comments)];
}
