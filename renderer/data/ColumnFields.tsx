import { MultiSelect, Select } from '@mantine/core'
import type { ColumnSummary } from '../../engine/data/prepared'
import type { ClassifyData, ForecastData, PairsData, TagData } from '../../engine/document/dataSchema'
import { leaveField } from '../inspector/settingsEditing'
import { changeData } from './dataActs'

/** Names to choose from: the columns of the table that fit, and what is chosen already even if the table lacks it. */
function choices(
  columns: readonly ColumnSummary[],
  fits: (column: ColumnSummary) => boolean,
  chosen: readonly string[],
) {
  return [...new Set([...columns.filter(fits).map((column) => column.name), ...chosen])].filter((name) => name !== '')
}

/** What the model sees and what it foretells. */
export function ForecastColumns({ data, columns }: { data: ForecastData; columns: readonly ColumnSummary[] }) {
  const isNumber = (column: ColumnSummary) => column.kind === 'number'
  return (
    <>
      <MultiSelect
        id="data-inputs"
        label="Columns the model sees"
        data={choices(columns, isNumber, data.inputs)}
        value={data.inputs}
        placeholder={data.inputs.length === 0 ? 'Choose at least one' : ''}
        onChange={(inputs) => {
          changeData('columns the model sees', { inputs })
          leaveField()
        }}
      />
      <MultiSelect
        id="data-targets"
        label="Columns to foretell"
        data={choices(columns, isNumber, data.targets)}
        value={data.targets}
        placeholder={data.targets.length === 0 ? 'Choose at least one' : ''}
        onChange={(targets) => {
          changeData('columns to foretell', { targets })
          leaveField()
        }}
      />
    </>
  )
}

/** Which column holds the text and which its label. */
export function ClassifyColumns({ data, columns }: { data: ClassifyData; columns: readonly ColumnSummary[] }) {
  const any = () => true
  return (
    <>
      <Select
        id="data-text"
        label="Column with the text"
        data={choices(columns, any, [data.text])}
        value={data.text}
        onChange={(text) => {
          if (text !== null) changeData('column with the text', { text })
          leaveField()
        }}
      />
      <Select
        id="data-label"
        label="Column with the label"
        data={choices(columns, any, [data.label])}
        value={data.label}
        onChange={(label) => {
          if (label !== null) changeData('column with the label', { label })
          leaveField()
        }}
      />
    </>
  )
}

/** Which column holds the words and which their tags. */
export function TagColumns({ data, columns }: { data: TagData; columns: readonly ColumnSummary[] }) {
  const any = () => true
  return (
    <>
      <Select
        id="data-tokens"
        label="Column with the words"
        data={choices(columns, any, [data.tokens])}
        value={data.tokens}
        onChange={(tokens) => {
          if (tokens !== null) changeData('column with the words', { tokens })
          leaveField()
        }}
      />
      <Select
        id="data-tags"
        label="Column with the tags"
        data={choices(columns, any, [data.tags])}
        value={data.tags}
        onChange={(tags) => {
          if (tags !== null) changeData('column with the tags', { tags })
          leaveField()
        }}
      />
    </>
  )
}

/** Which column is read, and which one is to be said. */
export function PairsColumns({ data, columns }: { data: PairsData; columns: readonly ColumnSummary[] }) {
  const any = () => true
  return (
    <>
      <Select
        id="data-from"
        label="Column to read"
        data={choices(columns, any, [data.from])}
        value={data.from}
        onChange={(from) => {
          if (from !== null) changeData('column to read', { from })
          leaveField()
        }}
      />
      <Select
        id="data-to"
        label="Column with the answers"
        data={choices(columns, any, [data.to])}
        value={data.to}
        onChange={(to) => {
          if (to !== null) changeData('column with the answers', { to })
          leaveField()
        }}
      />
    </>
  )
}
