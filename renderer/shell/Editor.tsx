import { assertNever } from '../../engine/base/invariant'
import { Canvas } from '../canvas/Canvas'
import { ChooseData } from '../data/ChooseData'
import { DataPanel } from '../data/DataPanel'
import { Inspector } from '../inspector/Inspector'
import { useFocusWishes } from '../inspector/useFocusWishes'
import { NodesPanel } from '../nodes/NodesPanel'
import { OutlinePanel } from '../outline/OutlinePanel'
import { RunNotice } from '../run/RunNotice'
import { RunsPanel } from '../run/RunsPanel'
import { SamplesPanel } from '../samples/SamplesPanel'
import { useApp } from '../state/app'
import type { RailPanel } from '../state/appLayout'
import { VersionsPanel } from '../versions/VersionsPanel'
import { Dock } from './Dock'
import styles from './Editor.module.css'
import { Rail } from './Rail'
import { ResizeHandle } from './ResizeHandle'
import { TopBar } from './TopBar'
import { useProblemJump } from './useProblemJump'

/** The working screen: panels around the canvas, charts below. */
export function Editor() {
  const rail = useApp((state) => state.rail)
  const sizes = useApp((state) => state.sizes)
  const inspectorOpen = useApp((state) => state.inspectorOpen)
  const dockOpen = useApp((state) => state.dockOpen)
  useProblemJump()
  useFocusWishes()
  return (
    <div className={styles.editor}>
      <TopBar />
      <div className={styles.middle}>
        <Rail />
        {rail ? (
          <aside className={styles.panel} data-edge="right" style={{ width: sizes.left }} aria-label="Panel">
            <Panel panel={rail} />
            <ResizeHandle panel="left" label="Width of the panel" />
          </aside>
        ) : null}
        <main className={styles.canvas}>
          <Canvas />
          <div className={styles.notice}>
            <RunNotice />
          </div>
        </main>
        {inspectorOpen ? (
          <aside className={styles.panel} data-edge="left" style={{ width: sizes.right }} aria-label="Inspector">
            <ResizeHandle panel="right" label="Width of the inspector" />
            <Inspector />
          </aside>
        ) : null}
      </div>
      <section className={styles.dock} style={{ height: dockOpen ? sizes.dock : undefined }} aria-label="Charts">
        {dockOpen ? <ResizeHandle panel="dock" label="Height of the charts" /> : null}
        <Dock />
      </section>
      <ChooseData />
    </div>
  )
}

function Panel({ panel }: { panel: RailPanel }) {
  switch (panel) {
    case 'nodes':
      return (
        <>
          <h2 className="visuallyHidden">Nodes</h2>
          <NodesPanel />
        </>
      )
    case 'data':
      return <DataPanel />
    case 'samples':
      return <SamplesPanel />
    case 'runs':
      return <RunsPanel />
    case 'outline':
      return (
        <>
          <h2 className="visuallyHidden">Outline</h2>
          <OutlinePanel />
        </>
      )
    case 'versions':
      return <VersionsPanel />
    default:
      return assertNever(panel)
  }
}
