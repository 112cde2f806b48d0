import type { ColumnSummary, DataSummary, PreparedData } from './prepared'

/** The summary before the whole is known. */
export type UnfinishedSummary = Omit<DataSummary, 'fingerprint' | 'targetCounts' | 'columns' | 'preview'>

/** Prepared data before the fingerprint is taken and the warnings are put in; what each kind of data gives. */
export type UnfinishedData = Omit<PreparedData, 'summary' | 'warnings'> & {
  summary: UnfinishedSummary
  /** Of the table that was read; absent when the data are no table. */
  columns?: ColumnSummary[]
}

/** Seed of everything random about data. Training seeds do not touch it, so that two seeds of training see the same examples. */
export const DATA_SEED = 1997
