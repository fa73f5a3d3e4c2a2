export { createDemoCompany, type DemoOptions, type DemoSummary } from './create-company.ts'
export { DEMO_CRM, demoSignIns, type DemoSignIn } from './sign-ins.ts'
export {
  NO_MARIADB,
  NO_POSTGRES,
  startMariadb,
  startPostgres,
  type DatabaseServer,
} from './database-servers.ts'
export { type DemoSize } from './company/world.ts'
export { DEMO_LIMITS, DOCUMENTED_LIMITS, type Limits } from './bitrix/limit.ts'
export { startFakeBitrix, type FakeBitrix, type FakeBitrixOptions, type Faults } from './bitrix/server.ts'
export { startFakeAmo, type AmoTable, type FakeAmo } from './amocrm/server.ts'
export { startFakeComagic, type ComagicTable, type FakeComagic } from './comagic/server.ts'
export { startFakeDynamics, type DynamicsTable, type FakeDynamics } from './dynamics/server.ts'
export { startFakeCreatio, type CreatioTable, type FakeCreatio } from './creatio/server.ts'
export { startFakeSap, type FakeSap, type SapTable } from './sap/server.ts'
export { startFakeOnec, ONEC_SETS, type FakeOnec, type OnecTable } from './onec/server.ts'
export * from './marketing/index.ts'
export { createSales, type Sales } from './service/sales.ts'
export { type FakeRecord, type FakeTable } from './service/table.ts'
export { type ServiceFaults } from './service/server.ts'
export { HUBSPOT_ACCOUNT, startFakeHubspot, type FakeHubspot, type HubspotTable } from './hubspot/server.ts'
export { startFakeSalesforce, type FakeSalesforce, type SalesforceTable } from './salesforce/server.ts'
export { startFakeZoho, type FakeZoho, type ZohoTable } from './zoho/server.ts'
export { startFakeMegaplan, type FakeMegaplan, type MegaplanTable } from './megaplan/server.ts'
export { startFakeElma365, type ElmaTable, type FakeElma365 } from './elma365/server.ts'
export { startFakeSugar, type FakeSugar, type SugarTable } from './sugar/sugar.ts'
export { startFakeSuite, type FakeSuite, type SuiteTable } from './sugar/suite.ts'
export { startFakeSapCrm, type FakeSapCrm, type SapCrmTable } from './sap_crm/server.ts'
export { invoicesOf, linesOf, requestsOf } from './company/sale.ts'
export { OWN_FIELDS, ownValuesOf } from './service/own-fields.ts'
