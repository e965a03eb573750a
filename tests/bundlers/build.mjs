// Builds the small site beside this file with a real bundler, as its users do, with the manifest that it can write.
//
//     node build.mjs vite|esbuild OUT hashed|plain

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { build } from "vite";

const [bundler, out, names] = process.argv.slice(2);
const folder = resolve(out);
const hashed = names === "hashed";

if (bundler === "vite") {
  await build({
    root: join(import.meta.dirname, "site"),
    base: "./",
    configFile: false,
    logLevel: "error",
    build: {
      outDir: folder,
      emptyOutDir: true,
      manifest: true,
      sourcemap: true,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: join(import.meta.dirname, "site", "main.js"),
        output: hashed ? {} : { entryFileNames: "assets/[name].js", chunkFileNames: "assets/[name].js", assetFileNames: "assets/[name][extname]" },
      },
    },
  });
} else {
  const result = await esbuild.build({
    entryPoints: [join(import.meta.dirname, "site", "main.js")],
    absWorkingDir: import.meta.dirname,
    bundle: true,
    format: "esm",
    splitting: true,
    sourcemap: true,
    metafile: true,
    outdir: join(folder, "assets"),
    loader: { ".png": "file" },
    entryNames: hashed ? "[name]-[hash]" : "[name]",
    assetNames: hashed ? "[name]-[hash]" : "[name]",
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "meta.json"), JSON.stringify(result.metafile));
}
