// A real OpenID Connect provider for tests: node provider.mjs PORT REDIRECT. Whoever types a name of the list is that person.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const people = {
  alice: { email: "alice@acme.example", email_verified: true, name: "Alice" },
  namesake: { email: "alice@acme.example", email_verified: true, name: "Another Alice" },
  stranger: { email: "stranger@elsewhere.example", email_verified: true, name: "Stranger" },
  mallory: { email: "olga@acme.example", email_verified: false, name: "Mallory" },
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "plainproof", client_secret: "a-secret-for-tests-only", redirect_uris: [redirect], grant_types: ["authorization_code"], response_types: ["code"] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  findAccount: async (_, id) => people[id] && { accountId: id, claims: async () => ({ sub: id, ...people[id] }) },
  features: { devInteractions: { enabled: true } },
});
provider.listen(Number(port), "127.0.0.1");
