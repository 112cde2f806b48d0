import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { SAFE_KERNELS, setKernelFlags } from '../host/flags'
import { type KernelSelection, selectKernels } from '../host/kernelVariants'
import { type OpenRun, openRun } from '../host/openRun'
import { kernelFolder, workerFile } from '../host/places'
import { type Terminal, UserFailure } from './command'
import type { OpenDocument } from './openDocument'

/**
 * Flags, self-test and choice of kernels, as the host of the window does it. When the self-test finds the flags harmful, the same
 * command runs once more in a process without them, and this one ends with its exit code.
 */
export function startEngine(terminal: Terminal): KernelSelection {
  const flags = setKernelFlags(terminal.env)
  const selection = selectKernels({ folder: kernelFolder, flags, env: terminal.env, now: terminal.now })
  if (selection.unsafe) {
    const env = { ...process.env, [SAFE_KERNELS]: '1' }
    const again = spawnSync(process.execPath, process.argv.slice(1), { env, stdio: 'inherit' })
    process.exit(again.status ?? 2)
  }
  return selection
}

/** Opens a run of the engine in this process; problems end the command. @param threads null: as many as there are cores */
export async function openEngineRun(
  opened: OpenDocument,
  model: string,
  kernels: KernelSelection,
  threads: number | null,
): Promise<OpenRun> {
  const run = await openRun({
    document: opened.document,
    model,
    folders: opened.folders,
    kernels: kernels.choice,
    threads: threads ?? availableParallelism(),
    workerFile,
  })
  if (!run.ok) throw new UserFailure(run.problems)
  return run.value
}
