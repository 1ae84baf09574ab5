import type { BeforeListTableServerProps, PayloadRequest, Where } from 'payload'
import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../submissions/domain/status.ts'
import { createViewerRequest } from '../cells/viewer-request.ts'
import { buildListLink } from '../dashboard/tile.tsx'
import { formatInteger } from '../ui/format-figures.ts'
import './stage-filters.css'

const STATUSES = Object.keys(SUBMISSION_STATUSES) as SubmissionStatus[]

type Props = Pick<BeforeListTableServerProps, 'payload' | 'user'>

/** Above the list of submissions: how many are in each stage, and how many the viewer reviews. */
export async function StageFilters({ payload, user }: Props) {
  const req = await createViewerRequest(payload)
  const { routes } = payload.config
  const stages: [string, Where][] = STATUSES.map((status) => [
    SUBMISSION_STATUSES[status],
    { and: [{ submissionStatus: { equals: status } }] },
  ])
  const mine: [string, Where] = ['Assigned to me', { and: [{ assignee: { equals: user?.id } }] }]
  const filters = [...stages, ...(user ? [mine] : [])]
  const counts = await Promise.all(filters.map(([, where]) => countSubmissions(req, where)))
  return (
    <nav aria-label="Submissions by stage" className="stage-filters">
      <a href={`${routes.admin}/collections/pending-submissions`}>All</a>
      {filters.map(([label, where], index) => (
        <a href={buildListLink(routes, where, 'pending-submissions')} key={label}>
          {label} <span>{formatInteger(counts[index] ?? 0)}</span>
        </a>
      ))}
    </nav>
  )
}

async function countSubmissions(req: PayloadRequest, where: Where): Promise<number> {
  const { totalDocs } = await req.payload.count({
    collection: 'pending-submissions',
    where,
    overrideAccess: false,
    req,
  })
  return totalDocs
}
