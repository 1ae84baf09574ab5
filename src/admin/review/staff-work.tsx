'use client'
import { Link, useConfig, useDocumentInfo } from '@payloadcms/ui'
import type { Inventory, PendingSubmission } from '../../generated/payload-types.ts'
import { SUBMISSION_STATUSES } from '../../submissions/domain/status.ts'
import { buildListLink } from '../dashboard/tile.tsx'
import { useNow } from '../ui/clock.ts'
import { formatMoment } from '../ui/format.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/jobs.css'
import './staff-work.css'

/** How many rows of each kind are shown; a link leads to all of them. */
const SHOWN = 5

/** What a saved staff member reviewed, entered and changed last. */
export function StaffWork() {
  const { id } = useDocumentInfo()
  if (id === undefined) return null
  return (
    <div className="staff-work">
      <WorkList by={String(id)} kind={REVIEWED} />
      <WorkList by={String(id)} kind={ENTERED} />
      <WorkList by={String(id)} kind={CHANGED} />
    </div>
  )
}

type WorkRow = Partial<Inventory & PendingSubmission> & { id: string }
type Page = { docs: WorkRow[]; totalDocs: number }

type WorkKind = {
  title: string
  empty: string
  collection: 'inventory' | 'pending-submissions'
  field: 'reviewedBy' | 'createdBy' | 'updatedBy'
  sort: string
  describe: (row: WorkRow) => string
  readTime: (row: WorkRow) => string | null | undefined
}

const describeCar = ({ title }: WorkRow): string => title ?? 'A car'

const REVIEWED: WorkKind = {
  title: 'Reviewed submissions',
  empty: 'No submissions reviewed yet.',
  collection: 'pending-submissions',
  field: 'reviewedBy',
  sort: '-reviewedAt',
  describe: ({ year, make, model, submissionStatus: status }) =>
    [year, make, model, status && `· ${SUBMISSION_STATUSES[status]}`].filter(Boolean).join(' '),
  readTime: ({ reviewedAt }) => reviewedAt,
}

const ENTERED: WorkKind = {
  title: 'Entered cars',
  empty: 'No cars entered yet.',
  collection: 'inventory',
  field: 'createdBy',
  sort: '-createdAt',
  describe: describeCar,
  readTime: ({ createdAt }) => createdAt,
}

const CHANGED: WorkKind = {
  title: 'Last changed cars',
  empty: 'No cars changed yet.',
  collection: 'inventory',
  field: 'updatedBy',
  sort: '-updatedAt',
  describe: describeCar,
  readTime: ({ updatedAt }) => updatedAt,
}

function WorkList({ by, kind }: { by: string; kind: WorkKind }) {
  const { config } = useConfig()
  const now = useNow(0, 30_000)
  const { collection, describe, empty, field, readTime, sort, title } = kind
  const query = new URLSearchParams({
    [`where[${field}][equals]`]: by,
    sort,
    limit: String(SHOWN),
    depth: '0',
  })
  const { value, problem } = useApi<Page>(`/${collection}?${query.toString()}`, by)
  const all = buildListLink(config.routes, { and: [{ [field]: { equals: by } }] }, collection)
  return (
    <section>
      <h3>{title}</h3>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value?.docs.length === 0 && <p className="jobs__empty">{empty}</p>}
      <ul>
        {value?.docs.map((row) => (
          <li key={row.id}>
            <Link
              href={`${config.routes.admin}/collections/${collection}/${row.id}`}
              prefetch={false}
            >
              {describe(row)}
            </Link>
            <span className="jobs__empty">{formatTime(readTime(row), now)}</span>
          </li>
        ))}
      </ul>
      {value && value.totalDocs > SHOWN && <a href={all}>All {value.totalDocs}</a>}
    </section>
  )
}

const formatTime = (time: string | null | undefined, now: Date): string =>
  time ? formatMoment(time, now) : ''
