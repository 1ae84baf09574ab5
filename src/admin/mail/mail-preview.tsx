'use client'
import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { type Mail, fetchMail } from './fetch-mail.ts'
import { buildSandboxedDocument } from './sandboxed-document.ts'
import './mail.css'

type LoadedMail = {
  id: string
  mail?: Mail
  problem?: string
}

/**
 * An e-mail as its recipient sees it: sender, recipient, subject, and body, formatted or as plain
 * text.
 */
export function MailPreview() {
  const { config } = useConfig()
  const { id } = useDocumentInfo()
  const [loaded, setLoaded] = useState<LoadedMail | null>(null)
  const address = id && `${config.routes.api}/outgoing-mails/${encodeURIComponent(id)}/preview`
  useEffect(() => {
    if (!address) return
    const stop = new AbortController()
    void fetchMail(address, stop.signal).then((read) => {
      if (!stop.signal.aborted) setLoaded({ id: address, ...read })
    })
    return () => stop.abort()
  }, [address])
  const { mail, problem }: Partial<LoadedMail> = loaded && loaded.id === address ? loaded : {}
  if (!address) return null
  return (
    <div className="field-type mail-preview">
      {problem && (
        <p className="mail-preview__word" role="alert">
          {problem}
        </p>
      )}
      {!mail && !problem && <p className="mail-preview__word">Loading the e-mail …</p>}
      {mail && <Letter mail={mail} />}
    </div>
  )
}

function Letter({ mail }: { mail: Mail }) {
  const [asText, setAsText] = useState(mail.html === null)
  return (
    <article aria-label={`E-mail: ${mail.subject}`} className="mail-preview__letter">
      <header className="mail-preview__head">
        <h3>{mail.subject}</h3>
        <dl>
          <dt>From</dt>
          <dd>{mail.from}</dd>
          <dt>To</dt>
          <dd>{mail.to}</dd>
        </dl>
        {mail.html !== null && <FormatSwitch asText={asText} onChoose={setAsText} />}
      </header>
      {mail.masked && (
        <p className="mail-preview__masked" role="note">
          Links are hidden because anyone who has one can act as the recipient.
        </p>
      )}
      {asText || mail.html === null ? (
        <pre className="mail-preview__text">{mail.text}</pre>
      ) : (
        <iframe
          className="mail-preview__drawn"
          sandbox=""
          srcDoc={buildSandboxedDocument(mail.html)}
          title="Rendered e-mail"
        />
      )}
    </article>
  )
}

function FormatSwitch({
  asText,
  onChoose,
}: {
  asText: boolean
  onChoose: (asText: boolean) => void
}) {
  return (
    <div aria-label="Format" className="mail-preview__ways" role="group">
      <button aria-pressed={!asText} onClick={() => onChoose(false)} type="button">
        Formatted
      </button>
      <button aria-pressed={asText} onClick={() => onChoose(true)} type="button">
        Text only
      </button>
    </div>
  )
}
