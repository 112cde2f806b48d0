import { Notifications } from '@mantine/notifications'
import { lazy, Suspense, useEffect } from 'react'
import { watchComparison } from './compare/compareStore'
import { TrainAllDialog } from './compare/TrainAllDialog'
import { hearData, readDataOnChange } from './data/readData'
import { Home } from './home/Home'
import { watchRuns } from './run/history'
import { SettingsDialog } from './settings/SettingsDialog'
import { CommandPalette } from './shell/CommandPalette'
import { offerShellCommands } from './shell/commands'
import { DropTarget } from './shell/DropTarget'
import { listenToKeys, listenToMenu } from './shell/dispatchKeys'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { openFromOutside } from './shell/files'
import { KeysDialog } from './shell/KeysDialog'
import { keepDrafts } from './shell/keepDrafts'
import { tellHistory } from './shell/tellHistory'
import { UnsavedDialog } from './shell/UnsavedDialog'
import { rememberLayout, useApp } from './state/app'
import { keepSelectionValid } from './state/keepSelection'
import { hearEngine } from './state/run'

/** The canvas and the charts are a file of their own: the start screen does not wait for them. */
const loadEditor = () => import('./shell/Editor')
const Editor = lazy(async () => ({ default: (await loadEditor()).Editor }))

/** Connects the window to the engine, the files, the keyboard and the menu; returns what disconnects it. */
function connect(): () => void {
  const ends = [
    window.unroll.engine.onEvent((event) => {
      hearData(event)
      hearEngine(event, performance.now())
    }),
    readDataOnChange(),
    watchRuns(Date.now),
    watchComparison(),
    keepDrafts(),
    rememberLayout(),
    offerShellCommands(),
    listenToKeys(),
    listenToMenu(),
    tellHistory(),
    keepSelectionValid(),
    openFromOutside(),
  ]
  return () => {
    for (const end of ends) end()
  }
}

export function App() {
  const screen = useApp((state) => state.screen)
  useEffect(connect, [])
  useEffect(() => {
    // Fetched as soon as the start screen stands, so that opening a document does not wait either.
    const idle = requestIdleCallback(() => void loadEditor())
    return () => cancelIdleCallback(idle)
  }, [])
  return (
    <>
      <ErrorBoundary>
        <Suspense fallback={<main />}>{screen === 'home' ? <Home /> : <Editor />}</Suspense>
      </ErrorBoundary>
      <CommandPalette />
      <KeysDialog />
      <SettingsDialog />
      <UnsavedDialog />
      <TrainAllDialog />
      <DropTarget />
      {/* At the start the list of recent files is in the lower corner: what is said of a file must not cover it. */}
      <Notifications position={screen === 'home' ? 'top-right' : 'bottom-right'} containerWidth={380} limit={4} />
    </>
  )
}
