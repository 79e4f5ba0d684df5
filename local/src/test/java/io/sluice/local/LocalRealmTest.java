package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalRealmTest {

    private final String json = new String(LocalRealm.json(), StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void theRealmHasEachServicesClientWithTheSecretThatTheServiceGets(ServiceName service) {
        assertThat(json)
                .contains("\"clientId\": \"" + service.module() + "\"")
                .contains("\"secret\": \"" + LocalRealm.secret(service.module()) + "\"");
    }

    @Test
    void theRealmHasTheClientsOfPeople() {
        assertThat(json)
                .contains("\"clientId\": \"" + LocalRealm.UI_CLIENT + "\"")
                .contains("\"secret\": \"" + LocalRealm.secret(LocalRealm.UI_CLIENT) + "\"")
                .contains("\"clientId\": \"" + LocalRealm.CLI_CLIENT + "\"");
    }

    @Test
    void discoveryIsOnTheKeycloakPort() {
        assertThat(LocalRealm.discovery(StackPorts.standard()))
                .hasToString("http://127.0.0.1:8180/realms/sluice/.well-known/openid-configuration");
    }
}
