import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { assertNever } from '../base/invariant'
import type { Command } from './protocol'

/** Commands that reach a run while its loop is busy. */
export type RunCommand = Exclude<Command, { kind: 'describeData' | 'train' | 'fetchWeights' }>

/** Both ends of the line to a trainer: a port for commands and a word that tells of them, for a thread that never yields. */
export class RunLine {
  readonly #port: MessagePort
  readonly #word: Int32Array

  constructor(port: MessagePort, word: SharedArrayBuffer) {
    this.#port = port
    this.#word = new Int32Array(word)
  }

  send(command: RunCommand): void {
    this.#port.postMessage(command)
    Atomics.add(this.#word, 0, 1)
    Atomics.notify(this.#word, 0)
  }

  close(): void {
    this.#port.close()
  }
}

/** The trainer's side: what the user wants, looked up between two steps. */
export class RunControl {
  paused = false
  stopping = false
  /** Steps asked for while paused. */
  singleSteps = 0
  /** Asked for and not taken over yet. */
  learningRate: number | null = null
  /** Step of the newest frame that was read, not taken over yet. */
  frameRead: number | null = null
  readonly #port: MessagePort
  readonly #word: Int32Array
  #seen = 0

  constructor(port: MessagePort, word: SharedArrayBuffer) {
    this.#port = port
    this.#word = new Int32Array(word)
  }

  /** Takes over all commands that came since; costs one look at a word when there are none. */
  poll(): void {
    const now = Atomics.load(this.#word, 0)
    if (now === this.#seen) return
    this.#seen = now
    for (;;) {
      const posted = receiveMessageOnPort(this.#port)
      if (posted === undefined) return
      this.#apply(posted.message)
    }
  }

  /** Sleeps until a command comes, at most `milliseconds`. */
  wait(milliseconds: number): void {
    Atomics.wait(this.#word, 0, this.#seen, milliseconds)
  }

  #apply(command: RunCommand): void {
    switch (command.kind) {
      case 'pause':
        this.paused = true
        return
      case 'resume':
        this.paused = false
        this.singleSteps = 0
        return
      case 'step':
        if (this.paused) this.singleSteps++
        return
      case 'stop':
        this.stopping = true
        return
      case 'setLearningRate':
        this.learningRate = command.learningRate
        return
      case 'frameRead':
        this.frameRead = command.step
        return
      default:
        assertNever(command)
    }
  }
}
