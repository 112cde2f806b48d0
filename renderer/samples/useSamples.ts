import { useEffect, useState } from 'react'
import type { SampleEntry } from '../../electron/contract'

let known: readonly SampleEntry[] | null = null

/** The samples that come with the app; null while they are read. They never change while it runs. */
export function useSamples(): readonly SampleEntry[] | null {
  const [samples, setSamples] = useState(known)
  useEffect(() => {
    if (known) return
    let here = true
    void window.unroll.samples().then((read) => {
      known = read
      if (here) setSamples(read)
    })
    return () => {
      here = false
    }
  }, [])
  return samples
}
