import { extname, join, normalize, sep } from 'node:path'

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

export function headersOf(file: string): Record<string, string> {
  return {
    'Content-Type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
  }
}

/** True for a page of the app itself. */
export function isOwnPage(url: string): boolean {
  return URL.canParse(url) && new URL(url).href.startsWith(`${ORIGIN}/`)
}

/**
 * @param root absolute folder that holds the built window
 * @returns the file that a URL names inside `root`, or null when it names something else
 */
export function fileOf(root: string, url: string): string | null {
  if (!isOwnPage(url)) return null
  const relative = decoded(new URL(url).pathname)
  if (relative === null || relative.includes('\0')) return null
  const file = normalize(join(root, relative === '/' ? '/index.html' : relative))
  return file.startsWith(root + sep) ? file : null
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
