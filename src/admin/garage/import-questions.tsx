'use client'
import { CONFIRM_LABEL } from '../../garage/domain/odometer-message.ts'
import { DISTANCE_UNITS, LIQUID_UNITS, UNIT_NAMES } from '../../garage/domain/units.ts'
import { useApi } from '../ui/use-api.ts'
import type { ImportResult } from './import-result.ts'

/** What a person answered: options, columns by what they contain, and categories by their text. */
export type Answers = {
  options: Readonly<Record<string, string>>
  mapping: Readonly<Record<string, string>>
  categories: Readonly<Record<string, string | null>>
}

export const NO_ANSWERS: Answers = { options: {}, mapping: {}, categories: {} }

const SKIP = 'skip'
const MAPPING = 'mapping.'
const MAX_WORDS = 30

/** The options of a request with these answers. */
export function buildQuery({ options, mapping, categories }: Answers, dryRun: boolean): string {
  const query = new URLSearchParams({ ...options, dryRun: String(dryRun) })
  if (Object.keys(mapping).length > 0) query.set('mapping', JSON.stringify(mapping))
  if (Object.keys(categories).length > 0) query.set('categories', JSON.stringify(categories))
  return query.toString()
}

type Props = {
  result: ImportResult
  answers: Answers
  disabled: boolean
  onAnswer: (answers: Answers) => void
}

/** What a person has to choose, and the units that they can correct. */
export function ImportQuestions({ result, answers, disabled, onAnswer }: Props) {
  const setOption = (option: string, value: string) =>
    onAnswer(
      option.startsWith(MAPPING)
        ? {
            ...answers,
            mapping: { ...answers.mapping, [option.slice(MAPPING.length)]: value },
          }
        : { ...answers, options: { ...answers.options, [option]: value } },
    )
  const isOwn = result.detected.format === 'forecourt'
  const isConfirmed = answers.options['confirmOdometer'] === 'true'
  return (
    <fieldset className="history-transfer__questions" disabled={disabled}>
      <legend>How the file is read</legend>
      {result.questions.map(({ choices, option, question }) => (
        <Question
          choices={choices}
          key={option}
          label={question}
          onChoose={(value) => setOption(option, value)}
          value=""
        />
      ))}
      {!isOwn && <UnitQuestions result={result} setOption={setOption} />}
      <WordQuestions answers={answers} onAnswer={onAnswer} words={result.unknownWords} />
      <label className="history-transfer__check">
        <input
          checked={isConfirmed}
          onChange={(event) => setOption('confirmOdometer', String(event.target.checked))}
          type="checkbox"
        />
        <span>{CONFIRM_LABEL}, for every row of the file</span>
      </label>
    </fieldset>
  )
}

type UnitProps = { result: ImportResult; setOption: (option: string, value: string) => void }

function UnitQuestions({ result: { detected }, setOption }: UnitProps) {
  const units = [
    ['distanceUnit', 'Distances', DISTANCE_UNITS, detected.distanceUnit.value],
    ['volumeUnit', 'Fuel', LIQUID_UNITS, detected.volumeUnit.value],
  ] as const
  return units.map(([option, label, choices, value]) => (
    <Question
      choices={choices.map((unit) => ({ value: unit, label: UNIT_NAMES[unit] }))}
      key={option}
      label={label}
      onChoose={(chosen) => setOption(option, chosen)}
      value={value ?? ''}
    />
  ))
}

type WordProps = {
  words: readonly string[]
  answers: Answers
  onAnswer: (answers: Answers) => void
}

/** The texts that the catalog of maintenance does not have, each with a category to choose. */
function WordQuestions({ words, answers, onAnswer }: WordProps) {
  const { value } = useApi<{ categories: { category: string }[] }>('/maintenance/subtypes', 0)
  const choices = [
    ...(value?.categories ?? []).map(({ category }) => ({ value: category, label: category })),
    { value: SKIP, label: 'Skip' },
  ]
  const open = [...new Set([...Object.keys(answers.categories), ...words])].slice(0, MAX_WORDS)
  return open.map((word) => {
    const chosen = answers.categories[word]
    return (
      <Question
        choices={choices}
        key={word}
        label={word === '' ? 'Category of rows without a text' : `Category of “${word}”`}
        onChoose={(category) =>
          onAnswer({
            ...answers,
            categories: { ...answers.categories, [word]: category === SKIP ? null : category },
          })
        }
        value={chosen === null ? SKIP : (chosen ?? '')}
      />
    )
  })
}

type QuestionProps = {
  label: string
  choices: readonly { value: string; label: string }[]
  value: string
  onChoose: (value: string) => void
}

function Question({ label, choices, value, onChoose }: QuestionProps) {
  return (
    <label className="history-transfer__question">
      <span>{label}</span>
      <select onChange={(event) => onChoose(event.target.value)} value={value}>
        {value === '' && <option value="">Choose</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  )
}
