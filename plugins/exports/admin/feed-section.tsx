'use client'
import { Link, useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { useVersion } from '../../../src/admin/ui/clock.ts'
import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { type FeedName, FEEDS } from '../domain/feed-names.ts'
import { type Light as Color, PROBLEMS, type ProblemCode } from '../domain/feed-problem.ts'
import type { FeedCheck } from '../endpoints/api-schemas.ts'
import { Light } from './light.tsx'
import { ProblemList } from './problem-list.tsx'

const LIMIT = 10
const MEANINGS: Readonly<Record<Color, string>> = {
  green: 'All cars are listed',
  yellow: 'Something to check',
  red: 'Something is left out',
}

type Props = { feed: FeedName; mayDownload: boolean }

/** One feed in the Feed doctor. */
export function FeedSection({ feed, mayDownload }: Props) {
  const [code, setCode] = useState<ProblemCode | null>(null)
  const [page, setPage] = useState(1)
  const [version, reload] = useVersion(0)
  const filter = code ? `&code=${code}` : ''
  const path = `/exports/${feed}/check?limit=${LIMIT}&page=${page}${filter}`
  const { value, problem } = useApi<FeedCheck>(path, version)
  const choose = (chosen: ProblemCode | null) => {
    setCode(chosen)
    setPage(1)
  }
  return (
    <section aria-label={FEEDS[feed]} className="feed-section">
      <header className="feed-section__head">
        <h2>{FEEDS[feed]}</h2>
        {value && <Light light={value.light}>{MEANINGS[value.light]}</Light>}
        {value && !value.enabled && <span className="feed-section__off">Not in use</span>}
        <FeedActions feed={feed} mayDownload={mayDownload} onCheck={reload} />
      </header>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && <p className="jobs__empty">Checking…</p>}
      {value && (
        <>
          <Counts check={value} />
          <ProblemList problems={value.problems} />
          <Codes check={value} chosen={code} onChoose={choose} />
          <CarTable check={value} />
          <Pages check={value} onTurn={setPage} />
        </>
      )}
    </section>
  )
}

type ActionProps = Props & { onCheck: () => void }

function FeedActions({ feed, mayDownload, onCheck }: ActionProps) {
  const { config } = useConfig()
  const file = `${config.routes.api}/exports/${feed}/file`
  return (
    <span className="feed-section__actions">
      <button className="feed-button" onClick={onCheck} type="button">
        Check again
      </button>
      {mayDownload && (
        <a className="feed-button" download href={file}>
          Download the file
        </a>
      )}
    </span>
  )
}

const COUNTS = { listed: 'listed', leftOut: 'left out', warned: 'to check' } as const

function Counts({ check }: { check: FeedCheck }) {
  return (
    <p className="feed-section__counts">
      {Object.entries(COUNTS).map(([name, label]) => (
        <span key={name}>
          <strong>{formatInteger(check[name as keyof typeof COUNTS])}</strong> {label}
        </span>
      ))}
    </p>
  )
}

type CodesProps = {
  check: FeedCheck
  chosen: ProblemCode | null
  onChoose: (code: ProblemCode | null) => void
}

/** The kinds of problems; each shows only its cars. */
function Codes({ check, chosen, onChoose }: CodesProps) {
  if (check.byCode.length < 2) return null
  return (
    <div aria-label="Kinds of problems" className="feed-codes" role="group">
      {check.byCode.map(({ code, cars }) => (
        <button
          aria-pressed={chosen === code}
          className="feed-codes__code"
          key={code}
          onClick={() => onChoose(chosen === code ? null : code)}
          type="button"
        >
          {PROBLEMS[code]} <span className="feed-codes__count">{formatInteger(cars)}</span>
        </button>
      ))}
    </div>
  )
}

function CarTable({ check: { docs } }: { check: FeedCheck }) {
  const { config } = useConfig()
  if (docs.length === 0) return null
  return (
    <ul className="feed-cars">
      {docs.map(({ id, title, stockNumber, listed, problems }) => (
        <li className="feed-cars__car" key={id}>
          <div className="feed-cars__name">
            <Link href={`${config.routes.admin}/collections/inventory/${id}`} prefetch={false}>
              {title}
            </Link>
            <span className="feed-cars__stock">{stockNumber}</span>
            <Light light={listed ? 'yellow' : 'red'}>{listed ? 'Listed' : 'Left out'}</Light>
          </div>
          <ProblemList problems={problems} />
        </li>
      ))}
    </ul>
  )
}

type PagesProps = { check: FeedCheck; onTurn: (page: number) => void }

function Pages({ check: { page, totalPages }, onTurn }: PagesProps) {
  if (totalPages <= 1) return null
  return (
    <nav aria-label="Pages" className="feed-pages">
      <button
        className="feed-button"
        disabled={page <= 1}
        onClick={() => onTurn(page - 1)}
        type="button"
      >
        Previous
      </button>
      Page {page} of {totalPages}
      <button
        className="feed-button"
        disabled={page >= totalPages}
        onClick={() => onTurn(page + 1)}
        type="button"
      >
        Next
      </button>
    </nav>
  )
}
