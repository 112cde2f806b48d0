import { join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentArgument } from './launchFile'

const folder = join(sep, 'home', 'ada')

describe('document on the command line', () => {
  it('is found after the app folder and flags', () => {
    const argv = ['/opt/electron', '--no-sandbox', '/src/unroll', '--user-data-dir=/tmp/x.unroll', '/data/rain.unroll']
    expect(documentArgument(argv, folder)).toBe('/data/rain.unroll')
  })

  it('is looked for in the folder of the terminal', () => {
    expect(documentArgument(['unroll', 'rain.unroll'], folder)).toBe(join(folder, 'rain.unroll'))
    expect(documentArgument(['unroll', join('..', 'Rain.UNROLL')], folder)).toBe(join(sep, 'home', 'Rain.UNROLL'))
  })

  it('is the last one when several are named', () => {
    expect(documentArgument(['unroll', '/a.unroll', '/b.unroll'], folder)).toBe('/b.unroll')
  })

  it('is absent when only the program, a folder or flags are named', () => {
    expect(documentArgument(['/opt/my.unroll'], folder)).toBeNull()
    expect(documentArgument(['electron', '.', '--open=/a.unroll', '-a.unroll', 'notes.txt'], folder)).toBeNull()
    expect(documentArgument([], folder)).toBeNull()
  })
})
