import type { Config } from '#config'
import type { RawConnector } from '#warehouse'
import type { Workspace } from '#workspace'
import type { Connector } from './connector.ts'
import { amocrm } from './connectors/amocrm/index.ts'
import { bitrix24 } from './connectors/bitrix24/index.ts'
import { comagic } from './connectors/comagic/index.ts'
import { creatio } from './connectors/creatio/index.ts'
import { dynamics } from './connectors/dynamics/index.ts'
import { elma365 } from './connectors/elma365/index.ts'
import { filesConnector } from './connectors/files/index.ts'
import { googleAds } from './connectors/google_ads/index.ts'
import { googleAnalytics } from './connectors/google_analytics/index.ts'
import { hubspot } from './connectors/hubspot/index.ts'
import { mailchimp } from './connectors/mailchimp/index.ts'
import { matomo } from './connectors/matomo/index.ts'
import { megaplan } from './connectors/megaplan/index.ts'
import { metaAds } from './connectors/meta_ads/index.ts'
import { mysqlConnector } from './connectors/mysql/index.ts'
import { onec } from './connectors/onec/index.ts'
import { postgresConnector } from './connectors/postgres/index.ts'
import { salesforce } from './connectors/salesforce/index.ts'
import { sap } from './connectors/sap/index.ts'
import { sapCrm } from './connectors/sap_crm/index.ts'
import { sheetsConnector } from './connectors/sheets/index.ts'
import { singerConnector } from './connectors/singer/index.ts'
import { sugarcrm } from './connectors/sugarcrm/index.ts'
import { suitecrm } from './connectors/suitecrm/index.ts'
import { webhookConnector } from './connectors/webhook/index.ts'
import { workspaceConnector } from './connectors/workspace/index.ts'
import { yandexDirect } from './connectors/yandex_direct/index.ts'
import { yandexMetrica } from './connectors/yandex_metrica/index.ts'
import { zoho } from './connectors/zoho/index.ts'

/** Connectors that are a definition of their own. */
const API_CONNECTORS: readonly Connector[] = [
  bitrix24,
  amocrm,
  comagic,
  hubspot,
  salesforce,
  onec,
  dynamics,
  yandexDirect,
  creatio,
  sap,
  googleAds,
  googleAnalytics,
  mailchimp,
  metaAds,
  yandexMetrica,
  zoho,
  megaplan,
  elma365,
  suitecrm,
  sugarcrm,
  sapCrm,
  matomo,
]

/** Connectors of which embut.yaml says what the columns mean. */
const TABLE_CONNECTORS: readonly Connector[] = [
  filesConnector,
  postgresConnector,
  mysqlConnector,
  sheetsConnector,
  singerConnector,
  webhookConnector,
]

/** The connectors that Embut has. */
export function connectorsOf(workspace: Workspace): readonly Connector[] {
  return [...API_CONNECTORS, ...TABLE_CONNECTORS, workspaceConnector(workspace, API_CONNECTORS)]
}

/** A source with what the run needs to know of it before it is opened. */
export type ConfiguredSource =
  Config['sources'][number] | { readonly name: 'workspace'; readonly connector: 'workspace' }

/** Every source of a configuration, the built-in one first. */
export function sourcesOf(config: Config): readonly ConfiguredSource[] {
  return [{ name: 'workspace', connector: 'workspace' }, ...config.sources]
}

/** What the raw catalogue must hold for a configuration. */
export function rawConnectorsOf(config: Config, connectors: readonly Connector[]): readonly RawConnector[] {
  const viewsOf = new Map(connectors.map(({ kind, sharesViewsOf = kind }) => [kind, sharesViewsOf]))
  const own = connectors.filter(({ sharesViewsOf }) => sharesViewsOf === undefined)
  return own.map(({ kind, streams }) => ({
    kind,
    streams,
    sources: sourcesOf(config)
      .filter((source) => viewsOf.get(source.connector) === kind)
      .map((source) => source.name),
  }))
}
