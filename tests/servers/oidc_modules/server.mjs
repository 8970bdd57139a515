// A real, certified OpenID Connect provider on 127.0.0.1 only, all in memory.
//
//   node server.mjs PORT
//
// Clients: yigao-desktop (public, PKCE, comes back to http://127.0.0.1:ANY/callback), yigao-short (the same, its access
// tokens live two seconds), yigao-web (with a secret, comes back to an https address that is pasted). Any name and
// password sign in. GET /seen gives every request to the token endpoint, without its secrets.
// Prints one line of JSON when it answers. Ends on SIGTERM, and when its standard input closes.
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const port = Number(process.argv[2])
const issuer = `http://127.0.0.1:${port}`
// node_modules lies in the folder this is started from, not beside this file.
const require = createRequire(path.join(process.cwd(), 'package.json'))
const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')))

const native = {
  application_type: 'native', token_endpoint_auth_method: 'none', response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code', 'refresh_token'],
}
const provider = new Provider(issuer, {
  clients: [
    { ...native, client_id: 'yigao-desktop' },
    { ...native, client_id: 'yigao-short' },
    {
      client_id: 'yigao-web', client_secret: 'web-secret-of-the-tests', token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: ['https://mei.example/back'], response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
    },
  ],
  pkce: { required: () => true },
  scopes: ['openid', 'offline_access', 'publish', 'read'],
  features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
  ttl: {
    AccessToken: (ctx, token, client) => (client.clientId === 'yigao-short' ? 2 : 3600),
    RefreshToken: 14 * 86400, AuthorizationCode: 60, Grant: 14 * 86400, Session: 86400, Interaction: 3600, IdToken: 3600,
  },
  rotateRefreshToken: true,
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  cookies: { keys: ['of-the-tests'] },
})

const seen = []
provider.use(async (ctx, next) => {
  if (ctx.path === '/seen') {
    ctx.body = seen
    return
  }
  await next()
  if (ctx.path === '/token') {
    const asked = ctx.oidc?.params ?? {}
    seen.push({ grant: asked.grant_type, client: asked.client_id, status: ctx.status, error: ctx.body?.error ?? '' })
  }
})

const server = provider.listen(port, '127.0.0.1', () => console.log(JSON.stringify({ ready: true, issuer })))
const end = () => {
  server.closeAllConnections()
  server.close(() => process.exit(0))
}
process.on('SIGTERM', end)
process.stdin.on('end', end).resume()
