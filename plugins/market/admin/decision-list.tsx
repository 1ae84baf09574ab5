'use client'
import { useState } from 'react'
import { Choice } from '../../../src/admin/ui/choice.tsx'
import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import { formatCount } from '../../../src/domain/format-count.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { GOALS } from '../domain/advice.ts'
import { PROBLEMS, type Problem } from '../domain/decision.ts'
import type { Decision, DecisionsAnswer } from '../endpoints/api-schemas.ts'
import { DecisionRow } from './decision-row.tsx'
import { formatCarCount } from './describe-search.ts'
import { PROBLEM_LABELS } from './format.ts'
import { useChangeText } from './price-apply.tsx'
import type { PriceChange } from './use-price-change.ts'
import './cards.css'
import './decision-list.css'

const DEFAULT_LIMIT = 20
/** The maximum that the API returns. */
const MAX_LIMIT = 100

type Filter = Problem | 'all'
type Props = {
  version: number
  mayAct: boolean
  now: Date
  onChanged: () => void
}

/** The cars whose price needs a decision, most urgent first. Managers apply prices in place. */
export function DecisionList({ version, mayAct, now, onChanged }: Props) {
  const [filter, setFilter] = useState<Filter>('all')
  const [limit, setLimit] = useState(DEFAULT_LIMIT)
  const query = `limit=${limit}${filter === 'all' ? '' : `&problem=${filter}`}`
  const { value, problem } = useApi<DecisionsAnswer>(`/market/decisions?${query}`, version)
  return (
    <section aria-labelledby="market-decisions" className="decisions">
      <header className="jobs__section-head">
        <h2 id="market-decisions">{value ? describeTotal(value.total) : 'Cars to review'}</h2>
        {value && value.total > 0 && (
          <ProblemFilter
            counts={value.counts}
            filter={filter}
            onChoose={setFilter}
            total={value.total}
          />
        )}
      </header>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value ? (
        <Decisions answer={value} key={filter} mayAct={mayAct} now={now} onChanged={onChanged} />
      ) : (
        <p className="jobs__empty">
          {problem ? 'Nothing to show until the server responds.' : 'Loading…'}
        </p>
      )}
      {value && (
        <MoreDecisions
          count={filter === 'all' ? value.total : value.counts[filter]}
          limit={limit}
          onMore={() => setLimit(MAX_LIMIT)}
          shown={value.decisions.length}
        />
      )}
    </section>
  )
}

const describeTotal = (total: number): string =>
  total === 0 ? 'No cars to review' : `${formatCarCount(total)} to review`

type FilterProps = {
  counts: DecisionsAnswer['counts']
  filter: Filter
  total: number
  onChoose: (filter: Filter) => void
}

function ProblemFilter({ counts, filter, total, onChoose }: FilterProps) {
  const present = PROBLEMS.filter((problem) => counts[problem] > 0 || problem === filter)
  const options: (readonly [Filter, string])[] = present.map((problem) => [
    problem,
    `${PROBLEM_LABELS[problem]} ${formatInteger(counts[problem])}`,
  ])
  const all: readonly [Filter, string] = ['all', `All ${formatInteger(total)}`]
  return <Choice label="Problem" onChoose={onChoose} options={[all, ...options]} value={filter} />
}

type DecisionsProps = {
  answer: DecisionsAnswer
  mayAct: boolean
  now: Date
  onChanged: () => void
}

/** A decision that was made: the price that was changed, and where the car is in the list. */
type Made = {
  decision: Decision
  change: PriceChange
  index: number
}

/** The table. A car whose price was changed stays where it is, so that it can be undone. */
function Decisions({ answer, mayAct, now, onChanged }: DecisionsProps) {
  const [made, setMade] = useState<readonly Made[]>([])
  const [announcement, setAnnouncement] = useState('')
  const describeChange = useChangeText()
  const rows = insertMade(answer.decisions, made)
  const announce = (decision: Decision, change: PriceChange) =>
    setAnnouncement(`${decision.car.title}: ${describeChange(change)}`)
  const remember = (decision: Decision, change: PriceChange) => {
    const index = rows.findIndex(({ car }) => car.id === decision.car.id)
    setMade([...made, { decision, change, index }])
    announce(decision, change)
    onChanged()
  }
  const forget = (decision: Decision, change: PriceChange) => {
    setMade(made.filter((each) => each.decision.car.id !== decision.car.id))
    announce(decision, change)
    onChanged()
  }
  return (
    <>
      <p className="announcement" role="status">
        {announcement}
      </p>
      {rows.length === 0 ? (
        <p className="jobs__empty">
          {answer.total === 0
            ? 'No available car needs a decision.'
            : 'No car has this problem now.'}
        </p>
      ) : (
        <table aria-labelledby="market-decisions" className="decision-table market-cards">
          <DecisionHeads goal={GOALS[answer.goal]} mayAct={mayAct} />
          <tbody>
            {rows.map((decision) => (
              <DecisionRow
                change={made.find((each) => each.decision.car.id === decision.car.id)?.change}
                decision={decision}
                key={decision.car.id}
                mayAct={mayAct}
                now={now}
                onApplied={(change) => remember(decision, change)}
                onRefused={onChanged}
                onUndone={(change) => forget(decision, change)}
              />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** Puts the cars with changed prices back where they were, as they were. */
function insertMade(decisions: readonly Decision[], made: readonly Made[]): Decision[] {
  const ids = new Set(made.map(({ decision }) => decision.car.id))
  const rows = decisions.filter(({ car }) => !ids.has(car.id))
  for (const { decision, index } of made.toSorted((one, other) => one.index - other.index))
    rows.splice(index, 0, decision)
  return rows
}

function DecisionHeads({ goal, mayAct }: { goal: string; mayAct: boolean }) {
  return (
    <thead>
      <tr>
        <th scope="col">Car</th>
        <th scope="col">What is wrong</th>
        <th className="decision-table__figure" scope="col">
          Price
        </th>
        <th className={mayAct ? undefined : 'decision-table__figure'} scope="col">
          Suggested: {goal.toLowerCase()}
        </th>
      </tr>
    </thead>
  )
}

type MoreProps = {
  count: number
  shown: number
  limit: number
  onMore: () => void
}

function MoreDecisions({ count, shown, limit, onMore }: MoreProps) {
  const more = count - shown
  if (more <= 0) return null
  return (
    <p className="market-more jobs__empty">
      {formatCount(more, 'more car')}.{' '}
      {limit < MAX_LIMIT && (
        <button className="jobs__button" onClick={onMore} type="button">
          {count > MAX_LIMIT ? `Show ${MAX_LIMIT}` : `Show all ${count}`}
        </button>
      )}
    </p>
  )
}
