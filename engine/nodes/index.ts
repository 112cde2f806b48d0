import { averageOverTime } from './averageOverTime/averageOverTime'
import { classify } from './classify/classify'
import { dataset } from './dataset/dataset'
import type { AnyNodeDefinition } from './defineNode'
import { dense } from './dense/dense'
import { dropout } from './dropout/dropout'
import { embedding } from './embedding/embedding'
import { forecast } from './forecast/forecast'
import { gru } from './gru/gru'
import { lastStep } from './lastStep/lastStep'
import { lstm } from './lstm/lstm'
import { nextSymbol } from './nextSymbol/nextSymbol'
import { rnn } from './rnn/rnn'

/** Every node type by its key in files, in the order of the palette. */
export const nodeDefinitions: Readonly<Record<string, AnyNodeDefinition>> = {
  dataset,
  embedding,
  dense,
  dropout,
  rnn,
  lstm,
  gru,
  lastStep,
  averageOverTime,
  forecast,
  classify,
  nextSymbol,
}

/** The definition of a type named by a file; null when this version does not know it. */
export function definitionOf(type: string): AnyNodeDefinition | null {
  return Object.hasOwn(nodeDefinitions, type) ? (nodeDefinitions[type] ?? null) : null
}
