import { helpOf, readArguments } from './arguments'
import { badArguments, type Command, type Terminal, UserFailure } from './command'
import { check } from './commands/check'
import { evaluate } from './commands/evaluate'
import { nodes } from './commands/nodes'
import { plan } from './commands/plan'
import { predict } from './commands/predict'
import { step } from './commands/step'
import { train } from './commands/train'
import { printProblem } from './printProblems'
import { processTerminal } from './terminal'

/** The `unroll` command: the engine without a window. Exits 0, 1 (the user's mistake) or 2 (ours). */

const commands: readonly Command[] = [nodes, check, plan, train, evaluate, predict, step]

const overview = [
  'unroll: design, train and understand sequence models',
  '',
  ...commands.map(({ name, summary }) => `  unroll ${name.padEnd(9)} ${summary}`),
  '',
  'unroll COMMAND --help tells the options of one. Every command takes --json.',
].join('\n')

async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name === undefined) terminal.err(overview)
    else terminal.out(overview)
    return name === undefined ? 1 : 0
  }
  const command = commands.find((one) => one.name === name)
  if (!command) {
    const known = commands.map((one) => one.name).join(', ')
    throw badArguments('command', `There is no command “${name}”. There are ${known}; unroll --help tells more.`)
  }
  const given = readArguments(command, rest)
  if (given.help) {
    terminal.out(helpOf(command))
    return 0
  }
  return command.run(given, terminal)
}

const terminal = processTerminal()
try {
  process.exitCode = await main(process.argv.slice(2), terminal)
} catch (error) {
  terminal.progress('')
  if (error instanceof UserFailure) {
    for (const problem of error.problems) terminal.err(printProblem(problem))
    process.exitCode = 1
  } else {
    terminal.err('Unroll made a mistake; nothing of yours was changed. Please report this:')
    terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 2
  }
}
