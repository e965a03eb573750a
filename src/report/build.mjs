// Makes one HTML file of page/: style, script and library in it, and nothing else that a browser would have to fetch.
// node build.mjs [file]: into the folder of the product, or into a file of yours.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, '../StaticCollect.Build/Answers/Report/report.html');

const bundle = async entry => {
    const result = await build({
        entryPoints: [join(here, 'page', entry)],
        bundle: true, minify: true, write: false, charset: 'utf8', legalComments: 'none', format: 'iife', target: 'es2022',
    });
    return result.outputFiles[0].text.trimEnd();
};
const read = path => readFileSync(join(here, path), 'utf8').replaceAll('\r\n', '\n');
const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = await bundle('page.css');
const script = await bundle('main.js');
const { version } = JSON.parse(read('node_modules/d3-hierarchy/package.json'));
const parts = {
    policy: `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`,
    licence: `This page draws with d3-hierarchy ${version} (https://d3js.org/d3-hierarchy/), whose licence follows.\n\n${read('node_modules/d3-hierarchy/LICENSE').trim()}`,
    style,
    script,
};
writeFileSync(target, read('page/page.html').replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]));
