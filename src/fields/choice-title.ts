import type { UIField } from 'payload'

/**
 * Makes the label of a choice the title of its row on the row's screen: Payload shows the stored
 * value, such as `dealer-center`. `labels` are the choices by value.
 */
export const choiceTitle = (field: string, labels: Readonly<Record<string, string>>): UIField => ({
  type: 'ui',
  name: `${field}Title`,
  admin: {
    disableListColumn: true,
    components: {
      Field: {
        path: '/src/admin/ui/choice-title.tsx#ChoiceTitle',
        clientProps: { source: field, labels },
      },
    },
  },
})
