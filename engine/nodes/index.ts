import { activation } from './activation/activation'
import { add } from './add/add'
import { attentionPooling } from './attentionPooling/attentionPooling'
import { averageOverTime } from './averageOverTime/averageOverTime'
import { bidirectional } from './bidirectional/bidirectional'
import { classify } from './classify/classify'
import { concat } from './concat/concat'
import { convolution } from './convolution/convolution'
import { crossAttention } from './crossAttention/crossAttention'
import { dataset } from './dataset/dataset'
import { decoder } from './decoder/decoder'
import type { AnyNodeDefinition } from './defineNode'
import { dense } from './dense/dense'
import { dropout } from './dropout/dropout'
import { embedding } from './embedding/embedding'
import { forecast } from './forecast/forecast'
import { gru } from './gru/gru'
import { lastStep } from './lastStep/lastStep'
import { layerNorm } from './layerNorm/layerNorm'
import { lstm } from './lstm/lstm'
import { maxOverTime } from './maxOverTime/maxOverTime'
import { minimalMemory } from './minimalMemory/minimalMemory'
import { multiply } from './multiply/multiply'
import { nextSymbol } from './nextSymbol/nextSymbol'
import { positionalEncoding } from './positionalEncoding/positionalEncoding'
import { repeatOverTime } from './repeatOverTime/repeatOverTime'
import { reroute } from './reroute/reroute'
import { reverse } from './reverse/reverse'
import { rnn } from './rnn/rnn'
import { selfAttention } from './selfAttention/selfAttention'
import { stack } from './stack/stack'
import { stateSpace } from './stateSpace/stateSpace'
import { tagSteps } from './tagSteps/tagSteps'
import { transformerBlock } from './transformerBlock/transformerBlock'

/** Every node type by its key in files, in the order of the palette. */
export const nodeDefinitions: Readonly<Record<string, AnyNodeDefinition>> = {
  dataset,
  embedding,
  positionalEncoding,
  dense,
  activation,
  convolution,
  layerNorm,
  dropout,
  rnn,
  lstm,
  gru,
  minimalMemory,
  stateSpace,
  bidirectional,
  stack,
  selfAttention,
  transformerBlock,
  crossAttention,
  attentionPooling,
  lastStep,
  averageOverTime,
  maxOverTime,
  repeatOverTime,
  reverse,
  add,
  multiply,
  concat,
  reroute,
  forecast,
  classify,
  nextSymbol,
  tagSteps,
  decoder,
}

/** The definition of a type named by a file; null when this version does not know it. */
export function definitionOf(type: string): AnyNodeDefinition | null {
  return Object.hasOwn(nodeDefinitions, type) ? (nodeDefinitions[type] ?? null) : null
}
