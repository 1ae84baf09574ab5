import { capitalized, momentWords } from '../../../src/admin/jobs/words.ts'
import type { ReadingAnswer } from './answers.ts'
import { changesWords, sawWords } from './words.ts'

const STATES: Readonly<Record<ReadingAnswer['state'], readonly [words: string, colour: string]>> = {
  fetching: ['Under way', 'discarded'],
  applied: ['Believed', 'healthy'],
  failed: ['Failed', 'failing'],
  quarantined: ['In quarantine', 'quarantined'],
  discarded: ['Discarded', 'never'],
}

/** The latest readings of a competitor: when, what became of each, and what it changed. */
export function ReadingsTable({ readings, now }: { readings: readonly ReadingAnswer[]; now: Date }) {
  if (readings.length === 0)
    return <p className="jobs__empty">Their site was never read. Each reading is told here, the last 20 of them.</p>
  return (
    <table className="watch-table">
      <caption className="watch__heard">The latest readings</caption>
      <thead>
        <tr>
          <th scope="col">Began</th>
          <th scope="col">Became</th>
          <th scope="col">Saw</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {readings.map((reading) => (
          <tr key={reading.id}>
            <th scope="row">{momentWords(reading.startedAt, now)}</th>
            <td data-label="Became">
              <StatePill state={reading.state} />
            </td>
            <td data-label="Saw">{capitalized(sawWords(reading))}</td>
            <td data-label="Changed">{reading.error ?? capitalized(changesWords(reading.changes) ?? '–')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function StatePill({ state }: Pick<ReadingAnswer, 'state'>) {
  const [words, colour] = STATES[state]
  return <span className={`status-pill health-badge--${colour}`}>{words}</span>
}
