package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.restassured.response.Response;
import io.sluice.local.ServiceName;
import io.sluice.local.StackPort;
import io.sluice.system.client.Http;
import io.sluice.system.stack.ProjectRoot;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each service shows to whoever asks. */
@SystemTest
class FrontDoorIT {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Sluice sluice;

    FrontDoorIT(Sluice sluice) {
        this.sluice = sluice;
    }

    @ParameterizedTest
    @EnumSource
    void eachServiceTellsItsHealthAndMetrics(ServiceName service) {
        URI management = sluice.service(service).managementUrl();

        Response ready = Http.request().get(management.resolve("/q/health/ready"));

        assertThat(Http.json(ready, 200).path("status").asText()).isEqualTo("UP");
        Http.require(Http.request().get(management.resolve("/q/metrics")), 200);
    }

    @ParameterizedTest
    @EnumSource
    void managementIsNotOnThePublicPort(ServiceName service) {
        URI url = sluice.service(service).url();

        assertThat(Http.request().get(url.resolve("/q/metrics")).statusCode()).isNotEqualTo(200);
        assertThat(Http.request().get(url.resolve("/q/health/ready")).statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void thePublishedContractIsTheCommittedOne() throws IOException {
        String served = Http.require(Http.request().get(sluice.url(StackPort.INTEGRATIONS) + "/openapi"), 200)
                .asString();

        String committed = Files.readString(ProjectRoot.find().resolve("contract/openapi.yaml"));
        assertThat(YAML.readTree(served)).isEqualTo(YAML.readTree(committed));
    }

    @Test
    void theUserInterfaceSendsStrangersToTheLogin() {
        Response answer = Http.request().get(sluice.url(StackPort.INTEGRATIONS) + "/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .startsWith(sluice.url(StackPort.KEYCLOAK) + "/realms/sluice/protocol/openid-connect/auth");
    }
}
