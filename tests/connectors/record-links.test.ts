import { describe, expect, test } from 'vitest'
import { parseConfig } from '#config'
import { connectorsOf } from '#ingest'
import { openWorkspace } from '#workspace'
import { recordLinks } from '../../ingest/connectors/workspace/record-links.ts'

const COMPANY =
  'company: { name: Nordwind, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE }'
const LOGIN = 'auth: { user: reader, password: secret }'
const APPLICATION = 'auth: { clientId: a, clientSecret: b, refreshToken: c }'

/** Settings of a source, and where its deals, leads, companies and contacts stand, by the product's own addresses. */
const PLACES: Readonly<Record<string, readonly [yaml: string, ...addresses: readonly string[]]>> = {
  bitrix24: [
    "url: 'https://a.bitrix24.com/', auth: { webhook: 1/x }",
    'https://a.bitrix24.com/crm/deal/details/{id}/',
    'https://a.bitrix24.com/crm/lead/details/{id}/',
    'https://a.bitrix24.com/crm/company/details/{id}/',
    'https://a.bitrix24.com/crm/contact/details/{id}/',
  ],
  amocrm: [
    "url: 'https://a.kommo.com', auth: { token: x }",
    'https://a.kommo.com/leads/detail/{id}',
    'https://a.kommo.com/companies/detail/{id}',
    'https://a.kommo.com/contacts/detail/{id}',
  ],
  // Its addresses name the account, which the service tells.
  hubspot: ['auth: { token: x }'],
  salesforce: [
    `url: 'https://a.my.salesforce.com', ${APPLICATION}`,
    'https://a.my.salesforce.com/lightning/r/Opportunity/{id}/view',
    'https://a.my.salesforce.com/lightning/r/Lead/{id}/view',
    'https://a.my.salesforce.com/lightning/r/Account/{id}/view',
    'https://a.my.salesforce.com/lightning/r/Contact/{id}/view',
  ],
  onec: [
    `url: 'https://1c.example.com/crm', ${LOGIN}, sets: { companies: Catalog_Партнеры }`,
    'https://1c.example.com/crm/#e1cib/data/Документ.CRM_Интерес?ref={id}',
    'https://1c.example.com/crm/#e1cib/data/Справочник.Партнеры?ref={id}',
  ],
  dynamics: [
    "url: 'https://a.crm4.dynamics.com', auth: { tenant: t, clientId: a, clientSecret: b }",
    'https://a.crm4.dynamics.com/main.aspx?etn=opportunity&pagetype=entityrecord&id={id}',
    'https://a.crm4.dynamics.com/main.aspx?etn=lead&pagetype=entityrecord&id={id}',
    'https://a.crm4.dynamics.com/main.aspx?etn=account&pagetype=entityrecord&id={id}',
    'https://a.crm4.dynamics.com/main.aspx?etn=contact&pagetype=entityrecord&id={id}',
  ],
  creatio: [
    `url: 'https://a.creatio.com', ${LOGIN}`,
    'https://a.creatio.com/Navigation/Navigation.aspx?schemaName=Opportunity&recordId={id}',
    'https://a.creatio.com/Navigation/Navigation.aspx?schemaName=Lead&recordId={id}',
    'https://a.creatio.com/Navigation/Navigation.aspx?schemaName=Account&recordId={id}',
    'https://a.creatio.com/Navigation/Navigation.aspx?schemaName=Contact&recordId={id}',
  ],
  sap: [
    `url: 'https://my1.crm.ondemand.com', ${LOGIN}`,
    'https://my1.crm.ondemand.com/sap/public/byd/runtime?bo_ns=http://sap.com/thingTypes&bo=COD_GENERIC&node=Root&operation=OnExtInspect&param.InternalID={id}&param.Type=COD_OPPORTUNITY_THINGTYPE',
    'https://my1.crm.ondemand.com/sap/public/byd/runtime?bo_ns=http://sap.com/thingTypes&bo=COD_GENERIC&node=Root&operation=OnExtInspect&param.InternalID={id}&param.Type=COD_ACCOUNT_TT',
  ],
  sap_crm: [
    `url: 'https://gw.example.com:8443', client: 100, ${LOGIN}`,
    'https://gw.example.com:8443/sap/bc/bsp/sap/crm_ui_start/default.htm?sap-client=100&crm-object-type=BT111_OPPT&crm-object-action=B&crm-object-value={id}&crm-object-keyname=OBJECT_ID',
  ],
  zoho: [
    `url: 'https://accounts.zoho.eu', ${APPLICATION}`,
    'https://crm.zoho.eu/crm/tab/Potentials/{id}',
    'https://crm.zoho.eu/crm/tab/Leads/{id}',
    'https://crm.zoho.eu/crm/tab/Accounts/{id}',
    'https://crm.zoho.eu/crm/tab/Contacts/{id}',
  ],
  megaplan: [`url: 'https://a.megaplan.ru', ${LOGIN}`, 'https://a.megaplan.ru/deals/{id}/card/'],
  elma365: [
    "url: 'https://a.elma365.ru', auth: { token: x }, lists: { contacts: '', deals: app/sales/orders/list }",
    'https://a.elma365.ru/sales/orders(p:item/sales/orders/{id})',
    'https://a.elma365.ru/_clients/_companies(p:item/_clients/_companies/{id})',
  ],
  suitecrm: [
    "url: 'https://crm.example.com', auth: { clientId: a, clientSecret: b }",
    'https://crm.example.com/index.php?action=DetailView&module=Opportunities&record={id}',
    'https://crm.example.com/index.php?action=DetailView&module=Leads&record={id}',
    'https://crm.example.com/index.php?action=DetailView&module=Accounts&record={id}',
    'https://crm.example.com/index.php?action=DetailView&module=Contacts&record={id}',
  ],
  sugarcrm: [
    `url: 'https://a.sugarondemand.com', ${LOGIN}`,
    'https://a.sugarondemand.com/#Opportunities/{id}',
    'https://a.sugarondemand.com/#Leads/{id}',
    'https://a.sugarondemand.com/#Accounts/{id}',
    'https://a.sugarondemand.com/#Contacts/{id}',
  ],
}

