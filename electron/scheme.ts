import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'

/** The window's own origin: a standard, secure scheme, so that scripts, fonts and storage work as on the web without a server. */
export const ORIGIN = 'app://unroll'

/**
 * No remote content, no inline or evaluated script. Styles may be inline: the component library and the canvas position things
 * with style attributes.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
}

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
    if (file === null) return new Response('Not found', { status: 404 })
    try {
      const bytes = await readFile(file)
      return new Response(new Uint8Array(bytes), {
        headers: {
          'Content-Type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
          'Content-Security-Policy': CONTENT_SECURITY_POLICY,
          'X-Content-Type-Options': 'nosniff',
        },
      })
    } catch {
      return new Response('Not found', { status: 404 })
    }
  })
}

/** @returns the file that a URL names inside `root`, or null when it names something else */
export function fileOf(root: string, url: string): string | null {
  const { host, pathname } = new URL(url)
  if (host !== 'unroll') return null
  const relative = decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
  const file = normalize(join(root, relative))
  return file.startsWith(root + sep) && !relative.includes('\0') ? file : null
}
