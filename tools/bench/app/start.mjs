import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { electronExecutable } from '../../electronRuntime.mjs'
import { appArguments } from './launch.mjs'

/** An app that says nothing for so long does not start. */
const PATIENCE = 30_000

/**
 * Milliseconds from starting the app's process to the frame that shows its start screen whole. It is started as a user does it and
 * looked at only afterwards, since being driven from outside makes a start slower.
 *
 * @returns {Promise<number>}
 */
export async function timeStart() {
  const userData = mkdtempSync(join(tmpdir(), 'unroll-bench-start-'))
  const startedAt = Date.now()
  const child = spawn(electronExecutable(), ['--remote-debugging-port=0', ...appArguments(userData, [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child))
    const page = browser.contexts()[0]?.pages()[0]
    if (!page) throw new Error('the app has no window')
    await page.getByRole('heading', { level: 1 }).waitFor()
    const shownAt = await page.evaluate(largestPaint)
    await browser.close()
    return shownAt - startedAt
  } finally {
    child.kill()
    await gone
    rmSync(userData, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} */
function debuggingAddress(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`the app does not start:\n${text}`)), PATIENCE)
    const fail = () => {
      clearTimeout(timer)
      reject(new Error(`the app ended at once:\n${text}`))
    }
    child.once('exit', fail)
    child.stderr?.on('data', (chunk) => {
      text += chunk
      const found = /DevTools listening on (ws:\S+)/.exec(text)
      if (!found?.[1]) return
      clearTimeout(timer)
      child.off('exit', fail)
      resolve(found[1])
    })
  })
}

/** Runs in the page: when the largest part of it was painted, in milliseconds since 1970. @returns {Promise<number>} */
function largestPaint() {
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      observer.disconnect()
      resolve(performance.timeOrigin + (list.getEntries().at(-1)?.startTime ?? Number.NaN))
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  })
}
