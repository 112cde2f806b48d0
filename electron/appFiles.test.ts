import { join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY, fileOf, headersOf, isOwnPage } from './appFiles'

const root = join(sep, 'app', 'out', 'renderer')

describe('files of the window', () => {
  it.each([
    ['app://unroll/', 'index.html'],
    ['app://unroll/index.html', 'index.html'],
    ['app://unroll/assets/index-a1.js?v=2#top', join('assets', 'index-a1.js')],
    ['app://unroll/assets/with%20space.svg', join('assets', 'with space.svg')],
    ['app://unroll/assets/../index.html', 'index.html'],
    // The way up is taken by the address itself, which ends at its own top.
    ['app://unroll/%2e%2e/main/main.js', join('main', 'main.js')],
  ])('%s is %s', (url, file) => {
    expect(fileOf(root, url)).toBe(join(root, file))
  })

  it.each([
    'app://unroll/..%2f..%2fpackage.json',
    'app://unroll/assets/%2e%2e%2f%2e%2e%2fmain%2fmain.js',
    'app://unroll/..%2frenderer-of-somebody-else/index.html',
    'app://unroll/%2e%2e',
    'app://unroll/index.html%00.js',
    'app://unroll/%E0%A4%A',
  ])('%s names nothing: it leads out of the folder or is no name', (url) => {
    expect(fileOf(root, url)).toBeNull()
  })

  it('stays inside for any number of steps up, before and after decoding', () => {
    for (const up of ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..\\']) {
      for (let count = 1; count <= 6; count++) {
        const file = fileOf(root, `app://unroll/${up.repeat(count)}etc/passwd`)
        expect(file === null || file.startsWith(root + sep)).toBe(true)
      }
    }
  })

  it.each(['app://other/index.html', 'app://unroll.evil/', 'https://unroll/', 'file:///etc/passwd', 'nothing', ''])(
    'another origin names nothing: %s',
    (url) => {
      expect(isOwnPage(url)).toBe(false)
      expect(fileOf(root, url)).toBeNull()
    },
  )

  it('serves each file with its type, the policy, and no guessing of types', () => {
    expect(headersOf('/x/index.html')).toEqual({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    })
    expect(headersOf('/x/inter.woff2')['Content-Type']).toBe('font/woff2')
    expect(headersOf('/x/unknown.bin')['Content-Type']).toBe('application/octet-stream')
  })
})

describe('content security policy', () => {
  const rules = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ')
      return [name, values]
    }),
  )

  it('allows nothing that is not named', () => {
    expect(rules.get('default-src')).toEqual(["'none'"])
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(rules.get(name)).toEqual(["'none'"])
  })

  it('runs only scripts of the app: none inline, none evaluated', () => {
    expect(rules.get('script-src')).toEqual(["'self'"])
  })

  it('names no address outside the app', () => {
    const allowed = new Set(["'none'", "'self'", "'unsafe-inline'", 'data:', 'blob:'])
    for (const values of rules.values()) expect(values.filter((value) => !allowed.has(value))).toEqual([])
    expect(rules.get('connect-src')).toEqual(["'self'"])
  })
})
