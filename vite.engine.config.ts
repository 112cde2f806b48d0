import { builtinModules } from 'node:module'
import { defineConfig } from 'vite'

/**
 * The engine outside the window: `out/host/main.js` (engine host), `out/host/worker.js` (its threads), `out/cli/unroll.js` (the
 * command line), `out/bench/enginePeer.js` (what `npm run bench` times). They are ES modules with everything bundled, for plain Node.js 20 and for Electron run as Node.js.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'out',
    emptyOutDir: false,
    target: 'node20.18',
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        'host/main': 'engine/host/main.ts',
        'host/worker': 'engine/host/worker.ts',
        'cli/unroll': 'engine/cli/unroll.ts',
        'bench/enginePeer': 'tools/bench/engine/enginePeer.ts',
      },
      external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        // Shared code lies beside the host, so that addresses relative to import.meta.url mean the same as in the sources.
        chunkFileNames: 'host/[name]-[hash].js',
      },
    },
  },
})
