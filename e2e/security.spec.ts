import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures'
import type { RunningApp } from './launch'

/**
 * What code in the page could try if it ever got there. Runs as the page's own code would: what a test evaluates directly is
 * exempt from the content security policy, a timer's callback is not.
 */
function attempt(app: RunningApp, code: (argument: string) => unknown, argument = ''): Promise<string> {
  return app.page.evaluate(
    ([source, value]) =>
      new Promise<string>((resolve) => {
        // biome-ignore lint/security/noGlobalEval: the policy forbids to make functions of text later on, so it is made here
        const act: (argument: string) => unknown = globalThis.eval(`(${source})`)
        setTimeout(async () => {
          try {
            resolve(`done: ${String(await act(value))}`)
          } catch (error) {
            resolve(`refused: ${error instanceof Error ? error.name : String(error)}`)
          }
        })
      }),
    [code.toString(), argument] as const,
  )
}

test.describe('code in the page', () => {
  test.beforeEach(async ({ app, start }) => {
    await expect(start.heading).toBeVisible()
    // Chromium reports each refusal as an error of the page.
    app.provoked = /Content Security Policy|ERR_BLOCKED_BY|404 \(Not Found\)/i
  })

  test('cannot open windows, go elsewhere or load anything from the network', async ({ app }) => {
    expect(await attempt(app, () => window.open('https://example.com/'))).toBe('done: null')
    expect(await attempt(app, () => window.open('app://unroll/index.html'))).toBe('done: null')
    expect(await attempt(app, () => fetch('https://example.com/'))).toMatch(/^refused/)
    expect(await attempt(app, () => fetch('file:///etc/passwd'))).toMatch(/^refused/)
    const socket = await attempt(app, () => {
      const opened = new WebSocket('wss://example.com/')
      return new Promise((resolve) => {
        opened.addEventListener('open', () => resolve('open'))
        opened.addEventListener('error', () => resolve('no connection'))
      })
    })
    expect(['refused: SecurityError', 'done: no connection']).toContain(socket)
    await attempt(app, () => {
      window.location.href = 'https://example.com/'
    })
    const picture = await attempt(app, () => {
      const frame = document.createElement('iframe')
      frame.src = 'https://example.com/'
      document.body.append(frame)
      const image = document.createElement('img')
      image.src = 'https://example.com/pixel.png'
      document.body.append(image)
      return new Promise((resolve) => image.addEventListener('error', () => resolve('no picture')))
    })
    expect(picture).toBe('done: no picture')
    expect(app.page.url()).toBe('app://unroll/')
    expect(app.electron.windows()).toHaveLength(1)
    expect(app.page.frames().map((frame) => frame.url())).not.toContain('https://example.com/')
  })

  test('cannot make code of text', async ({ app }) => {
    // biome-ignore lint/security/noGlobalEval: this is what must be refused
    expect(await attempt(app, () => globalThis.eval('1 + 1'))).toBe('refused: EvalError')
    expect(await attempt(app, () => new Function('return 1')())).toBe('refused: EvalError')
    const inline = await attempt(app, () => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "taken over"'
      document.body.append(script)
      return document.title
    })
    expect(inline).not.toContain('taken over')
  })

  test('has neither Node.js nor Electron, only the narrow bridge', async ({ app }) => {
    expect(await attempt(app, () => [typeof require, typeof process, typeof module].join())).toBe(
      'done: undefined,undefined,undefined',
    )
    const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
      const contents: unknown = BrowserWindow.getAllWindows()[0]?.webContents
      const read: unknown = contents instanceof Object ? Reflect.get(contents, 'getLastWebPreferences') : null
      return typeof read === 'function' ? Reflect.apply(read, contents, []) : null
    })
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  })

  test('reads and writes nothing that the user did not choose', async ({ app, folder }) => {
    const victim = join(folder, 'victim.txt')
    await writeFile(victim, 'as it was')
    await app.answerSaveDialog(null)
    const saved = await app.page.evaluate(
      (path) => window.unroll.saveDocument({ path, suggestedName: 'x', text: 'overwritten' }),
      victim,
    )
    expect(saved).toEqual({ ok: 'cancelled' })
    expect(await readFile(victim, 'utf8')).toBe('as it was')

    const recent = await app.page.evaluate(() => window.unroll.openRecent('/etc/passwd'))
    expect(recent).toMatchObject({ ok: false })
    const sample = await app.page.evaluate(() => window.unroll.openSample('../package'))
    expect(sample).toMatchObject({ ok: false })
    const outside = await app.page.evaluate(async () => (await fetch('app://unroll/..%2f..%2fpackage.json')).status)
    expect(outside).toBe(404)
  })

  test('is not heard when a message has another shape', async ({ app, folder }) => {
    const refused = await app.page.evaluate(async () => {
      const anything: unknown = { path: 7, text: ['no'] }
      const call: unknown = Reflect.get(window.unroll, 'saveDocument')
      if (typeof call !== 'function') return 'no bridge'
      return Promise.resolve(Reflect.apply(call, null, [anything])).then(
        () => 'taken',
        () => 'refused',
      )
    })
    expect(refused).toBe('refused')
    await expect(access(join(folder, '7'))).rejects.toThrow()
  })

  test('is granted no device and no permission', async ({ app }) => {
    const denied = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as const
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
    })
    expect(denied).toEqual(['denied', 'denied', 'denied', 'denied'])
  })
})
