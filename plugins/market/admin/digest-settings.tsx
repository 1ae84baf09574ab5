'use client'
import { useConfig } from '@payloadcms/ui'
import { type FormEvent, useState } from 'react'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import type { DigestAnswer } from '../endpoints/api-schemas.ts'
import '../../../src/admin/ui/job-table.css'
import './evaluate-vin.css'

/** When the viewer gets the daily e-mail about the market. */
export function DigestSettingsForm({ now }: { now: Date }) {
  const { value, problem } = useApi<DigestAnswer>('/market/digest', 0)
  if (value) return <DigestForm now={now} saved={value} />
  return <p className="jobs__empty">{problem ?? 'Loading…'}</p>
}

/** The form; a day without a time mutes until it begins. */
type Draft = {
  active: boolean
  sendHour: number
  timeZone: string
  mutedUntil: string
}

function DigestForm({ saved, now }: { saved: DigestAnswer; now: Date }) {
  const { config } = useConfig()
  const [draft, setDraft] = useState(() => createDraft(saved))
  const [state, setState] = useState<'sending' | 'saved' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setState('sending')
    const result = await sendCommand<DigestAnswer>(
      `${config.routes.api}/market/digest`,
      toSettings(draft),
      'PUT',
    )
    setProblem('problem' in result ? result.problem : null)
    setState('problem' in result ? null : 'saved')
    if ('answer' in result) setDraft(createDraft(result.answer))
  }
  const handleChange = (changed: Draft) => {
    setDraft(changed)
    setState(null)
    setProblem(null)
  }
  return (
    <form className="input-form" onSubmit={(event) => void save(event)}>
      <DigestFields defaultTimeZone={saved.defaultTimeZone} draft={draft} onChange={handleChange} />
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      <div className="input-form__buttons">
        <button
          className="jobs__button jobs__button--first"
          disabled={state === 'sending'}
          type="submit"
        >
          {state === 'sending' ? 'Saving…' : 'Save'}
        </button>
        <span className="jobs__empty" role="status">
          {state === 'saved' ? 'Saved.' : describeLastSent(saved, now)}
        </span>
      </div>
    </form>
  )
}

const describeLastSent = ({ lastSentAt }: DigestAnswer, now: Date): string =>
  lastSentAt === null ? 'None was sent yet.' : `Last sent: ${formatMoment(lastSentAt, now)}.`

type FieldsProps = {
  draft: Draft
  defaultTimeZone: string
  onChange: (draft: Draft) => void
}

function DigestFields({ draft, defaultTimeZone, onChange }: FieldsProps) {
  return (
    <>
      <label className="evaluate-vin__refresh">
        <input
          checked={draft.active}
          onChange={({ target }) => onChange({ ...draft, active: target.checked })}
          type="checkbox"
        />
        Send me an e-mail each day on which there is something new
      </label>
      <div className="input-field">
        <label htmlFor="digest-hour">Hour</label>
        <select
          id="digest-hour"
          onChange={({ target }) => onChange({ ...draft, sendHour: Number(target.value) })}
          value={draft.sendHour}
        >
          {HOURS.map((hour) => (
            <option key={hour} value={hour}>
              {formatHour(hour)}
            </option>
          ))}
        </select>
      </div>
      <div className="input-field">
        <label htmlFor="digest-zone">Time zone</label>
        <select
          id="digest-zone"
          onChange={({ target }) => onChange({ ...draft, timeZone: target.value })}
          value={draft.timeZone}
        >
          <option value="">{`As the schedules: ${defaultTimeZone}`}</option>
          {TIME_ZONES.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
      </div>
      <div className="input-field">
        <label htmlFor="digest-muted">Muted until</label>
        <input
          id="digest-muted"
          onChange={({ target }) => onChange({ ...draft, mutedUntil: target.value })}
          type="date"
          value={draft.mutedUntil}
        />
      </div>
    </>
  )
}

const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** `7 AM`. */
const formatHour = (hour: number): string => `${hour % 12 || 12} ${hour < 12 ? 'AM' : 'PM'}`

function createDraft({ active, sendHour, timeZone, mutedUntilAt }: DigestAnswer): Draft {
  const isMuted = mutedUntilAt !== null && Date.parse(mutedUntilAt) > Date.now()
  return {
    active,
    sendHour,
    timeZone: timeZone ?? '',
    mutedUntil: isMuted ? formatDay(new Date(mutedUntilAt)) : '',
  }
}

/** The local day as an input of a date takes it: `2026-11-30`. */
function formatDay(at: Date): string {
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${at.getFullYear()}-${month}-${day}`
}

const toSettings = ({ active, sendHour, timeZone, mutedUntil }: Draft) => ({
  active,
  sendHour,
  timeZone: timeZone || null,
  mutedUntilAt: mutedUntil === '' ? null : new Date(`${mutedUntil}T00:00`).toISOString(),
})
