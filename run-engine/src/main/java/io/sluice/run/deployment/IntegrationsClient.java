package io.sluice.run.deployment;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.sluice.contract.deployment.DeploymentsApi;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** integrations-service, asked with this service's own credentials. */
@RegisterRestClient(configKey = "integrations")
@OidcClientFilter
interface IntegrationsClient extends DeploymentsApi {}
