import { MantineProvider } from '@mantine/core'
import { type ReactNode, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { useApp } from '../state/app'
import { theme } from './theme'

const darkQuery = matchMedia('(prefers-color-scheme: dark)')

function onDarkQuery(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener)
  return () => darkQuery.removeEventListener('change', listener)
}

/** Light or dark as chosen, or as the system says; sets the attribute that the tokens hang on. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const choice = useApp((state) => state.theme)
  const systemDark = useSyncExternalStore(onDarkQuery, () => darkQuery.matches)
  /** What main tells; it knows the desktop's setting even where the page's query does not. */
  const [toldDark, setToldDark] = useState<boolean | null>(null)

  useLayoutEffect(() => {
    window.unroll.theme.set(choice)
  }, [choice])
  useLayoutEffect(() => window.unroll.theme.onChange(setToldDark), [])

  const dark = choice === 'system' ? (toldDark ?? systemDark) : choice === 'dark'
  const scheme = dark ? 'dark' : 'light'
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme
  }, [scheme])

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
