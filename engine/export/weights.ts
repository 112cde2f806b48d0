import { invariant, present } from '../base/invariant'
import type { Plan } from '../compile/plan'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import type { Parameter } from '../ir/program'
import type { Tensor } from './safetensors'

/** "lstm.weight_ih_l0": a weight's name in files, as in a PyTorch state dict. */
export function weightName(parameter: { node: string; name: string }): string {
  return `${parameter.node}.${parameter.name}`
}

/** Does training move it? */
export function isTrained({ frozen }: Pick<Parameter, 'frozen'>): boolean {
  return frozen !== true
}

/**
 * The parameter block cut into its tensors, in the plan's order.
 * @param block as the plan lays it out @param wanted which parameters; all of them by default
 */
export function weightTensors(
  plan: Plan,
  block: Float32Array | Float64Array,
  wanted: (parameter: Parameter) => boolean = () => true,
): Record<string, Tensor> {
  const entries = plan.program.parameters.filter(wanted).map((parameter): [string, Tensor] => {
    const { offset } = present(plan.locations[parameter.value], `${weightName(parameter)} has no place`)
    return [
      weightName(parameter),
      { data: block.slice(offset, offset + elements(parameter.dims)), shape: parameter.dims },
    ]
  })
  return Object.fromEntries(entries)
}

/**
 * Puts tensors of a file into a parameter block; says which one is missing or has another shape.
 * @param path for the sentences @param wanted which parameters; all of them by default
 * @param nameOf what a parameter is called in the file
 */
export function fillWeights(
  plan: Plan,
  tensors: Readonly<Record<string, Tensor>>,
  block: Float32Array | Float64Array,
  path: string,
  wanted: (parameter: Parameter) => boolean = () => true,
  nameOf: (parameter: Parameter) => string = weightName,
): Checked<null> {
  invariant(block.length <= plan.sizes.parameters, 'the block has another size than the plan')
  const problem = (message: string): Diagnostic => ({
    code: 'weights.mismatch',
    severity: 'error',
    message: `${message} Train this model again, or choose the weights that belong to it.`,
    place: { kind: 'file', path },
  })
  const problems: Diagnostic[] = []
  for (const parameter of plan.program.parameters.filter(wanted)) {
    const name = nameOf(parameter)
    const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined
    if (!tensor) {
      problems.push(problem(`The weights in ${path} have no “${name}”.`))
    } else if (tensor.shape.join() !== parameter.dims.join() || tensor.data instanceof Int32Array) {
      const [has, wants] = [tensor.shape.join(' × '), parameter.dims.join(' × ')]
      problems.push(problem(`“${name}” in ${path} is ${has} numbers, but the model needs ${wants}.`))
    } else {
      const { offset } = present(plan.locations[parameter.value], `${name} has no place`)
      block.set(tensor.data, offset)
    }
  }
  return problems.length === 0 ? good(null) : bad(...problems)
}

function elements(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1)
}
