import { useState } from 'react'
import type { DataDefinition } from '../../engine/document/dataSchema'
import type { SettingValue } from '../../engine/nodes/validate'
import { SettingField } from '../inspector/SettingField'
import { useDocument } from '../state/document'
import { ClassifyColumns, ForecastColumns, PairsColumns, TagColumns } from './ColumnFields'
import styles from './DataSettings.module.css'
import { changeData } from './dataActs'
import { type DataField, dataFields } from './dataFields'
import { useData } from './readData'
import { SplitField } from './SplitField'

/** The form of the document's data set. Every change is an act, and the engine reads the data anew a moment later. */
export function DataSettings() {
  const data = useDocument((state) => state.document.data)
  const summary = useDocument((state) => state.summary)
  const problems = useDocument((state) => state.dataProblems)
  const status = useData((reading) => reading.status)
  const columns = useData((reading) => reading.columns)
  const [help, setHelp] = useState<string | null>(null)
  /** Problems that belong to no field of the form stand at its top. */
  const fields = dataFields(data)
  const general = problems.filter(
    ({ place }) => place.kind !== 'data' || !fields.some((field) => field.key === place.field),
  )
  return (
    <div className={styles.form} aria-busy={status === 'reading'}>
      {general.map((problem) => (
        <p key={problem.message} className={styles.problem} data-severity={problem.severity} role="alert">
          {problem.message}
        </p>
      ))}
      {data.kind === 'forecast' ? <ForecastColumns data={data} columns={columns} /> : null}
      {data.kind === 'classify' ? <ClassifyColumns data={data} columns={columns} /> : null}
      {data.kind === 'tag' ? <TagColumns data={data} columns={columns} /> : null}
      {data.kind === 'pairs' ? <PairsColumns data={data} columns={columns} /> : null}
      {fields.map((field) => (
        <Field key={field.key} field={field} data={data} onHelp={setHelp} />
      ))}
      <SplitField split={data.split} summary={summary} />
      <p className={styles.help}>
        {help ??
          'Every model of this document reads these data. The test part is looked at only once, when a training has ended.'}
      </p>
    </div>
  )
}

function Field({ field, data, onHelp }: { field: DataField; data: DataDefinition; onHelp: (help: string) => void }) {
  const problem = useDocument(
    (state) => state.dataProblems.find(({ place }) => place.kind === 'data' && place.field === field.key) ?? null,
  )
  return (
    <SettingField
      id={`data-${field.key}`}
      setting={field.setting}
      value={settingOf(data, field)}
      automatic={null}
      problem={problem}
      onHelp={onHelp}
      onChange={(value) => changeData(field.setting.label.toLowerCase(), changesFor(field.key, value))}
    />
  )
}

/** Another task is called otherwise: a title made for the one before would say what is no longer true. */
function changesFor(key: string, value: SettingValue): Record<string, unknown> {
  return key === 'generator' ? { [key]: value, title: undefined } : { [key]: value }
}

function settingOf(data: DataDefinition, { key, setting }: DataField): SettingValue {
  const value: unknown = Reflect.get(data, key) ?? setting.default
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null
}
