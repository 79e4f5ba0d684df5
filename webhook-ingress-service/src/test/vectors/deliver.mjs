// Delivers one event a vendor to a running Sluice, each signed by the vendor's own library. See README.md.
import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [api, token, target] = process.argv.slice(2);
if (!target) {
    console.error('Usage: node deliver.mjs <API base> <token> <target of the integrations>');
    process.exit(2);
}

const now = Math.floor(Date.now() / 1000);
const id = randomUUID();
const json = (value) => ({ body: JSON.stringify(value), type: 'application/json' });
const hmac = (key, text, encoding) => createHmac('sha256', key).update(text).digest(encoding);
const must = (accepted, library) => {
    if (!accepted) throw new Error(`${library} does not accept its own vendor's signature`);
};

/** Each makes what is sent: `{body, type, headers}`. */
const vendors = [
    ['standardwebhooks', 'standard-webhooks', `whsec_${Buffer.from(id).toString('base64')}`, (secret) => {
        const { Webhook } = require('standardwebhooks');
        const call = json({ type: 'user.created', data: { id } });
        return { ...call, headers: {
            'webhook-id': `msg_${id}`,
            'webhook-timestamp': String(now),
            'webhook-signature': new Webhook(secret).sign(`msg_${id}`, new Date(now * 1000), call.body),
        } };
    }],
    ['svix', 'standard-webhooks', `whsec_${Buffer.from(`svix ${id}`).toString('base64')}`, (secret) => {
        const { Webhook } = require('svix');
        const call = json({ type: 'invoice.paid', data: { id } });
        return { ...call, headers: {
            'svix-id': `msg_${id}`,
            'svix-timestamp': String(now),
            'svix-signature': new Webhook(secret).sign(`msg_${id}`, new Date(now * 1000), call.body),
        } };
    }],
    ['stripe', 'stripe', 'whsec_by_hand', (secret) => {
        const Stripe = require('stripe');
        const call = json({ id: `evt_${id}`, object: 'event', type: 'charge.succeeded' });
        return { ...call, headers: {
            'stripe-signature': new (Stripe.default ?? Stripe)('sk_test_none').webhooks.generateTestHeaderString({
                payload: call.body, secret, timestamp: now,
            }),
        } };
    }],
    ['@octokit/webhooks-methods', 'github', 'by hand', async (secret) => {
        const { sign } = await import('@octokit/webhooks-methods');
        const call = json({ action: 'opened', number: 1, repository: { full_name: 'octo/cat' } });
        return { ...call, headers: {
            'x-github-event': 'pull_request',
            'x-github-delivery': id,
            'x-hub-signature-256': await sign(secret, call.body),
        } };
    }],
    ['twilio', 'twilio', 'auth token', (secret, url) => {
        const twilio = require('twilio');
        const form = { From: '+14158675310', Body: 'Grüße', SmsSid: `SM${id}` };
        return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded', headers: {
            'i-twilio-idempotency-token': id,
            'x-twilio-signature': twilio.getExpectedTwilioSignature(secret, url, form),
        } };
    }],
    // These two only judge what is signed here.
    ['@slack/bolt', 'slack', 'signing secret', (signingSecret) => {
        const { isValidSlackRequest } = require('@slack/bolt/dist/receivers/verify-request');
        const call = json({ type: 'event_callback', event_id: `Ev${id}`, event: { type: 'app_mention' } });
        const signature = `v0=${hmac(signingSecret, `v0:${now}:${call.body}`, 'hex')}`;
        must(isValidSlackRequest({
            signingSecret,
            body: call.body,
            headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': now },
        }), '@slack/bolt');
        return { ...call, headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': String(now) } };
    }],
    ['@shopify/shopify-api', 'shopify', 'hush', async (apiSecretKey) => {
        await import('@shopify/shopify-api/adapters/node');
        const { shopifyApi } = await import('@shopify/shopify-api');
        const call = json({ id: 820982911946154508, email: 'jon@example.com' });
        const headers = {
            'x-shopify-hmac-sha256': hmac(apiSecretKey, call.body, 'base64'),
            'x-shopify-event-id': id,
            'x-shopify-webhook-id': id,
            'x-shopify-topic': 'orders/create',
            'x-shopify-shop-domain': 'example.myshopify.com',
            'x-shopify-api-version': '2025-10',
        };
        const shop = shopifyApi({
            apiKey: 'key', apiSecretKey, hostName: 'hooks.example.org', apiVersion: '2025-10', isEmbeddedApp: false, logger: { level: 0 },
        });
        const said = await shop.webhooks.validate({
            rawBody: call.body, rawRequest: { method: 'POST', url: '/', headers }, rawResponse: {},
        });
        must(said.valid, '@shopify/shopify-api');
        return { ...call, headers };
    }],
];

async function ask(method, path, body, headers = {}) {
    const answer = await fetch(`${api}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return { etag: answer.headers.get('etag'), value: await answer.json() };
}

const pause = () => new Promise((resolve) => { setTimeout(resolve, 200); });

/** The webhook's URL, once it is in force. */
async function install(library, scheme, secret) {
    const made = await ask('POST', '/integrations', {
        template: 'library/webhook-to-http', name: `By hand: ${library}`, configuration: { url: target },
    });
    const path = `/integrations/${made.value.id}/webhook`;
    const { value } = await ask('PUT', path, { enabled: true, verification: { scheme, secrets: [secret] } },
        { 'if-match': made.etag });
    while (!(await ask('GET', path)).value.inForce?.current) await pause();
    return value.url;
}

async function ended(runId) {
    for (;;) {
        const run = (await ask('GET', `/runs/${runId}`)).value;
        if (!['queued', 'running'].includes(run.status)) return run;
        await pause();
    }
}

for (const [library, scheme, secret, make] of vendors) {
    const url = await install(library, scheme, secret);
    const call = await make(secret, url);
    const send = (body) => fetch(url, { method: 'POST', headers: { 'content-type': call.type, ...call.headers }, body });
    const answers = [await send(call.body), await send(call.body), await send(`${call.body} `)];
    const [first, again] = [await answers[0].json(), await answers[1].json()];
    const run = first.runId ? await ended(first.runId) : {};
    console.log(`${library} as ${scheme}: ${answers[0].status} ${JSON.stringify(first)}, run ${run.status}; `
        + `again ${answers[1].status}${again.runId === first.runId ? ', the same run' : ' with another run'}; `
        + `a blank more ${answers[2].status}`);
}
