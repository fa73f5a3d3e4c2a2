import type { Command } from './command.ts'
import { COMMON } from './options.ts'

/** What `embut --help` prints. */
export const USAGE = `embut: an analytics-first CRM data warehouse and reporting portal

  embut init                       ask, write embut.yaml, create the first administrator
  embut doctor                     check configuration, machine, sources and files
  embut demo [--check]             the demo company, from its sources to the portal
  embut sources                    the configured sources: when they were read, how they are
  embut sources add                ask for a source, try it, write it into embut.yaml
  embut sources test SOURCE        what its credentials can see, and what not
  embut sources discover SOURCE    its streams and their columns
  embut sources fields [SOURCE]    fields of its own that a source was seen to have, and those ticked
  embut sources quarantine         rows that could not be used; --retry reads them again
  embut sync [SOURCE…]             land what is new; --stream NAME, --full, --since YYYY-MM-DD
  embut build [SOURCE…]            sync, build, test and publish the warehouse; --no-sync: from what
                                   is landed; --slow: forecasts, lifetime value, attribution too;
                                   --retry: with another try of the rows that could not be used
  embut close [MONTH]              keep a month's results and targets as published; --reopen opens it
                                   again; without a month: those that are closed
  embut publish --list             the published versions
  embut publish --restore VERSION  make an earlier version the one that is read
  embut serve                      the portal, keeping the sources in step by itself
  embut query --as USER < q.json   run one query as a user, print JSON
  embut export --as USER --out F   the same query as an XLSX or CSV file
  embut backup FOLDER              a consistent copy of everything
  embut restore FOLDER             put a backup back
  embut bench                      measured ratios beside their goals

Every command takes --config FILE (default ./embut.yaml) and, to tell its options, --help.
`

/** What `embut <name> --help` prints: the command's lines of the overview, and its options. */
export function usageOf(name: string, { options }: Command): string {
  const own = Object.entries({ ...options, ...COMMON }).map(([option, { value, about }]) => {
    const given = value === undefined ? `--${option}` : `--${option} ${value}`
    return `  ${given.padEnd(32)} ${about}\n`
  })
  return `${linesOf(name).join('\n')}\n\n${own.join('')}`
}

/** A line that begins with the command, and those that go on from it. */
function linesOf(name: string): readonly string[] {
  let isOwn = false
  return USAGE.split('\n').filter((line) => {
    if (!line.startsWith('   ')) isOwn = line.startsWith(`  embut ${name} `)
    return isOwn
  })
}
