// A real tus 1.0 server (npm @tus/server with its file store) on 127.0.0.1.
//
//   node server.mjs PORT DATA_FOLDER [MOST_BYTES]
//
// Prints one line of JSON when it answers. Ends on SIGTERM, and when its standard input closes:
// a test run that was killed closes that pipe too, so no server outlives its tests.
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [port, folder, most] = process.argv.slice(2)

// node_modules lies in the folder this is started from, not beside this file.
const require = createRequire(path.join(process.cwd(), 'package.json'))
const load = (name) => import(pathToFileURL(require.resolve(name)))
const { Server } = await load('@tus/server')
const { FileStore } = await load('@tus/file-store')

const tus = new Server({
  path: '/files',
  datastore: new FileStore({ directory: path.resolve(folder) }),
  relativeLocation: true,
  ...(most ? { maxSize: Number(most) } : {}),
})
const server = http.createServer((request, response) => tus.handle(request, response))

function stop() {
  server.closeAllConnections()
  server.close(() => process.exit(0))
}

process.stdin.resume().on('close', stop)
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
server.listen(Number(port), '127.0.0.1', () => console.log(JSON.stringify({ ready: true })))
