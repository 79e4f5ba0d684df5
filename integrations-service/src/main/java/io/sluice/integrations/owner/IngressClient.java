package io.sluice.integrations.owner;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.sluice.contract.run.InternalRunsApi;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "ingress")
@OidcClientFilter
interface IngressClient extends InternalRunsApi {}
