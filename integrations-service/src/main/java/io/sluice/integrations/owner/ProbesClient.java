package io.sluice.integrations.owner;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.sluice.contract.probe.ProbesApi;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** scheduler-service, which makes calls and is not on the internet. */
@RegisterRestClient(configKey = "scheduler")
@OidcClientFilter
interface ProbesClient extends ProbesApi {}
