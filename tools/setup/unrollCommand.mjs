import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './folders.mjs'

/** Makes `npx unroll` run the checkout's own command line: npm links the programs of dependencies only. */
export function linkUnrollCommand() {
  const link = join(root, 'node_modules', '.bin', 'unroll')
  if (process.platform === 'win32') {
    const shim = `${link}.cmd`
    if (!existsSync(shim)) writeFileSync(shim, '@node "%~dp0\\..\\..\\tools\\unroll.mjs" %*\r\n')
    return
  }
  const target = join('..', '..', 'tools', 'unroll.mjs')
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(link) === target) return
  rmSync(link, { force: true })
  symlinkSync(target, link)
}
