// Makes the vectors of webhook signatures with the vendors' own libraries. See README.md.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign as ed25519 } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const target = process.argv[2] ?? 'vectors';
mkdirSync(target, { recursive: true });

// All is fixed: the libraries see this as now.
const NOW = 1_760_000_000;
Date.now = () => NOW * 1000;

const URL_OF_HOOK = 'https://hooks.example.org/webhook/abcdefghijklmnopqrstuvwxyz';
const BODIES = {
    json: Buffer.from('{"id":"evt_1","event_id":"Ev1","object":"event","type":"order.created","amount":12.50}'),
    unicode: Buffer.from('{"id":"evt_2","object":"event","name":"Grüße, 世界 🌍 \u2028 \\u00e9"}'),
    spaces: Buffer.from('{ "id" : "evt_3" ,\r\n  "object" : "event",\t"a" : [ 1 , 2 ] }\n'),
    empty: Buffer.from('{}'),
};
const NONE = { none: Buffer.alloc(0) };
const BINARY = { binary: Buffer.from(Array.from({ length: 256 }, (_, i) => i)) };
const TEXT = { text: Buffer.from('no JSON at all: a=b&c=%zz\n') };

const hmac = (algorithm, key, ...parts) => {
    const mac = createHmac(algorithm, key);
    parts.forEach((part) => mac.update(part));
    return mac.digest();
};
const versionOf = (name) => {
    for (const folder of require.resolve.paths(name)) {
        try {
            return `${name} ${JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).version}`;
        } catch {
            // Not in this folder.
        }
    }
    throw new Error(`${name} is not installed`);
};

/** One file a scheme. `confirm` asks the vendor's library, and may say nothing (undefined) where it cannot be asked. */
async function scheme(name, { library, verification, secrets, bodies, headers, confirm, url, method }) {
    const cases = [];
    const add = async (title, valid, call) => {
        const said = confirm ? await confirm(call) : undefined;
        if (said !== undefined && said !== valid) {
            throw new Error(`${name}, ${title}: the library says ${said}`);
        }
        cases.push({
            title,
            valid,
            byLibrary: said !== undefined,
            method: call.method,
            url: call.url,
            headers: call.headers,
            body: call.body.toString('base64'),
        });
    };
    for (const [kind, body] of Object.entries(bodies)) {
        for (const secret of secrets) {
            const call = { method: method ?? 'POST', url: url ? url(body) : URL_OF_HOOK, body };
            call.headers = await headers(body, secret, call.url, NOW);
            await add(`${kind} with ${secret === secrets[0] ? 'the first' : 'the second'} secret`, true, call);
            if (secret === secrets[0]) {
                await tampered(kind, call, headers, add);
            }
        }
    }
    const file = { scheme: name, now: NOW, verification: { scheme: name, ...verification }, secrets, cases };
    file.madeWith = library.length ? library.map(versionOf) : ['no library'];
    writeFileSync(join(target, `${name}.json`), `${JSON.stringify(file, null, 2)}\n`);
    console.log(`${name}: ${cases.length} cases, ${cases.filter((c) => c.byLibrary).length} judged by ${file.madeWith}`);
}

async function tampered(kind, call, headers, add) {
    const other = Buffer.concat([call.body, Buffer.from(' ')]);
    await add(`${kind}, a space more`, false, { ...call, body: other });
    if (call.body.length > 2) {
        const flipped = Buffer.from(call.body);
        flipped[flipped.length >> 1] ^= 1;
        await add(`${kind}, one bit of the body flipped`, false, { ...call, body: flipped });
    }
    await add(`${kind} with a wrong secret`, false, {
        ...call,
        headers: await headers(call.body, WRONG, call.url, NOW),
    });
    const old = await headers(call.body, null, call.url, NOW - 301);
    if (JSON.stringify(old) !== JSON.stringify(call.headers)) {
        await add(`${kind}, signed 301 s ago`, false, { ...call, headers: old });
    }
}
const WRONG = 'not the secret';

