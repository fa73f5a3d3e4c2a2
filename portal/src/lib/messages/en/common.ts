import { pluralOf } from '../plural.ts'

const plural = pluralOf('en')

export const common = {
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  edit: 'Edit',
  create: 'Create',
  back: 'Back',
  search: 'Search',
  noResults: 'Nothing found',
  loading: 'Loading…',
  more: 'More',
  all: 'All',
  yes: 'Yes',
  no: 'No',
  none: 'None',
  showAll: 'Show all',
  tryAgain: 'Try again',
  unknown: 'Unknown',
  optional: 'optional',
  rows: (count: number) => plural(count, { one: '# row', other: '# rows' }),
  deals: (count: number) => plural(count, { one: '# deal', other: '# deals' }),
  calls: (count: number) => plural(count, { one: '# call', other: '# calls' }),
  tasks: (count: number) => plural(count, { one: '# task', other: '# tasks' }),
  clients: (count: number) => plural(count, { one: '# client', other: '# clients' }),
  days: (count: number) => plural(count, { one: '# day', other: '# days' }),
  workingDays: (count: number) => plural(count, { one: '# working day', other: '# working days' }),
  roles: {
    administrator: 'Administrator',
    head: 'Head of department',
    manager: 'Salesperson',
    marketer: 'Marketer',
    analyst: 'Analyst',
  },
}
