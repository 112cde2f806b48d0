import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { fileOf, headersOf } from './appFiles'
import { codeOf } from './errorCode'

/** Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves `root` and nothing else under app://unroll/. */
export function serveApp(root: string): void {
  protocol.handle('app', async (request) => {
    const file = fileOf(root, request.url)
    if (file === null) return notFound()
    try {
      const bytes = await readFile(file)
      return new Response(new Uint8Array(bytes), { headers: headersOf(file) })
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') console.error(`could not read ${file}`, error)
      return notFound()
    }
  })
}

function notFound(): Response {
  return new Response('Not found', { status: 404 })
}
