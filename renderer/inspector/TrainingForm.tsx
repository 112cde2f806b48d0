import { memo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { optimizerChoice, standardWeightDecay } from '../../engine/document/training'
import { type TrainingSettings, trainingSchema } from '../../engine/document/trainingSchema'
import { activeAnalysisOf, useDocument } from '../state/document'
import { FieldRow } from './FieldRow'
import styles from './Inspector.module.css'
import { NumberField } from './NumberField'
import { ScheduleFields } from './ScheduleFields'
import { SettingField } from './SettingField'
import { changeTraining, fieldId } from './settingsEditing'
import { trainingFields as fields, type TrainingField } from './trainingFields'
import { UseNow } from './UseNow'

/** How the models of the document are trained. */
export const TrainingForm = memo(function TrainingForm() {
  const training = useDocument((state) => state.document.training)
  const isText = useDocument((state) => state.document.data.kind === 'nextSymbol')
  const problems = useDocument(
    useShallow((state) => activeAnalysisOf(state).problems.filter(({ place }) => place.kind === 'training')),
  )
  const [help, setHelp] = useState<string | null>(null)
  const problem = (field: string) =>
    problems.find(({ place }) => place.kind === 'training' && place.field === field) ?? null
  const field = (key: TrainingField) => (
    <SettingField
      key={key}
      id={fieldId.training(key)}
      setting={fields[key]}
      value={training[key] ?? fields[key].default}
      automatic={null}
      problem={problem(key)}
      onHelp={setHelp}
      onChange={(value) => changeTraining(fields[key].label, change(key, value))}
    />
  )
  return (
    <div className={styles.form}>
      {field('epochs')}
      {field('stopAfter')}
      {field('batchSize')}
      {field('gather')}
      {isText && field('carry')}
      <NumberRow
        field="learningRate"
        label="Learning rate"
        help="How far the weights move at each step. Too much and the loss jumps or becomes useless; too little and nothing happens."
        minimum={0.000001}
        maximum={100}
        standard={0.003}
        onHelp={setHelp}
      />
      <UseNow />
      <ScheduleFields onHelp={setHelp} />
      {field('optimizer')}
      {training.optimizer === 'sgd' && (
        <NumberRow
          field="momentum"
          label="Momentum"
          help="How much of the last move is kept, like a ball that rolls on: small bumps no longer stop it. 0.9 is usual; 0 switches it off."
          minimum={0}
          maximum={0.999}
          standard={0}
          onHelp={setHelp}
        />
      )}
      {optimizerChoice(training).momentum > 0 && field('nesterov')}
      <NumberRow
        field="weightDecay"
        label="Weight decay"
        help="Pulls all weights a little towards 0 at each step, so that the model does not learn examples by heart. 0 switches it off."
        minimum={0}
        maximum={10}
        standard={standardWeightDecay(training.optimizer)}
        onHelp={setHelp}
      />
      <NumberRow
        field="clipNorm"
        label="Largest gradient"
        help="A gradient longer than this is shortened, so that one odd batch cannot throw the model off. 0 switches it off."
        minimum={0}
        maximum={1_000_000}
        standard={1}
        onHelp={setHelp}
      />
      <NumberRow
        field="clipValue"
        label="Largest number in a gradient"
        help="Every single number of the gradient is cut to at most this size. Rarely needed beside Largest gradient. 0 switches it off."
        minimum={0}
        maximum={1_000_000}
        standard={0}
        onHelp={setHelp}
      />
      {field('seed')}
      <p className={styles.help}>
        {help ?? 'Training settings hold for every model of this document, so that they compare fairly.'}
      </p>
    </div>
  )
})

/** The setting as the document holds it: the form's values are checked by their kind already. */
function change(field: TrainingField, value: unknown): Partial<TrainingSettings> {
  if (field === 'optimizer') return { optimizer: trainingSchema.shape.optimizer.parse(value) }
  if (field === 'nesterov' || field === 'carry') return { [field]: value === true }
  return typeof value === 'number' ? { [field]: value } : {}
}

function NumberRow(props: {
  field: 'learningRate' | 'clipNorm' | 'clipValue' | 'momentum' | 'weightDecay'
  label: string
  help: string
  minimum: number
  maximum: number
  standard: number
  onHelp: (help: string) => void
}) {
  const { field, label, help, minimum, maximum, standard, onHelp } = props
  const value = useDocument((state) => state.document.training[field] ?? standard)
  const [error, setError] = useState<string | null>(null)
  const id = fieldId.training(field)
  const reset = { label: `Reset to ${standard}`, run: () => changeTraining(label, { [field]: standard }) }
  return (
    <FieldRow
      id={id}
      label={label}
      note={minimum === 0 && value === 0 ? 'off' : ''}
      help={help}
      reset={value === standard ? null : reset}
      error={error}
      problem={null}
      onHelp={onHelp}
    >
      <NumberField
        id={id}
        value={value}
        minimum={minimum}
        maximum={maximum}
        step={stepFor(value)}
        integer={false}
        unit=""
        placeholder=""
        mayBeEmpty={false}
        invalid={error !== null}
        onError={setError}
        onChange={(next) => changeTraining(label, { [field]: next ?? standard })}
      />
    </FieldRow>
  )
}

/** One in the leading digit: 0.003 steps to 0.004, 1 to 2. */
function stepFor(value: number): number {
  return value <= 0 ? 0.1 : Number((10 ** Math.floor(Math.log10(value))).toPrecision(1))
}
