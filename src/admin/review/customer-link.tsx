'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { sendCommand } from '../ui/api.ts'
import { ReviewDialog } from './review-dialog.tsx'

/**
 * Gives staff a new link of the customer, for example for one without an e-mail address. The links
 * that the customer has stop working.
 */
export function CustomerLink({ id }: { id: string }) {
  const { api } = useConfig().config.routes
  const [isOpen, setIsOpen] = useState(false)
  const [url, setUrl] = useState<string | null>(null)
  const renew = async () => {
    const path = `${api}/pending-submissions/${encodeURIComponent(id)}/new-link`
    const result = await sendCommand<{ url: string }>(path)
    if ('problem' in result) return result.problem
    setUrl(result.answer.url)
    return null
  }
  return (
    <>
      <button className="review__link-button" onClick={() => setIsOpen(true)} type="button">
        New link…
      </button>
      {url && (
        <input
          aria-label="Link of the customer"
          className="review__link"
          onFocus={(event) => event.target.select()}
          readOnly
          value={url}
        />
      )}
      {isOpen && (
        <ReviewDialog
          confirm="Make a new link"
          onClose={() => setIsOpen(false)}
          onConfirm={renew}
          title="New link for the customer"
        >
          <p className="review__empty">
            Every link that the customer has stops working. Give them the new one: it is shown once.
          </p>
        </ReviewDialog>
      )}
    </>
  )
}
