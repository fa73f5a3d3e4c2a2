import type { ApiConnector } from './api-source.ts'

/** What has to be asked to connect a source. `isSecret`: kept out of embut.yaml, which names a variable instead. */
export type Question = {
  readonly path: readonly string[]
  readonly message: string
  readonly isSecret: boolean
  readonly example?: string
  /** An empty answer leaves the setting out. */
  readonly isOptional?: boolean
  /** The answer is JSON. */
  readonly isJson?: boolean
}

/** A way to connect a kind of source. */
export type Connection = {
  readonly connector: ApiConnector | 'singer'
  readonly title: string
  readonly questions: readonly Question[]
}

export const ask = (path: string, message: string, example?: string): Question => ({
  ...{ path: path.split('.'), message, isSecret: false },
  ...(example === undefined ? {} : { example }),
})
export const secret = (path: string, message: string): Question => ({
  path: path.split('.'),
  message,
  isSecret: true,
})

/** The simplest way to connect each kind of source that has an API. */
export const CONNECTIONS: readonly Connection[] = [
  {
    ...{ connector: 'bitrix24', title: 'Bitrix24' },
    questions: [
      ask('url', 'Address of the portal', 'https://company.bitrix24.eu'),
      secret('auth.webhook', 'Incoming webhook, its address or the secret part of it'),
    ],
  },
  {
    ...{ connector: 'amocrm', title: 'amoCRM or Kommo' },
    questions: [
      ask('url', 'Address of the account', 'https://company.amocrm.ru'),
      secret('auth.token', 'Long-lived token of a private integration'),
    ],
  },
  {
    ...{ connector: 'comagic', title: 'CoMagic or UIS' },
    questions: [
      ask('url', 'Address of the Data API', 'https://dataapi.comagic.ru/v2.0'),
      secret('auth.token', 'Permanent key of a user of the Data API'),
    ],
  },
  {
    ...{ connector: 'hubspot', title: 'HubSpot' },
    questions: [secret('auth.token', 'Access token of a private app')],
  },
  {
    ...{ connector: 'salesforce', title: 'Salesforce' },
    questions: [
      ask('url', 'My Domain address', 'https://company.my.salesforce.com'),
      ask('auth.clientId', 'Consumer key of the application', 'consumer key'),
      secret('auth.clientSecret', 'Consumer secret of the application'),
    ],
  },
  {
    ...{ connector: 'onec', title: '1C:CRM and others on 1C:Enterprise' },
    questions: [
      ask('url', 'Address of the published infobase', 'https://1c.company.com/crm'),
      ask('auth.user', 'User', 'embut'),
      secret('auth.password', 'Password of the user'),
    ],
  },
  {
    ...{ connector: 'dynamics', title: 'Microsoft Dynamics 365 Sales' },
    questions: [
      ask('url', 'Address of the organisation', 'https://company.crm4.dynamics.com'),
      ask('auth.tenant', 'Tenant, its id or domain', 'company.com'),
      ask('auth.clientId', 'Client id of the registered application', 'client id'),
      secret('auth.clientSecret', 'Client secret of the application'),
    ],
  },
  {
    ...{ connector: 'creatio', title: 'Creatio or BPMSoft' },
    questions: [
      ask('url', 'Address of the application', 'https://company.creatio.com'),
      ask('auth.user', 'User', 'Embut'),
      secret('auth.password', 'Password of the user'),
    ],
  },
  {
    ...{ connector: 'sap', title: 'SAP Sales Cloud' },
    questions: [
      ask('url', 'Address of the tenant', 'https://my123456.crm.ondemand.com'),
      ask('auth.user', 'User', '_EMBUT'),
      secret('auth.password', 'Password of the user'),
    ],
  },
  {
    ...{ connector: 'zoho', title: 'Zoho CRM' },
    questions: [
      ask('url', 'Address that gives tokens, by the data centre', 'https://accounts.zoho.eu'),
      ask('auth.clientId', 'Client id of the self client', 'client id'),
      secret('auth.clientSecret', 'Client secret'),
      secret('auth.refreshToken', 'Refresh token'),
    ],
  },
  {
    ...{ connector: 'megaplan', title: 'Megaplan' },
    questions: [
      ask('url', 'Address of the account', 'https://company.megaplan.ru'),
      ask('auth.user', 'User', 'embut@company.com'),
      secret('auth.password', 'Password of the user'),
    ],
  },
  {
    ...{ connector: 'elma365', title: 'ELMA365 CRM' },
    questions: [
      ask('url', 'Address of the tenant', 'https://company.elma365.ru'),
      secret('auth.token', 'Token of the public API'),
    ],
  },
  {
    ...{ connector: 'suitecrm', title: 'SuiteCRM' },
    questions: [
      ask('url', 'Address of the application', 'https://crm.company.com'),
      ask('api', 'Where its API lies: Api, or legacy/Api for SuiteCRM 8', 'legacy/Api'),
      ask('auth.clientId', 'Id of the OAuth2 client', 'client id'),
      secret('auth.clientSecret', 'Secret of the OAuth2 client'),
    ],
  },
  {
    ...{ connector: 'sugarcrm', title: 'SugarCRM' },
    questions: [
      ask('url', 'Address of the site', 'https://company.sugarondemand.com'),
      ask('platform', 'API platform that is registered for Embut', 'embut'),
      ask('auth.user', 'User', 'embut'),
      secret('auth.password', 'Password of the user'),
    ],
  },
  {
    ...{ connector: 'sap_crm', title: 'SAP CRM on premises' },
    questions: [
      ask('url', 'Address of the gateway', 'https://gateway.company.com:8443'),
      ask('client', 'Client of the system', '100'),
      ask('auth.user', 'User', 'EMBUT'),
      secret('auth.password', 'Password of the user'),
    ],
  },
  {
    ...{ connector: 'yandex_direct', title: 'Yandex.Direct' },
    questions: [secret('auth.token', 'OAuth token with access to the API of Direct')],
  },
  {
    ...{ connector: 'yandex_metrica', title: 'Yandex.Metrica' },
    questions: [
      ask('counter', 'Number of the counter', '44147844'),
      secret('auth.token', 'OAuth token with the right metrika:read'),
    ],
  },
  {
    ...{ connector: 'matomo', title: 'Matomo' },
    questions: [
      ask('url', 'Address of the installation', 'https://stats.company.com'),
      ask('site', 'Number of the site', '1'),
      secret('auth.token', 'Auth token of a user who may view the site'),
    ],
  },
  {
    ...{ connector: 'google_analytics', title: 'Google Analytics 4' },
    questions: [
      ask('property', 'Number of the property', '123456789'),
      ask('auth.clientId', 'Client id of the OAuth client', 'client id'),
      secret('auth.clientSecret', 'Client secret'),
      secret('auth.refreshToken', 'Refresh token with analytics.readonly'),
    ],
  },
  {
    ...{ connector: 'google_ads', title: 'Google Ads' },
    questions: [
      ask('customer', 'Number of the account, digits only', '1234567890'),
      ask('auth.clientId', 'Client id of the OAuth client', 'client id'),
      secret('auth.clientSecret', 'Client secret'),
      secret('auth.refreshToken', 'Refresh token with the scope adwords'),
      secret('auth.developerToken', 'Developer token of the manager account'),
    ],
  },
  {
    ...{ connector: 'meta_ads', title: 'Meta Ads' },
    questions: [
      ask('account', 'Number of the ad account, without act_', '998877'),
      secret('auth.token', 'Token of a system user with ads_read'),
    ],
  },
  {
    ...{ connector: 'mailchimp', title: 'Mailchimp' },
    questions: [
      ask('url', 'Address of the API, by the end of the key', 'https://us21.api.mailchimp.com'),
      secret('auth.key', 'API key'),
    ],
  },
  {
    ...{ connector: 'singer', title: 'Any Singer tap' },
    questions: [
      ask('command', 'Program of the tap', 'tap-github'),
      {
        ...ask('config', 'What it is told, as JSON, secrets as ${NAME}', '{"start_date":"2024-01-01"}'),
        isJson: true,
      },
    ],
  },
]
