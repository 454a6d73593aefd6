// Each islands/NAME.ts becomes src/sayso/desk/static/islands/NAME.js. Names have no hashes: the files are committed, and a rebuild must give the same bytes.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const islands = readdirSync(resolve(import.meta.dirname, "islands")).filter((file) => file.endsWith(".ts"));

/** LICENSES.txt beside the islands: the notices of all packages of which something is in them. */
function licences(): Plugin {
  return {
    name: "licences",
    generateBundle(_options, bundle) {
      const names = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === "chunk" ? Object.keys(chunk.modules) : []) {
          const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
          if (name) names.add(name);
        }
      }
      const told = [...names].sort().map((name) => {
        const file = resolve(import.meta.dirname, "node_modules", name, "LICENSE");
        if (!existsSync(file)) throw new Error(`${name} has no LICENSE to pass on`);
        return `== ${name}\n\n${readFileSync(file, "utf-8").trim()}\n`;
      });
      this.emitFile({ type: "asset", fileName: "LICENSES.txt", source: told.join("\n") });
    },
  };
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [licences()],
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
