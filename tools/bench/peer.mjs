import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from '../setup/folders.mjs'

/** As `engine/configuration.ts` reads them. @typedef {import('./engine/configuration').Request} Request */
/** Which of the ratios a peer is for. @typedef {'own' | 'pytorch' | 'tfjs'} Kind */
/** @typedef {Record<string, unknown>} Answer */
/** @typedef {{ name: string, kind: Kind, command: string, args: readonly string[], env?: NodeJS.ProcessEnv }} PeerOptions */

/** A server that answers each line of its input with one line, JSON both ways. */
export class Peer {
  /** @type {string} */
  name
  /** @type {Kind} */
  kind
  /** What it said of itself when it started. @type {Answer} */
  greeting = {}
  #child
  #lines
  #errors = ''
  /** @type {Promise<string>} */
  #ended

  /** @param {PeerOptions} options */
  constructor({ name, kind, command, args, env }) {
    this.name = name
    this.kind = kind
    this.#child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    this.#child.stderr.on('data', (chunk) => {
      this.#errors = (this.#errors + chunk).slice(-4000)
    })
    // A peer that is gone is told by the end of its lines.
    this.#child.stdin.on('error', () => {})
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(error.message))
      this.#child.once('close', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`))
    })
  }

  /** Starts a peer and waits for what it says of itself. @param {PeerOptions} options */
  static async start(options) {
    const peer = new Peer(options)
    peer.greeting = await peer.#next()
    return peer
  }

  /** @param {Request} request @returns {Promise<Answer>} */
  ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`)
    return this.#next()
  }

  /** Closes its input and waits until it is gone. */
  async stop() {
    this.#child.stdin.end()
    await this.#ended
  }

  /** @returns {Promise<Answer>} */
  async #next() {
    const { value, done } = await this.#lines.next()
    if (!done) return JSON.parse(value)
    throw new Error(`${this.name}: ${await this.#ended}\n${this.#errors.trim()}`)
  }
}

/** A number that a peer must have answered with. @param {Answer} answer @param {string} key */
export function numberOf(answer, key) {
  const value = answer[key]
  if (typeof value !== 'number') throw new Error(`a peer answered without "${key}": ${JSON.stringify(answer)}`)
  return value
}
