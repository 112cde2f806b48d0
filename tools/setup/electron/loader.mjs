/**
 * The app inside the stand-in runtime. It does what Electron's own default app does for `electron FOLDER`: takes name,
 * version and data folder from the app's package.json and imports its main file, before Electron reports ready.
 */
const main = `import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.')
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
app.setName(about.productName ?? about.name)
app.setVersion(about.version)
app.setAppPath(folder)
if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('appData'), app.getName()))
await import(pathToFileURL(join(folder, about.main)).href)
`

/** File name → text, for the folder `resources/app`. */
export const loaderFiles = {
  'main.mjs': main,
  'package.json': `${JSON.stringify({ name: 'electron-loader', version: '1.0.0', main: 'main.mjs' }, null, 2)}\n`,
}
