import { availableParallelism } from 'node:os'
import { readEnvelope } from './commands'
import { EngineHost } from './engineHost'
import { setKernelFlags } from './flags'
import { selectKernels } from './kernelVariants'
import { kernelFolder, workerFile } from './places'
import { type Envelope, type HostEvent, PROTOCOL_VERSION } from './protocol'

/** The engine host's process: a child that speaks over its channel and ends when the channel does. */

// A window that is gone must not leave a training process behind. An orderly exit waits for worker threads, and one that V8 is still
// compiling for may never end; nothing here needs order: files are written whole or not at all.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

let sequence = 0
function post(event: HostEvent): void {
  const envelope: Envelope<HostEvent> = { version: PROTOCOL_VERSION, sequence: sequence++, message: event }
  if (process.connected) process.send?.(envelope)
}

const flags = setKernelFlags(process.env)
const { choice, report, unsafe } = selectKernels({
  folder: kernelFolder,
  flags,
  env: process.env,
  now: () => performance.now(),
})
// The client starts this file once more without flags when it ends before it is ready.
if (unsafe) process.exit(75)

const host = new EngineHost({ kernels: choice, workerFile, post })
process.on('message', (raw) => {
  const read = readEnvelope(raw)
  if (read.ok) host.receive(read.envelope.message)
  else post({ kind: 'failed', run: null, message: read.message })
})
post({ kind: 'ready', kernels: report, threads: availableParallelism() })
