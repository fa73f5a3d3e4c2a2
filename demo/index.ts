export { createDemoCompany, type DemoOptions, type DemoSummary } from './create-company.ts'
export { DEMO_CRM, demoSignIns, type DemoSignIn } from './sign-ins.ts'
export { type DemoSize } from './company/world.ts'
