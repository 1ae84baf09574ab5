'use client'
import { useAuth, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { type FormEvent, useState } from 'react'
import { type ApiResult, sendCommand } from '../../../src/admin/ui/api.ts'
import { useVersion } from '../../../src/admin/ui/clock.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { CarFeeds } from '../endpoints/api-schemas.ts'
import { Light } from './light.tsx'
import { ProblemList } from './problem-list.tsx'
import '../../../src/admin/ui/jobs.css'
import './feeds.css'

type Doc = CarFeeds['docs'][number]
type Override = Doc['override']

/** A car in all feeds: what keeps it out, and what each feed says instead. As a `ui` field. */
export function CarFeedList() {
  const { id } = useDocumentInfo()
  if (id === undefined) return <p className="jobs__empty">Save the car first.</p>
  return <Feeds car={String(id)} />
}

function Feeds({ car }: { car: string }) {
  const { user } = useAuth()
  const { lastUpdateTime } = useDocumentInfo()
  const [version, reload] = useVersion(lastUpdateTime)
  const path = `/inventory/${encodeURIComponent(car)}/feeds`
  const { value, problem } = useApi<CarFeeds>(path, version)
  const mayEdit = user !== null && user?.['role'] !== 'viewer'
  return (
    <div className="car-feeds">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && <p className="jobs__empty">Checking…</p>}
      {value?.docs.map((doc) => (
        <FeedCard car={car} doc={doc} key={doc.feed} mayEdit={mayEdit} onSaved={reload} />
      ))}
    </div>
  )
}

type CardProps = {
  car: string
  doc: Doc
  mayEdit: boolean
  onSaved: () => void
}

function FeedCard({ car, doc, mayEdit, onSaved }: CardProps) {
  const formatPrice = useMoneyFormat()
  const { enabled, label, light, listed, override, price, problems, title } = doc
  const key = JSON.stringify(override)
  return (
    <section aria-label={label} className="car-feed">
      <header className="feed-section__head">
        <h3>{label}</h3>
        <Light light={light}>{listed ? 'Listed' : 'Left out'}</Light>
        {!enabled && <span className="feed-section__off">Feed not in use</span>}
      </header>
      {listed && (
        <p className="feed-section__counts">
          {title}, {formatPrice(price)}
        </p>
      )}
      <ProblemList problems={problems} />
      {mayEdit && <OverrideForm car={car} doc={doc} key={key} onSaved={onSaved} />}
    </section>
  )
}

/** The switch, the title and the price of a car in one feed. */
function OverrideForm({ car, doc, onSaved }: Omit<CardProps, 'mayEdit'>) {
  const { config } = useConfig()
  const [draft, setDraft] = useState(() => toDraft(doc.override))
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const address = `${config.routes.api}/inventory/${car}/feeds/${doc.feed}`
    const result: ApiResult<CarFeeds> = await sendCommand(address, fromDraft(draft), 'PUT')
    setProblem('problem' in result ? result.problem : null)
    if ('answer' in result) onSaved()
  }
  const isChanged = JSON.stringify(draft) !== JSON.stringify(toDraft(doc.override))
  return (
    <div className="car-feed__form">
      <label className="car-feed__switch">
        <input
          checked={!draft.excluded}
          onChange={({ target }) => setDraft({ ...draft, excluded: !target.checked })}
          type="checkbox"
        />
        List in this feed
      </label>
      <label className="car-feed__field">
        Title
        <input
          maxLength={150}
          onChange={({ target }) => setDraft({ ...draft, title: target.value })}
          placeholder={doc.title}
          type="text"
          value={draft.title}
        />
      </label>
      <label className="car-feed__field car-feed__field--price">
        Price
        <input
          inputMode="decimal"
          onChange={({ target }) => setDraft({ ...draft, price: target.value })}
          placeholder={String(doc.price)}
          type="text"
          value={draft.price}
        />
      </label>
      <button
        className="feed-button"
        disabled={!isChanged}
        onClick={(event) => void save(event)}
        type="button"
      >
        Save
      </button>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

type Draft = {
  excluded: boolean
  title: string
  price: string
}

const toDraft = ({ excluded, title, price }: Override): Draft => ({
  excluded,
  title: title ?? '',
  price: price === null ? '' : String(price),
})

/** An amount that is not a number is sent as it is: the server explains what is wrong with it. */
function fromDraft({ excluded, title, price }: Draft): object {
  const written = price.trim().replaceAll(',', '')
  const amount = written === '' ? null : Number(written)
  return {
    excluded,
    title: title.trim() || null,
    price: Number.isNaN(amount) ? price : amount,
  }
}
