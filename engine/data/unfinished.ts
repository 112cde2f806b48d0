import type { DataSummary, PreparedData } from './prepared'

/** Prepared data before the fingerprint is taken and the warnings are put in; what each kind of data gives. */
export type UnfinishedData = Omit<PreparedData, 'summary' | 'warnings'> & { summary: Omit<DataSummary, 'fingerprint'> }

/** Seed of everything random about data. Training seeds do not touch it, so that two seeds of training see the same examples. */
export const DATA_SEED = 1997
