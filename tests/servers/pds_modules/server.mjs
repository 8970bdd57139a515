// A real Bluesky PDS and a real PLC directory in one process, on 127.0.0.1 only.
//
//   node server.mjs PDS_PORT PLC_PORT DATA_FOLDER [--rate-limits]
//
// Prints one line of JSON when it answers. Ends on SIGTERM, and when its standard input closes:
// a test run that was killed closes that pipe too, so no server outlives its tests.
import crypto from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'

const [pdsPort, plcPort] = process.argv.slice(2, 4).map(Number)
const folder = path.resolve(process.argv[4])
const rateLimits = process.argv.includes('--rate-limits')

// Both servers listen with a port alone, which would be every interface of the machine.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  if (typeof port === 'number' && typeof rest[0] !== 'string') rest.unshift('127.0.0.1')
  return listen.call(this, port, ...rest)
}

// node_modules lies in the folder this is started from, not beside this file.
const require = createRequire(path.join(process.cwd(), 'package.json'))

async function startDirectory() {
  const { MockDatabase, PlcServer } = require('@did-plc/server')
  const server = PlcServer.create({ db: new MockDatabase(), port: plcPort })
  await server.start()
  return server
}

function settings() {
  const secret = (bytes) => crypto.randomBytes(bytes).toString('hex')
  return {
    PDS_PORT: String(pdsPort),
    PDS_HOSTNAME: 'localhost',
    PDS_DEV_MODE: 'true',
    PDS_INVITE_REQUIRED: 'false',
    PDS_ENABLE_DID_DOC_WITH_SESSION: 'true',
    PDS_RATE_LIMITS_ENABLED: String(rateLimits),
    PDS_DID_PLC_URL: `http://127.0.0.1:${plcPort}`,
    PDS_DATA_DIRECTORY: folder,
    PDS_BLOBSTORE_DISK_LOCATION: path.join(folder, 'blobs'),
    PDS_BLOBSTORE_DISK_TMP_LOCATION: path.join(folder, 'blobs-tmp'),
    PDS_JWT_SECRET: secret(16),
    PDS_DPOP_SECRET: secret(32),
    PDS_ADMIN_PASSWORD: secret(8),
    PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: secret(32),
  }
}

async function startPds() {
  // Nothing from the person's own environment may point the server elsewhere.
  for (const name of Object.keys(process.env)) if (name.startsWith('PDS_')) delete process.env[name]
  Object.assign(process.env, settings())
  const { PDS, envToCfg, envToSecrets, readEnv } = require('@atproto/pds')
  const env = readEnv()
  const server = await PDS.create(envToCfg(env), envToSecrets(env))
  await server.start()
  return server
}

// A client that dies in the middle of an upload ends this version of the PDS, which a supervisor would start
// again. The tests kill clients on purpose, so here the one broken request is let go and the server stays.
process.on('uncaughtException', (error) => {
  console.error(error)
  if (error.code !== 'ECONNRESET') process.exit(1)
})

let stopping = false
async function stop(servers) {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(0), 3000).unref()
  for (const server of servers) await server.destroy()
  process.exit(0)
}

fs.mkdirSync(path.join(folder, 'blobs'), { recursive: true })
process.stdin.resume().on('close', () => process.exit(0))
const directory = await startDirectory()
const pds = await startPds()
process.stdin.removeAllListeners('close').on('close', () => stop([pds, directory]))
if (process.stdin.destroyed) process.exit(0)
process.on('SIGTERM', () => stop([pds, directory]))
process.on('SIGINT', () => stop([pds, directory]))
console.log(JSON.stringify({ ready: true }))
