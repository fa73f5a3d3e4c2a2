'use strict'

const { convertValue } = require('./value.js')

const GRANULARITY_RANK = { second: 1, minute: 2, hour: 3, day: 4, week: 5, month: 6, quarter: 7, year: 8 }
const CUSTOM_RANK = 10

function hiddenMember(name) {
  return new Error(
    `You requested hidden member: '${name}'. Please make it visible using \`public: true\`. ` +
      'Please note primaryKey fields are `public: false` by default: ' +
      'https://cube.dev/docs/schema/reference/joins#setting-a-primary-key.',
  )
}

/**
 * Shapes driver rows as the API's `data` in the layout of `td.resType` (default, compact or columnar).
 * Throws when a column is a member that the reader's annotation does not list: for `public: false`
 * members this is the only guard behind the SQL.
 */
function transformRows(td, rows) {
  if (rows.length === 0) return emptyData(td)
  const columns = resultColumns(td, Object.keys(rows[0]))
  if (td.resType === 'compact') return compactData(columns, rows)
  if (td.resType === 'columnar') return columnarData(columns, rows)
  return rows.map((row) => memberRow(columns, row))
}

function emptyData(td) {
  for (const member of requestedMembers(td.query)) {
    if (td.annotation[member] === undefined) throw hiddenMember(member)
  }
  if (td.resType === 'compact') return { members: [], dataset: [] }
  if (td.resType === 'columnar') return { members: [], columns: [] }
  return []
}

function requestedMembers(query) {
  const times = (query.timeDimensions ?? []).filter(({ granularity }) => granularity)
  return [
    ...(query.measures ?? []),
    ...(query.dimensions ?? []),
    ...times.map(({ dimension, granularity }) => `${dimension}.${granularity}`),
  ]
}

/** The members of a result, in order: the driver's columns, base time members, then the query type's own. */
function resultColumns(td, aliases) {
  const columns = aliases.map((alias) => aliasColumn(td, alias))
  return [...columns, ...baseTimeColumns(td.query, columns), ...tailColumns(td, columns)]
}

function aliasColumn(td, alias) {
  const member = td.aliasToMemberNameMap[alias]
  if (member === undefined) throw new Error(`Member name not found for alias: '${alias}'`)
  const annotation = td.annotation[member]
  if (annotation === undefined) throw hiddenMember(alias)
  return { member, alias, isTime: annotation.type === 'time' }
}

function baseTimeColumns(query, columns) {
  const finest = new Map()
  for (const column of columns) {
    const parts = column.member.split('.')
    if (parts.length !== 3) continue
    const base = `${parts[0]}.${parts[1]}`
    if ((query.dimensions ?? []).includes(base)) continue
    const rank = GRANULARITY_RANK[parts[2]] ?? CUSTOM_RANK
    if (!finest.has(base) || rank <= finest.get(base).rank) finest.set(base, { column, rank })
  }
  return [...finest].map(([member, { column }]) => ({ ...column, member }))
}

function tailColumns(td, columns) {
  if (td.queryType === 'compareDateRangeQuery') {
    return [{ member: 'compareDateRange', constant: comparedRange(td.query) }]
  }
  if (td.queryType === 'blendingQuery') return [blendedTime(td.query, columns)]
  return []
}

function comparedRange(query) {
  const range = query.timeDimensions?.[0]?.dateRange
  if (!Array.isArray(range) || range.length < 2) {
    throw new Error('A compareDateRange query needs a time dimension with a date range of two dates.')
  }
  return range.join(' - ')
}

function blendedTime(query, columns) {
  const time = query.timeDimensions?.[0]
  if (!time?.granularity) throw new Error('A blending query needs a time dimension with a granularity.')
  const source = columns.find(({ member }) => member === `${time.dimension}.${time.granularity}`)
  const member = `time.${time.granularity}`
  return source === undefined ? { member, constant: null } : { ...source, member }
}

function cell(column, row) {
  if (column.alias === undefined) return column.constant
  return convertValue(row[column.alias], column.isTime)
}

function memberRow(columns, row) {
  const shaped = {}
  for (const column of columns) shaped[column.member] = cell(column, row)
  return shaped
}

function compactData(columns, rows) {
  return {
    members: columns.map(({ member }) => member),
    dataset: rows.map((row) => columns.map((column) => cell(column, row))),
  }
}

function columnarData(columns, rows) {
  return {
    members: columns.map(({ member }) => member),
    columns: columns.map((column) => rows.map((row) => cell(column, row))),
  }
}

module.exports = { transformRows }
