import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { serializeDocument } from '../../../engine/document/serialize'
import { writeSafetensors } from '../../../engine/export/safetensors'
import { setKernelFlags } from '../../../engine/host/flags'
import { instantiateKernels, type KernelChoice, selectKernels } from '../../../engine/host/kernelVariants'
import { kernelFolder } from '../../../engine/host/places'
import { checkKernels } from '../../../engine/ops/selfTest'
import { viewWasmMemory } from '../../../engine/runtime/memory'
import { openBenchRun, type TimedRun } from './benchRun'
import { timeAnalysis, timeCompiler } from './compilerTimes'
import { type Configuration, requestSchema } from './configuration'
import { largeDocument } from './largeDocument'
import { probePeak } from './peakProbe'
import { StreamRun } from './streamRun'

/**
 * The engine as a server on standard input and output, one JSON object a line: says what it computes with, then answers each request
 * (`configuration.ts`). Ends with its input. The one argument is the WebAssembly module that measures the processor.
 */
const now = () => performance.now()
const flags = setKernelFlags(process.env)
const { choice, report, unsafe } = selectKernels({ folder: kernelFolder, flags, env: process.env, now })

/** The fastest of several looks at the product's speed, in GFLOP/s on one thread: other programs only ever slow it down. */
function productPeak(kernels: KernelChoice): number {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true })
  const { table } = instantiateKernels(kernels, memory)
  const views = viewWasmMemory(memory)
  return Math.max(...Array.from({ length: 5 }, () => checkKernels(table, views, kernels.heapBase, now).gflops))
}

function answer(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

function open(configuration: Configuration): Promise<TimedRun> {
  if (configuration.kind === 'streaming') return Promise.resolve(new StreamRun(configuration, choice))
  return openBenchRun(configuration, choice)
}

const probe = probePeak(readFileSync(process.argv[2] ?? ''), now)
answer({
  v8: process.versions.v8,
  flags,
  kernels: report.chosen,
  unsafe,
  productPeak: productPeak(choice),
  ...probe,
})

let run: TimedRun | null = null
for await (const line of createInterface({ input: process.stdin })) {
  const request = requestSchema.parse(JSON.parse(line))
  if ('compile' in request) answer(timeCompiler(request.compile))
  else if ('analyse' in request) {
    const { nodes, wires, file } = request.analyse
    const document = largeDocument(nodes, wires)
    writeFileSync(file, serializeDocument(document))
    answer(timeAnalysis(document))
  } else if ('load' in request) {
    await run?.close()
    run = await open(request.load)
    const { loss, gradientNorm, tensors } = run.first
    writeFileSync(request.file, writeSafetensors({ tensors, metadata: {} }))
    answer({ mflop: run.mflop, arenaBytes: run.arenaBytes, loss, gradientNorm })
  } else if (run === null) throw new Error('"time" before "load"')
  else answer({ ...run.time(request.time, request.threads), threads: run.threads })
}
await run?.close()
