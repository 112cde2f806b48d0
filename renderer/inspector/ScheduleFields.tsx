import type { LearningRateSchedule } from '../../engine/document/trainingSchema'
import type {
  ChoiceSetting,
  FractionSetting,
  IntegerSetting,
  NumberSetting,
  Setting,
} from '../../engine/nodes/settings'
import type { SettingValue } from '../../engine/nodes/validate'
import { useDocument } from '../state/document'
import { SettingField } from './SettingField'
import { changeTraining, fieldId } from './settingsEditing'

type Kind = LearningRateSchedule['kind']

/** What a schedule begins with when it is chosen. */
const standard: { readonly [K in Kind]: Extract<LearningRateSchedule, { kind: K }> } = {
  constant: { kind: 'constant' },
  step: { kind: 'step', everyEpochs: 10, factor: 0.5 },
  exponential: { kind: 'exponential', factor: 0.95 },
  cosine: { kind: 'cosine', warmup: 0.1 },
  oneCycle: { kind: 'oneCycle' },
  plateau: { kind: 'plateau', factor: 0.5, patience: 3, threshold: 0.0001, minimum: 0 },
}

const kinds: ChoiceSetting<Kind> = {
  kind: 'choice',
  label: 'Learning rate over time',
  help: 'Long steps at first find the way, short steps at the end find the spot. The schedule starts from the learning rate above.',
  options: [
    { value: 'constant', label: 'Stays the same' },
    { value: 'step', label: 'Falls in steps', help: 'Gets smaller after every few epochs' },
    { value: 'exponential', label: 'Falls after every epoch', help: 'Gets smaller by the same part each time' },
    {
      value: 'cosine',
      label: 'Warm-up, then a smooth fall (cosine)',
      help: 'Starts gently, ends near 0; usual for Transformers',
    },
    {
      value: 'oneCycle',
      label: 'Up and down once (one-cycle)',
      help: 'The learning rate is the peak, after 30 % of the run; good for short runs',
    },
    {
      value: 'plateau',
      label: 'Falls when learning stalls (plateau)',
      help: 'Gets smaller whenever the validation loss has stopped falling',
    },
  ],
  default: 'constant',
}

const everyEpochs: IntegerSetting = {
  kind: 'integer',
  label: 'Epochs between steps',
  help: 'After so many epochs the learning rate falls.',
  minimum: 1,
  maximum: 100_000,
  default: standard.step.everyEpochs,
}

const warmup: FractionSetting = {
  kind: 'fraction',
  label: 'Warm-up',
  help: 'The part of the run in which the learning rate rises. Large models start more safely with some.',
  maximum: 0.5,
  default: standard.cosine.warmup,
}

const patience: IntegerSetting = {
  kind: 'integer',
  label: 'Epochs to wait',
  help: 'So many epochs may pass without a better validation loss before the learning rate falls.',
  minimum: 0,
  maximum: 100_000,
  default: standard.plateau.patience,
}

const threshold: NumberSetting = {
  kind: 'number',
  label: 'Counts as better from',
  help: 'The validation loss must fall by this share of itself to count as better: 0.01 is one per cent.',
  minimum: 0,
  maximum: 1,
  step: 0.0001,
  default: standard.plateau.threshold,
}

const minimum: NumberSetting = {
  kind: 'number',
  label: 'Smallest learning rate',
  help: 'The learning rate never falls below this.',
  minimum: 0,
  maximum: 100,
  step: 0.0001,
  default: standard.plateau.minimum,
}

function factor(start: number): NumberSetting {
  return {
    kind: 'number',
    label: 'Multiply by',
    help: 'What the learning rate is multiplied by each time: 0.5 halves it, 1 leaves it as it is.',
    minimum: 0.01,
    maximum: 1,
    step: 0.01,
    default: start,
  }
}

/** How the learning rate changes while a model trains, and the numbers that the chosen way needs. */
export function ScheduleFields({ onHelp }: { onHelp: (help: string) => void }) {
  const schedule = useDocument((state) => state.document.training.schedule) ?? standard.constant
  const field = (
    key: string,
    setting: Setting,
    value: SettingValue,
    change: (next: SettingValue) => LearningRateSchedule | null,
  ) => (
    <SettingField
      id={fieldId.training(key)}
      setting={setting}
      value={value}
      automatic={null}
      problem={null}
      onHelp={onHelp}
      onChange={(next) => {
        const changed = change(next)
        if (changed) changeTraining(setting.label, { schedule: changed })
      }}
    />
  )
  return (
    <>
      {field('schedule', kinds, schedule.kind, (next) => {
        const chosen = kinds.options.find(({ value }) => value === next)
        return chosen ? standard[chosen.value] : null
      })}
      {schedule.kind === 'step' &&
        field('everyEpochs', everyEpochs, schedule.everyEpochs, (next) =>
          typeof next === 'number' ? { ...schedule, everyEpochs: next } : null,
        )}
      {(schedule.kind === 'step' || schedule.kind === 'exponential' || schedule.kind === 'plateau') &&
        field('factor', factor(standard[schedule.kind].factor), schedule.factor, (next) =>
          typeof next === 'number' ? { ...schedule, factor: next } : null,
        )}
      {schedule.kind === 'plateau' && (
        <>
          {field('patience', patience, schedule.patience, (next) =>
            typeof next === 'number' ? { ...schedule, patience: next } : null,
          )}
          {field('threshold', threshold, schedule.threshold, (next) =>
            typeof next === 'number' ? { ...schedule, threshold: next } : null,
          )}
          {field('minimum', minimum, schedule.minimum, (next) =>
            typeof next === 'number' ? { ...schedule, minimum: next } : null,
          )}
        </>
      )}
      {schedule.kind === 'cosine' &&
        field('warmup', warmup, schedule.warmup, (next) =>
          typeof next === 'number' ? { ...schedule, warmup: next } : null,
        )}
    </>
  )
}
