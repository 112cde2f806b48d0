import { cpus } from 'node:os'
import { join } from 'node:path'
import { electronExecutable } from '../electronRuntime.mjs'
import { run, SetupError, say } from '../setup/command.mjs'
import { root } from '../setup/folders.mjs'
import { buildPeakModule } from './peakModule.mjs'
import { Peer } from './peer.mjs'

/** @typedef {{ peer: Peer, runtime: string }} Engine */

/** Electron run as Node.js, as the app runs the engine; plain Node.js when there is no Electron. @returns {Promise<Engine>} */
export async function startEngine() {
  const { executable, runtime } = executableOrNode()
  const file = join(root, 'out', 'bench', 'enginePeer.js')
  const env = { ELECTRON_RUN_AS_NODE: '1' }
  const args = [file, await buildPeakModule()]
  const peer = await Peer.start({ name: 'Unroll', kind: 'own', command: executable, args, env })
  if (peer.greeting.unsafe === true) {
    await peer.stop()
    throw new SetupError(
      'With the V8 flags set, kernels compute wrong results here. The app would run without them: UNROLL_SAFE_KERNELS=1 npm run bench',
    )
  }
  return { peer, runtime }
}

export function executableOrNode() {
  try {
    return { executable: electronExecutable(), runtime: 'Electron' }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return { executable: process.execPath, runtime: 'Node.js' }
  }
}

/** TensorFlow.js with WebAssembly, in plain Node.js. @returns {Promise<Peer>} */
export function startTensorFlow() {
  const args = [join(root, 'tools', 'bench', 'tfjsPeer.mjs')]
  return Peer.start({ name: 'TensorFlow.js', kind: 'tfjs', command: process.execPath, args })
}

/** PyTorch with one thread and with as many as there are cores; none when no Python here has it. @returns {Promise<Peer[]>} */
export async function startTorch() {
  const python = await pythonWithTorch()
  if (python === null) {
    say('No Python here can import torch: nothing to compare with.')
    return []
  }
  const settings = [...new Set([1, cpus().length])]
  return Promise.all(settings.map((threads) => startTorchWith(python, threads)))
}

/** @param {string} python @param {number} threads */
function startTorchWith(python, threads) {
  const count = String(threads)
  return Peer.start({
    name: `PyTorch ${threads} thr`,
    kind: 'pytorch',
    command: python,
    args: [join(root, 'tools', 'bench', 'torchPeer.py'), count],
    // BLAS libraries read these before the first product.
    env: { OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count },
  })
}

async function pythonWithTorch() {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { code } = await run(python, ['-c', 'import torch'], { quiet: true })
    if (code === 0) return python
  }
  return null
}
