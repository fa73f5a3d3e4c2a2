// Serves the built portal until its standard input closes; prints the address on one line.
import { servePortal } from './serve.ts'

const portal = await servePortal()
console.log(portal.url)
process.stdin.on('end', () => void portal.close().then(() => process.exit(0)))
process.stdin.resume()
