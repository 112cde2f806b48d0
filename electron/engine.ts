import { z } from 'zod'
import { type HostClient, startHost } from '../engine/host/client'
import type { Command, HostEvent, HostLost } from '../engine/host/protocol'
import type { EngineCommand } from './contract'

export interface EngineOptions {
  execPath: string
  hostFile: string
  samplesFolder: string
  /** Folder of a document that the user opened or saved; null for any other path, beside which no data are read. */
  folderOf(documentPath: string | null): string | null
  relay(event: HostEvent | HostLost): void
}

const askedRunSchema = z.object({ kind: z.literal('train'), run: z.string().max(200) })

/** The engine host's life: started with the app, started again when it was lost, ended with the app. */
export class Engine {
  readonly #options: EngineOptions
  #client: HostClient | null = null
  #ready: HostEvent | null = null

  constructor(options: EngineOptions) {
    this.#options = options
  }

  /** Process id for tests and the operating system's tools; 0 while there is none. */
  get pid(): number {
    return this.#client?.pid ?? 0
  }

  start(): void {
    this.#client = startHost({
      execPath: this.#options.execPath,
      env: process.env,
      hostFile: this.#options.hostFile,
      onEvent: (event) => {
        if (event.kind === 'ready') this.#ready = event
        this.#options.relay(event)
      },
      onLost: (lost) => {
        this.#client = null
        this.#options.relay(lost)
        // A host that never became ready would only die again; the next command tries once more.
        if (this.#ready !== null) this.start()
        this.#ready = null
      },
    })
  }

  send(command: EngineCommand): void {
    if (this.#client === null) this.start()
    this.#client?.send(this.#withFolders(command))
  }

  /** A command that cannot be passed on: the window hears so, since it would wait for its run for ever. */
  refuse(command: unknown, reason: string): void {
    const { success, data } = askedRunSchema.safeParse(command)
    if (success) this.#options.relay({ kind: 'failed', run: data.run, message: reason })
  }

  /** A window that was loaded again has missed it. */
  repeatReady(): void {
    if (this.#ready !== null) this.#options.relay(this.#ready)
  }

  async stop(): Promise<void> {
    await this.#client?.stop()
    this.#client = null
  }

  #withFolders(command: EngineCommand): Command {
    switch (command.kind) {
      case 'describeData':
        return {
          kind: 'describeData',
          request: command.request,
          data: command.data,
          folders: this.#folders(command.documentPath),
        }
      case 'train': {
        const { run, document, model, threads } = command
        return {
          kind: 'train',
          request: { run, document, model, threads, folders: this.#folders(command.documentPath) },
        }
      }
      default:
        return command
    }
  }

  #folders(documentPath: string | null): { samples: string; document: string | null } {
    return { samples: this.#options.samplesFolder, document: this.#options.folderOf(documentPath) }
  }
}
