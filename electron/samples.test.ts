import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../engine/document/parse'
import { listSamples, openSample } from './samples'

const folder = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'samples')

describe('samples', () => {
  it('each one on the list opens as a document without a path, so that it is never written', async () => {
    const samples = await listSamples(folder)
    expect(samples.length).toBeGreaterThanOrEqual(3)
    for (const { id } of samples) {
      const opened = await openSample(folder, id)
      expect(opened).toMatchObject({ ok: true, file: { path: null, name: `${id}.unroll` } })
      if (opened.ok === true) expect(parseDocument(opened.file.text)).toMatchObject({ ok: true, problems: [] })
    }
  })

  it.each(['../package', '..', '', 'data/README', 'nothing'])(
    'opens nothing that is not on the list: %j',
    async (id) => {
      expect(await openSample(folder, id)).toMatchObject({ ok: false, message: expect.stringContaining('no sample') })
    },
  )
})
