'use client'
import { toast } from '@payloadcms/ui'
import type { ReviewAnswer } from '../../review/endpoints/review.ts'
import type { SendStep } from './use-review.ts'

type Props = {
  assignee: ReviewAnswer['assignee']
  people: ReviewAnswer['reviewers']
  send: SendStep
}

/** Chooses who reviews a submission; saved at once. */
export function AssigneeSelect({ assignee, people, send }: Props) {
  const assign = async (id: string) => {
    const problem = await send('assign', { assignee: id === '' ? null : id })
    if (problem !== null) toast.error(problem)
  }
  const isListed = assignee === null || people.some(({ id }) => id === assignee.id)
  const options = isListed ? people : [assignee, ...people]
  return (
    <select
      aria-label="Assigned to"
      className="review__select"
      onChange={({ target }) => void assign(target.value)}
      value={assignee?.id ?? ''}
    >
      <option value="">Nobody</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
