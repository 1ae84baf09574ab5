'use client'
import { useModal } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import './cascade-notice.css'

/**
 * The notice in the sidebar, repeated in the delete dialog through a portal, because Payload has no
 * slot for it there.
 */
export function CascadeNoticeText({ id, words }: { id: string; words: string }) {
  const { isModalOpen } = useModal()
  const isConfirming = isModalOpen(`delete-${id}`)
  const [dialog, setDialog] = useState<Element | null>(null)
  useEffect(
    () =>
      setDialog(
        isConfirming
          ? document.querySelector('.delete-document .confirmation-modal__content')
          : null,
      ),
    [isConfirming],
  )
  return (
    <>
      <p className="takes-with-it">{words}</p>
      {dialog && createPortal(<p className="takes-with-it">{words}</p>, dialog)}
    </>
  )
}
