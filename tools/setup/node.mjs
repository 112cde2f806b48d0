import { SetupError } from './command.mjs'

/** The oldest Node.js that the tool chain runs on, as package.json says. */
const oldest = [20, 19]

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = oldest
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new SetupError(`Unroll needs Node.js ${oldest.join('.')} or newer; this is ${process.versions.node}.`)
}
