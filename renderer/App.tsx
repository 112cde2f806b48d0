import { type ComponentType, useEffect, useState } from 'react'
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
import { Messages } from './shell/Messages'
import { tellHistory } from './shell/tellHistory'
import { UnsavedDialog } from './shell/UnsavedDialog'
import { rememberLayout, useApp } from './state/app'
import { keepSelectionValid } from './state/keepSelection'
import { hearEngine } from './state/run'

/**
 * The canvas and the charts are a file of their own: the start screen does not wait for them. It is fetched as soon as that stands, so
 * that opening a document does not wait either. Kept by hand: what suspends is shown up to 300 ms later than it could be.
 */
function EditorScreen({ wanted }: { wanted: boolean }) {
  const [Editor, setEditor] = useState<ComponentType | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  useEffect(() => {
    const fetch = (): void => {
      import('./shell/Editor').then((file) => setEditor(() => file.Editor), setFailure)
    }
    if (wanted) {
      fetch()
      return
    }
    const idle = requestIdleCallback(fetch)
    return () => cancelIdleCallback(idle)
  }, [wanted])
  if (!wanted) return null
  if (failure !== null) throw failure
  return Editor ? <Editor /> : <main />
}

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
  return (
    <>
      <ErrorBoundary>
        {screen === 'home' ? <Home /> : null}
        <EditorScreen wanted={screen !== 'home'} />
      </ErrorBoundary>
      <CommandPalette />
      <KeysDialog />
      <SettingsDialog />
      <UnsavedDialog />
      <TrainAllDialog />
      <DropTarget />
      <Messages />
    </>
  )
}
