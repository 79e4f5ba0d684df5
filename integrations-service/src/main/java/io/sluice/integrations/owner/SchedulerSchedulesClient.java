package io.sluice.integrations.owner;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.sluice.contract.schedule.InternalSchedulesApi;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "scheduler")
@OidcClientFilter
interface SchedulerSchedulesClient extends InternalSchedulesApi {}
