// A certified OpenID provider (npm oidc-provider) with people to be, on loopback, for as long as its parent holds its stdin.
//
// Started with the address of the one site that logs people in here; says its own as the first line it writes.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { Provider, interactionPolicy } = createRequire(`${process.cwd()}/`)("oidc-provider");
const [site, name, secret] = process.argv.slice(2);
const LEVELS = ["Low", "Substantial", "High"].map((level) => `https://data.gov.dk/concept/core/nsis/${level}`);

const YES = '<button form="op.logoutForm" name="logout" value="yes">Log out</button>';

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const policy = interactionPolicy.base();
policy.get("login").checks.add(
  new interactionPolicy.Check("level", "a surer login is asked for", ({ oidc }) => {
    const asked = LEVELS.indexOf(oidc.params.acr_values);
    // Once a login: a person who cannot come higher is sent back with what there is.
    return !oidc.result?.login && asked > LEVELS.indexOf(oidc.session.acr);
  }),
);

const configuration = {
  clients: [
    {
      client_id: "tillid",
      client_secret: secret,
      redirect_uris: [`${site}/login/${name}/callback`],
      post_logout_redirect_uris: [`${site}/logged-out`],
      backchannel_logout_uri: `${site}/login/${name}/backchannel-logout`,
      backchannel_logout_session_required: true,
    },
  ],
  acrValues: LEVELS,
  claims: { openid: ["sub", "cpr"], acr: null, sid: null },
  conformIdTokenClaims: false,
  cookies: { keys: ["of the tests"] },
  features: {
    backchannelLogout: { enabled: true },
    devInteractions: { enabled: false },
    // Its own page for this asks for fonts from elsewhere.
    rpInitiatedLogout: { logoutSource: (context, form) => { context.body = `${form}${YES}`; } },
  },
  // Without its guard against addresses of one's own network: here everything is on loopback.
  fetch: (url, { dispatcher: _, ...options }) => globalThis.fetch(url, options),
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, cpr: "010180-9996" }) }),
  interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig" }] },
  pkce: { required: () => true },
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
};

// A person logs in with ?person=…&level=Substantial, where a real one would show a page.
async function beSomebody(provider, request, answer) {
  const { searchParams } = new URL(request.url, site);
  if (!searchParams.has("person")) {
    answer.end("who are you?");
    return;
  }
  const acr = LEVELS.find((level) => level.endsWith(searchParams.get("level")));
  const login = { accountId: searchParams.get("person"), acr };
  await provider.interactionFinished(request, answer, { login }, { mergeWithLastSubmission: false });
}

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  const protocol = provider.callback();
  server.on("request", (request, answer) =>
    request.url.startsWith("/interaction/") ? beSomebody(provider, request, answer) : protocol(request, answer),
  );
  process.stdout.write(`${issuer}\n`);
});
process.stdin.on("end", () => process.exit()).resume();
