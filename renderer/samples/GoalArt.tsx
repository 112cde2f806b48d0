import type { JSX } from 'react'
import { CompareArt } from './art/CompareArt'
import { CrossingArt } from './art/CrossingArt'
import { ForecastArt } from './art/ForecastArt'
import { LabelArt } from './art/LabelArt'
import { MemoryArt } from './art/MemoryArt'
import { NextSymbolArt } from './art/NextSymbolArt'
import { TagArt } from './art/TagArt'
import { TranslateArt } from './art/TranslateArt'
import { WiresArt } from './art/WiresArt'

/** A picture for each goal, by the word that its name always has. */
const PICTURES: readonly { word: string; Art: () => JSX.Element }[] = [
  { word: 'forecast', Art: ForecastArt },
  { word: 'next', Art: NextSymbolArt },
  { word: 'label', Art: LabelArt },
  { word: 'tag', Art: TagArt },
  { word: 'translate', Art: TranslateArt },
  { word: 'understand', Art: MemoryArt },
  { word: 'compare them', Art: CrossingArt },
  { word: 'compare', Art: CompareArt },
]

export function GoalArt({ goal }: { goal: string }) {
  const lower = goal.toLowerCase()
  const Art = PICTURES.find(({ word }) => lower.includes(word))?.Art ?? WiresArt
  return <Art />
}
