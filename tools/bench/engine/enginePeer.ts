import { createInterface } from 'node:readline'
import { setKernelFlags } from '../../../engine/host/flags'
import { instantiateKernels, type KernelChoice, selectKernels } from '../../../engine/host/kernelVariants'
import { kernelFolder } from '../../../engine/host/places'
import { checkKernels } from '../../../engine/ops/selfTest'
import { viewWasmMemory } from '../../../engine/runtime/memory'
import { type BenchRun, openBenchRun } from './benchRun'
import { requestSchema } from './configuration'

/**
 * The engine as a server on standard input and output, one JSON object a line: says what it computes with, then answers `load` with
 * the work of one step and `time` with the steps made. Ends with its input.
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

answer({ v8: process.versions.v8, flags, kernels: report.chosen, unsafe, productPeak: productPeak(choice) })

let run: BenchRun | null = null
for await (const line of createInterface({ input: process.stdin })) {
  const request = requestSchema.parse(JSON.parse(line))
  if ('load' in request) {
    await run?.close()
    run = await openBenchRun(request.load, choice)
    answer({ mflop: run.mflop })
  } else if (run === null) throw new Error('"time" before "load"')
  else answer({ ...run.time(request.time), threads: run.threads })
}
await run?.close()
