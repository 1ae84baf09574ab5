'use client'
import { DefaultListView, TranslationProvider, useListQuery, useTranslation } from '@payloadcms/ui'
import type { ListViewClientProps } from 'payload'

type Props = ListViewClientProps & { reason: string | null }

/**
 * A list with its empty states: no entries yet and why, or no matches for the search and filters.
 */
export function ListOrReason({ reason, ...list }: Props) {
  const { query } = useListQuery()
  const { i18n, languageOptions } = useTranslation()
  const isFiltered = Boolean(query.search) || hasConditions(query.where)
  const text = describeEmpty(isFiltered, list.hasCreatePermission, reason)
  const general = { ...(i18n.translations as { general?: object }).general, ...text }
  return (
    <TranslationProvider
      dateFNSKey={i18n.dateFNSKey}
      fallbackLang={i18n.fallbackLanguage as 'en'}
      language={i18n.language}
      languageOptions={languageOptions}
      switchLanguageServerAction={() => Promise.resolve()}
      translations={{ ...i18n.translations, general }}
    >
      <DefaultListView {...list} />
    </TranslationProvider>
  )
}

function describeEmpty(isFiltered: boolean, mayCreate: boolean, reason: string | null) {
  if (isFiltered)
    return {
      noResultsFound: 'No results.',
      noResultsDescription: 'Change the search or the filters above, or clear them.',
    }
  const hint = mayCreate ? 'Add the first one here.' : 'Nothing has been added yet.'
  return { noResultsFound: 'No entries yet.', noResultsDescription: reason ?? hint }
}

const hasConditions = (where: unknown): boolean =>
  typeof where === 'object' && where !== null && Object.keys(where).length > 0
