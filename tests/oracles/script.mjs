// References of a script or module by the syntax tree of acorn.

import { parse } from "acorn";
import { lastMap } from "./map.mjs";

export function script(text) {
  // Keywords cannot be escaped, so a text without these words needs no parsing.
  if (!/import|export|sourceMappingURL/.test(text)) {
    return [];
  }

  const [tree, comments] = read(text);
  const found = [];
  walk(tree);
  return [...found, ...lastMap(comments)];

  function walk(node) {
    if (Array.isArray(node)) {
      node.forEach(walk);
    } else if (typeof node?.type === "string") {
      visit(node);
      Object.values(node).forEach(walk);
    }
  }

  function visit(node) {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
      case "ImportExpression":
        specifier(node.source);
        break;
      case "CallExpression":
        if (text.slice(node.callee.start, node.callee.end).replace(/\s/g, "") === "import.meta.resolve") {
          specifier(node.arguments[0]);
        }
        break;
      case "NewExpression": {
        const [target, base] = node.arguments;
        if (node.callee.name === "URL" && node.arguments.length === 2 && isMetaUrl(base)) {
          add("ScriptUrl", target);
        }
        break;
      }
    }
  }

  function specifier(node) {
    if (/^(\.\.?)?\//.test(literal(node) ?? "")) {
      add("ScriptImport", node);
    }
  }

  function add(kind, node) {
    const url = literal(node);
    if (url != null) {
      found.push({ kind, start: node.start + 1, url });
    }
  }
}

function isMetaUrl(node) {
  return node.type === "MemberExpression" && node.object.type === "MetaProperty" && node.property.name === "url";
}

function literal(node) {
  if (node?.type === "Literal" && typeof node.value === "string") {
    return node.value;
  }
  return node?.type === "TemplateLiteral" && node.expressions.length === 0 ? node.quasis[0].value.cooked : null;
}

function read(text) {
  let failure;
  for (const sourceType of ["module", "script"]) {
    const comments = [];
    const onComment = (isBlock, inside, start) => comments.push({ start: start + 2, text: inside });
    try {
      const tree = parse(text, { sourceType, ecmaVersion: "latest", allowReturnOutsideFunction: true, allowHashBang: true, onComment });
      return [tree, comments];
    } catch (error) {
      failure ??= error;
    }
  }

  throw failure;
}
