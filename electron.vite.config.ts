import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * The app: `out/main/main.js`, `out/preload/preload.cjs`, `out/renderer/index.html`. Everything is bundled, so a packaged app
 * carries no node_modules. Targets are the older of the two Electron versions that set-up may install (33: Node 20, Chrome 130).
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      target: 'node20.18',
      sourcemap: true,
      rolldownOptions: {
        input: { main: 'electron/main.ts' },
        output: { entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: 'node20.18',
      sourcemap: true,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome130',
      sourcemap: true,
      minify: true,
      // The content security policy knows files of the app only: no data: addresses for fonts, pictures and scripts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
})
