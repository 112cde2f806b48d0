import { ActionIcon, Tabs, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { GatesTab } from '../charts/GatesTab'
import { LossTab } from '../charts/LossTab'
import { Overview } from '../charts/Overview'
import { CompareTab } from '../compare/CompareTab'
import { PlanTab } from '../plan/PlanTab'
import { ProblemsPanel } from '../problems/ProblemsPanel'
import { useRunHistory } from '../run/history'
import { useApp } from '../state/app'
import { DOCK_TABS, type DockTab } from '../state/appLayout'
import { useDocument } from '../state/document'
import styles from './Dock.module.css'
import { useProblemCount } from './useProblemCount'

const TITLES: Readonly<Record<DockTab, string>> = {
  overview: 'Overview',
  loss: 'Loss',
  gates: 'Gates',
  compare: 'Compare',
  plan: 'Plan',
  problems: 'Problems',
}

function isDockTab(value: string | null): value is DockTab {
  return DOCK_TABS.some((tab) => tab === value)
}

/** Which run the charts show, where there is more than one to mistake it for. */
function ShownRun() {
  const runs = useRunHistory((history) => history.runs)
  const shown = useRunHistory((history) => history.runs.find((run) => run.run === history.shown))
  const several = useDocument((state) => state.document.models.length > 1)
  if (!shown || (!several && runs.length < 2)) return null
  return (
    <span className={styles.shown}>
      Run {shown.number}, {shown.modelName}
    </span>
  )
}

/** Charts and problems below the canvas. Only the open tab is mounted: a chart that nobody sees costs nothing. */
export function Dock() {
  const tab = useApp((state) => state.dock)
  const open = useApp((state) => state.dockOpen)
  const showDock = useApp((state) => state.showDock)
  const toggle = useApp((state) => state.toggleDock)
  const problems = useProblemCount()
  return (
    <Tabs
      value={tab}
      onChange={(value) => {
        if (isDockTab(value)) showDock(value)
      }}
      keepMounted={false}
      className={styles.dock ?? ''}
      classNames={{ list: styles.list ?? '', tab: styles.tab ?? '', panel: styles.panel ?? '' }}
    >
      <div className={styles.head}>
        <Tabs.List aria-label="Charts and problems">
          {DOCK_TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {TITLES[name]}
              {name === 'problems' && problems > 0 ? <span className={styles.count}>{problems}</span> : null}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <ShownRun />
        <Tooltip label={open ? 'Close the charts' : 'Open the charts'}>
          <ActionIcon
            className={styles.toggle ?? ''}
            aria-label={open ? 'Close the charts' : 'Open the charts'}
            aria-expanded={open}
            size={28}
            onClick={toggle}
          >
            {open ? <IconChevronDown size={16} stroke={1.75} /> : <IconChevronUp size={16} stroke={1.75} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {open ? (
        <>
          <Tabs.Panel value="overview">
            <Overview />
          </Tabs.Panel>
          <Tabs.Panel value="loss">
            <LossTab />
          </Tabs.Panel>
          <Tabs.Panel value="gates">
            <GatesTab />
          </Tabs.Panel>
          <Tabs.Panel value="compare">
            <CompareTab />
          </Tabs.Panel>
          <Tabs.Panel value="plan">
            <PlanTab />
          </Tabs.Panel>
          <Tabs.Panel value="problems">
            <ProblemsPanel />
          </Tabs.Panel>
        </>
      ) : null}
    </Tabs>
  )
}
