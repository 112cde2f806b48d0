import { join } from 'node:path'
import { prepareData } from '../data/prepare'
import type { UnrollDocument } from '../document/schema'
import { type HostClient, startHost } from '../host/client'
import { packageRoot } from '../host/places'
import type { Command, HostEvent, HostLost } from '../host/protocol'
import { float32Reference, openTestSession } from './testSession'

const root = packageRoot()
export const hostFile = join(root, 'out', 'host', 'main.js')
export const folders = { samples: join(root, 'samples', 'data'), document: null }

type Event = HostEvent | HostLost
type EventOf<K extends Event['kind']> = Extract<Event, { kind: K }>

/** A host and everything it said; `until` looks at what came already, then waits. */
export class TestHost {
  readonly events: Event[] = []
  readonly client: HostClient
  #listeners: (() => void)[] = []

  constructor(options: { hostFile?: string; env?: NodeJS.ProcessEnv } = {}) {
    const onEvent = (event: Event) => {
      this.events.push(event)
      for (const listener of this.#listeners.splice(0)) listener()
    }
    this.client = startHost({
      execPath: process.execPath,
      // The reference kernels: the same digits as a session in this process.
      env: { ...process.env, UNROLL_KERNELS: 'reference', ...options.env },
      hostFile: options.hostFile ?? hostFile,
      onEvent,
      onLost: onEvent,
    })
    hosts.push(this)
  }

  send(command: Command): void {
    this.client.send(command)
  }

  train(document: UnrollDocument, run = 'r1', threads: number | null = 1): void {
    this.send({ kind: 'train', request: { run, document, model: 'small', folders, threads } })
  }

  async until<K extends Event['kind']>(
    kind: K,
    fits: (event: EventOf<K>) => boolean = () => true,
  ): Promise<EventOf<K>> {
    const isWanted = (event: Event): event is EventOf<K> => event.kind === kind
    for (;;) {
      const found = this.events.find((event): event is EventOf<K> => isWanted(event) && fits(event))
      if (found) return found
      const lost = this.events.find((event) => event.kind === 'lost')
      if (lost && kind !== 'lost') throw new Error(`the host ended: ${JSON.stringify(lost)}`)
      await new Promise<void>((resolve) => this.#listeners.push(resolve))
    }
  }

  /** Losses of all training points so far. */
  losses(): number[] {
    return this.events.flatMap((event) => (event.kind === 'frame' ? event.frame.training.map(({ loss }) => loss) : []))
  }

  /** Tells the engine that frames are drawn as soon as they come. */
  readFrames(): void {
    const read = () => {
      const last = this.events.findLast((event) => event.kind === 'frame')
      if (last?.kind === 'frame') this.send({ kind: 'frameRead', run: last.frame.run, step: last.frame.step })
      this.#listeners.push(read)
    }
    this.#listeners.push(read)
  }
}

const hosts: TestHost[] = []

/** Ends every host that a test started: for `afterEach`. */
export async function stopTestHosts(): Promise<void> {
  await Promise.all(hosts.splice(0).map(({ client }) => client.stop()))
}

/** Losses of the same training in this process; `rates` are the learning rates of each step. */
export function expectedLosses(document: UnrollDocument, rates: readonly number[]): number[] {
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  const session = openTestSession(document, data.value, float32Reference)
  return rates.map((rate, index) => session.step(index + 1, rate, false).loss)
}
