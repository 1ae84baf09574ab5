'use client'
import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import '../ui/jobs.css'
import './history-transfer.css'
import { ImportHistory } from './import-history.tsx'

/** Imports files into the history of a saved vehicle, and exports it. */
export function HistoryTransfer() {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  if (id === undefined) return <p>Save the vehicle first.</p>
  const address = `${config.routes.api}/vehicles/${encodeURIComponent(String(id))}`
  return (
    <div className="history-transfer">
      <section aria-labelledby="history-export">
        <h3 id="history-export">Export</h3>
        <p>
          The PDF is for people, such as a buyer. With papers, it also has the photos and files of
          all documents. The CSV file contains all fuel logs, maintenance logs, schedules and
          ownership costs, and can be imported again.
        </p>
        <div className="history-transfer__actions">
          <a className="jobs__button" download href={`${address}/export?format=pdf`}>
            Export PDF
          </a>
          <a className="jobs__button" download href={`${address}/export?format=pdf&papers=true`}>
            Export PDF with papers
          </a>
          <a className="jobs__button" download href={`${address}/export?format=csv`}>
            Export CSV
          </a>
        </div>
      </section>
      <section aria-labelledby="history-import">
        <h3 id="history-import">Import</h3>
        <p>
          Files of LubeLogger, Fuelly, Fuelio and Drivvo, CSV tables, and our own CSV files. You see
          what would be added before anything is saved. A row is never added twice.
        </p>
        <ImportHistory address={`${address}/import`} />
      </section>
    </div>
  )
}
