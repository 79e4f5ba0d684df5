package io.sluice.integrations.owner;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.sluice.contract.webhook.InternalWebhooksApi;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "ingress")
@OidcClientFilter
interface IngressWebhooksClient extends InternalWebhooksApi {}
