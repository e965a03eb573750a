// The last comment that names a source map, as the source map standard (ECMA-426) matches it.
export function lastMap(comments) {
  const maps = comments.map(({ start, text }) => ({ start, match: /^([@#]\s*sourceMappingURL=\s*)([^\s"']*)\s*$/d.exec(text) })).filter((map) => map.match);
  const last = maps.at(-1);
  return last ? [{ kind: "SourceMap", start: last.start + last.match.indices[2][0], url: last.match[2] }] : [];
}
