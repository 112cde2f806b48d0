/**
 * The part of the WebAssembly JavaScript interface that the engine uses. TypeScript ships it only inside the DOM
 * library, which the engine must not see (source: WebAssembly JavaScript Interface, W3C).
 */
declare namespace WebAssembly {
  type ImportValue = Memory | Global | Table | number | ((...args: never[]) => unknown)
  type Imports = Record<string, Record<string, ImportValue>>

  /** Sizes count pages of 64 KiB. `shared` memory needs `maximum`. */
  interface MemoryDescriptor {
    initial: number
    maximum?: number
    shared?: boolean
  }
  class Memory {
    constructor(descriptor: MemoryDescriptor)
    readonly buffer: ArrayBuffer | SharedArrayBuffer
    /** Grows by `delta` pages and returns the size before, in pages; throws RangeError at the maximum. */
    grow(delta: number): number
  }

  class Global {
    constructor(descriptor: { value: string; mutable?: boolean }, value?: unknown)
    value: unknown
  }
  class Table {
    constructor(descriptor: { element: string; initial: number; maximum?: number })
    readonly length: number
  }

  class Module {
    constructor(bytes: BufferSource)
    static exports(module: Module): { name: string; kind: string }[]
    static imports(module: Module): { module: string; name: string; kind: string }[]
  }
  class Instance {
    constructor(module: Module, imports?: Imports)
    readonly exports: Record<string, unknown>
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  /** True when the engine running this accepts the bytes: the test for an optional WebAssembly feature. */
  function validate(bytes: BufferSource): boolean
  function compile(bytes: BufferSource): Promise<Module>
  function instantiate(module: Module, imports?: Imports): Promise<Instance>
}

type BufferSource = ArrayBuffer | ArrayBufferView
