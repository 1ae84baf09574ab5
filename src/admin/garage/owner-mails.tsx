'use client'
import { Link, useConfig, useFormFields } from '@payloadcms/ui'
import { MAIL_STATUSES, type MailStatus } from '../../mail/mail-status.ts'
import { useNow } from '../ui/clock.ts'
import { formatMoment } from '../ui/format.ts'
import { useApi } from '../ui/use-api.ts'
import '../mail/mail-status.css'

type Mail = {
  id: string
  subject: string
  status: MailStatus
  createdAt: string
}
type Answer = { docs: readonly Mail[]; totalDocs: number }

const MAX_MAILS = 5

/** The latest e-mails to an owner, with their status, and a link to all of them in the outbox. */
export function OwnerMails({ version }: { version: string }) {
  const addresses = useFormFields(([fields]) =>
    JSON.stringify([fields['email']?.value, fields['notificationEmail']?.value]),
  )
  const known = (JSON.parse(addresses) as unknown[]).filter(
    (address): address is string => typeof address === 'string' && address !== '',
  )
  if (known.length === 0) return null
  return <MailsTo addresses={known} version={version} />
}

function MailsTo({ addresses, version }: { addresses: readonly string[]; version: string }) {
  const { config } = useConfig()
  const now = useNow(0, 30_000)
  const where = addresses.map((address, index) => [`where[to][in][${index}]`, address])
  const query = new URLSearchParams([
    ...where,
    ...['subject', 'status', 'createdAt'].map((field) => [`select[${field}]`, 'true']),
    ['sort', '-createdAt'],
    ['limit', String(MAX_MAILS)],
    ['depth', '0'],
  ])
  const { value, problem } = useApi<Answer>(`/outgoing-mails?${query.toString()}`, version)
  const outbox = `${config.routes.admin}/collections/outgoing-mails`
  return (
    <section aria-labelledby="owner-mails">
      <h3 id="owner-mails">Latest e-mails</h3>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value?.totalDocs === 0 && <p className="owner-garage__note">None in the last 30 days.</p>}
      <ul className="owner-garage__items">
        {value?.docs.map(({ id, subject, status, createdAt }) => (
          <li key={id}>
            <span className={`status-pill mail-status--${status}`}>{MAIL_STATUSES[status]}</span>
            <span className="owner-garage__what">
              <Link href={`${outbox}/${id}`} prefetch={false}>
                {subject}
              </Link>
            </span>
            <span className="owner-garage__when">{formatMoment(createdAt, now)}</span>
          </li>
        ))}
      </ul>
      {value && value.totalDocs > value.docs.length && (
        <Link
          href={`${outbox}?${new URLSearchParams({ search: addresses[0] ?? '' }).toString()}`}
          prefetch={false}
        >
          {`All ${value.totalDocs} e-mails`}
        </Link>
      )}
    </section>
  )
}
