// Each islands/NAME.ts becomes src/sayso/desk/static/islands/NAME.js. Names have no hashes: the files are committed, and a rebuild must give the same bytes.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const islands = readdirSync(resolve(import.meta.dirname, "islands")).filter((file) => file.endsWith(".ts"));

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, "../src/sayso/desk/static/islands"),
    emptyOutDir: true,
    target: "es2022",
    minify: "esbuild",
    sourcemap: false,
    modulePreload: false,
    rollupOptions: {
      input: Object.fromEntries(islands.map((file) => [file.slice(0, -3), resolve(import.meta.dirname, "islands", file)])),
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "shared-[name].js", assetFileNames: "[name][extname]" },
      preserveEntrySignatures: false,
    },
  },
});
