import { type ChildProcess, fork } from 'node:child_process'
import { type Command, type Envelope, type HostEvent, type HostLost, PROTOCOL_VERSION } from './protocol'

export interface HostOptions {
  /** Node.js, or Electron's executable. */
  execPath: string
  env: NodeJS.ProcessEnv
  /** The built host entry, out/host/main.js. */
  hostFile: string
  onEvent(event: HostEvent): void
  /** The process is gone although nobody stopped it; start a new host to go on. */
  onLost(lost: HostLost): void
}

export interface HostClient {
  /** Commands given before the host is ready wait for it. */
  send(command: Command): void
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>
  /** 0 when the process could not be started. */
  readonly pid: number
}

/** A host that does not leave by itself within this many milliseconds is ended. */
const PATIENCE = 2000

/**
 * Starts the engine host as a child process. If it dies before it is ready, the V8 flags are the likely cause: it is started once
 * more without them. It ends with this process, whatever ends that: it watches the channel.
 */
export function startHost(options: HostOptions): HostClient {
  return new ForkedHost(options)
}

class ForkedHost implements HostClient {
  readonly #options: HostOptions
  readonly #waiting: Command[] = []
  #child: ChildProcess
  #sequence = 0
  #ready = false
  #stopping = false
  #safe: boolean
  #run: string | null = null

  constructor(options: HostOptions) {
    this.#options = options
    this.#safe = options.env.UNROLL_SAFE_KERNELS === '1'
    this.#child = this.#start()
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  send(command: Command): void {
    if (command.kind === 'train') this.#run = command.request.run
    if (this.#ready) this.#post(command)
    else this.#waiting.push(command)
  }

  stop(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
      child.once('exit', () => {
        clearTimeout(timer)
        resolve()
      })
      if (child.connected) child.disconnect()
    })
  }

  #start(): ChildProcess {
    const { execPath, env, hostFile } = this.#options
    const child = fork(hostFile, [], {
      execPath,
      // None of the parent's own flags: an unknown one would end the child.
      execArgv: [],
      env: { ...env, ELECTRON_RUN_AS_NODE: '1', ...(this.#safe ? { UNROLL_SAFE_KERNELS: '1' } : {}) },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.on('message', (raw) => this.#receive(child, raw))
    child.once('exit', (exitCode, signal) => this.#exited(child, exitCode, signal))
    // The executable could not be run at all: there will be no 'exit'.
    child.on('error', () => {
      if (child.pid === undefined) this.#exited(child, null, null)
    })
    return child
  }

  #receive(child: ChildProcess, raw: unknown): void {
    if (child !== this.#child || !isEnvelope(raw)) return
    const event = raw.message
    if (event.kind === 'ready') {
      this.#ready = true
      for (const command of this.#waiting.splice(0)) this.#post(command)
    }
    if (endsRun(event) && (event.run === null || event.run === this.#run)) this.#run = null
    this.#options.onEvent(event)
  }

  #post(command: Command): void {
    const envelope: Envelope<Command> = { version: PROTOCOL_VERSION, sequence: this.#sequence++, message: command }
    // A channel that closed meanwhile is told by 'exit'.
    if (this.#child.connected) this.#child.send(envelope, () => {})
  }

  #exited(child: ChildProcess, exitCode: number | null, signal: string | null): void {
    if (child !== this.#child || this.#stopping) return
    if (!this.#ready && !this.#safe && child.pid !== undefined) {
      this.#safe = true
      this.#child = this.#start()
      return
    }
    this.#options.onLost({ kind: 'lost', run: this.#run, exitCode, signal })
  }
}

/** Our own child speaks our own version; anything else on the channel is not for us. */
function isEnvelope(raw: unknown): raw is Envelope<HostEvent> {
  return (
    typeof raw === 'object' && raw !== null && 'version' in raw && raw.version === PROTOCOL_VERSION && 'message' in raw
  )
}

type RunEnding = Extract<HostEvent, { kind: 'ended' | 'cancelled' | 'refused' | 'diverged' | 'failed' }>

function endsRun(event: HostEvent): event is RunEnding {
  switch (event.kind) {
    case 'ended':
    case 'cancelled':
    case 'refused':
    case 'diverged':
    case 'failed':
      return true
    default:
      return false
  }
}