// Standard Webhooks, and Svix' own names of its headers.
{
    const { Webhook } = require('standardwebhooks');
    const svix = require('svix');
    const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `whsec_${Buffer.from('another secret of 24 byt').toString('base64')}`];
    const wrong = `whsec_${Buffer.from('a wrong secret, 24 bytes').toString('base64')}`;
    const clean = (secret) => (secret === null ? secrets[0] : secret === WRONG ? wrong : secret);
    for (const [prefix, Library, name] of [['webhook', Webhook, 'standardwebhooks'], ['svix', svix.Webhook, 'svix']]) {
        await scheme(`standard-webhooks${prefix === 'svix' ? '-svix' : ''}`, {
            library: [name],
            verification: { scheme: 'standard-webhooks' },
            secrets,
            bodies: { ...BODIES, ...TEXT, ...NONE },
            headers: (body, secret, url, time) => ({
                [`${prefix}-id`]: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
                [`${prefix}-timestamp`]: String(time),
                [`${prefix}-signature`]: new Library(clean(secret)).sign(
                    'msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(time * 1000), body.toString()),
            }),
            confirm: (call) => secrets.some((secret) => {
                try {
                    const options = prefix === 'webhook' ? { jsonParse: false } : undefined;
                    new Library(secret).verify(call.body.toString(), call.headers, options);
                    return true;
                } catch (e) {
                    if (e instanceof SyntaxError) return true; // The signature was fine, the body is no JSON.
                    return false;
                }
            }),
        });
    }

    // v1a: the common library skips it, so Node signs.
    const keys = ['a seed of thirty-two bytes, one!', 'a seed of thirty-two bytes, two!'].map((seed) => createPrivateKey({
        key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seed)]),
        format: 'der',
        type: 'pkcs8',
    }));
    const stranger = createPrivateKey({
        key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
        format: 'der',
        type: 'pkcs8',
    });
    const publicKey = (key) => `whpk_${createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;
    const publicKeys = keys.map(publicKey);
    const keyOf = (secret) => (secret === null ? keys[0] : secret === WRONG ? stranger : keys[publicKeys.indexOf(secret)]);
    await scheme('standard-webhooks-ed25519', {
        library: [],
        verification: { scheme: 'standard-webhooks' },
        secrets: publicKeys,
        bodies: { ...BODIES, ...BINARY, ...NONE },
        headers: (body, secret, url, time) => ({
            'webhook-id': 'msg_asymmetric',
            'webhook-timestamp': String(time),
            'webhook-signature': `v1a,${ed25519(null, Buffer.concat([Buffer.from(`msg_asymmetric.${time}.`), body]), keyOf(secret)).toString('base64')}`,
        }),
    });
}

// GitHub. Its library takes text bodies alone, and no empty ones.
{
    const { sign, verify } = await import('@octokit/webhooks-methods');
    const secrets = ["It's a Secret to Everybody", 'geheim äöü 🔑'];
    await scheme('github', {
        library: ['@octokit/webhooks-methods'],
        verification: {},
        secrets,
        bodies: { ...BODIES, ...TEXT },
        headers: async (body, secret) => ({
            'x-hub-signature-256': await sign(secret ?? secrets[0], body.toString()),
            'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        }),
        confirm: async (call) => {
            const all = await Promise.all(secrets.map((s) => verify(s, call.body.toString(), call.headers['x-hub-signature-256'])));
            return all.some(Boolean);
        },
    });
    // Meta signs in the same way and has no library of its own that does.
    await scheme('meta', {
        library: ['@octokit/webhooks-methods'],
        verification: { verifyToken: 'a verify token' },
        secrets,
        bodies: { ...BODIES },
        headers: async (body, secret) => ({ 'x-hub-signature-256': await sign(secret ?? secrets[0], body.toString()) }),
    });
}

// Stripe.
{
    const Stripe = require('stripe');
    const stripe = new (Stripe.default ?? Stripe)('sk_test_none');
    const secrets = ['whsec_test_secret', 'whsec_another'];
    await scheme('stripe', {
        library: ['stripe'],
        verification: {},
        secrets,
        bodies: BODIES,
        headers: (body, secret, url, time) => ({
            'stripe-signature': stripe.webhooks.generateTestHeaderString({
                payload: body.toString(), secret: secret ?? secrets[0], timestamp: time,
            }),
        }),
        confirm: (call) => secrets.some((secret) => {
            try {
                stripe.webhooks.signature.verifyHeader(call.body, call.headers['stripe-signature'], secret, 300, undefined, NOW * 1000);
                return true;
            } catch {
                return false;
            }
        }),
    });
}

// Slack.
{
    const { isValidSlackRequest } = require('@slack/bolt/dist/receivers/verify-request');
    const secrets = ['8f742231b10e8888abcd99yyyzzz85a5', 'another'];
    await scheme('slack', {
        library: ['@slack/bolt'],
        verification: {},
        secrets,
        bodies: { ...BODIES, form: Buffer.from('token=xyz&team_id=T1&text=94070&command=%2Fweather'), ...NONE },
        headers: (body, secret, url, time) => ({
            'x-slack-request-timestamp': String(time),
            'x-slack-signature': `v0=${hmac('sha256', secret ?? secrets[0], `v0:${time}:`, body).toString('hex')}`,
        }),
        confirm: (call) => secrets.some((signingSecret) => isValidSlackRequest({
            signingSecret,
            body: call.body.toString(),
            nowMilliseconds: NOW * 1000,
            headers: {
                'x-slack-signature': call.headers['x-slack-signature'],
                'x-slack-request-timestamp': Number(call.headers['x-slack-request-timestamp']),
            },
        })),
    });
}

// Twilio: forms, JSON by its hash in the URL, URLs with a port.
{
    const twilio = require('twilio');
    const secrets = ['12345', 'another token'];
    const token = (secret) => secret ?? secrets[0];
    const parsed = (body) => {
        const params = {};
        for (const [name, value] of new URLSearchParams(body.toString())) {
            params[name] = name in params ? [].concat(params[name], value) : value;
        }
        return params;
    };
    const form = {
        form: Buffer.from('Digits=1234&To=%2B18005551212&From=%2B14158675310&Caller=%2B14158675310&CallSid=CA1234567890ABCDE'),
        unicode: Buffer.from('Body=Gr%C3%BC%C3%9Fe+%F0%9F%8C%8D&Zed=&a=lower+case&B=upper'),
        repeated: Buffer.from('MediaUrl=b&MediaUrl=a&MediaUrl=b&SmsSid=SM1'),
        ...NONE,
    };
    const ofForm = (url) => ({
        library: ['twilio'],
        verification: { scheme: 'twilio' },
        secrets,
        bodies: form,
        url: () => url.as,
        headers: (body, secret) => ({
            'content-type': 'application/x-www-form-urlencoded',
            'i-twilio-idempotency-token': 'e0a9f1d2-5f3f-4bfa-9a4d-1b1f6f8f0a11',
            'x-twilio-signature': twilio.getExpectedTwilioSignature(token(secret), url.signed, parsed(body)),
        }),
        confirm: (call) => secrets.some((secret) => twilio.validateRequest(
            secret, call.headers['x-twilio-signature'], call.url, parsed(call.body))),
    });
    await scheme('twilio', ofForm({ as: `${URL_OF_HOOK}?foo=1&bar=a%20b`, signed: `${URL_OF_HOOK}?foo=1&bar=a%20b` }));
    await scheme('twilio-port', ofForm({ as: URL_OF_HOOK, signed: URL_OF_HOOK.replace('.org/', '.org:443/') }));
    await scheme('twilio-without-port', ofForm({
        as: URL_OF_HOOK.replace('.org/', '.org:8443/'), signed: URL_OF_HOOK,
    }));
    const sha256 = (body) => createHash('sha256').update(body).digest('hex');
    await scheme('twilio-json', {
        library: ['twilio'],
        verification: { scheme: 'twilio' },
        secrets,
        bodies: { ...BODIES, ...TEXT },
        url: (body) => `${URL_OF_HOOK}?bodySHA256=${sha256(body)}`,
        headers: (body, secret, url) => ({
            'content-type': 'application/json',
            'x-twilio-signature': twilio.getExpectedTwilioSignature(token(secret), url, {}),
        }),
        confirm: (call) => secrets.some((secret) => twilio.validateRequestWithBody(
            secret, call.headers['x-twilio-signature'], call.url, call.body.toString())),
    });
}

// Shopify.
{
    await import('@shopify/shopify-api/adapters/node');
    const { shopifyApi } = await import('@shopify/shopify-api');
    const secrets = ['hush', 'another'];
    const shop = secrets.map((apiSecretKey) => shopifyApi({
        apiKey: 'key', apiSecretKey, hostName: 'hooks.example.org', apiVersion: '2025-10', isEmbeddedApp: false, logger: { level: 0 },
    }));
    await scheme('shopify', {
        library: ['@shopify/shopify-api'],
        verification: {},
        secrets,
        bodies: { ...BODIES, ...TEXT },
        headers: (body, secret) => ({
            'x-shopify-hmac-sha256': hmac('sha256', secret ?? secrets[0], body).toString('base64'),
            'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
            'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
            'x-shopify-topic': 'orders/create',
            'x-shopify-shop-domain': 'example.myshopify.com',
            'x-shopify-api-version': '2025-10',
        }),
        confirm: async (call) => {
            const said = await Promise.all(shop.map((api) => api.webhooks.validate({
                rawBody: call.body.toString(),
                rawRequest: { method: 'POST', url: '/', headers: call.headers },
                rawResponse: {},
            })));
            return said.some((one) => one.valid);
        },
    });
}

// Those without a library for Node: signed by this script after their documentation.
const own = (name, secrets, header, signature, bodies = BODIES, more = () => ({}), verification = {}) => scheme(name, {
    library: [],
    verification,
    secrets,
    bodies,
    headers: (body, secret, url, time) => ({ ...more(time), [header]: signature(body, secret ?? secrets[0], time) }),
});
await own('woocommerce', ['woo secret', 'ck äöü'], 'x-wc-webhook-signature',
    (body, secret) => hmac('sha256', secret, body).toString('base64'), { ...BODIES, ...BINARY, ...NONE },
    () => ({ 'x-wc-webhook-delivery-id': '6b0f3c8b9d0b1c1d4c4b9a0b2f3e4d5c' }));
await own('zoom', ['zoom secret', 'another'], 'x-zm-signature',
    (body, secret, time) => `v0=${hmac('sha256', secret, `v0:${time}:`, body).toString('hex')}`, { ...BODIES, ...BINARY, ...NONE },
    (time) => ({ 'x-zm-request-timestamp': String(time) }));
await own('dropbox', ['dropbox secret', 'another'], 'x-dropbox-signature',
    (body, secret) => hmac('sha256', secret, body).toString('hex'), { ...BODIES, ...BINARY, ...NONE });
await own('x', ['x consumer secret', 'another'], 'x-twitter-webhooks-signature',
    (body, secret) => `sha256=${hmac('sha256', secret, body).toString('base64')}`);
for (const algorithm of ['sha1', 'sha256', 'sha512']) {
    for (const encoding of ['hex', 'base64']) {
        await own(`hmac-${algorithm}-${encoding}`, ['generic secret', 'another'], 'x-signature',
            (body, secret, time) => `${algorithm}=${hmac(algorithm, secret, `${time}.e1.${URL_OF_HOOK}.`, body).toString(encoding)}`,
            { ...BODIES, ...BINARY, ...NONE }, (time) => ({ 'x-time': String(time), 'x-id': 'e1' }), {
                scheme: 'hmac',
                header: 'X-Signature',
                prefix: `${algorithm}=`,
                algorithm,
                encoding,
                signedContent: '{timestamp}.{id}.{url}.{body}',
                timestampHeader: 'X-Time',
                eventIdHeader: 'X-Id',
            });
    }
}
