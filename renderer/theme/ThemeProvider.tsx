import { MantineProvider } from '@mantine/core'
import { type ReactNode, useLayoutEffect, useMemo, useState } from 'react'
import { useApp } from '../state/app'
import { makeTheme } from './theme'
import { useMediaQuery } from './useMediaQuery'

/** Below these, in the window's own pixels, the panels no longer fit beside the canvas, or the charts below it. */
const NARROW = '(max-width: 899px)'
const LOW = '(max-height: 559px)'
const WIDE = '(min-width: 1680px)'

/** Light or dark, size and motion as chosen, or as the system says; sets the attributes that the tokens hang on. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const choice = useApp((state) => state.theme)
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)')
  /** What main tells; it knows the desktop's setting even where the page's query does not. */
  const [toldDark, setToldDark] = useState<boolean | null>(null)
  const still = useStill()
  useScale()

  useLayoutEffect(() => {
    window.unroll.theme.set(choice)
  }, [choice])
  useLayoutEffect(() => window.unroll.theme.onChange(setToldDark), [])

  const dark = choice === 'system' ? (toldDark ?? systemDark) : choice === 'dark'
  const scheme = dark ? 'dark' : 'light'
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme
  }, [scheme])
  const theme = useMemo(() => makeTheme(still), [still])

  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateInlineStyles
    >
      {children}
    </MantineProvider>
  )
}

/** True when as little as can be is to move. */
function useStill(): boolean {
  const choice = useApp((state) => state.motion)
  const system = useMediaQuery('(prefers-reduced-motion: reduce)')
  const still = choice === 'system' ? system : choice === 'less'
  useLayoutEffect(() => {
    document.documentElement.dataset.motion = still ? 'less' : 'full'
  }, [still])
  return still
}

/** The size of everything, and what then still fits. */
function useScale(): void {
  const scale = useApp((state) => state.scale)
  const narrow = useMediaQuery(NARROW)
  const low = useMediaQuery(LOW)
  const wide = useMediaQuery(WIDE)
  useLayoutEffect(() => {
    window.unroll.setZoom(scale / 100)
  }, [scale])
  useLayoutEffect(() => {
    useApp.getState().setRoom({ narrow, low, wide })
  }, [narrow, low, wide])
}
