import { setFlagsFromString } from 'node:v8'

/** Set this variable to 1 to run without V8 flags: slower and as safe as V8's defaults. */
export const SAFE_KERNELS = 'UNROLL_SAFE_KERNELS'

interface FlagRule {
  flag: string
  /** V8 versions that know the flag and need it, as [major, minor]: from (inclusive) and until (exclusive). */
  from: [number, number]
  until?: [number, number]
}

/**
 * What makes the kernels fast. Relaxed SIMD (fused multiply-add) is on by itself from V8 11.4; Turboshaft compiles WebAssembly and
 * revectorisation packs neighbouring 128-bit operations into 256-bit ones, where 13.0 and later have it. Results do not change.
 */
const RULES: readonly FlagRule[] = [
  { flag: '--experimental-wasm-relaxed-simd', from: [10, 0], until: [11, 4] },
  { flag: '--turboshaft-wasm', from: [13, 0] },
  { flag: '--experimental-wasm-revectorize', from: [13, 0] },
]

/** Flags for a V8 version such as "13.0.245.18-electron.0". */
export function flagsFor(v8Version: string): string[] {
  const [major = 0, minor = 0] = v8Version.split('.').map(Number)
  const reached = ([atMajor, atMinor]: [number, number]) => major > atMajor || (major === atMajor && minor >= atMinor)
  return RULES.filter(({ from, until }) => reached(from) && !(until && reached(until))).map(({ flag }) => flag)
}

/**
 * Sets the flags of this V8; call it before the first WebAssembly module is compiled. They hold for all threads of the process.
 * @returns the flags set; none with UNROLL_SAFE_KERNELS=1
 */
export function setKernelFlags(env: Readonly<Record<string, string | undefined>>): string[] {
  if (env[SAFE_KERNELS] === '1') return []
  const flags = flagsFor(process.versions.v8)
  for (const flag of flags) setFlagsFromString(flag)
  return flags
}
