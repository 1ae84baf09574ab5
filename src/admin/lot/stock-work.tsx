'use client'
import { useConfig, useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { useState } from 'react'
import { sendCommand } from '../ui/api.ts'
import { HoldForm } from './hold-form.tsx'
import { PriceForm } from './price-form.tsx'
import { SellForm } from './sell-form.tsx'
import { type CarRow, useAdoptCar } from './use-adopt-car.ts'
import '../ui/jobs.css'
import './stock-work.css'

type Work = 'sell' | 'hold' | 'price'

const FORMS = { sell: SellForm, hold: HoldForm, price: PriceForm }

/** What managers do with a car, in its sidebar: sell it, hold it, and change its price. */
export function StockWork() {
  const { hasSavePermission, id } = useDocumentInfo()
  const status = useFormFields(([fields]) => fields['status']?.initialValue)
  if (id === undefined || hasSavePermission !== true) return null
  return <Commands car={String(id)} status={String(status)} />
}

function Commands({ car, status }: { car: string; status: string }) {
  const [open, setOpen] = useState<Work | null>(null)
  const { send, isBusy, message, problem } = useCommands(car)
  const toggle = (work: Work) => setOpen(open === work ? null : work)
  const Form = open && FORMS[open]
  const isSold = status === 'sold'
  return (
    <section aria-label="Sell, hold or price" className="stock-work">
      <div className="stock-work__buttons">
        {!isSold && (
          <WorkButton isOpen={open === 'sell'} label="Sell…" onClick={() => toggle('sell')} />
        )}
        {!isSold && (
          <WorkButton isOpen={open === 'hold'} label="Hold…" onClick={() => toggle('hold')} />
        )}
        {status === 'hold' && (
          <button
            className="jobs__button"
            disabled={isBusy}
            onClick={() => void send('release', { status: 'available' })}
            type="button"
          >
            End hold
          </button>
        )}
        <WorkButton
          isOpen={open === 'price'}
          label="Change price…"
          onClick={() => toggle('price')}
        />
      </div>
      {Form && (
        <Form
          isBusy={isBusy}
          key={open}
          onSend={async (body) => {
            const isDone = await send(open, body)
            if (isDone) setOpen(null)
            return isDone
          }}
        />
      )}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      <p className="stock-work__message" role="status">
        {message}
      </p>
    </section>
  )
}

type ButtonProps = {
  label: string
  isOpen: boolean
  onClick: () => void
}

function WorkButton({ label, isOpen, onClick }: ButtonProps) {
  return (
    <button aria-expanded={isOpen} className="jobs__button" onClick={onClick} type="button">
      {label}
    </button>
  )
}

/** The car after a command. The message includes the warnings. */
type Answer = { doc: CarRow; message: string }

/** Sends the commands of a car, and shows the car as it is afterwards in the form. */
function useCommands(car: string) {
  const { config } = useConfig()
  const adopt = useAdoptCar()
  const [isBusy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const send = async (work: Work | 'release', body: object): Promise<boolean> => {
    setBusy(true)
    const address = `${config.routes.api}/inventory/${encodeURIComponent(car)}`
    const result =
      work === 'release'
        ? await sendCommand<Answer>(address, body, 'PATCH')
        : await sendCommand<Answer>(`${address}/${work}`, body)
    setBusy(false)
    setProblem('problem' in result ? result.problem : null)
    setMessage('answer' in result ? result.answer.message : '')
    if ('problem' in result) return false
    adopt(result.answer.doc)
    return true
  }
  return { send, isBusy, message, problem }
}