async function linksOf(connector: string, settings: string): Promise<readonly string[]> {
  const workspace = await openWorkspace({ file: ':memory:' })
  const yaml = `${COMPANY}\nsources: { crm: { connector: ${connector}, ${settings} } }`
  const { sources } = parseConfig(yaml, 'embut.yaml', {})
  const rows = recordLinks(sources, connectorsOf(workspace))
  await workspace.close()
  return rows.map(({ pattern }) => String(pattern))
}

describe('the web address of a record', () => {
  test.each(Object.entries(PLACES))(
    'of %s is that of its product',
    async (connector, [yaml, ...addresses]) => {
      expect(await linksOf(connector, yaml)).toEqual(addresses)
    },
  )

  test('of SuiteCRM 8 is a page of its own', async () => {
    const settings = "url: 'https://crm.example.com', api: legacy/Api, auth: { clientId: a, clientSecret: b }"
    const [deal] = await linksOf('suitecrm', settings)
    expect(deal).toBe('https://crm.example.com/#/opportunities/record/{id}')
  })

  test('is another where the settings say so', async () => {
    const settings = "auth: { token: x }, links: { deals: 'https://crm.example.com/{id}' }"
    expect(await linksOf('hubspot', settings)).toEqual(['https://crm.example.com/{id}'])
  })

  test('is refused when it is not one', async () => {
    const settings = "auth: { token: x }, links: { deals: 'javascript:alert({id})' }"
    await expect(linksOf('hubspot', settings)).rejects.toThrow(/is not a web address with \{id\}/)
  })
})
