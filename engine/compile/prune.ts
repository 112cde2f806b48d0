import { present } from '../base/invariant'
import { FEEDS, type FeedName, type Program, type ValueId } from '../ir/program'

/**
 * Sixth pass: leaves out instructions whose results nobody reads, and feeds that nothing needs, and numbers the values afresh in
 * the order in which they are made. Parameters stay, so that programs of one model agree on them.
 */
export function prune(program: Program): Program {
  const live = new Set<ValueId>([
    program.loss,
    ...program.heads.flatMap(({ prediction, loss }) => [prediction, loss]),
    ...program.probes.map(({ value }) => value),
    ...program.gradients.map(({ gradient }) => gradient),
  ])
  const kept = program.instructions
    .toReversed()
    .filter(({ inputs, outputs }) => {
      if (!outputs.some((output) => live.has(output))) return false
      for (const input of inputs) if (input !== null) live.add(input)
      return true
    })
    .reverse()

  const feeds = FEEDS.filter((name) => {
    const value = program.feeds[name]
    return value !== undefined && live.has(value)
  })
  const carried = (program.carried ?? []).filter(({ start }) => live.has(start))
  const order = [
    ...feeds.map((name) => present(program.feeds[name], `no feed ${name}`)),
    ...carried.map(({ start }) => start),
    ...program.parameters.map(({ value }) => value),
    ...kept.flatMap(({ outputs }) => outputs),
  ]
  const numbers = new Map(order.map((value, index) => [value, index]))
  const renumber = (value: ValueId): ValueId => present(numbers.get(value), () => `%${value} was pruned but is used`)
  return {
    values: order.map((value) => present(program.values[value], () => `no value ${value}`)),
    feeds: Object.fromEntries(
      feeds.map((name): [FeedName, ValueId] => [name, renumber(present(program.feeds[name], `no feed ${name}`))]),
    ),
    parameters: program.parameters.map((parameter) => ({ ...parameter, value: renumber(parameter.value) })),
    instructions: kept.map((instruction) => ({
      ...instruction,
      inputs: instruction.inputs.map((input) => (input === null ? null : renumber(input))),
      outputs: instruction.outputs.map(renumber),
    })),
    heads: program.heads.map((head) => ({
      ...head,
      prediction: renumber(head.prediction),
      loss: renumber(head.loss),
    })),
    loss: renumber(program.loss),
    probes: program.probes.map((probe) => ({ ...probe, value: renumber(probe.value) })),
    gradients: program.gradients.map(({ parameter, gradient }) => ({
      parameter: renumber(parameter),
      gradient: renumber(gradient),
    })),
    ...(carried.length === 0
      ? {}
      : { carried: carried.map(({ node, start, end }) => ({ node, start: renumber(start), end: renumber(end) })) }),
  }
}
