// Builds the small site beside this file with a real bundler, as its users do, with the manifest that it can write.
//
//     node build.mjs vite|webpack|esbuild OUT hashed|plain|bundle [SITE]
//
// Names are those with a hash, those of the sources, or other ones that stay the same whatever the bytes are.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [bundler, out, names, site = join(import.meta.dirname, "site")] = process.argv.slice(2);
const folder = resolve(out);
const hashed = names === "hashed";
const main = join(site, "main.js");

const builders = {
  async vite() {
    const { build } = await import("vite");
    const name = names === "bundle" ? "assets/[name].bundle" : "assets/[name]";
    await build({
      root: site,
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
          input: main,
          output: hashed ? {} : { entryFileNames: `${name}.js`, chunkFileNames: `${name}.js`, assetFileNames: `${name}[extname]` },
        },
      },
    });
  },

  async webpack() {
    const { default: webpack } = await import("webpack");
    const { WebpackManifestPlugin } = await import("webpack-manifest-plugin");
    const name = { hashed: "[name].[contenthash]", plain: "[name]", bundle: "[name].bundle" }[names];
    const compiler = webpack({
      mode: "production",
      context: site,
      entry: main,
      devtool: "source-map",
      experiments: { css: true },
      module: { rules: [{ test: /\.png$/, type: "asset/resource" }] },
      output: {
        path: join(folder, "assets"),
        filename: `${name}.js`,
        chunkFilename: `${name}.js`,
        cssFilename: `${name}.css`,
        cssChunkFilename: `${name}.css`,
        assetModuleFilename: `${name}[ext]`,
        publicPath: "auto",
      },
      plugins: [new WebpackManifestPlugin({ publicPath: "" })],
    });
    await new Promise((done, failed) =>
      compiler.run((error, stats) => (error || stats.hasErrors() ? failed(error ?? new Error(stats.toString())) : compiler.close(done))),
    );
  },

  async esbuild() {
    const { build } = await import("esbuild");
    const name = hashed ? "[name]-[hash]" : "[name]";
    const result = await build({
      entryPoints: [main],
      absWorkingDir: site,
      bundle: true,
      format: "esm",
      sourcemap: true,
      metafile: true,
      loader: { ".png": "file" },
      assetNames: name,
      ...(names === "bundle"
        ? { outfile: join(folder, "assets", "app.js") }
        : { outdir: join(folder, "assets"), splitting: true, entryNames: name }),
    });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "meta.json"), JSON.stringify(result.metafile));
  },
};

await builders[bundler]();
