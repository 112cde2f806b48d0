import { version } from '../../../package.json'
import { writeSafetensors } from '../../export/safetensors'
import { captureStep } from '../../runtime/captureStep'
import { readInteger } from '../arguments'
import { badArguments, type Command } from '../command'
import { count, number } from '../format'
import { chooseModel, openDocument } from '../openDocument'
import { printProblem } from '../printProblems'
import { writeFile } from '../runFolder'
import { openEngineRun, startEngine } from '../startEngine'

/** `unroll step`: the first training step with everything that is needed to do it again elsewhere. */
export const step: Command = {
  name: 'step',
  summary: 'makes one training step and writes batch, weights, outputs and gradients, to check the engine',
  takesFile: true,
  options: {
    model: { value: 'M', help: 'which model (id or name); the first one without it' },
    seed: { value: 'S', help: 'seed of weights and order, instead of the document’s' },
    dump: { value: 'OUT.safetensors', help: 'file to write' },
  },
  async run(given, terminal) {
    const opened = openDocument(given.file)
    const dump = given.values.get('dump')
    if (dump === undefined) throw badArguments('dump', 'unroll step needs a file to write: --dump OUT.safetensors.')
    const seed = readInteger(given, 'seed', 0, 0xffffffff) ?? opened.document.training.seed
    const document = { ...opened.document, training: { ...opened.document.training, seed } }
    const model = chooseModel(document, given)
    const kernels = startEngine(terminal)
    const run = await openEngineRun({ ...opened, document }, model.id, kernels, 1)
    try {
      for (const warning of [...opened.warnings, ...run.warnings]) terminal.err(printProblem(warning))
      const captured = captureStep(run.session, document.training)
      const metadata = {
        format: 'unroll step',
        engine: version,
        kernels: kernels.report.chosen,
        model: model.id,
        data: run.data.summary.fingerprint,
        ...captured.metadata,
      }
      const bytes = writeSafetensors({ tensors: captured.tensors, metadata })
      writeFile(dump, bytes)
      const tensors = Object.entries(captured.tensors).map(([name, { shape }]) => ({ name, shape }))
      if (given.json) terminal.out(JSON.stringify({ file: dump, ...metadata, loss: captured.loss, tensors }, null, 2))
      else
        terminal.out(`${dump}: ${tensors.length} tensors, ${count(bytes.length)} bytes, loss ${number(captured.loss)}`)
      return 0
    } finally {
      await run.pool.close()
    }
  },
}
